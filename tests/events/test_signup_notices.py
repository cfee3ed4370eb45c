"""Who is written to when a date changes, the day before, and what is erased afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from events.models import Event, SignUp
from events.services import date_changes
from events.services.signup_changes import cancel_signup
from events.services.signup_erasure import erase_old_signups
from events.services.signup_notices import people_to_call
from events.services.signup_reminders import send_reminders
from events.services.signups import find_by_token
from events.signup_tokens import token_of
from members.personal_data import consequences_for, delete_account, export_of
from tests.factories.members import UserFactory

from .signup_world import open_event, take_part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

DAY = dt.date(2026, 11, 27)


@pytest.fixture
def course() -> Event:
    days = [DAY + dt.timedelta(days=7 * n) for n in range(4)]
    return open_event(signup_unit="course", kind="course", on=days)


def subjects() -> list[str]:
    found = [message.subject.partition("】")[2].partition(":")[0] for message in mail.outbox]
    mail.outbox.clear()
    return found


def test_a_date_that_is_cancelled_moved_and_restored_tells_those_who_stand() -> None:
    event = open_event(on=[DAY])
    take_part(event, "a")
    cancel_signup(signup=take_part(event, "gone"))
    take_part(event, "phone", email="", phone="03-0000-0000")
    date = event.dates.get()
    subjects()
    date_changes.cancel_date(date=date, reason="雨のため", by=None)
    assert [message.to for message in mail.outbox] == [["a@example.jp"]]
    assert "雨のため" in mail.outbox[0].body
    assert [row.name for row in people_to_call(date)] == ["phone"]
    date_changes.restore_date(date=date, by=None)
    date_changes.move_date(date=date, new_date=DAY + dt.timedelta(days=1), reason="会場の都合", by=None)
    assert "11月27日(金) 14:00〜16:00" in mail.outbox[-1].body
    assert "11月28日(土) 14:00〜16:00" in mail.outbox[-1].body
    assert subjects() == ["中止になりました", "予定どおり行います", "日時・場所が変わりました"]


def test_a_change_that_fails_writes_to_nobody() -> None:
    event = open_event(on=[DAY])
    take_part(event, "a")
    subjects()
    with pytest.raises(Exception, match="新しい日にち"):
        date_changes.move_date(date=event.dates.get(), reason="", by=None)
    assert subjects() == []


def test_a_course_called_off_as_a_whole_is_one_mail_and_one_date_of_it_another(course) -> None:
    take_part(course, "a")
    subjects()
    date_changes.postpone_event(event=course, reason="講師の都合", by=None)
    assert subjects() == ["延期になりました"]
    course.refresh_from_db()
    date_changes.resume_event(event=course, by=None)
    assert subjects() == ["予定どおり行います"]
    date_changes.cancel_date(date=course.dates.all()[1], reason="", by=None)
    date_changes.cancel_date(date=course.dates.all()[2], reason="", by=None)
    date_changes.restore_date(date=course.dates.all()[1], by=None)
    assert subjects() == ["中止になりました", "中止になりました", "予定どおり行います"]
    date_changes.cancel_event(event=course, reason="", by=None)
    assert subjects() == ["中止になりました"]


def test_what_is_over_is_not_told_of(fixed_clock) -> None:
    event = open_event(on=[DAY])
    take_part(event, "a")
    subjects()
    fixed_clock.shift(dt.timedelta(days=9))
    date_changes.cancel_date(date=event.dates.get(), reason="", by=None)
    assert subjects() == []


def test_the_day_before_those_with_a_seat_are_reminded_once(fixed_clock) -> None:
    event = open_event(on=[DAY], capacity=1, joining_text="番号は 123")
    take_part(event, "a")
    take_part(event, "waits")
    subjects()
    fixed_clock.shift(dt.timedelta(days=5))
    assert send_reminders() == 0
    fixed_clock.shift(dt.timedelta(days=1))
    assert [send_reminders(), send_reminders()] == [1, 0]
    assert "番号は 123" in mail.outbox[0].body
    assert subjects() == ["もうすぐです(11月27日(金))"]


def test_who_cancelled_or_whose_date_is_off_is_not_reminded(fixed_clock) -> None:
    event, other = open_event(on=[DAY]), open_event(on=[DAY])
    cancel_signup(signup=take_part(event, "a"))
    take_part(other, "b")
    take_part(open_event(on=[DAY], sends_reminder=False), "c")
    date_changes.cancel_date(date=other.dates.get(), reason="", by=None)
    fixed_clock.shift(dt.timedelta(days=6))
    assert send_reminders() == 0


def test_a_course_reminds_before_each_date_and_a_moved_date_again(course, fixed_clock) -> None:
    take_part(course, "a")
    fixed_clock.shift(dt.timedelta(days=6))
    assert [send_reminders(), send_reminders()] == [1, 0]
    date_changes.move_date(
        date=course.dates.all()[0], new_date=DAY + dt.timedelta(days=1), reason="", by=None
    )
    fixed_clock.shift(dt.timedelta(days=1))
    assert send_reminders() == 1
    fixed_clock.shift(dt.timedelta(days=6))
    assert send_reminders() == 1


def test_names_and_addresses_go_and_the_numbers_stay(fixed_clock, settings) -> None:
    settings.SIGNUP_ERASE_AFTER_DAYS = 30
    row = take_part(open_event(on=[DAY]), "a", 3, phone="03-0000-0000", note="よろしく", once="1")
    soon = take_part(open_event(on=[DAY], erase_after_days=3), "b")
    token = token_of(row)
    fixed_clock.shift(dt.timedelta(days=7 + 4))
    assert erase_old_signups() == 1
    soon.refresh_from_db()
    assert soon.email == ""
    fixed_clock.shift(dt.timedelta(days=26))
    assert (erase_old_signups(), find_by_token(token)) == (0, row)
    fixed_clock.shift(dt.timedelta(days=1))
    assert (erase_old_signups(), erase_old_signups(), find_by_token(token)) == (1, 0, None)
    row.refresh_from_db()
    kept = {field.name: getattr(row, field.name) for field in SignUp._meta.concrete_fields}
    assert not [name for name, value in kept.items() if str(value) in ("a", "a@example.jp", "03-0000-0000")]
    assert (row.party_size, row.state, row.note, row.once, row.token_hash) == (3, "confirmed", "", None, "")


def test_own_data_are_handed_out_and_go_with_the_account() -> None:
    user = UserFactory(email="hana@example.jp")
    event = open_event(on=[DAY], capacity=1)
    take_part(event, "hana", user=user)
    waiting = take_part(event, "b")
    assert [row["name"] for row in export_of(user)["signups"]] == ["hana"]
    assert any("申込み1件を取り消します" in sentence for sentence in consequences_for(user))
    delete_account(user)
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert not SignUp.objects.filter(email="hana@example.jp").exists()
