"""May one sign up for an event now, and if not, why? Pure: looks at rows in hand and at the clock it is given.

Whoever types in a sign-up for somebody (staff, the group) is bound by less: by the date and by the seats.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.japanese_dates import clock, short_date

from .choices import EventStatus, SignUpPolicy, SignUpUnit
from .models import Event, EventDate
from .visibility import is_public


class Closed(StrEnum):
    """Why nobody can sign up."""

    NOT_PUBLIC = "not_public"
    NOT_NEEDED = "not_needed"
    PHONE = "phone"
    OUTSIDE = "outside"
    CANCELLED = "cancelled"
    OVER = "over"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    FULL = "full"


def why_closed(
    event: Event, dates: list[EventDate], *, typed_in: bool = False, now: dt.datetime | None = None
) -> Closed | None:
    """None when one may sign up for `dates` of `event`: one date, or all of a course. Says nothing of seats."""
    now = now or timezone.now()
    if not event.takes_signups_here:
        return Closed.OUTSIDE if event.signup_policy == SignUpPolicy.OUTSIDE else Closed.NOT_NEEDED
    held = [date for date in dates if date.takes_place]
    if event.status != EventStatus.PLANNED or not held:
        return Closed.CANCELLED
    if is_over(held, now):
        return Closed.OVER
    return None if typed_in else _why_closed_to_all(event, held, now)


def _why_closed_to_all(event: Event, held: list[EventDate], now: dt.datetime) -> Closed | None:
    if not is_public(event):
        return Closed.NOT_PUBLIC
    if event.signup_policy == SignUpPolicy.PHONE:
        return Closed.PHONE
    if event.signup_opens_at is not None and now < event.signup_opens_at:
        return Closed.NOT_YET
    return Closed.TOO_LATE if closes_at(event, held) <= now else None


def closes_at(event: Event, dates: list[EventDate]) -> dt.datetime:
    """Until when one may sign up for `dates` (at least one): the event's deadline, the days before, or the start."""
    first = min(dates, key=lambda date: date.starts_at)
    # Without an hour the whole day is open: nobody knows when it begins.
    ends = [first.starts_at if first.start is not None else first.ends_at]
    if event.signup_closes_at is not None:
        ends.append(event.signup_closes_at)
    if event.closes_days_before is not None:
        last_day = first.date - dt.timedelta(days=event.closes_days_before)
        ends.append(timezone.make_aware(dt.datetime.combine(last_day, dt.time.max)))
    return min(ends)


def is_over(dates: list[EventDate], now: dt.datetime) -> bool:
    """Has the last of `dates` ended?"""
    return all(date.ends_at <= now for date in dates)


def dates_of(event: Event, date: EventDate | None) -> list[EventDate]:
    """What one signs up for: `date`, or every date of a course."""
    return [date] if date is not None else list(event.dates.all())


def is_for_all_dates(event: Event) -> bool:
    return event.signup_unit == SignUpUnit.COURSE


def closed_words(why: Closed, event: Event) -> str:
    """A sentence for people who wanted to sign up."""
    if why is Closed.NOT_YET and event.signup_opens_at is not None:
        opens = timezone.localtime(event.signup_opens_at)
        return _("申込みは、%(day)s %(time)sから受け付けます。") % {
            "day": short_date(opens.date()),
            "time": clock(opens.time()),
        }
    return {
        Closed.NOT_PUBLIC: _("この催しは、いま公開されていません。"),
        Closed.NOT_NEEDED: _("申込みはいりません。そのままお越しください。"),
        Closed.PHONE: _("申込みは、電話だけで受け付けています。"),
        Closed.OUTSIDE: _("申込みは、ほかのホームページで受け付けています。"),
        Closed.CANCELLED: _("中止または延期のため、申込みは受け付けていません。"),
        Closed.OVER: _("この催しは終わりました。"),
        Closed.NOT_YET: _("申込みは、まだ始まっていません。"),
        Closed.TOO_LATE: _("申込みの受付は終わりました。"),
        Closed.FULL: _("定員に達したため、受付を終わりました。"),
    }[why]
