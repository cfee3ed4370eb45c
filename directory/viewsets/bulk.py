"""Doing the same with several rows of a list. Each is checked; afterwards one is told which were not done, and why.

Rows the person may not see do not exist, not even by name.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from areas.models import Area

from ..admin_action_forms import VerificationForm
from ..admin_filters import own_districts
from ..choices import LifeStatus, OrganizationStatus
from ..models import Organization, Resource
from ..services.row_changes import assign_district, publish_row, set_status, withdraw_row
from ..services.verification import verify_resource
from .once import once, token_of

#: At once. More would keep everybody else waiting, and nobody reads such a list before pressing.
_MOST = 200
_NAMED = 20


class RowsAction(SnippetBulkAction):
    """A button under a list, with a page that names the rows and asks once more."""

    template_name = "directory/admin/bulk.html"
    #: What one must be allowed to do with a row (`permissions`).
    needed = "publish"
    question: Any = ""
    button: Any = ""

    def __init__(self, request: Any, model: type[Model]) -> None:
        super().__init__(request, model)
        if self.next_url == request.path:  # nobody said where to go on: to the list
            self.next_url = reverse(model.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]

    def act(self, row: Any) -> str:
        """Do it with `row`; "" when done, else why not."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> list[Model]:
        asked = self.request.GET.getlist("id")
        visible = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["view"])
        if "all" in asked:
            return list(visible.order_by("pk")[: _MOST + 1])
        keys = {int(key) for key in asked if key.isdecimal() and len(key) < 19}
        found = list(visible.filter(pk__in=keys).order_by("pk"))
        if not found or len(found) != len(set(asked)):
            raise Http404
        return found

    @cached_property
    def allowed(self) -> set[int]:
        mine = self.permission_policy.instances_user_has_any_permission_for(self.request.user, [self.needed])
        return set(mine.filter(pk__in=[row.pk for row in self.rows]).values_list("pk", flat=True))

    def get_actionable_objects(self) -> tuple[list[Model], dict[str, list[Model]]]:
        inside = [row for row in self.rows if row.pk in self.allowed]
        outside = [row for row in self.rows if row.pk not in self.allowed]
        return inside, {"items_with_no_access": outside}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "button": self.button,
            "title": self.display_name,
            "is_too_many": len(self.rows) > _MOST,
            "most": _MOST,
            "form_token": token_of(self.request),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        self.cleaned_form = form
        rows, outside = self.get_actionable_objects()
        if len(self.rows) > _MOST:
            messages.error(self.request, _("一度にできるのは%(most)d件までです。") % {"most": _MOST})
            return redirect(self.next_url)
        with once(self.request, f"{self.action_type} {sorted(self.allowed)}") as sent:
            if sent.is_first:
                left = [(row, self.act(row)) for row in rows]
                left += [
                    (row, _("この地区では、あなたにはできません。"))
                    for row in outside["items_with_no_access"]
                ]
                self.report([(row, why) for row, why in left if why])
        return redirect(self.next_url)

    def report(self, left: list[tuple[Any, str]]) -> None:
        words = {"done": len(self.rows) - len(left), "left": len(left), "action": self.display_name}
        if words["done"]:
            messages.success(self.request, _("%(action)s:%(done)d件できました。") % words)
        if left:
            named = "/".join(f"「{row}」{why}" for row, why in left[:_NAMED])
            messages.warning(self.request, _("%(left)d件はできませんでした。") % words + named)


class Publish(RowsAction):
    models = [Resource, Organization]
    display_name = _l("公開する")
    action_type = "publish_several"
    aria_label = _l("選んだものを公開する")
    action_priority = 10
    question = _l("次のものを公開しますか。")
    button = _l("公開する")

    def act(self, row: Any) -> str:
        return publish_row(row, by=self.request.user)


class MarkVerified(RowsAction):
    models = [Resource]
    display_name = _l("確認を記録")
    action_type = "verify_several"
    aria_label = _l("選んだものの確認を記録する")
    action_priority = 20
    needed = "change"
    form_class = VerificationForm
    question = _l("次の登録の確認を、まとめて記録します。同じ方法で確かめたものだけを選んでください。")
    button = _l("記録する")

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def act(self, row: Any) -> str:
        verify_resource(row, person=self.request.user, **self.cleaned_form.cleaned_data)
        return ""


class DistrictForm(forms.Form):
    district = forms.ModelChoiceField(label=_l("地区"), queryset=Area.objects.none())


class AssignDistrict(RowsAction):
    models = [Resource]
    display_name = _l("地区を決める")
    action_type = "assign_district"
    aria_label = _l("選んだものの地区を決める")
    action_priority = 40
    needed = "change"
    form_class = DistrictForm
    question = _l("場所のない登録に、地区を決めます。場所のある登録は、場所の地区のままです。")
    button = _l("決める")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["district"].queryset = own_districts(self.request)
        return form

    def act(self, row: Any) -> str:
        return assign_district(row, self.cleaned_form.cleaned_data["district"], by=self.request.user)


class Pause(RowsAction):
    models = [Resource, Organization]
    display_name = _l("お休みにする")
    action_type = "pause_several"
    aria_label = _l("選んだものをお休みにする")
    action_priority = 50
    question = _l("次のものを「お休み中」にしますか。公開のページにすぐ出ます。")
    button = _l("お休みにする")

    def act(self, row: Any) -> str:
        paused = LifeStatus.PAUSED if isinstance(row, Resource) else OrganizationStatus.PAUSED
        return set_status(row, paused, by=self.request.user)


class Close(RowsAction):
    models = [Resource, Organization]
    display_name = _l("終了にする")
    action_type = "close_several"
    aria_label = _l("選んだものを終了にする")
    action_priority = 60
    question = _l("次のものを「終了」にしますか。公開のページには出なくなります。登録と記録は残ります。")
    button = _l("終了にする")

    def act(self, row: Any) -> str:
        closed = LifeStatus.CLOSED if isinstance(row, Resource) else OrganizationStatus.CLOSED
        return set_status(row, closed, by=self.request.user)


class Withdraw(RowsAction):
    models = [Resource, Organization]
    display_name = _l("公開をやめる")
    action_type = "withdraw_several"
    aria_label = _l("選んだものの公開をやめる")
    action_priority = 70
    question = _l("次のものの公開をやめますか。下書きとして残ります。")
    button = _l("公開をやめる")

    def act(self, row: Any) -> str:
        return withdraw_row(row, by=self.request.user)


ROWS_ACTIONS = (Publish, MarkVerified, AssignDistrict, Pause, Close, Withdraw)
