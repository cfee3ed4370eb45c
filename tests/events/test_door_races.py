"""Two phones at one door: seats of walk-ins, numbers by age, a message pressed at the same moment."""

from __future__ import annotations

from collections import Counter

import pytest

from events.attendance_errors import AttendanceChanged, CheckInRefused
from events.models import Attendance, EventMessage, SignUp
from events.services.attendance import add_walk_in, check_in, record_attendance
from events.services.messages import send_message
from mailing.models import OutgoingMail
from tests.directory.racing import _django_db_helper, at_once, shared_database  # noqa: F401
from tests.factories.members import UserFactory

from .door_world import event_today, first_date
from .signup_world import take_part, taken_and_seated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


@pytest.fixture(autouse=True)
def _mails_are_rows(settings) -> None:
    settings.EMAIL_BACKEND = "mailing.backend.OutboxBackend"


def test_twenty_walk_ins_for_five_seats() -> None:
    date, by = first_date(event_today(capacity=5)), UserFactory()

    def enter(number: int) -> str:
        try:
            add_walk_in(date=date, name=f"n{number}", party_size=1, by=by, once=f"w-{number // 2}")
        except CheckInRefused:
            return "full"
        return "in"

    # Each form is sent twice at the same moment: ten forms, five seats.
    said = at_once(*[lambda number=number: enter(number) for number in range(20)])
    assert Counter(said) == {"in": 10, "full": 10}
    assert taken_and_seated(date.event) == (5, 5)
    assert SignUp.objects.count() == 5


def test_of_two_people_who_write_numbers_one_is_told() -> None:
    date, by = first_date(event_today()), UserFactory()

    def write(number: int) -> str:
        try:
            record_attendance(date=date, counts={"old": number}, by=by, seen="")
        except AttendanceChanged as error:
            return "told" if error.current else "lost"
        return "kept"

    said = at_once(*[lambda number=number: write(number) for number in range(8)])
    assert Counter(said) == {"kept": 1, "told": 7}
    assert Attendance.objects.count() == 1


def test_one_message_however_many_press() -> None:
    event, by = event_today(), UserFactory()
    for name in ("a", "b", "c"):
        take_part(event, name)
    before = OutgoingMail.objects.count()

    def press() -> bool:
        _message, is_new = send_message(event=event, date=None, subject="s", body="b", by=by, once="k")
        return is_new

    assert sum(at_once(*[press] * 8)) == 1
    assert EventMessage.objects.count() == 1
    assert OutgoingMail.objects.count() - before == 3


def test_two_who_tick_the_same_person_leave_one_tick() -> None:
    event, by = event_today(days=2, signup_unit="course"), UserFactory()
    signup, date = take_part(event, "はな"), first_date(event)
    at_once(*[lambda: check_in(signup=signup, date=date, came=True, by=by)] * 8)
    assert [row.came for row in signup.check_ins.all()] == [True]
