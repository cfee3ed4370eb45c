"""manage.py rebuild_search_index [--engine NAME]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines import get_engine
from search.indexing import count_objects, rebuild

SHOWN = 20


class Command(BaseCommand):
    """Build a new index beside the live one and swap; search answers all the while."""

    help = "Rebuild the search index beside the live one and swap."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        engine = get_engine(options["engine"])
        with tqdm(total=count_objects(), unit="obj", desc="rebuild", disable=not self.stderr.isatty()) as bar:
            broken: list[str] = []
            count = rebuild(
                engine=engine,
                progress=bar.update,
                on_error=lambda key, error: broken.append(
                    f"{' '.join(key)}: {type(error).__name__}: {error}"
                ),
            )
        self.stdout.write(f"{engine.name}: {count} documents indexed, the new index is live.")
        if broken:
            listed = "\n".join(broken[:SHOWN])
            raise CommandError(f"{len(broken)} objects could not be indexed and are not found:\n{listed}")
