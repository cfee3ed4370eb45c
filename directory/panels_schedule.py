"""The part of the edit screen that asks when something is open."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import InlinePanel, Panel

from .admin_schedule_forms import ScheduleFields, ScheduleForm
from .models import Schedule
from .schedules.wording import describe

#: The screen that says what a timetable means (a route of `viewsets.resources`).
UNDERSTAND_URL_NAME = "directory_resources:understand"


class RuleComparison(FieldComparison):
    """Two versions of a rule, in words instead of JSON."""

    def __init__(self, field: Any, obj_a: Schedule, obj_b: Schedule) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = _words(obj_a), _words(obj_b)


def _words(timetable: Schedule | None) -> str:
    return describe(timetable.rule) if timetable is not None and timetable.spec else ""


class ScheduleFieldsPanel(Panel):
    """All boxes of one timetable, with what they mean beside them."""

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": ["venue", "original_text", "note", *ScheduleFields.declared_fields]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/schedule_fields.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["form"] = self.form
            context["understand_url"] = reverse(UNDERSTAND_URL_NAME)
            return context

        def get_comparison(self) -> list[Any]:
            rule = partial(RuleComparison, Schedule._meta.get_field("spec"))
            texts = (Schedule._meta.get_field(name) for name in ("original_text", "note"))
            return [rule, *(partial(FieldComparison, field) for field in texts)]


class SchedulePanel(InlinePanel):
    """Timetables of an entry, each through `ScheduleForm`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("panels", [ScheduleFieldsPanel()])
        super().__init__(*args, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = ScheduleForm
        return options
