"""manage.py bench_search --documents N [--engine NAME] --json OUT"""

from __future__ import annotations

import json
import platform
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from tqdm import tqdm

from search.benchmark.documents import Town
from search.benchmark.questions import Question, questions
from search.benchmark.raw_fts import RawFts
from search.benchmark.running import Run
from search.benchmark.scratch import scratch_database, size_mb
from search.engines import get_engine

COLUMNS = ("mean", "p50", "p95", "p99", "cpu_p50", "cpu_p95")


class Command(BaseCommand):
    """Measure on made-up documents in a database or index of its own; nothing live is touched."""

    help = (
        "Speed of an engine on made-up documents, beside Wagtail's own search and raw FTS5 in the same run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=int, required=True)
        parser.add_argument("--engine", default=None, help="only this one; else all that are configured")
        parser.add_argument("--questions", type=int, default=100, help="of each kind")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--without-stock", action="store_true", help="leave Wagtail's own search out")
        parser.add_argument("--json", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        count = max(1, options["documents"])
        town = Town(options["seed"])
        asked = questions(town, max(1, options["questions"]))
        report: dict[str, Any] = {
            "documents": count,
            "seed": options["seed"],
            "python": platform.python_version(),
        }
        with scratch_database() as file:
            report["database"] = connection.vendor
            report["engines"] = {
                name: self._measure(name, town, count, asked, file) for name in _names(options["engine"])
            }
            words = [question.words for question in asked if question.kind == "words"]
            report["raw FTS5"] = _raw(town, count, words)
            if file is not None and not options["without_stock"]:
                report["Wagtail stock"] = _stock(town, count, words)
        options["json"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self._print(report)

    def _measure(
        self, name: str, town: Town, count: int, asked: list[Question], file: Path | None
    ) -> dict[str, Any]:
        with tqdm(total=count, unit="doc", desc=name, disable=not self.stderr.isatty()) as bar:
            return Run(get_engine(name), town, count, bar.update).measure(asked, lambda: size_mb(file))

    def _print(self, report: dict[str, Any]) -> None:
        self.stdout.write(f"{report['documents']} documents, milliseconds ({report['database']})")
        self.stdout.write(f"{'':<36}" + "".join(f"{name:>10}" for name in COLUMNS))
        for name, found in report["engines"].items():
            for which in ("first", "again"):
                for kind, times in found[which].items():
                    self._line(f"{name} {kind}" + (", again" if which == "again" else ""), times)
        for name in ("raw FTS5", "Wagtail stock"):
            if name in report:
                self._line(f"{name} words", report[name])
        for name, found in report["engines"].items():
            self.stdout.write(
                f"{name}: {found['documents_per_second']} documents/s ({found['documents_per_cpu_second']} a second of "
                f"one processor), index {found['index_mb']} MB, "
                f"opened in {found['opening_ms']} ms, memory {found['memory_mb']['after_questions']} MB"
            )

    def _line(self, name: str, times: dict[str, Any]) -> None:
        late = f"  {times['late']} cut off" if times["late"] else ""
        self.stdout.write(f"{name:<36}" + "".join(f"{times[column]:>10.1f}" for column in COLUMNS) + late)


def _names(only: str | None) -> list[str]:
    if only:
        return [only]
    return ["database", *(["elasticsearch"] if getattr(settings, "ELASTICSEARCH_URLS", None) else [])]


def _raw(town: Town, count: int, words: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        raw = RawFts(Path(folder))
        try:
            raw.fill(town.documents(count))
            return raw.measure(words).as_dict()
        finally:
            raw.close()


def _stock(town: Town, count: int, words: list[str]) -> dict[str, Any]:
    from search.benchmark.stock import Stock  # defines a model: only a measurement may import it

    stock = Stock()
    stock.fill(town.documents(count))
    return stock.measure(words).as_dict()
