"""`manage.py parse_schedule TEXT|--csv FILE [--from DATE] [--json]`: what is understood of a schedule text."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directory.schedules import ParseResult, describe, next_dates, parse, parse_columns

COLUMNS = ("開催頻度", "開催曜日", "開催日", "開催開始時間", "開催終了時間", "開催日時特記事項")
NEXT_DATES = 6


class Command(BaseCommand):
    help = _("開催日時の文章を読み取り、規則と次の6回の日付を示します。")
    requires_system_checks = ()  # needs neither database nor URLs

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", help=_("例: 第2・第4木曜 13:30〜15:30(祝日休み)"))
        parser.add_argument("--csv", help=_("6つの列を持つCSVファイル。1行に1つの結果を出します"))
        parser.add_argument("--from", dest="start", help=_("この日から数えます。例: 2026-11-21。既定は今日"))
        parser.add_argument("--json", action="store_true", help=_("JSONで出力します"))

    def handle(self, *args, **options) -> None:
        start = _start(options["start"])
        if (options["text"] is None) == (options["csv"] is None):
            raise CommandError(_("文章か --csv のどちらか一つを指定してください。"))
        as_json = options["json"] or options["csv"] is not None
        for result in _results(options["text"], options["csv"], start):
            self.stdout.write(as_line(result, start) if as_json else as_text(result, start))


def as_dict(result: ParseResult, start: date) -> dict:
    """The exchanged shape: status, rules, dates, slots, holidays, text, next, original."""
    spec = result.spec
    return {
        "status": result.status.value,
        "rules": [f"RRULE:{rule.to_rrule()}" for rule in spec.rules],
        "dates": [day.isoformat() for day in spec.dates],
        "slots": [slot.to_list() for slot in result.slots],
        "holidays": spec.holidays.summary,
        "text": describe(spec),
        "next": [day.isoformat() for day in next_dates(spec, start, NEXT_DATES)],
        "original": result.original,
    }


def as_line(result: ParseResult, start: date) -> str:
    return json.dumps(as_dict(result, start), ensure_ascii=False)


def as_text(result: ParseResult, start: date) -> str:
    """A few lines for a person at a terminal."""
    data = as_dict(result, start)
    lines = [f"{data['status']}: {data['text']}", *data["rules"], *data["next"]]
    if result.leftovers:
        lines.append(_("読み取れなかった部分: %(words)s") % {"words": "、".join(result.leftovers)})
    return "\n".join(lines)


def _start(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError as error:
        message = _("日付「%(text)s」が読めません。2026-11-21 のように書いてください。") % {"text": text}
        raise CommandError(message) from error


def _results(text: str | None, path: str | None, start: date) -> Iterator[ParseResult]:
    if path is None:
        yield parse(text or "", start)
        return
    for row in _rows(path):
        frequency, weekday, days, opens, closes, remarks = (row.get(column) or "" for column in COLUMNS)
        yield parse_columns(frequency, weekday, days, opens, closes, remarks, today=start)


def _rows(path: str) -> Iterator[dict[str, str]]:
    """Rows of a UTF-8 CSV, with or without BOM; other columns are ignored."""
    csv.field_size_limit(sys.maxsize)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
            if missing:
                message = _("列「%(names)s」がありません。") % {"names": "、".join(missing)}
                raise CommandError(message)
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        message = _("ファイル「%(path)s」を読めません: %(reason)s") % {"path": path, "reason": error}
        raise CommandError(message) from error
