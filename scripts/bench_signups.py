"""Sign-ups a second, beside counting first and inserting then (`make bench`). In a scratch database of its own.

The aim is 100 a second and never one seat too many. The engine is that of DATABASE_URL (TEST_DATABASE_URL under
`scripts.with_postgres`); on a server the database lies beside, and goes away again. Nothing here is asserted.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

#: People who sign up, and those who do it at the same moment.
PEOPLE, AT_ONCE = 600, 4
SEATS = 10


def main(people: int = PEOPLE) -> None:
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as folder:
        on_server = given.startswith("postgres")
        os.environ["DATABASE_URL"] = given if on_server else f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["LOG_LEVEL"] = "ERROR"
        django.setup()
        from django.db import connection
        from django.test.utils import setup_test_environment, teardown_test_environment

        mail_backend = _mail_backend()
        setup_test_environment(debug=False)  # its mails stay in memory: ours are rows again
        connection.settings_dict["TEST"]["NAME"] = (
            None if on_server else str(Path(folder) / "scratch.sqlite3")
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            _mail_backend(mail_backend)
            _measure(people)
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
            teardown_test_environment()


def _mail_backend(name: str | None = None) -> str:
    from django.conf import settings

    if name is not None:
        settings.EMAIL_BACKEND = name
    return settings.EMAIL_BACKEND


def _measure(people: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("createcachetable", verbosity=0)
    print(f"\nsign-ups a second, {connection.vendor}, {people} people, each with a mail in the outbox")
    print(f"{'':<44}{'clock':>9}{'cpu':>9}{'queries':>9}")
    _say("the service, one after the other", *_rate(_service(_event(None)), people, 1))
    _say(f"the service, {AT_ONCE} at a moment", *_rate(_service(_event(None)), people, AT_ONCE))
    _say("the service, full: everybody waits", *_rate(_service(_event(SEATS)), people, 1))
    _say("the form sent, one after the other", *_rate(_form(_event(None), people), people, 1))
    _say("naive: count, then insert, no mail", *_rate(_naive(_event(None)), people, 1))
    _sold("ours", _service)
    _sold("naive", _naive)


def _event(capacity: int | None) -> Any:
    from tests.factories.directory import VenueFactory
    from tests.factories.events import EventFactory

    event: Any = EventFactory(signup_policy="open", capacity=capacity, venue=VenueFactory())
    event.contacts.create(name="受付", phone="03-0000-0000")
    return event


def _service(event: Any) -> Callable[[int], Any]:
    from events.services.signups import sign_up

    date = event.dates.get()

    def act(number: int) -> Any:
        return sign_up(
            event=event,
            date=date,
            name=f"n{number}",
            email=f"n{number}@example.jp",
            once=f"{event.pk}-{number}",
        )

    return act


def _form(event: Any, people: int) -> Callable[[int], Any]:
    """The last press: the form checked, the token, the quota, the sign-up, the way to the page with the receipt."""
    import time_machine
    from django.test import Client
    from django.utils import timezone

    from directory.form_protection import issue_token

    url = f"/e/{event.code}/signup/{event.dates.get().uuid}/"
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1)):
        tokens = [issue_token(f"signup:{event.code}") for _n in range(people + 2)]

    def act(number: int) -> Any:
        said = {"name": f"n{number}", "email": f"n{number}@example.jp", "party_size": "1", "do": "send"}
        client = Client(REMOTE_ADDR=f"192.0.{number // 250}.{number % 250}", SERVER_NAME="127.0.0.1")
        answer = client.post(url, said | {"token": tokens[number]})
        if answer.status_code != 302:
            sys.exit(f"{url} answers {answer.status_code}")

    return act


def _naive(event: Any) -> Callable[[int], Any]:
    """What one writes first: how many came, is there room, insert."""
    from django.db.models import Sum

    from events.choices import SignUpState
    from events.models import Seats, SignUp

    date = event.dates.get()
    seats = Seats.objects.get_or_create(event=event, date=date)[0]
    running = itertools.count()

    def act(number: int) -> Any:
        taken = (
            SignUp.objects.filter(seats=seats, state=SignUpState.CONFIRMED).aggregate(n=Sum("party_size"))[
                "n"
            ]
            or 0
        )
        if event.capacity is not None and taken >= event.capacity:
            return None
        return SignUp.objects.create(
            event=event,
            date=date,
            seats=seats,
            receipt=f"{event.pk:05}{next(running):06}",
            name=f"n{number}",
            email=f"n{number}@example.jp",
            state=SignUpState.CONFIRMED,
        )

    return act


def _rate(act: Callable[[int], Any], people: int, at_once: int) -> tuple[float, float, int]:
    """(a second by the clock, a second of processor time, queries of one)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act(people)  # the first one makes the row of seats
    with CaptureQueriesContext(connection) as queries:
        act(people + 1)
    start, cpu = time.perf_counter(), time.process_time()
    _share(act, people, at_once)
    clock, cpu = time.perf_counter() - start, time.process_time() - cpu
    return people / clock, people / cpu, len(queries)


def _share(act: Callable[[int], Any], people: int, at_once: int) -> None:
    if at_once == 1:
        for number in range(people):
            act(number)
        return
    threads = [
        threading.Thread(target=_some, args=(act, range(first, people, at_once))) for first in range(at_once)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _some(act: Callable[[int], Any], numbers: range) -> None:
    from django.db import OperationalError, connection

    try:
        for number in numbers:
            act(number)
    except OperationalError as error:  # a busy machine: SQLite gives up after its timeout; that is no sign-up
        print(f"  one of {AT_ONCE} gave up: {error}")
    finally:
        connection.close()


def _say(what: str, clock: float, cpu: float, queries: int) -> None:
    print(f"{what:<44}{clock:>9.0f}{cpu:>9.0f}{queries or '-':>9}")


def _sold(name: str, way: Callable[[Any], Callable[[int], Any]]) -> None:
    from events.choices import SignUpState
    from events.models import SignUp

    event = _event(SEATS)
    _share(way(event), 40, AT_ONCE * 2)
    sold = SignUp.objects.filter(event=event, state=SignUpState.CONFIRMED).count()
    print(f"{name}: {sold} of {SEATS} seats given to 40 people, {AT_ONCE * 2} at a moment")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
