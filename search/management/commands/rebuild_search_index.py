"""manage.py rebuild_search_index [--engine NAME]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines import engines_in_use, get_engine
from search.engines.base import Engine, EngineUnavailable
from search.indexing import count_objects
from search.upkeep.rebuilding import LINGER, RebuildTakenOver, rebuild

SHOWN = 20


class Command(BaseCommand):
    """Build a new index beside the live one and swap; search answers all the while."""

    help = "Rebuild the search index of every engine in use beside the live one and swap."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", default=None, help="only this one; without it every engine in use")
        parser.add_argument(
            "--linger",
            type=float,
            default=LINGER,
            help="seconds after the swap before the old index is dropped: searches that read it end first",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        engines = (get_engine(options["engine"]),) if options["engine"] else engines_in_use()
        problems = [line for engine in engines for line in self._rebuild(engine, options["linger"])]
        if problems:
            raise CommandError("\n".join(problems))

    def _rebuild(self, engine: Engine, linger: float) -> list[str]:
        broken: list[str] = []
        with tqdm(
            total=count_objects(), unit="obj", desc=f"rebuild {engine.name}", disable=not self.stderr.isatty()
        ) as bar:
            try:
                count = rebuild(
                    engine=engine,
                    progress=bar.update,
                    on_error=lambda key, error: broken.append(
                        f"{' '.join(key)}: {type(error).__name__}: {error}"
                    ),
                    linger=linger,
                )
            except EngineUnavailable as error:
                return [f"{engine.name} does not answer ({error}); its index is as it was."]
            except RebuildTakenOver as error:
                return [str(error)]
        self.stdout.write(f"{engine.name}: {count} documents indexed, the new index is live.")
        if not broken:
            return []
        return [f"{len(broken)} objects could not be indexed and are not found:", *broken[:SHOWN]]
