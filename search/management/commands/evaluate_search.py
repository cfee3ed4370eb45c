"""manage.py evaluate_search --documents FILE.jsonl --queries FILE.jsonl [--engine NAME] --json OUT"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines import get_engine
from search.evaluation import Judged, evaluate


class Command(BaseCommand):
    """Judge the answers on a scratch index; the live index is not touched."""

    help = "Load documents into a scratch index, ask judged questions, write results and metrics."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, required=True)
        parser.add_argument("--queries", type=Path, required=True)
        parser.add_argument("--engine", default=None)
        parser.add_argument("--json", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        rows = _read(options["documents"])
        judged = [
            Judged(str(row["q"]), str(row.get("group", "")), frozenset(map(str, row.get("relevant", ()))))
            for row in _read(options["queries"])
        ]
        with tqdm(total=len(rows), unit="doc", desc="index", disable=not self.stderr.isatty()) as bar:
            report = evaluate(rows, judged, engine=get_engine(options["engine"]), progress=bar.update)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        options["json"].write_text(text + "\n", encoding="utf-8")
        self.stdout.write(json.dumps(report["metrics"], ensure_ascii=False, indent=1))


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read as JSON lines: {error}") from error
