"""Import towns from a public file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from areas.services import PlacesError, import_towns

from ._progress import bar


class Command(BaseCommand):
    help = "町丁目の一覧(CSV)から、座標と郵便番号を取り込み、ない町丁目を加えます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="取り込むCSV(lat/lngのある町丁目一覧、またはGeolonia 住所データ latest.csv)",
        )
        parser.add_argument(
            "--municipality", metavar="CODE", help="自治体コード6桁。この自治体だけを取り込みます。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = import_towns(options["file"], options["municipality"], progress=bar)
        except PlacesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"更新 {counts['updated']}件、追加 {counts['added']}件、変更なし {counts['unchanged']}件、"
            f"座標が町の外のため見送り {counts['kept_point']}件、ほかの自治体 {counts['elsewhere']}件"
        )
