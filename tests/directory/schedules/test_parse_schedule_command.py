"""`manage.py parse_schedule`: the shape others rely on, and errors people can act on."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

COLUMNS = "開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,開催日時特記事項"


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("parse_schedule", *args, stdout=out)
    return out.getvalue()


def test_text_gives_the_agreed_json():
    data = json.loads(run("第2・第4木曜 13:30〜15:30(祝日休み)", "--from", "2026-11-21", "--json"))
    assert data == {
        "status": "parsed",
        "rules": ["RRULE:FREQ=MONTHLY;BYDAY=2TH,4TH"],
        "dates": [],
        "slots": [["13:30", "15:30"]],
        "holidays": "off",
        "text": "第2・第4木曜日 13:30〜15:30(祝日は休み)",
        "next": ["2026-11-26", "2026-12-10", "2026-12-24", "2027-01-14", "2027-01-28", "2027-02-25"],
        "original": "第2・第4木曜 13:30〜15:30(祝日休み)",
    }


def test_holiday_that_moves_the_session_is_called_moved():
    assert json.loads(run("第3月曜 祝日の場合は翌週", "--json"))["holidays"] == "moved"


def test_csv_with_bom_and_other_columns_gives_one_line_per_row(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        f"名称,{COLUMNS}\nさくら,5,土,第４土曜日,11:30,15:00,\nうめ,5,土,,,,\n", encoding="utf-8-sig"
    )
    first, second = (
        json.loads(line) for line in run("--csv", str(path), "--from", "2026-11-21").splitlines()
    )
    assert (first["status"], first["rules"]) == ("parsed", ["RRULE:FREQ=MONTHLY;BYDAY=4SA"])
    assert (second["status"], second["rules"], second["next"]) == ("partial", [], [])


def test_person_at_a_terminal_reads_lines():
    assert run("第3土曜日の翌日").splitlines()[-1] == "読み取れなかった部分: の翌日"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("毎日", "--from", "2026-13-01"), "2026-13-01"),
        ((), "どちらか一つ"),
        (("毎日", "--csv", "x.csv"), "どちらか一つ"),
        (("--csv", "no-such-file.csv"), "no-such-file.csv"),
    ],
)
def test_bad_arguments_are_answered_in_japanese(args, message):
    with pytest.raises(CommandError, match=message):
        run(*args)


@pytest.mark.parametrize(
    ("content", "message"), [(b"\xff\xfe\x00", "読めません"), (b"a,b\n1,2\n", "列"), (b"", "列")]
)
def test_file_that_is_no_such_list_is_refused_in_japanese(tmp_path, content, message):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run("--csv", str(path))
