"""Import a municipality's list of resources."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, OperationalError
from tqdm import tqdm

from areas.models import Area
from areas.services import load_places
from areas.shipped_data import shipped_rows
from directory.importers.layouts import AUTO, LAYOUTS
from directory.importers.tables import UnreadableFile
from directory.services.import_placing import UnknownMunicipality
from directory.services.import_report import ImportReport
from directory.services.imports import import_resources
from directory.services.vocabulary import load_vocabulary
from search.outbox import process_outbox


class Command(BaseCommand):
    help = "一覧(CSV・Excel)を取り込みます。新しい行は、確認待ちの下書きになります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="CSV(UTF-8、Shift_JIS、UTF-16)かExcel(.xlsx)のファイル")
        parser.add_argument("--municipality", required=True, help="全国地方公共団体コード(6桁)")
        parser.add_argument("--layout", default=AUTO, help="、".join([AUTO, *LAYOUTS]))
        parser.add_argument(
            "--list",
            dest="list_name",
            default="",
            help="名簿の名前(毎回同じ名前に。ないときはファイルの名前)",
        )
        parser.add_argument("--dry-run", action="store_true", help="書き込まずに結果だけ見る")
        parser.add_argument("--publish", action="store_true", help="下書きにせず、すぐに公開する")
        parser.add_argument("--report", help="結果を書くファイル(JSON)")

    def handle(self, *args: Any, **options: Any) -> None:
        data = self._read(Path(options["file"]))
        self._prepare(options["municipality"])
        with tqdm(unit="行", disable=not self.stderr.isatty()) as bar:
            try:
                report = import_resources(
                    data,
                    file_name=Path(options["file"]).name,
                    municipality_code=options["municipality"],
                    layout_name=options["layout"],
                    list_name=options["list_name"].strip(),
                    publish=options["publish"],
                    dry_run=options["dry_run"],
                    progress=bar.update,
                )
            except (UnreadableFile, UnknownMunicipality) as error:
                raise CommandError(str(error)) from error
            except (IntegrityError, OperationalError) as error:
                # Two imports of one list at once: the database lets one of them through, whole.
                raise CommandError(
                    "ほかの取り込みと重なったか、データベースが使えませんでした。何も書き込んでいません。"
                    "もう一度実行してください。"
                ) from error
        if not report.dry_run:
            with tqdm(desc="検索に載せています", unit="件", disable=not self.stderr.isatty()) as bar:
                process_outbox(progress=bar.update)
        if options["report"]:
            self._write(Path(options["report"]), report)
        self._tell(report)

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"ファイル「{path}」を開けません。") from error

    def _prepare(self, code: str) -> None:
        """The places we ship and the controlled lists, where nobody has loaded them yet."""
        load_vocabulary()
        if (
            shipped_rows("municipalities", code)
            and not Area.objects.municipalities().filter(code=code).exists()
        ):
            load_places(code)

    def _write(self, path: Path, report: ImportReport) -> None:
        try:
            path.write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"結果のファイル「{path}」に書けません。") from error

    def _tell(self, report: ImportReport) -> None:
        summary = report.as_dict()
        counts = summary["counts"]
        if report.dry_run:
            self.stdout.write("試しに読みました(何も書き込んでいません)。")
        self.stdout.write(
            f"様式 {report.layout}({report.encoding})、{summary['total']}行:"
            f"新しい登録 {counts['new']}、変更 {counts['changed']}、変更なし {counts['same']}、エラー {counts['error']}"
        )
        self.stdout.write(f"開催日時:{summary['schedules']} 場所:{summary['placed']}")
        for row in report.rows:
            for message in row.errors:
                self.stdout.write(f"  {row.line}行目 {row.name} エラー:{message}")
