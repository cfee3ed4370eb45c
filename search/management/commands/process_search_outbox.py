"""manage.py process_search_outbox [--watch] [--engine NAME] [--limit N]"""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines import engines_in_use, get_engine
from search.engines.base import Engine, EngineUnavailable
from search.models import OutboxEntry
from search.outbox import process_outbox
from search.upkeep.worker import look_after, watch
from search.upkeep.writing import LeaseHeld, LeaseLost


class Command(BaseCommand):
    """Drain the outbox: once (for a timer, after large imports), or as the service that keeps the cluster's index."""

    help = "Apply waiting changes to the search indexes. --watch goes on until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on until SIGTERM or SIGINT")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks (--watch)")
        parser.add_argument("--limit", type=int, default=None, help="at most this many changes an engine")
        parser.add_argument("--engine", default=None, help="only this one; without it every engine in use")

    def handle(self, *args: Any, **options: Any) -> None:
        engines = (get_engine(options["engine"]),) if options["engine"] else engines_in_use()
        if options["watch"]:
            self._watch(engines, options["interval"])
            return
        failed = [name for engine in engines if (name := self._drain(engine, options["limit"]))]
        if failed:
            raise CommandError("Changes wait: " + "; ".join(failed))

    def _watch(self, engines: tuple[Engine, ...], interval: float) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        self.stdout.write(f"Keeping the index of {', '.join(engine.name for engine in engines)}.")
        self.stdout.flush()
        watch(engines, stop, interval=interval)
        self.stdout.write("Stopped.")

    def _drain(self, engine: Engine, limit: int | None) -> str:
        """Why changes of this engine are left; "" when none has to be."""
        rows = OutboxEntry.objects.filter(engine=engine.name, applied=False)
        done = 0
        trouble = ""
        with tqdm(total=rows.count(), unit="change", desc="outbox", disable=not self.stderr.isatty()) as bar:
            try:
                look_after(engine)
                done = process_outbox(limit, engine=engine, progress=bar.update)
            except EngineUnavailable as error:
                trouble = f"{engine.name} does not answer ({error})"
            except (LeaseHeld, LeaseLost):
                self.stdout.write(f"{engine.name}: another worker is at it.")
        self.stdout.write(f"{engine.name}: {done} changes looked at, {rows.count()} still waiting.")
        return trouble
