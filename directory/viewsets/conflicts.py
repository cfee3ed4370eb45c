"""Two people editing the same thing: the second one sees what the first one saved, and nothing is lost.

Wagtail warns while one types, but its save button overwrites. Here saving over a newer version fails with 409: the
form comes back with everything typed, above it a table of what differs. Saving again then overwrites knowingly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Revision

from ..versions import version_of


@dataclass(frozen=True)
class Difference:
    """One field in the version saved meanwhile, and as the person typed it."""

    label: str
    saved: str
    typed: str


class ConflictMixin:
    """For edit views: refuses to save over a version the person has not seen."""

    request: Any
    object: Any
    model: Any
    conflict: tuple[Difference, ...] | None = None

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        # Before the row itself is loaded: a save in between then counts as a conflict, not as seen.
        self.saved_version = version_of(self.model, kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def is_out_of_date(self) -> bool:
        posted = self.request.POST
        if overwritten := posted.get(
            "overwrite_revision_id"
        ):  # Wagtail's autosave goes on in its own revision
            return overwritten != self.saved_version.split("@")[0]
        if not any(posted.get(mark) for mark in ("loaded_version", "loaded_revision_id")):
            return not self._is_only_the_own_first_version()
        seen = posted.get("loaded_version", "")
        if posted.get("loaded_revision_created_at"):
            seen = f"{posted.get('loaded_revision_id')}@{posted['loaded_revision_created_at']}"
        return seen != self.saved_version and not self._is_own_autosave(seen)

    def _is_own_autosave(self, seen: str) -> bool:
        """The version seen, written over since by the same person: only autosave does that, and only to its author."""
        latest = self.saved_version.split("@")[0]
        if seen.split("@")[0] != latest or not latest.isdecimal():
            return False
        return Revision.objects.filter(pk=latest, user=self.request.user).exists()

    def _is_only_the_own_first_version(self) -> bool:
        """Pressing a button while Wagtail's autosave has just made the row: the page does not know its version yet."""
        if not hasattr(self.model, "latest_revision"):
            return False
        authors = list(self.object.revisions.values_list("user", flat=True)[:2])
        return authors == [self.request.user.pk]

    def is_valid(self, form: Any) -> bool:
        valid = super().is_valid(form)  # type: ignore[misc]
        if self.is_out_of_date:
            self.conflict = tuple(differences(form))
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = _(
                "ほかの人が先に保存しました。まだ保存していません。下の違いを見て、もう一度保存してください。"
            )
            return False
        return valid

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)  # type: ignore[misc]
        if self.conflict is not None and not self.expects_json_response:  # type: ignore[attr-defined]
            response.status_code = 409
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["loaded_version"] = self.saved_version
        context["conflict"] = self.conflict
        if self.conflict is not None:
            context["autosave_enabled"] = False  # overwriting is for the person to decide
            context.pop("autosave_indicator", None)
        return context


def differences(form: Any) -> list[Difference]:
    """Where the typed values differ from the saved ones the form was made from."""
    found = [
        Difference(
            str(form[name].label or name),
            _shown(form, name, form[name].initial),
            _shown(form, name, form[name].data),
        )
        for name in form.changed_data
    ]
    for name, formset in getattr(form, "formsets", {}).items():
        if formset.has_changed():
            label = capfirst(formset.model._meta.verbose_name_plural) or name
            found.append(Difference(str(label), _rows(formset, saved=True), _rows(formset, saved=False)))
    return found


def _shown(form: Any, name: str, value: Any) -> str:
    """A value in words, as the form would show it."""
    field = form.fields[name]
    if isinstance(value, StreamValue):
        return strip_tags(str(value)).strip() or "—"
    if hasattr(value, "all"):
        value = [row.pk for row in value.all()]
    values = value if isinstance(value, (list, tuple, set)) else [value]
    values = [getattr(item, "pk", item) for item in values]
    if hasattr(field, "queryset"):
        rows = field.queryset.model._default_manager.filter(pk__in=[v for v in values if str(v).isdigit()])
        return "、".join(str(row) for row in rows) or "—"
    words = dict(field.choices) if hasattr(field, "choices") else {}
    return "、".join(str(words.get(item, item)) for item in values if item not in (None, "")) or "—"


def _rows(formset: Any, *, saved: bool) -> str:
    forms = formset.initial_forms if saved else [f for f in formset.forms if f not in formset.deleted_forms]
    shown = []
    for form in forms:
        names = [name for name in form.fields if name not in ("id", "DELETE", "ORDER")]
        values = (_shown(form, name, form[name].initial if saved else form[name].data) for name in names)
        shown.append("・".join(value for value in values if value != "—"))
    return " / ".join(filter(None, shown)) or "—"
