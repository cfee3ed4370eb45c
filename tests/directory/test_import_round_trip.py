"""A list that was given out and comes back: untouched it changes nothing, and a changed cell changes just this."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from directory.choices import (
    ContactAudience,
    FeeKind,
    ImportState,
    JoinPolicy,
    PlaceVisibility,
    RowDecision,
)
from directory.models import ImportRun, Resource
from directory.services.import_applying import apply_run, claim_run, undo_run
from directory.services.vocabulary import load_vocabulary
from members.choices import StaffRole
from members.services import assign_staff
from spreadsheets.cells import plain_cell, safe_cell
from tests.factories.areas import DistrictFactory, MunicipalityFactory
from tests.factories.directory import (
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
    ScheduleFactory,
    VenueFactory,
)
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
KINDS = ("csv", "xlsx")


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


@pytest.fixture
def entries(town: Any) -> list[Resource]:
    """One entry that says everything and begins like a formula, one that is a draft and says little, one withheld."""
    district = DistrictFactory(parent=town)
    venue = VenueFactory(district=district, name="集会所", address="中町1-1")
    full = ResourceFactory(
        name="=ひだまり",
        kana="ひだまり",
        organization=OrganizationFactory(name="ひだまりの会", live=True, status="approved"),
        summary="＋はじめての人も",
        description="1行目\r\n2行目 　全角\n- 3行目",
        fee_kind=FeeKind.PAID,
        fee_adult=300,
        fee_elementary=0,
        fee_note="お茶代",
        join_policy=JoinPolicy.OPEN,
        capacity=20,
        venue=venue,
        live=True,
    )
    ScheduleFactory(resource=full, original_text="第2・第4木曜 13:30〜15:30\n(祝日休み)")
    ScheduleFactory(resource=full, original_text="")
    ResourceContactFactory(resource=full, phone="03-0000-0001", audience=ContactAudience.PUBLIC)
    ResourceContactFactory(resource=full, phone="03-0000-0002", audience=ContactAudience.STAFF)
    draft = ResourceFactory(name="こもれび", live=False, venue=None, district=district)
    hidden = ResourceFactory(name="ひみつ", venue=venue, place_visibility=PlaceVisibility.HIDDEN, live=True)
    return [full, draft, hidden]


def given_out(client: Client, kind: str) -> bytes:
    answer = client.get(reverse("directory_resources:list"), {"export": kind})
    return b"".join(answer.streaming_content)


def with_cell(data: bytes, kind: str, code: str, column: str, text: Any) -> bytes:
    """`data` as somebody saves it after writing `text` into one cell."""
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(data))
        sheet = book.active
        headings = [cell.value for cell in sheet[1]]
        row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == code)
        row[headings.index(column)].value = text
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    row = next(row for row in rows[1:] if row[0] == code)
    row[rows[0].index(column)] = text
    saved = io.StringIO(newline="")
    csv.writer(saved).writerows(rows)
    return saved.getvalue().encode("utf-8-sig")


def bring_back(client: Client, town: Any, data: bytes, kind: str = "csv") -> ImportRun:
    before = set(ImportRun.objects.values_list("pk", flat=True))
    file = SimpleUploadedFile(f"list.{kind}", data)
    answer = client.post(reverse("directory_imports:upload"), {"municipality": town.pk, "file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    run = ImportRun.objects.exclude(pk__in=before).get()
    assert run.layout == "register-list"
    assert client.post(reverse("directory_imports:columns", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.state == ImportState.READ
    return run


def apply_now(run: ImportRun) -> None:
    assert claim_run(run, user=None)
    apply_run(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED, run.problem


def decisions(run: ImportRun) -> list[str]:
    return list(run.rows.order_by("line").values_list("decision", flat=True))


def everything() -> list[Any]:
    rows = Resource.objects.order_by("pk")
    return [
        item
        for row in rows
        # Serializing stamps the moment into `updated_at`: what was really written is read first.
        for item in ({"written": row.updated_at} | row.serializable_data() | {"updated_at": None}).items()
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_list_changes_nothing(client: Client, town: Any, entries: Any, kind: str) -> None:
    before = everything()
    run = bring_back(client, town, given_out(client, kind), kind)
    assert decisions(run) == [RowDecision.SAME] * 3, [row.differences for row in run.rows.all()]
    assert {row.resource_id for row in run.rows.all()} == {row.pk for row in entries}
    assert not any(row.warnings or row.is_chosen for row in run.rows.all())
    assert [item for item in everything() if item not in before] == []


CHANGES = [
    ("名称", "あたらしい名前", "name", "あたらしい名前"),
    ("名称_カナ", "ヒナタ", "kana", "ひなた"),
    ("概要", "@短い紹介", "summary", "@短い紹介"),
    ("説明", "4行目", "description", "4行目"),
    ("費用", "無料", "fee_kind", FeeKind.FREE),
    ("大人(円)", "1,200円", "fee_adult", 1200),
    ("小学生(円)", "", "fee_elementary", None),
    ("参加のしかた", "予約がいります", "join_policy", JoinPolicy.RESERVATION),
    ("定員", "30", "capacity", 30),
    ("URL", "https://example.jp/", "website", "https://example.jp/"),
    ("団体名", "", "organization", None),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("column", "text", "field", "value"), CHANGES, ids=[row[2] for row in CHANGES])
def test_a_changed_cell_is_the_only_change(
    client: Client, town: Any, entries: Any, kind: str, column: str, text: str, field: str, value: Any
) -> None:
    full = entries[0]
    data = with_cell(given_out(client, kind), kind, full.code, column, safe_cell(text))
    run = bring_back(client, town, data, kind)
    assert sorted(decisions(run)) == [RowDecision.CHANGED, RowDecision.SAME, RowDecision.SAME]
    ((heading, _old, new),) = run.rows.get(decision=RowDecision.CHANGED).differences
    assert (heading, new) == (column, text)
    before = full.serializable_data()
    apply_now(run)
    after = full.get_latest_revision_as_object()
    assert getattr(Resource.objects.get(pk=full.pk).get_latest_revision_as_object(), field) == value
    changed = {name for name, old in before.items() if after.serializable_data()[name] != old}
    assert changed - {"updated_at", "latest_revision", "has_unpublished_changes"} <= {field}
    again = bring_back(client, town, data, kind)
    assert RowDecision.CHANGED not in decisions(again)
    assert undo_run(run, user=None) == {"undone": 1, "kept": 0}


def test_a_public_entry_waits_for_its_review(client: Client, town: Any, entries: Any) -> None:
    full = entries[0]
    apply_now(
        bring_back(client, town, with_cell(given_out(client, "csv"), "csv", full.code, "概要", "新しい"))
    )
    full.refresh_from_db()
    assert full.summary == "＋はじめての人も"
    assert full.has_unpublished_changes


def test_a_changed_timetable_leaves_the_others_as_they_are(client: Client, town: Any, entries: Any) -> None:
    full = entries[0]
    text = given_out(client, "csv").decode("utf-8-sig")
    cell = next(
        row for row in csv.DictReader(io.StringIO(text, newline="")) if row["登録コード"] == full.code
    )
    first, second = cell["開催日時"].split("\n")
    assert first == "第2・第4木曜 13:30〜15:30 (祝日休み)"
    data = with_cell(text.encode(), "csv", full.code, "開催日時", f"毎週月曜 10:00〜12:00\n{second}")
    kept = full.schedules.get(original_text="").pk
    apply_now(bring_back(client, town, data))
    draft = Resource.objects.get(pk=full.pk).get_latest_revision_as_object()
    assert {row.pk for row in draft.schedules.all()} >= {kept}
    assert {row.original_text for row in draft.schedules.all()} == {"", "毎週月曜 10:00〜12:00"}


def test_a_changed_place_is_placed(client: Client, town: Any, entries: Any) -> None:
    full, _draft, hidden = entries
    data = with_cell(given_out(client, "csv"), "csv", full.code, "住所", "中町9-9")
    apply_now(bring_back(client, town, data))
    venue = Resource.objects.get(pk=full.pk).get_latest_revision_as_object().venue
    assert (venue.name, venue.address) == ("集会所", "中町9-9")
    refused = bring_back(client, town, with_cell(data, "csv", hidden.code, "住所", "中町8-8"))
    row = refused.rows.get(decision=RowDecision.ERROR)
    assert "公開していない" in row.errors[0]


def test_a_withheld_place_does_not_travel(client: Client, entries: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(given_out(client, "csv").decode("utf-8-sig"), newline="")))
    assert {row["名称"]: row["住所"] for row in rows}["ひみつ"] == ""


def test_a_number_keeps_its_readers_and_a_new_one_is_for_staff(
    client: Client, town: Any, entries: Any
) -> None:
    full, draft, _hidden = entries
    data = with_cell(given_out(client, "csv"), "csv", full.code, "電話番号", "03-0000-0009")
    data = with_cell(data, "csv", draft.code, "電話番号", "03-0000-0008")
    apply_now(bring_back(client, town, data))
    contacts = Resource.objects.get(pk=full.pk).get_latest_revision_as_object().contacts.all()
    assert {(row.phone, row.audience) for row in contacts} == {
        ("03-0000-0009", ContactAudience.PUBLIC),
        ("03-0000-0002", ContactAudience.STAFF),
    }
    new = Resource.objects.get(pk=draft.pk).contacts.get()
    assert (new.phone, new.audience) == ("03-0000-0008", ContactAudience.STAFF)
    assert set(decisions(bring_back(client, town, data))) == {RowDecision.SAME}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("費用", "たぶん"),
        ("定員", "多め"),
        ("URL", "javascript:alert(1)"),
        ("電話番号", "なし"),
        ("種類", "宇宙旅行"),
        ("団体名", "だれも知らない会"),
        ("名称", ""),
        ("概要", "あ" * 201),
    ],
)
def test_a_cell_nobody_can_write_stops_its_row(
    client: Client, town: Any, entries: Any, column: str, text: str
) -> None:
    run = bring_back(client, town, with_cell(given_out(client, "csv"), "csv", entries[0].code, column, text))
    row = run.rows.get(decision=RowDecision.ERROR)
    assert row.errors
    assert not row.is_chosen


def test_what_the_register_tells_itself_is_not_changed(client: Client, town: Any, entries: Any) -> None:
    run = bring_back(
        client, town, with_cell(given_out(client, "csv"), "csv", entries[1].code, "公開", "公開中")
    )
    assert set(decisions(run)) == {RowDecision.SAME}
    assert any("「公開」は、取り込みでは変えられません。" in row.warnings for row in run.rows.all())


def test_a_code_nobody_has_is_told_and_makes_no_entry(client: Client, town: Any, entries: Any) -> None:
    data = given_out(client, "csv").replace(entries[0].code.encode(), b"ZZZZZ")
    run = bring_back(client, town, data)
    row = run.rows.get(decision=RowDecision.ERROR)
    assert "ZZZZZ" in row.errors[0]
    client.post(reverse("directory_imports:apply", args=[run.pk]), {"all": "1"})
    run.refresh_from_db()
    assert not run.rows.filter(is_chosen=True).exists()
    assert Resource.objects.count() == 3


def test_an_entry_of_another_town_is_not_changed(client: Client, town: Any, entries: Any) -> None:
    foreign = ResourceFactory(venue=VenueFactory(district=DistrictFactory()))
    data = given_out(client, "csv").replace(entries[0].code.encode(), foreign.code.encode())
    run = bring_back(client, town, data)
    row = run.rows.get(decision=RowDecision.ERROR)
    assert (row.errors, row.resource) == (["この自治体の登録ではありません。"], None)


def test_a_code_that_stands_twice_is_told(client: Client, town: Any, entries: Any) -> None:
    data = given_out(client, "csv").replace(entries[0].code.encode(), entries[1].code.encode())
    run = bring_back(client, town, data)
    assert "2行目にもあります" in run.rows.get(decision=RowDecision.ERROR).errors[0]


def test_an_entry_that_was_merged_is_left_alone(client: Client, town: Any, entries: Any) -> None:
    full, draft, _hidden = entries
    data = with_cell(given_out(client, "csv"), "csv", draft.code, "概要", "新しい")
    Resource.objects.filter(pk=draft.pk).update(merged_into=full)
    row = bring_back(client, town, data).rows.get(decision=RowDecision.SKIPPED)
    assert full.code in row.warnings[0]


def test_a_row_without_a_code_is_new_and_says_what_the_columns_say(
    client: Client, town: Any, entries: Any
) -> None:
    text = given_out(client, "csv").decode("utf-8-sig")
    headings = next(csv.reader(io.StringIO(text, newline="")))
    cells = {"名称": "あたらしい会", "概要": "短く", "説明": "長く", "費用": "有料", "大人(円)": "500"}
    added = text + ",".join(cells.get(name, "") for name in headings) + "\r\n"
    run = bring_back(client, town, added.encode())
    assert decisions(run)[-1] == RowDecision.NEW
    apply_now(run)
    made = Resource.objects.get(name="あたらしい会")
    assert (made.summary, made.description, made.fee_kind, made.fee_adult) == ("短く", "長く", "paid", 500)
    assert set(decisions(bring_back(client, town, added.encode()))) == {RowDecision.SAME}


def test_a_draft_that_waits_is_not_taken_for_a_change(client: Client, town: Any, entries: Any) -> None:
    full = entries[0]
    waiting = full.get_latest_revision_as_object()
    waiting.summary = "審査を待つ紹介"
    waiting.save_revision()
    data = given_out(client, "csv")
    assert set(decisions(bring_back(client, town, data))) == {RowDecision.SAME}
    changed = with_cell(data, "csv", full.code, "定員", "99")
    apply_now(bring_back(client, town, changed))
    draft = Resource.objects.get(pk=full.pk).get_latest_revision_as_object()
    assert (draft.summary, draft.capacity) == ("審査を待つ紹介", 99)


@pytest.mark.parametrize("name", ["organizations", "venues"])
def test_lists_that_do_not_come_back_say_so(client: Client, town: Any, entries: Any, name: str) -> None:
    answer = client.get(reverse(f"directory_{name}:list"), {"export": "csv"})
    file = SimpleUploadedFile("list.csv", b"".join(answer.streaming_content))
    answer = client.post(reverse("directory_imports:upload"), {"municipality": town.pk, "file": file})
    assert answer.status_code == 422
    assert "地域資源の一覧" in answer.content.decode()


@pytest.mark.parametrize("text", ["=1+1", "＝1", " +1", "'=1", "'あ", "-", "\t=1", "ふつう"])
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert plain_cell(safe_cell(text)) in (text, plain_cell(text))
