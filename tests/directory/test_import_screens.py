"""Taking a list in on the staff screens: columns, preview, apply, undo."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from background.worker import run_pending
from directory.choices import ImportState, RowDecision
from directory.models import ImportRun, Resource
from directory.services import import_applying
from directory.services.import_applying import apply_run, claim_run, undo_run
from directory.services.import_staging import read_columns
from directory.services.vocabulary import load_vocabulary
from directory.viewsets.import_steps import ListForm
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory, MunicipalityFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

LIST = "名称,住所,参加費,はこ\nひだまり,中町1-1,100円,青\nこもれび,中町1-2,無料,赤\n,中町1-3,,\n"


@pytest.fixture
def town(settings: Any, tmp_path: Any) -> Any:
    settings.PRIVATE_ROOT = tmp_path
    load_vocabulary()
    return MunicipalityFactory()


@pytest.fixture
def client(town: Any) -> Client:
    client = Client()
    client.force_login(assign_staff(user=UserFactory(), role=StaffRole.CURATOR, area=town).user)
    return client


def send(client: Client, town: Any, data: bytes, name: str = "list.csv") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("directory_imports:upload"), {"municipality": town.pk, "file": file})


def uploaded(client: Client, town: Any, data: bytes, name: str = "list.csv") -> ImportRun:
    before = set(ImportRun.objects.values_list("pk", flat=True))
    assert send(client, town, data, name).status_code == 302
    return ImportRun.objects.exclude(pk__in=before).get()


def answers(run: ImportRun, **columns: str) -> dict[str, Any]:
    """What the second step sends when somebody changes only `columns`."""
    form = ListForm(run)
    # PostgreSQL keeps no order of keys: the columns of the file have it.
    meanings = {
        f"column-{i}": columns.get(header, run.mapping[header])
        for i, header in enumerate(read_columns(run)[0])
    }
    source = form.initial["source"]
    return meanings | {"list-source": source.pk if source else "", "list-name": form.initial["name"]}


def read(client: Client, town: Any, text: str = LIST, name: str = "list.csv", **columns: str) -> ImportRun:
    """Through the file and the columns to the preview."""
    run = uploaded(client, town, text.encode(), name)
    url = reverse("directory_imports:columns", args=[run.pk])
    assert client.post(url, answers(run, **columns)).status_code == 302
    run.refresh_from_db()
    return run


def start(client: Client, run: ImportRun, django_capture: Any = None) -> None:
    lines = [row.line for row in run.rows.all()]
    client.post(
        reverse("directory_imports:apply", args=[run.pk]), {"start": "1", "shown": lines, "row": lines}
    )


def decisions(run: ImportRun) -> list[str]:
    return list(run.rows.order_by("line").values_list("decision", flat=True))


def test_the_preview_writes_nothing_and_says_what_the_import_then_does(
    client: Client, town: Any, django_capture_on_commit_callbacks: Any
) -> None:
    run = read(client, town)
    shown = decisions(run)
    assert shown == [RowDecision.NEW, RowDecision.NEW, RowDecision.ERROR]
    assert not Resource.objects.exists()
    page = client.get(reverse("directory_imports:inspect", args=[run.pk])).content.decode()
    assert "4行目:名称がありません。" in page
    with django_capture_on_commit_callbacks(execute=True):
        start(client, run)
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert decisions(run) == shown
    assert list(Resource.objects.order_by("pk").values_list("name", "live")) == [
        ("ひだまり", False),
        ("こもれび", False),
    ]


def test_only_chosen_rows_are_taken_in(client: Client, town: Any) -> None:
    run = read(client, town)
    lines = [row.line for row in run.rows.all()]
    client.post(reverse("directory_imports:apply", args=[run.pk]), {"shown": lines, "row": [3, 4]})
    assert [row.line for row in run.rows.filter(is_chosen=True)] == [3]
    claim_run(run, user=None)
    apply_run(run.pk)
    assert Resource.objects.get().name == "こもれび"


def test_what_columns_mean_is_remembered_for_the_next_list(client: Client, town: Any) -> None:
    run = read(client, town, はこ="note")
    assert run.rows.first().parsed["fields"]["description"] == "青"
    send(client, town, LIST.replace("青", "白").encode())
    again = ImportRun.objects.exclude(pk=run.pk).get()
    assert again.mapping["はこ"] == "note"


def test_a_column_nobody_reads_is_kept_as_it_stands(client: Client, town: Any) -> None:
    run = read(client, town, 参加費="-")
    row = run.rows.first()
    assert "100円" in row.raw.values()
    assert row.parsed["fields"]["fee_kind"] != "paid"


def test_a_changed_row_shows_old_and_new(client: Client, town: Any) -> None:
    apply_now(read(client, town))
    run = read(client, town, LIST.replace("100円", "300円"))
    assert decisions(run) == [RowDecision.CHANGED, RowDecision.SAME, RowDecision.ERROR]
    assert any("100" in old and "300" in new for _field, old, new in run.rows.first().differences)


def apply_now(run: ImportRun) -> ImportRun:
    assert claim_run(run, user=None)
    apply_run(run.pk)
    run.refresh_from_db()
    return run


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    client: Client, town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = read(client, town)
    monkeypatch.setattr(import_applying, "BATCH", 1)
    real, calls = import_applying._apply_batch, []

    def dies(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)

    claim_run(run, user=None)
    monkeypatch.setattr(import_applying, "_apply_batch", dies)
    with pytest.raises(KeyboardInterrupt):
        apply_run(run.pk)
    assert [row.name for row in Resource.objects.all()] == ["ひだまり"]
    monkeypatch.setattr(import_applying, "_apply_batch", real)
    apply_run(run.pk)
    apply_run(run.pk)
    assert sorted(Resource.objects.values_list("name", flat=True)) == ["こもれび", "ひだまり"]


def test_an_import_starts_once(client: Client, town: Any) -> None:
    run = read(client, town)
    assert claim_run(run, user=None)
    assert not claim_run(run, user=None)


def test_undo_takes_new_ones_away_and_changed_ones_back(client: Client, town: Any) -> None:
    first = apply_now(read(client, town))
    second = apply_now(read(client, town, LIST.replace("100円", "300円")))
    assert Resource.objects.get(name="ひだまり").fee_adult == 300
    assert undo_run(second, user=None) == {"undone": 1, "kept": 0}
    assert Resource.objects.get(name="ひだまり").fee_adult == 100
    assert undo_run(second, user=None) is None
    assert undo_run(first, user=None)["undone"] == 1
    assert [row.name for row in Resource.objects.all()] == ["ひだまり"]  # put back since: edited


def test_undo_leaves_what_was_edited_since(client: Client, town: Any) -> None:
    run = apply_now(read(client, town))
    edited = Resource.objects.get(name="こもれび")
    edited.summary = "職員が書いた"
    edited.save()
    assert undo_run(run, user=None) == {"undone": 1, "kept": 1}
    assert Resource.objects.get().summary == "職員が書いた"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04broken",
        "名称\nあ\0い".encode(),
        b"\x81\xff\xfe,\x80",
        b"a" * 11_000_000,
    ],
    ids=["empty", "binary", "broken-xlsx", "nul", "encoding", "huge"],
)
def test_a_file_that_cannot_be_read_is_refused_with_words(client: Client, town: Any, data: bytes) -> None:
    response = send(client, town, data)
    assert response.status_code == 422
    assert not ImportRun.objects.exists()


def test_who_works_for_one_district_takes_no_list_of_all_in(town: Any) -> None:
    client = Client()
    district = DistrictFactory(parent=town)
    client.force_login(assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user)
    assert client.get(reverse("directory_imports:upload")).status_code in (302, 403)


def test_the_report_holds_no_formulas(client: Client, town: Any) -> None:
    run = read(client, town, "名称,住所\n=1+1,中町\n＝1+1,中町2\n")
    text = client.get(reverse("directory_imports:report", args=[run.pk])).content.decode()
    assert "'=1+1" in text
    assert ",=1" not in text
