"""「いつ」: one timetable of a group's entry, ticked or written as a sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from .admin_schedule_forms import KEEP, PICK, TEXT, ScheduleFields, boxes_as_text
from .group_forms import plain
from .models import Resource, Schedule
from .schedule_choices import choices_from_spec
from .schedule_understanding import Understanding, understand_spec
from .schedules import ScheduleSpec
from .schedules.spec import Kind

MOST_SCHEDULES = 6


class WhenForm(ScheduleFields, forms.Form):
    """The timetable number `number` of a draft; the next number makes a new one."""

    original_text = forms.CharField(
        label=_l("開催日時の文"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("例:第2・第4木曜 13:30〜15:30(祝日休み)"),
    )
    note = forms.CharField(label=_l("日時の補足"), required=False, max_length=200)
    remove = forms.BooleanField(label=_l("この開催日時をなくす"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, draft: Resource, number: int = 0) -> None:
        self.draft = draft
        self.schedules = list(draft.schedules.all())
        self.is_new = number >= len(self.schedules)
        self.schedule = Schedule(resource=draft) if self.is_new else self.schedules[number]
        self.kept = self._stored()
        super().__init__(data, initial=self._first())
        self.fields["entry"].choices = self._ways()
        if self.is_new or len(self.schedules) == 1:
            del self.fields["remove"]
        self.understanding: Understanding | None = None

    def _stored(self) -> ScheduleSpec | None:
        try:
            rule = self.schedule.rule if self.schedule.spec else None
        except (ValueError, KeyError, TypeError):
            return None
        return None if rule is None or rule.kind == Kind.UNKNOWN else rule

    def _first(self) -> dict[str, Any]:
        texts = {"original_text": self.schedule.original_text, "note": self.schedule.note}
        if self.kept is None:
            return texts | {"entry": TEXT if self.schedule.original_text else PICK}
        boxes = choices_from_spec(self.kept)
        return boxes_as_text(boxes or {}) | texts | {"entry": KEEP if boxes is None else PICK}

    def _ways(self) -> list[tuple[str, Any]]:
        ways = [(PICK, _("えらんで入力する")), (TEXT, _("文で書く"))]
        return ways if self.kept is None else [*ways, (KEEP, _("いまの決まりのまま"))]

    @property
    def current(self) -> Understanding | None:
        """What the draft says now."""
        return understand_spec(self.kept, timezone.localdate()) if self.kept else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("original_text", "note"):
            cleaned[name] = plain(cleaned.get(name) or "")
        if not self.errors and not cleaned.get("remove"):
            self.understanding = self.understand(self.kept)
        return cleaned

    def write(self, user: Any) -> None:
        """Put the timetable into the draft; the others stay, and the changes of single dates with them."""
        rows = [row for row in self.schedules if row is not self.schedule]
        if self.cleaned_data.get("remove"):
            self.draft.schedules = rows
            return
        self._fill()
        at = len(rows) if self.is_new else self.schedules.index(self.schedule)
        rows.insert(at, self.schedule)
        for number, row in enumerate(rows):
            row.sort_order = number
        self.draft.schedules = rows

    def _fill(self) -> None:
        said, understanding = self.cleaned_data, self.understanding
        assert understanding is not None  # noqa: S101 - a valid form has understood
        self.schedule.rule = understanding.spec
        self.schedule.note = said["note"]
        if said.get("entry") != KEEP:
            self.schedule.status = understanding.status
            # Boxes say it better than an older sentence, which would stand beside them and say something else.
            self.schedule.original_text = said["original_text"] if said.get("entry") == TEXT else ""
