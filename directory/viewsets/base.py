"""What every list of the register in the staff screens has: scope, conflict check, search as Japanese is typed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from modelcluster.models import ClusterableModel
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    SnippetViewSet,
)

from ..deletion_notes import deletion_notes
from ..services.deletion import delete_several
from .choosers import ScopedChooserViewSet
from .conflicts import ConflictMixin
from .exports import ExportMixin
from .gates import guarded, visible_row
from .once import once, token_of

#: Facts of one row that its copy does not share.
_OWN_FACTS = (
    "uuid",
    "code",
    "source_key",
    "source_values",
    "verified_on",
    "verified_how",
    "verified_by",
    "created_by",
    "updated_by",
    "live_revision",
    "latest_revision",
    "locked",
    "locked_by",
    "locked_at",
    "first_published_at",
    "last_published_at",
)


class ScopedIndexView(ExportMixin, IndexView):
    """The rows of the person's places. An empty list says what to do."""

    empty_message = ""

    def get_base_queryset(self) -> QuerySet:
        policy = policy_registry.get_by_type(self.model)
        rows = policy.instances_user_has_any_permission_for(self.request.user, ["view"])
        return self.with_columns(rows)

    def with_columns(self, rows: QuerySet) -> QuerySet:
        """`rows` with what the columns show, in a fixed number of queries."""
        return rows

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["empty_message"] = self.empty_message
        return context


_DONE = {
    "publish": _l("「%(name)s」を公開しました。"),
    "submit": _l("「%(name)s」を審査に出しました。"),
    "restart-workflow": _l("「%(name)s」の審査をやり直します。"),
    "cancel-workflow": _l("「%(name)s」の審査を取りやめました。"),
    "workflow-action": _l("「%(name)s」の審査の結果を記録しました。"),
}


class ForPublishing:
    """Publishing is asked of the place the form names, not of the model."""

    request: Any
    action: str
    model: Any
    object: Any

    def get_available_actions(self) -> list[str]:
        actions = list(super().get_available_actions())  # type: ignore[misc]
        row = getattr(self, "live_object", None)
        if "publish" in actions and row is not None and not self._may_publish(row):
            actions.remove("publish")
        return actions

    def get_success_message(self, instance: Any = None) -> str:
        message = _DONE.get(self.action, _l("「%(name)s」を保存しました。"))
        return str(message % {"name": instance or self.object})

    def _may_publish(self, row: Any) -> bool:
        if getattr(row, "workflow_in_progress", False):  # decided by the review, which tells the group
            return False
        policy = policy_registry.get_by_type(self.model)
        return policy.user_has_permission_for_instance(self.request.user, "publish", row)

    def is_valid(self, form: Any) -> bool:
        valid = super().is_valid(form)  # type: ignore[misc]
        if valid and self.action == "publish" and hasattr(form, "allows") and not form.allows("publish"):
            self.produced_error_code = "validation_error"
            self.produced_error_message = _(
                "この地区では公開できません。下書きで保存して、審査に出してください。"
            )
            return False
        return valid


class ScopedCreateView(ForPublishing, CreateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form_token": token_of(self.request)}

    def form_valid(self, form: Any) -> Any:
        """A double click sends the same form twice: the second time leads to what the first one made."""
        with once(self.request, self.model._meta.label) as first:
            if not first.is_first:
                return redirect(first.result or self.get_success_url())
            response = super().form_valid(form)
            first.result = self.get_edit_url() if self.object.pk else ""
            return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, _last = super().get_breadcrumbs_items()
        return [*before, {"url": "", "label": _("新しく登録する")}]


class ScopedEditView(ConflictMixin, ForPublishing, EditView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        """While a review waits: the way to its screen, where both versions stand side by side."""
        buttons = list(super().header_buttons)
        policy = policy_registry.get_by_type(self.model)
        if getattr(self.object, "workflow_in_progress", False) and policy.user_has_permission_for_instance(
            self.request.user, "publish", self.object
        ):
            url = reverse(f"directory_review:{self.model._meta.model_name}", args=[self.object.pk])
            buttons.append(HeaderButton(_("審査の画面"), url=url, icon_name="clipboard-list"))
        return buttons


class ScopedCopyView(CopyView):
    """A copy starts a life of its own: without number, source, verification and publication."""

    def get_initial_form_instance(self) -> Any:
        return fresh_copy(self.get_object())


def fresh_copy(row: Any) -> Any:
    """An unsaved twin of `row` with its child rows."""
    if not isinstance(row, ClusterableModel):
        row.pk = None
        row._state.adding = True
        return row
    data = {name: value for name, value in row.serializable_data().items() if name not in _OWN_FACTS}
    data["pk"] = None
    for value in data.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for child in value:
                child["pk"] = None
    data["live"] = False
    return type(row).from_serializable_data(data, check_fks=False)


class ScopedDeleteView(DeleteView):
    """Says what of other apps goes along; what stands in the way is not deleted, nor offered to be."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        notes = deletion_notes(self.object)
        in_the_way = any(note.is_in_the_way for note in notes)
        is_protected = context.get("is_protected") or in_the_way
        return context | {"notes": notes, "is_protected": is_protected}


class ScopedViewSet(SnippetViewSet):
    """A list of the register. Every route stands behind the gate."""

    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    copy_view_class = ScopedCopyView
    delete_view_class = ScopedDeleteView
    chooser_viewset_class = ScopedChooserViewSet
    index_template_name = "directory/admin/index.html"
    index_results_template_name = "directory/admin/index_results.html"
    create_template_name = "directory/admin/create.html"
    delete_template_name = "directory/admin/delete.html"
    edit_template_name = "directory/admin/edit.html"
    list_per_page = 50
    #: The sentence of an empty list.
    empty_message: Any = ""

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(empty_message=self.empty_message, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return guarded([*super().get_urlpatterns(), *self.own_urlpatterns()], self.model)

    def own_urlpatterns(self) -> list[URLPattern]:
        """Screens beside Wagtail's; each name needs an action in `gates.ROUTE_ACTIONS`."""
        return []


class ScopedDelete(DeleteBulkAction):
    """Deleting several at once. Rows the person may not delete do not exist, not even by name."""

    def __init__(self, request: Any, model: Any) -> None:
        super().__init__(request, model)
        ids = {str(pk) for pk in request.GET.getlist("id")} - {"all"}
        for pk in ids:
            visible_row(model, request.user, pk)
        if self._deletable().filter(pk__in=ids).count() != len(ids):
            raise PermissionDenied

    def _deletable(self) -> QuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["delete"])

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        return delete_several(objects, user=user), 0

    def get_execution_context(self) -> dict[str, Any]:
        return super().get_execution_context() | {"user": self.request.user}

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet:
        return self._deletable().values_list("pk", flat=True)
