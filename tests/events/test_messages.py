"""A message of the organiser to everybody who signed up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from events.models import EventMessage, SignUp
from events.services.attendance import add_walk_in
from events.services.messages import reach_of, send_message
from events.services.signup_changes import cancel_signup
from events.services.signup_erasure import erase
from tests.events.door_world import event_today, first_date
from tests.events.signup_world import open_event, take_part
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def say(event: Any, once: str = "k1", date: Any = None, subject: str = "持ち物:100%の笑顔") -> Any:
    return send_message(
        event=event, date=date, subject=subject, body="うわばき\n{{ 1 }} <b>", by=UserFactory(), once=once
    )


def test_everybody_who_signed_up_gets_it_once_and_the_rest_is_named(mailoutbox: Any) -> None:
    event = open_event(capacity=1)
    take_part(event, "hana")
    take_part(event, "yuki")  # waits
    take_part(event, "taro", email="", phone="03-0000-0000")
    cancel_signup(signup=take_part(event, "jiro"))
    mail.outbox.clear()
    message, is_new = say(event)
    again, is_newer = say(event)
    assert (message, is_new, is_newer) == (again, True, False)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["hana@example.jp", "yuki@example.jp"]
    assert (message.sent_to, message.to_call, EventMessage.objects.count()) == (2, 1, 1)
    letter = mail.outbox[0]
    assert "持ち物:100%の笑顔" in letter.subject
    assert "うわばき\n{{ 1 }} <b>" in letter.body
    assert [row.name for row in reach_of(event, None).to_call] == ["taro"]


def test_one_person_of_two_dates_gets_one_mail_and_a_date_its_own(mailoutbox: Any) -> None:
    today = timezone.localdate()
    event = open_event(on=[today + dt.timedelta(days=day) for day in (3, 4)])
    one, two = event.dates.all()
    take_part(event, "hana", date=one)
    take_part(event, "Hana", date=two)
    take_part(event, "yuki", date=two)
    assert len(reach_of(event, None).by_mail) == 2
    assert [row.name for row in reach_of(event, one).by_mail] == ["hana"]


def test_whose_personal_part_is_erased_is_neither_written_to_nor_called(mailoutbox: Any) -> None:
    event = open_event()
    take_part(event, "hana")
    erase(SignUp.objects.all())
    reach = reach_of(event, None)
    assert (reach.by_mail, reach.to_call) == ([], [])


def test_walk_ins_who_left_nothing_are_not_to_be_called(mailoutbox: Any) -> None:
    event = event_today()
    add_walk_in(date=first_date(event), name="", party_size=1, by=UserFactory())
    take_part(event, "となりの人", email="", channel="phone")
    assert [row.name for row in reach_of(event, None).to_call] == ["となりの人"]
