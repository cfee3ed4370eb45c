"""The part of the edit screen that asks when something is open."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import InlinePanel, Panel

from .admin_schedule_forms import ScheduleFields, ScheduleForm
from .models.timetables import Timetable
from .schedules.wording import describe

#: The screen that says what a timetable means (a route of `viewsets.resources`).
UNDERSTAND_URL_NAME = "directory_resources:understand"


class RuleComparison(FieldComparison):
    """Two versions of a rule, in words instead of JSON."""

    def __init__(self, field: Any, obj_a: Timetable, obj_b: Timetable) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = _words(obj_a), _words(obj_b)


def _words(timetable: Timetable | None) -> str:
    return describe(timetable.rule) if timetable is not None and timetable.spec else ""


class ScheduleFieldsPanel(Panel):
    """All boxes of one timetable, with what they mean beside them. `columns` are those of the model itself."""

    columns: tuple[str, ...] = ("venue", "original_text", "note")

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [*self.columns, *ScheduleFields.declared_fields]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/schedule_fields.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["form"] = self.form
            context["understand_url"] = reverse(UNDERSTAND_URL_NAME)
            return context

        def get_comparison(self) -> list[Any]:
            columns = self.panel.model._meta
            rule = partial(RuleComparison, columns.get_field("spec"))
            texts = (columns.get_field(name) for name in ("original_text", "note"))
            return [rule, *(partial(FieldComparison, field) for field in texts)]


class SchedulePanel(InlinePanel):
    """Timetables, each through `row_form`."""

    row_form: type[ScheduleForm] = ScheduleForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("panels", [ScheduleFieldsPanel()])
        super().__init__(*args, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = self.row_form
        return options
