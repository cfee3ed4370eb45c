"""Who came: ticks, walk-ins, numbers by age."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from events.attendance_errors import AttendanceChanged, CheckInRefused
from events.models import Attendance, SignUp
from events.services.attendance import add_walk_in, check_in, mark_of, record_attendance, undo_check_in
from events.services.date_changes import cancel_date
from tests.events.door_world import event_today, first_date
from tests.events.signup_world import open_event, states, take_part, taken_and_seated
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Any:
    return UserFactory()


class TestTicks:
    def test_who_came_is_ticked_twice_and_taken_back(self, by: Any) -> None:
        event = event_today(capacity=5)
        signup = take_part(event, "はな", 2)
        for _i in range(2):
            check_in(signup=signup, came=True, by=by)
            assert states(event) == {"はな": "attended"}
        check_in(signup=signup, came=False, by=by)
        assert states(event) == {"はな": "absent"}
        undo_check_in(signup=signup, by=by)
        assert states(event) == {"はな": "confirmed"}
        assert SignUp.objects.get().checked_in_at is None
        assert taken_and_seated(event) == (2, 2)

    def test_nobody_came_before_the_day_or_to_a_cancelled_date(self, by: Any) -> None:
        signup = take_part(open_event(), "はな")
        with pytest.raises(CheckInRefused, match="当日から"):
            check_in(signup=signup, came=True, by=by)
        off = take_part(event_today(), "ゆき")
        cancel_date(date=off.date, reason="雨", by=by)
        with pytest.raises(CheckInRefused, match="中止"):
            check_in(signup=off, came=True, by=by)

    def test_who_has_no_seat_is_not_ticked(self, by: Any) -> None:
        event = event_today(capacity=1)
        take_part(event, "はな")
        waiting = take_part(event, "ゆき")
        with pytest.raises(CheckInRefused, match="席がありません"):
            check_in(signup=waiting, came=True, by=by)

    def test_a_course_is_ticked_date_by_date_and_goes_on(self, by: Any) -> None:
        event = event_today(days=2, signup_unit="course")
        signup = take_part(event, "はな")
        check_in(signup=signup, date=first_date(event), came=True, by=by)
        check_in(signup=signup, date=first_date(event), came=False, by=by)
        assert [(row.date, row.came) for row in signup.check_ins.all()] == [(first_date(event), False)]
        assert states(event) == {"はな": "confirmed"}  # the dates to come are still told of
        with pytest.raises(CheckInRefused, match="どの回"):
            check_in(signup=signup, came=True, by=by)
        other = first_date(open_event())
        with pytest.raises(CheckInRefused):
            check_in(signup=signup, date=other, came=True, by=by)
        undo_check_in(signup=signup, date=first_date(event), by=by)
        assert not signup.check_ins.exists()


class TestWalkIns:
    def test_a_walk_in_has_come_and_counts_once(self, by: Any) -> None:
        event = event_today(capacity=5)
        for _i in range(2):
            add_walk_in(date=first_date(event), name=" たろう ", party_size=2, by=by, once="k1")
        assert states(event) == {"たろう": "attended"}
        assert taken_and_seated(event) == (2, 2)

    def test_a_full_date_takes_nobody_unless_the_organiser_says_so(self, by: Any) -> None:
        event = event_today(capacity=1)
        take_part(event, "はな")
        with pytest.raises(CheckInRefused, match="席が空いていません"):
            add_walk_in(date=first_date(event), name="たろう", party_size=1, by=by)
        add_walk_in(date=first_date(event), name="たろう", party_size=1, by=by, beyond=True)
        assert taken_and_seated(event) == (2, 2)
        assert event.seats.get().limit == 2

    def test_those_of_the_course_sit_there_too(self, by: Any) -> None:
        event = event_today(signup_unit="course", capacity=3)
        take_part(event, "はな", 2)
        add_walk_in(date=first_date(event), name="たろう", party_size=1, by=by)
        with pytest.raises(CheckInRefused):
            add_walk_in(date=first_date(event), name="じろう", party_size=1, by=by)

    @pytest.mark.parametrize("size", [0, -1, 10**6])
    def test_a_party_of_nonsense_is_refused(self, by: Any, size: int) -> None:
        with pytest.raises(CheckInRefused):
            add_walk_in(date=first_date(event_today()), name="", party_size=size, by=by)


class TestNumbers:
    def test_numbers_by_age_and_helpers_are_kept(self, by: Any) -> None:
        date = first_date(event_today())
        row = record_attendance(date=date, counts={"adult": 3, "old": 9}, volunteers=4, note="晴れ", by=by)
        assert (row.total, row.volunteers, row.old, row.preschool) == (12, 4, 9, 0)

    def test_the_second_of_two_people_is_told(self, by: Any) -> None:
        date = first_date(event_today())
        record_attendance(date=date, counts={"adult": 3}, by=by, seen="")
        with pytest.raises(AttendanceChanged) as told:
            record_attendance(date=date, counts={"adult": 5}, by=UserFactory(), seen="")
        assert told.value.current.adult == 3
        assert Attendance.objects.get().adult == 3
        record_attendance(date=date, counts={"adult": 5}, by=by, seen=mark_of(told.value.current))
        assert Attendance.objects.get().adult == 5

    def test_no_numbers_before_the_day_nor_nonsense(self, by: Any) -> None:
        with pytest.raises(CheckInRefused):
            record_attendance(date=first_date(open_event()), counts={}, by=by)
        for counts in ({"adult": -1}, {"adult": 10**5}):
            with pytest.raises(ValidationError):
                record_attendance(date=first_date(event_today()), counts=counts, by=by)
        assert not Attendance.objects.exists()
