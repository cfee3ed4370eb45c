"""Import boundaries from a public file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from areas.services import PlacesError, import_boundaries

from ._progress import bar


class Command(BaseCommand):
    help = "境界(GeoJSON)を町丁目、地区、自治体に取り込みます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="取り込むGeoJSON(町丁目名、地区名、またはコードのあるもの)"
        )
        parser.add_argument(
            "--municipality", metavar="CODE", help="自治体コード6桁。この自治体だけを取り込みます。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = import_boundaries(options["file"], options["municipality"], progress=bar)
        except PlacesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"町丁目 {counts['towns']}件、地区 {counts['districts']}件、自治体 {counts['municipalities']}件、"
            f"見送り {counts['passed_over']}件"
        )
