"""Timetables and dates of an entry in words. The words of one rule are `schedules.wording`'s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from django.utils.translation import gettext as _

from .choices import OccurrenceStatus, ParseStatus, ScheduleKind
from .japanese_dates import short_date, time_span
from .models import Occurrence, Resource, Schedule
from .schedules.spec import HolidayPolicy
from .schedules.wording import describe
from .visibility import Place, Viewer, place_of

#: How many coming days a page shows as blocks; more are in the month.
SHOWN_DAYS = 6


@dataclass(frozen=True)
class HeldDate:
    """One coming date: the day, what is said of it, and its place where that is another one than usual."""

    day: date
    start: time | None
    end: time | None
    status: OccurrenceStatus
    place: Place
    notes: tuple[str, ...] = ()
    moved_from: date | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.status == OccurrenceStatus.CANCELLED

    @property
    def times(self) -> str:
        return time_span(self.start, self.end)

    @property
    def words(self) -> str:
        """「12月4日(金) 10:00〜12:00 中止(会場の都合)」."""
        return " ".join(part for part in (short_date(self.day), self.times, *self.notes) if part)


def schedule_lines(schedules: Iterable[Schedule]) -> list[str]:
    """Each timetable in a line, then what was added. A text that was not fully understood stands as it was written."""
    lines: list[str] = []
    for schedule in schedules:
        lines += _lines_of(schedule)
    return list(dict.fromkeys(lines)) or [_("日時は決まっていません。お問い合わせください。")]


def _lines_of(schedule: Schedule) -> list[str]:
    original = " ".join(schedule.original_text.split())
    if schedule.status != ParseStatus.PARSED and original:
        return [original, *([schedule.note] if schedule.note else [])]
    rule = schedule.rule
    words = "" if rule.kind == ScheduleKind.UNKNOWN else describe(rule)
    found = [words or original, "" if rule.note and rule.note in words else rule.note, schedule.note]
    return [line for line in found if line]


def card_line(schedules: Iterable[Schedule]) -> str:
    """「第2・第4木曜 13:30〜15:30」: the first timetable as short as a card needs it. What holidays change, the next date shows."""
    schedule = next(iter(schedules), None)
    if schedule is None:
        return ""
    if schedule.status == ParseStatus.PARSED and (rule := schedule.rule).rules:
        return describe(replace(rule, holidays=HolidayPolicy.UNKNOWN, closed=())).replace("曜日", "曜")
    return next(iter(_lines_of(schedule)), "")


def held_dates(
    resource: Resource, dates: Iterable[Occurrence], *, viewer: Viewer = Viewer.PUBLIC
) -> list[HeldDate]:
    """Those of `dates` on the first `SHOWN_DAYS` days, cancelled ones too: who comes by habit must be told."""
    usual = place_of(resource, viewer)
    found: list[HeldDate] = []
    days: set[date] = set()
    for item in dates:
        days.add(item.date)
        if len(days) > SHOWN_DAYS:
            break
        elsewhere = item.venue is not None and item.venue_id != resource.venue_id
        place = place_of(resource, viewer, item.venue) if elsewhere else usual
        found.append(_held(item, place, place.words if place.words != usual.words else ""))
    return found


def _held(item: Occurrence, place: Place, other_place: str) -> HeldDate:
    notes = [status_words(item)]
    if other_place:
        notes.append(_("場所:%(place)s") % {"place": other_place})
    return HeldDate(
        day=item.date,
        start=item.start,
        end=item.end,
        status=OccurrenceStatus(item.status),
        place=place,
        notes=tuple(note for note in notes if note),
        moved_from=item.moved_from if item.moved_from != item.date else None,
    )


def status_words(item: Occurrence) -> str:
    """What is unusual about a date: 「中止(会場の都合)」; empty when it is as planned."""
    reason = item.reason
    if item.status == OccurrenceStatus.CANCELLED:
        return _("中止(%(reason)s)") % {"reason": reason} if reason else _("中止")
    if item.status == OccurrenceStatus.MOVED:
        return _moved_words(item)
    if item.status == OccurrenceStatus.ADDED:
        return _("臨時の開催(%(reason)s)") % {"reason": reason} if reason else _("臨時の開催")
    # The schedule engine names a holiday on which nobody said whether it is open.
    return (
        _("%(holiday)sです。開くかどうかは、お問い合わせください。") % {"holiday": reason} if reason else ""
    )


def _moved_words(item: Occurrence) -> str:
    if item.moved_from and item.moved_from != item.date:
        words = _("%(day)sから変わりました") % {"day": short_date(item.moved_from)}
    else:
        words = _("時間が変わりました")
    return f"{words}({item.reason})" if item.reason else words
