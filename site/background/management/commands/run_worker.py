"""manage.py run_worker [--until-empty] [--interval SECONDS]"""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from background.losses import give_back
from background.worker import INTERVAL, run_pending, work
from background.working import at_work


class Command(BaseCommand):
    """The service beside the web server: background tasks, mail, daily jobs."""

    help = "Do background tasks, send mail and run daily jobs until SIGTERM; what was begun is ended. Any number may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-empty", action="store_true", help="end when nothing is due (no daily jobs)"
        )
        parser.add_argument("--interval", type=float, default=INTERVAL, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        if options["until_empty"]:
            with at_work(stop=stop) as me:
                give_back()
                done = run_pending(me=me)
            self.stdout.write(f"{done} things done.")
            return
        self.stdout.write("At work.")
        self.stdout.flush()
        work(stop, interval=options["interval"])
        self.stdout.write("Stopped.")
