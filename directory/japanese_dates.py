"""Days and times as people write them in Japan: always with the weekday, a holiday said. Text only, no markup."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _

from .schedules.holidays import holiday_name

WEEKDAYS = "月火水木金土日"


def weekday_word(day: date) -> str:
    """「金」, on a holiday 「月・祝」 (japan-standards 11)."""
    letter = WEEKDAYS[day.weekday()]
    return _("%(weekday)s・祝") % {"weekday": letter} if holiday_name(day) else letter


def short_date(day: date) -> str:
    """「11月20日(金)」."""
    return _("%(month)d月%(day)d日(%(weekday)s)") % {
        "month": day.month,
        "day": day.day,
        "weekday": weekday_word(day),
    }


def plain_date(day: date) -> str:
    """「2026年11月20日」, for sentences where the weekday says nothing."""
    return _("%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}


def full_date(day: date) -> str:
    """「2026年11月20日(金)」."""
    return f"{plain_date(day)}({weekday_word(day)})"


def time_span(start: time | None, end: time | None) -> str:
    """「10:00〜12:00」, 「10:00から」 without an end, nothing without a start."""
    if start is None:
        return ""
    if end is None:
        return _("%(start)sから") % {"start": clock(start)}
    return _("%(start)s〜%(end)s") % {"start": clock(start), "end": clock(end)}


def clock(moment: time) -> str:
    """「9:30」: hours without a zero in front."""
    return f"{moment.hour}:{moment.minute:02d}"
