"""manage.py check_search_index [--repair] [--engine NAME]"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from search.analysis import ANALYSIS_VERSION
from search.engines import get_engine
from search.indexing import Difference, compare, count_objects, repair, state_of
from search.models import OutboxEntry


class Command(BaseCommand):
    """Compare index and database; exit status 1 and a list when they differ."""

    help = "Compare the search index with the database. --repair brings the index up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true")
        parser.add_argument("--engine", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        engine = get_engine(options["engine"])
        state = state_of(engine)
        outdated = state.analysis != ANALYSIS_VERSION
        if outdated:
            self.stderr.write(
                f"The index was built with analysis {state.analysis}, this is {ANALYSIS_VERSION}: "
                "run rebuild_search_index."
            )
        with tqdm(total=count_objects(), unit="obj", desc="check", disable=not self.stderr.isatty()) as bar:
            difference = compare(engine=engine, progress=bar.update)
        self._report(difference)
        if options["repair"] and difference.keys:
            repair(difference, engine=engine)
            self.stdout.write("Repaired.")
        if difference.broken or outdated or (difference and not options["repair"]):
            sys.exit(1)

    def _report(self, difference: Difference) -> None:
        for word, keys in (
            ("missing", difference.missing),
            ("stale", difference.stale),
            ("surplus", difference.surplus),
            ("broken", difference.broken),
        ):
            for type_, id_ in keys:
                self.stdout.write(f"{word} {type_} {id_}")
        waiting = OutboxEntry.objects.filter(applied=False).count()
        self.stdout.write(f"{len(difference.keys)} differences, {waiting} changes waiting.")
