"""Say where an address, a postal code or a point lies."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from areas.locate import Location, locate
from areas.models import Area
from areas.services import load_places


class Command(BaseCommand):
    help = "住所、郵便番号、「35.64,139.68」のような地点から、町丁目と地区を調べます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="住所、郵便番号、または「緯度,経度」")
        parser.add_argument(
            "--municipality", metavar="CODE", help="自治体名のない住所を、この自治体のものとして調べます。"
        )
        parser.add_argument("--json", action="store_true", help="JSONで出力します。")

    def handle(self, *args: Any, **options: Any) -> None:
        location = self._locate(options["text"], options["municipality"])
        if options["json"]:
            self.stdout.write(json.dumps(location.as_dict(), ensure_ascii=False))
        else:
            self.stdout.write(_in_words(location))

    def _locate(self, text: str, code: str | None) -> Location:
        try:
            with transaction.atomic():
                is_empty = not Area.objects.exists()
                if is_empty:
                    # Nobody has loaded places yet: answer from the shipped ones, and leave nothing behind.
                    load_places()
                location = locate(text, _municipality(code))
                transaction.set_rollback(is_empty)
                return location
        except DatabaseError as error:
            raise CommandError("表がまだありません。先に migrate を実行してください。") from error


def _municipality(code: str | None) -> Area | None:
    if code is None:
        return None
    found = Area.objects.municipalities().filter(code=code).first()
    if found is None:
        raise CommandError(f"自治体コード{code}は登録されていません。6桁の数字で指定してください。")
    return found


def _in_words(location: Location) -> str:
    parts = [str(location.precision.label), location.normalized]
    if location.district:
        parts.append(str(location.district))
    elif location.candidates:
        parts.append("次のどれか:" + "、".join(map(str, location.candidates)))
    return " / ".join(part for part in parts if part)
