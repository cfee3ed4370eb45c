"""The wizard with files as offices save them, long lists in the background, files that lie about, tasks given up."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook

from background.worker import run_pending
from directory.choices import ImportState, RowDecision
from directory.models import ImportRun, Resource
from directory.services import import_preview
from directory.services.import_applying import apply_run, claim_run, undo_run
from directory.services.import_following import clear_imports
from directory.services.merging import merge
from directory.viewsets import import_steps
from tests.directory.test_import_screens import (  # noqa: F401
    answers,
    apply_now,
    client,
    decisions,
    read,
    start,
    town,
    uploaded,
)

pytestmark = pytest.mark.django_db

CELLS = [["名称", "住所", "備考", "備考_2", "備考"], ["～よりみち①", "中町1-1", "一", "二", "三"]]
TEXT = "\r\n".join(",".join(line) for line in CELLS)
THREE = "番号,名称,住所\n1,ひだまり,中町1-1\n2,こもれび,中町1-2\n3,せせらぎ,中町1-3\n"


def _excel() -> bytes:
    book, out = Workbook(), io.BytesIO()
    for line in CELLS:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("cp932"), "cp932"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.replace(",", "\t").encode("utf-16-be").join([b"\xfe\xff", b""]), "utf-16"),
        (_excel(), "xlsx"),
    ],
    ids=["cp932", "utf-16", "utf-16-tabs", "xlsx"],
)
def test_a_file_is_read_as_it_was_saved_and_loses_no_column(
    client: Client,  # noqa: F811
    town: Any,  # noqa: F811
    data: bytes,
    encoding: str,
) -> None:
    run = uploaded(client, town, data)
    assert run.encoding == encoding
    url = reverse("directory_imports:columns", args=[run.pk])
    shown = [column["header"] for column in client.get(url).context["columns"]]
    assert shown == ["名称", "住所", "備考", "備考_2", "備考_3"]
    client.post(url, answers(run, 備考_2="name", 名称="description"))
    row = run.rows.get()
    assert row.parsed["fields"]["name"] == "二"
    assert row.parsed["fields"]["summary"] in ("～よりみち①", "~よりみち1")
    assert row.parsed["fields"]["description"] == "一 三"
    assert sorted(row.raw.values()) == sorted(CELLS[1])


def test_a_row_of_an_entry_that_was_merged_changes_the_one_it_went_into(client: Client, town: Any) -> None:  # noqa: F811
    apply_now(read(client, town, THREE))
    dropped, kept = (Resource.objects.get(name=name) for name in ("ひだまり", "こもれび"))
    merge(kept=kept, dropped=dropped, take=[], user=None)
    run = apply_now(read(client, town, THREE.replace("ひだまり", "ひだまり会")))
    assert decisions(run) == [RowDecision.CHANGED, RowDecision.SAME, RowDecision.SAME]
    assert run.rows.order_by("line").first().resource == kept
    assert sorted(Resource.objects.values_list("name", flat=True)) == ["せせらぎ", "ひだまり", "ひだまり会"]
    undo_run(run, user=None)
    assert sorted(Resource.objects.values_list("name", flat=True)) == ["こもれび", "せせらぎ", "ひだまり"]


@pytest.fixture
def portions_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """200 rows are tried at once, and the rest a portion at a time: here two, which is the same and cheaper."""
    for module in (import_preview, import_steps):
        assert module.PORTION == 200
        monkeypatch.setattr(module, "PORTION", 2)


def test_a_long_list_is_tried_by_the_worker_and_shows_how_far_it_is(
    client: Client,  # noqa: F811
    town: Any,  # noqa: F811
    portions_of_two: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = read(client, town, THREE)
    assert (run.state, run.rows.count()) == (ImportState.READING, 0)
    real, tried = import_preview._try, []

    def dies(*args: Any) -> None:
        if tried:
            raise KeyboardInterrupt
        tried.append(real(*args))

    monkeypatch.setattr(import_preview, "_try", dies)
    with pytest.raises(KeyboardInterrupt):
        import_preview.preview_rows(run.pk)
    page = client.get(reverse("directory_imports:inspect", args=[run.pk])).content.decode()
    assert 'value="2" max="3"' in page
    monkeypatch.setattr(import_preview, "_try", real)
    run_pending()
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.rows.count()) == (ImportState.READ, 3, 3)
    assert not Resource.objects.exists()


def test_a_task_that_was_given_up_says_so_and_can_be_tried_again(client: Client, town: Any) -> None:  # noqa: F811
    run = read(client, town, THREE)
    start(client, run)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    url = reverse("directory_imports:inspect", args=[run.pk])
    page = client.get(url).content.decode()
    assert "途中で止まりました。" in page
    assert "続きから取り込む" in page
    start(client, run)
    assert "途中で止まりました。" not in client.get(url).content.decode()
    run_pending()
    run.refresh_from_db()
    assert (run.state, Resource.objects.count()) == (ImportState.APPLIED, 3)


def test_a_preview_that_was_given_up_goes_back_to_the_columns(
    client: Client,  # noqa: F811
    town: Any,  # noqa: F811
    portions_of_two: None,
) -> None:
    run = read(client, town, THREE)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    page = client.get(reverse("directory_imports:inspect", args=[run.pk])).content.decode()
    assert "読み取りの途中で止まりました。" in page
    client.post(reverse("directory_imports:columns", args=[run.pk]), answers(run))
    run_pending()
    run.refresh_from_db()
    assert (run.state, run.problem, run.rows.count()) == (ImportState.READ, "", 3)


def test_files_go_after_their_days_and_what_was_done_can_still_be_undone(
    client: Client,  # noqa: F811
    town: Any,  # noqa: F811
    settings: Any,
) -> None:
    def aged(run: ImportRun, **days: int) -> ImportRun:
        then = {name: timezone.now() - timedelta(days=number) for name, number in days.items()}
        ImportRun.objects.filter(pk=run.pk).update(**then)
        return run

    settings.IMPORT_FILE_KEEP_DAYS = 14
    old = aged(apply_now(read(client, town, THREE)), finished_at=15)
    left = aged(read(client, town, THREE), created_at=15)
    young = aged(read(client, town, THREE), created_at=13)
    path = old.stored_file.path
    assert clear_imports() == 2
    for run in (old, left, young):
        run.refresh_from_db()
    assert [run.state for run in (old, left, young)] == [
        ImportState.APPLIED,
        ImportState.ABANDONED,
        ImportState.READ,
    ]
    assert [bool(run.stored_file) for run in (old, left, young)] == [False, False, True]
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: SIM115
    assert young.stored_file.read().decode() == THREE
    assert clear_imports() == 0
    assert not claim_run(left, user=None)  # its file is gone
    assert undo_run(old, user=None) == {"undone": 3, "kept": 0}


def test_the_daily_job_gives_a_stranded_run_back(client: Client, town: Any) -> None:  # noqa: F811
    run = read(client, town, THREE)
    claim_run(run, user=None)  # and its task never came to be
    assert clear_imports() == 0
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert claim_run(run, user=None)
    apply_run(run.pk)
    assert Resource.objects.count() == 3
