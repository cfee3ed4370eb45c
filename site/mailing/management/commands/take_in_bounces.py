"""manage.py take_in_bounces < report    or    manage.py take_in_bounces --maildir PATH / --mbox PATH"""

from __future__ import annotations

import mailbox
import sys
from email import message_from_bytes
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mailing.bounces import take_in_report


class Command(BaseCommand):
    """Feed it from the mail server's pipe, one report on standard input, or let it empty a mailbox."""

    help = (
        "Take in delivery reports (RFC 3464). From a maildir or mbox each message that was read is removed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--maildir", help="a maildir folder of returned mail")
        parser.add_argument("--mbox", help="an mbox file of returned mail")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["maildir"] or options["mbox"]:
            found = self._empty(options)
        else:
            found = int(take_in_report(message_from_bytes(sys.stdin.buffer.read())) is not None)
        self.stdout.write(f"{found} reports about our mails.")

    def _empty(self, options: dict[str, Any]) -> int:
        box: mailbox.Mailbox = (
            mailbox.Maildir(options["maildir"], create=False)
            if options["maildir"]
            else mailbox.mbox(options["mbox"], create=False)
        )
        found = 0
        box.lock()
        try:
            for key in list(box.keys()):
                found += take_in_report(message_from_bytes(box.get_bytes(key))) is not None
                box.remove(key)
        finally:
            box.close()
        return found
