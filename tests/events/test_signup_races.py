"""Many people at one moment: seats, the order of the waiting list, a date that is cancelled meanwhile, a kill."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from directory.form_protection import issue_token
from events.models import Event, SignUp
from events.services.date_changes import cancel_date
from events.services.seats import take
from events.services.signup_changes import cancel_signup, change_party_size
from events.services.signup_reminders import send_reminders
from events.services.signups import sign_up
from events.signup_errors import SignUpClosed
from mailing.models import OutgoingMail
from tests.directory.racing import _django_db_helper, at_once, shared_database  # noqa: F401

from .signup_world import open_event, states, take_part, taken_and_seated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]

ROOT = Path(__file__).resolve().parents[2]
#: As many connections at once as a database of the usual size lets in, so often.
_PEOPLE, _ROUNDS = 40, 5


@pytest.fixture(autouse=True)
def _mails_are_rows(settings) -> None:
    settings.EMAIL_BACKEND = "mailing.backend.OutboxBackend"


def in_turn(names: range, act: Callable[[int], Any]) -> Callable[[], list[Any]]:
    return lambda: [act(number) for number in names]


def test_two_hundred_people_for_ten_seats() -> None:
    event = open_event(capacity=10)
    url = f"/e/{event.code}/signup/{event.dates.get().uuid}/"
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1)):
        tokens = [issue_token(f"signup:{event.code}") for _n in range(_PEOPLE * _ROUNDS)]

    def press(number: int) -> str:
        said = {"name": f"n{number}", "email": f"n{number}@example.jp", "party_size": "1", "do": "send"}
        answer = Client(REMOTE_ADDR=f"192.0.2.{number}").post(url, said | {"token": tokens[number]})
        return answer.url

    chunks = [range(n * _ROUNDS, (n + 1) * _ROUNDS) for n in range(_PEOPLE)]
    outcomes = at_once(*[in_turn(chunk, press) for chunk in chunks])
    assert len({url for answer in outcomes for url in answer}) == 200
    assert Counter(states(event).values()) == {"confirmed": 10, "waiting": 190}
    assert taken_and_seated(event) == (10, 10)
    assert list(states(event).values())[:10] == ["confirmed"] * 10
    assert OutgoingMail.objects.count() == 200


def test_without_the_lock_too_there_is_never_one_seat_too_many() -> None:
    event = open_event(capacity=10)
    seats = take_part(event, "a").seats
    outcomes = at_once(*[lambda: [take(seats, 1) for _i in range(5)]] * 8)
    assert sum(answer.count(True) for answer in outcomes) == 9
    assert taken_and_seated(event)[0] == 10


def test_cancelling_and_signing_up_at_once_keep_the_order() -> None:
    event = open_event(capacity=6)
    there = [take_part(event, f"there{n}", size) for n, size in enumerate((2, 1, 2, 1))]
    for number, size in enumerate((2, 3, 1, 1, 2, 1)):
        take_part(event, f"waits{number}", size)
    leave = [lambda row=row: cancel_signup(signup=row) for row in there]
    come = [lambda n=n: take_part(event, f"new{n}") for n in range(8)]
    shrink = [lambda: change_party_size(signup=SignUp.objects.get(name="waits1"), size=2, by=None)]
    outcomes = at_once(*leave, *come, *shrink)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    stood = [state for state in states(event).values() if state in ("confirmed", "waiting")]
    assert stood == sorted(stood), "nobody who waits came before one with a seat"
    taken, seated = taken_and_seated(event)
    assert taken == seated == 6


def test_one_form_sent_many_times_at_once_is_one_signup() -> None:
    event = open_event(capacity=1)
    said = {"event": event, "date": event.dates.get(), "name": "a", "email": "a@example.jp", "once": "1"}
    assert len({result.token for result in at_once(*[lambda: sign_up(**said)] * 20)}) == 1
    assert SignUp.objects.count() == OutgoingMail.objects.count() == 1


def test_who_signed_up_while_the_date_is_cancelled_hears_of_it_or_was_refused() -> None:
    event = open_event()
    acts = [lambda n=n: take_part(event, f"n{n}") for n in range(12)]
    acts.insert(6, lambda: cancel_date(date=event.dates.get(), reason="雨", by=None))
    outcomes = at_once(*acts)
    wrong = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert {type(error) for error in wrong} <= {SignUpClosed}
    told = Counter(address for row in OutgoingMail.objects.all() for address in row.recipients)
    assert set(told.values()) <= {2}
    assert len(told) == SignUp.objects.count() == 12 - len(wrong)


def test_cancelling_twice_at_once_gives_one_seat_back() -> None:
    event = open_event(capacity=2)
    row, *_others = [take_part(event, who) for who in "abcd"]
    promoted = at_once(*[lambda: cancel_signup(signup=row)] * 6)
    assert sorted(len(names) for names in promoted) == [0, 0, 0, 0, 0, 1]
    assert taken_and_seated(event) == (2, 2)


def test_two_workers_remind_once() -> None:
    event = open_event(on=[timezone.localdate() + dt.timedelta(days=1)])
    for who in "abc":
        take_part(event, who)
    OutgoingMail.objects.all().delete()
    assert sum(at_once(*[send_reminders] * 4)) == 3
    assert OutgoingMail.objects.count() == 3


def signing_up(event: Event, last: int) -> subprocess.Popen[str]:
    """A process of its own at the same database."""
    here = connection.settings_dict
    address = f"sqlite:///{here['NAME']}"
    if connection.vendor == "postgresql":
        address = f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": address,
        "SECRET_KEY": django_settings.SECRET_KEY,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    module = [sys.executable, "-m", "tests.events.sign_up_until_killed"]
    command = [*module, str(event.pk), str(event.dates.get().pk), str(last)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("last", [7, -1], ids=["before it is certain", "at any moment"])
def test_a_killed_process_loses_nothing_it_acknowledged_and_leaves_nothing_half(last: int) -> None:
    event = open_event(capacity=10_000)
    process = signing_up(event, last)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _i in range(7)]
    if last < 0:
        process.kill()
    said += [line.strip() for line in process.stdout]
    process.wait(60)
    kept = set(SignUp.objects.values_list("receipt", flat=True))
    causes = OutgoingMail.objects.values_list("cause", flat=True)
    assert set(said) <= kept
    assert Counter(causes) == Counter(f"signup:{receipt}" for receipt in kept)
    assert taken_and_seated(event) == (len(kept), len(kept))
    assert last < 0 or len(kept) == last
