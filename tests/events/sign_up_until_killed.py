"""A process that signs people up, one after the other, and says so once it is certain. It is killed meanwhile.

`python -m tests.events.sign_up_until_killed EVENT DATE LAST`: with LAST it kills itself when the mail of that person is
written and nothing of it is certain yet.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django


def main(event_pk: int, date_pk: int, last: int) -> None:
    django.setup()
    from events.models import Event, EventDate
    from events.services import signups

    written = signups.mail_state

    def mail_and_die(signup: Any) -> None:
        written(signup)
        if signup.name == str(last):
            os.kill(os.getpid(), signal.SIGKILL)

    signups.mail_state = mail_and_die
    event, date = Event.objects.get(pk=event_pk), EventDate.objects.get(pk=date_pk)
    for number in range(10_000):
        row = signups.sign_up(
            event=event, date=date, name=str(number), email=f"n{number}@example.jp", once=f"n{number}"
        ).signup
        sys.stdout.write(f"{row.receipt}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
