"""How long a large list takes: read, place, write, make dates, index (`make bench`). In a scratch folder of its own.

The aim is 10,000 rows in 60 seconds on two cores. 50 rows are broken on purpose. Nothing here is asserted.
"""

from __future__ import annotations

import csv
import io
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import django
from django.core.management import call_command

HEADER = [
    "全国地方公共団体コード",
    "ID",
    "市区町村名",
    "名称",
    "名称_カナ",
    "設置目的",
    "住所",
    "方書",
    "緯度",
    "経度",
    "電話番号1",
    "運営団体名",
    "開催頻度",
    "開催曜日",
    "開催日",
    "開催開始時間",
    "開催終了時間",
    "開催日時特記事項",
    "参加費_幼児",
    "参加費_大人",
    "参加費特記事項",
    "予約方法",
    "学区",
    "備考",
]
DAYS = ("第4土曜日", "毎週水曜日", "第2・第4金曜日", "毎月12日", "第1、第3火曜日", "不定期", "平日", "")


def large_list(rows: int, broken: int) -> bytes:
    """A list in the official layout with `rows` rows over all towns of Setagaya, `broken` of them without a name."""
    from areas.models import Town

    towns = list(Town.objects.filter(municipality__code="131121").values_list("name", flat=True))
    chance = random.Random(1)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HEADER, restval="")
    writer.writeheader()
    for number in range(1, rows + 1):
        is_broken = number % (rows // broken) == 0
        writer.writerow(
            {
                "全国地方公共団体コード": "131121",
                "ID": "" if is_broken else str(number),
                "市区町村名": "世田谷区",
                "名称": "" if is_broken else f"みんなの食堂{number}号",
                "名称_カナ": "ミンナノショクドウ",
                "設置目的": "近所の子どもと大人が、いっしょに食べる場です。",
                "住所": f"東京都世田谷区{chance.choice(towns)}{chance.randint(1, 40)}-{chance.randint(1, 30)}",
                "電話番号1": "03-0000-0000",
                "運営団体名": f"食堂を支える会{number % 400}",
                "開催日": chance.choice(DAYS),
                "開催開始時間": "11:30",
                "開催終了時間": "14:00",
                "参加費_幼児": "0",
                "参加費_大人": "300",
                "予約方法": "電話",
            }
        )
    return stream.getvalue().encode()


def main(rows: int = 10_000, broken: int = 50) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["LOG_LEVEL"] = "ERROR"
        _measure(rows, broken)


def _measure(rows: int, broken: int) -> None:
    django.setup()
    from areas.services import load_places
    from directory.models import Occurrence, Resource
    from directory.services.imports import import_resources
    from directory.services.vocabulary import load_vocabulary

    call_command("migrate", verbosity=0)
    load_places()
    load_vocabulary()
    data = large_list(rows, broken)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, cpu = time.perf_counter(), time.process_time()
    report = import_resources(data, file_name="bench.csv", municipality_code="131121", publish=True)
    written = time.perf_counter()
    call_command("process_search_outbox", verbosity=0)
    indexed, cpu = time.perf_counter(), time.process_time() - cpu
    again = import_resources(data, file_name="bench.csv", municipality_code="131121", publish=True)
    repeated = time.perf_counter()
    print(f"\nimport of {rows} rows, {broken} broken")
    print(
        f"  new {report.counts['new']}, errors {report.counts['error']}, dates {Occurrence.objects.count()}"
    )
    print(
        f"  written {written - start:.1f} s (index included where it is made at once), then indexed {indexed - written:.1f} s"
    )
    print(f"  {cpu:.1f} s of processor time for both: what counts on a machine that does other things too")
    print(f"  second time {repeated - indexed:.1f} s: {again.counts}, entries {Resource.objects.count()}")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"  memory {before / 1024:.0f} MB before, {after / 1024:.0f} MB at most")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
