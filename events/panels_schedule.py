"""When an event is held, in the staff's form: the boxes of an entry's timetable, and the length of slots."""

from __future__ import annotations

from typing import Any

from directory.admin_schedule_forms import ScheduleForm
from directory.panels_schedule import ScheduleFieldsPanel, SchedulePanel

from .models import EventSchedule


class EventScheduleForm(ScheduleForm):
    class Meta(ScheduleForm.Meta):
        model = EventSchedule  # type: ignore[assignment]
        fields = ["original_text", "note", "slot_minutes"]


class EventScheduleFieldsPanel(ScheduleFieldsPanel):
    columns = ("original_text", "note", "slot_minutes")


class EventSchedulePanel(SchedulePanel):
    row_form = EventScheduleForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("panels", [EventScheduleFieldsPanel()])
        super().__init__(*args, **kwargs)
