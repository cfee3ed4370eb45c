"""manage.py check_search_index [--repair] [--engine NAME]"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from search.analysis import ANALYSIS_VERSION
from search.engines import engines_in_use, get_engine
from search.engines.base import Engine, EngineUnavailable
from search.indexing import count_objects, state_of
from search.models import OutboxEntry
from search.upkeep.comparing import Difference, compare, repair


class Command(BaseCommand):
    """Compare index and database; exit status 1 and a list when they differ, or an engine does not answer."""

    help = "Compare the index of every engine in use with the database. --repair brings it up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true")
        parser.add_argument("--engine", default=None, help="only this one; without it every engine in use")

    def handle(self, *args: Any, **options: Any) -> None:
        engines = (get_engine(options["engine"]),) if options["engine"] else engines_in_use()
        good = [self._check(engine, options["repair"]) for engine in engines]
        if not all(good):
            sys.exit(1)

    def _check(self, engine: Engine, mend: bool) -> bool:
        state = state_of(engine)
        outdated = state.analysis != ANALYSIS_VERSION
        if outdated:
            self.stderr.write(
                f"The index of {engine.name} was built with analysis {state.analysis}, "
                f"this is {ANALYSIS_VERSION}: run rebuild_search_index."
            )
        try:
            with tqdm(
                total=count_objects(), unit="obj", desc="check", disable=not self.stderr.isatty()
            ) as bar:
                difference = compare(engine=engine, progress=bar.update)
            self._report(engine, difference)
            if mend and difference.keys:
                repair(difference, engine=engine)
                self.stdout.write("Repaired.")
        except EngineUnavailable as error:
            self.stdout.write(f"{engine.name} does not answer: {error}.")
            self._report_waiting(engine)
            return False
        return not (difference.broken or outdated or (difference and not mend))

    def _report(self, engine: Engine, difference: Difference) -> None:
        for word, keys in (
            ("missing", difference.missing),
            ("stale", difference.stale),
            ("surplus", difference.surplus),
            ("broken", difference.broken),
        ):
            for type_, id_ in keys:
                self.stdout.write(f"{word} {type_} {id_}")
        self.stdout.write(f"{engine.name}: {len(difference.keys)} differences.")
        self._report_waiting(engine)

    def _report_waiting(self, engine: Engine) -> None:
        waiting = OutboxEntry.objects.filter(engine=engine.name, applied=False).order_by("created")
        first = waiting.first()
        since = (
            f", the oldest for {round((timezone.now() - first.created).total_seconds())} s" if first else ""
        )
        self.stdout.write(f"{engine.name}: {waiting.count()} changes waiting{since}.")
