"""Load the places the project ships."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from areas.services import PlacesError, load_places

from ._progress import bar


class Command(BaseCommand):
    help = (
        "同梱の場所(自治体、地域、地区、町丁目、郵便番号)を読み込みます。何度実行しても同じ結果になります。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", metavar="CODE", help="自治体コード6桁。省くとすべて。")
        parser.add_argument("--update", action="store_true", help="すでにある場所も同梱の内容に戻します。")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_places(options["municipality"], update=options["update"], progress=bar)
        except PlacesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"追加 {counts['created']}件、更新 {counts['updated']}件、"
            f"そのまま {counts['unchanged']}件、輪郭 {counts['outlines']}件"
        )
