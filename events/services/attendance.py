"""Who came: ticks at the door, walk-ins, and the numbers by age. Under the lock of the event, like sign-ups.

Whoever signed up for one date has it in the state of the sign-up; for a whole course each date has a row of its own.
Ticks can be taken back and set again: the last one counts, and a second press changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..attendance_errors import AttendanceChanged, CheckInRefused
from ..choices import SEATED, AgeBand, SignUpChannel, SignUpState
from ..models import Attendance, CourseCheckIn, Event, EventDate, Seats, SignUp
from ..signup_tokens import receipt_for
from .seats import locked_event, seats_for, take
from .signup_log import log_signup

#: No date of a neighbourhood has more; the column holds a little more than that.
MOST_PEOPLE = 9999


@transaction.atomic
def check_in(*, signup: SignUp, came: bool, by: Any, date: EventDate | None = None) -> SignUp:
    """Came or did not come. `date` says which one of a course. Raises `CheckInRefused`."""
    row, day = _seated(signup, date)
    if row.date_id is None:
        CourseCheckIn.objects.update_or_create(signup=row, date=day, defaults={"came": came})
        return row
    row.state = SignUpState.ATTENDED if came else SignUpState.ABSENT
    row.checked_in_at = timezone.now()
    row.save(update_fields=["state", "checked_in_at"])
    return row


@transaction.atomic
def undo_check_in(*, signup: SignUp, by: Any, date: EventDate | None = None) -> SignUp:
    """The tick was a mistake: neither came nor stayed away. Raises `CheckInRefused`."""
    row, day = _seated(signup, date)
    if row.date_id is None:
        CourseCheckIn.objects.filter(signup=row, date=day).delete()
        return row
    row.state, row.checked_in_at = SignUpState.CONFIRMED, None
    row.save(update_fields=["state", "checked_in_at"])
    return row


@transaction.atomic
def add_walk_in(
    *, date: EventDate, name: str, party_size: int, by: Any, beyond: bool = False, once: str | None = None
) -> SignUp:
    """Somebody came without having signed up; they are there. A form sent twice (`once`) is one walk-in.

    Where no seat is free it is refused, unless the organiser lets them in all the same (`beyond`): the number of
    seats of this date then follows. Raises `CheckInRefused`.
    """
    event = locked_event(date.event_id)
    sent_before = SignUp.objects.filter(once=once, event=event).first() if once else None
    if sent_before is not None:
        return sent_before
    day = _open_day(event, date)
    if not 1 <= party_size <= MOST_PEOPLE:
        raise CheckInRefused(_("人数は、1人以上にしてください。"))
    seats = seats_for(event, day)
    if not _take_at_door(seats, party_size, beyond):
        raise CheckInRefused(
            _("席が空いていません。それでも入っていただくときは、「席がなくても入れる」を選んでください。")
        )
    row: SignUp = SignUp.objects.create(
        event=event,
        date=day,
        seats=seats,
        name=name.strip(),
        party_size=party_size,
        channel=SignUpChannel.DOOR,
        state=SignUpState.ATTENDED,
        checked_in_at=timezone.now(),
        receipt=receipt_for(once),
        typed_in_by=by,
        once=once or None,
    )
    log_signup("walk_in", row, by)
    return row


@transaction.atomic
def record_attendance(
    *,
    date: EventDate,
    counts: Mapping[str, int],
    volunteers: int = 0,
    note: str = "",
    by: Any,
    seen: str | None = None,
) -> Attendance:
    """Write how many came, by `AgeBand`, and how many helped.

    `seen` is the `mark_of` what the form showed: where somebody wrote other numbers since, `AttendanceChanged` is
    raised and nothing written; without it the last one counts. Raises `CheckInRefused`, `ValidationError`.
    """
    event = locked_event(date.event_id)
    day = _open_day(event, date)
    current = Attendance.objects.filter(date=day).select_related("recorded_by").first()
    if seen is not None and seen != mark_of(current):
        raise AttendanceChanged(current)
    row = current or Attendance(date=day)
    for band in AgeBand.values:
        setattr(row, band, counts.get(band, 0))
    row.volunteers, row.note, row.recorded_by = volunteers, note.strip(), by
    if any(not 0 <= getattr(row, name) <= MOST_PEOPLE for name in (*AgeBand.values, "volunteers")):
        raise ValidationError(_("人数は、0から9999までの数にしてください。"))
    row.save()
    return row


def mark_of(attendance: Attendance | None) -> str:
    """What tells one version of the numbers from the next; "" where nobody wrote any."""
    return attendance.updated_at.isoformat() if attendance is not None else ""


def _seated(signup: SignUp, date: EventDate | None) -> tuple[SignUp, EventDate]:
    """The sign-up as it is now, and the date it is about, with the event locked."""
    event = locked_event(signup.event_id)
    row = SignUp.objects.filter(pk=signup.pk, state__in=SEATED).select_related("date", "seats").first()
    if row is None:
        raise CheckInRefused(_("この申込みには、いま席がありません。"))
    day = row.date or date
    if day is None:
        raise CheckInRefused(_("どの回か、選んでください。"))
    return row, _open_day(event, day)


def _open_day(event: Event, date: EventDate) -> EventDate:
    """The date as it is now. Raises where nobody can have come yet, or it was off."""
    day = event.dates.filter(pk=date.pk).first()
    if day is None or not day.takes_place:
        raise CheckInRefused(_("この回は、中止になっています。"))
    if day.date > timezone.localdate():
        raise CheckInRefused(_("当日から記録できます。"))
    return day


def _take_at_door(seats: Seats, size: int, beyond: bool) -> bool:
    """Seats for a walk-in. On a date of a course those who signed up for all of it sit there too."""
    whole = Seats.objects.filter(event=seats.event, date__isnull=True).first()
    others = whole.taken if whole is not None else 0
    fits = seats.limit is None or seats.taken + others + size <= seats.limit
    if fits and take(seats, size):
        return True
    if beyond:
        Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + size, limit=F("taken") + size)
    return beyond
