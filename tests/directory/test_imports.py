"""Taking a list in: once, twice, changed, broken, killed."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError

from areas.models import Area
from directory.choices import ContactAudience, PlaceVisibility
from directory.models import ImportRow, ImportRun, Organization, Resource, Schedule, Venue
from directory.services import imports
from directory.services.import_placing import UnknownMunicipality
from directory.services.imports import import_resources
from directory.services.vocabulary import load_vocabulary
from directory.visibility import place_of
from search.models import OutboxEntry

pytestmark = pytest.mark.django_db

HEADER = (
    "全国地方公共団体コード,ID,市区町村名,名称,名称_カナ,住所,方書,緯度,経度,電話番号1,運営団体名,"
    "開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,開催日時特記事項,参加費_幼児,参加費特記事項,学区,備考"
)


def line(number, name="食堂", address="世田谷区南烏山6-2-19", **cells):
    values = dict.fromkeys(HEADER.split(","), "") | {
        "全国地方公共団体コード": "131121",
        "ID": str(number),
        "市区町村名": "世田谷区",
        "名称": f"{name}{number}" if name else "",
        "住所": address,
        "電話番号1": "03-0000-0000",
        "運営団体名": "ひだまりの会",
        "開催日": "第2土曜日",
        "開催開始時間": "11:30",
    }
    values |= cells
    return ",".join(values[header] for header in HEADER.split(","))


def file_of(*lines):
    return "\n".join([HEADER, *lines]).encode()


def take_in(data, **options):
    return import_resources(data, file_name="list.csv", municipality_code="131121", **options)


@pytest.fixture(autouse=True)
def _vocabulary(real_places):
    load_vocabulary()


def test_new_rows_become_drafts_awaiting_review():
    report = take_in(file_of(line(1), line(2)))
    assert report.counts["new"] == 2
    resource = Resource.objects.get(name="食堂1")
    assert not resource.live
    assert resource.has_unpublished_changes
    assert resource.district.short_name == "烏山"
    assert resource.organization.name == "ひだまりの会"
    assert Organization.objects.count() == 1
    assert Venue.objects.count() == 1  # the same address twice is one venue
    assert resource.contacts.get().audience == ContactAudience.STAFF
    assert resource.occurrences.exists()


def test_publish_makes_them_public():
    take_in(file_of(line(1)), publish=True)
    assert Resource.objects.published().count() == 1


def test_second_import_of_the_same_file_changes_nothing():
    take_in(file_of(line(1), line(2)))
    report = take_in(file_of(line(1), line(2)))
    assert report.counts == {"new": 0, "changed": 0, "same": 2, "skipped": 0, "error": 0}
    assert Resource.objects.count() == 2
    assert Schedule.objects.count() == 2


def test_changed_row_changes_the_draft_and_keeps_what_staff_corrected():
    take_in(file_of(line(1)))
    resource = Resource.objects.get()
    resource.summary = "職員が書いた紹介"
    resource.save()
    report = take_in(file_of(line(1, 開催日="第3土曜日")))
    assert report.counts["changed"] == 1
    resource.refresh_from_db()
    assert resource.summary == "職員が書いた紹介"
    assert resource.schedules.get().spec["rules"][0]["rrule"] == "FREQ=MONTHLY;BYDAY=3SA"
    assert {day.isocalendar().weekday for day in resource.occurrences.values_list("date", flat=True)} == {6}


def test_changed_row_of_a_public_entry_waits_for_review():
    take_in(file_of(line(1)), publish=True)
    take_in(file_of(line(1, 名称="新しい名前")))
    resource = Resource.objects.get()
    assert resource.name == "食堂1"
    assert resource.get_latest_revision_as_object().name == "新しい名前"


def test_dry_run_reports_and_writes_nothing():
    report = take_in(file_of(line(1)), dry_run=True)
    assert report.counts["new"] == 1
    assert not Resource.objects.exists()
    assert not ImportRun.objects.exists()


def test_broken_rows_are_named_and_the_others_written():
    broken = {"name": "", "ID": ""}
    rows = [line(number, **(broken if number % 200 == 0 else {})) for number in range(1, 1001)]
    report = take_in(file_of(*rows))
    errors = [row for row in report.rows if row.errors]
    assert [row.line for row in errors] == [201, 401, 601, 801, 1001]
    assert all(row.errors == ["名称がありません。"] for row in errors)
    assert Resource.objects.count() == report.counts["new"] == 995
    assert ImportRow.objects.filter(decision="error").count() == 5


def test_crash_in_the_middle_leaves_nothing(monkeypatch):
    calls = []

    def crash(done):
        calls.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(file_of(line(1), line(2)), progress=crash)
    assert calls == [2]
    assert not Resource.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Venue.objects.exists()


def test_withheld_place_is_hidden_everywhere():
    take_in(file_of(line(1, 備考="住所は非公開")), publish=True)
    resource = Resource.objects.get()
    assert resource.place_visibility == PlaceVisibility.HIDDEN
    place = place_of(resource)
    assert (place.district, place.address, place.lat) == (None, "", None)


def test_further_place_of_an_entry_becomes_a_timetable_there():
    further = line(1, name="", address="世田谷区粕谷4-13-6", 開催日="第4日曜日", 電話番号1="", 運営団体名="")
    report = take_in(file_of(line(1), further))
    assert [row.status for row in report.rows] == ["new", "changed"]
    resource = Resource.objects.get()
    assert resource.schedules.count() == 2
    assert resource.schedules.exclude(venue=None).get().venue.address == "世田谷区粕谷4-13-6"
    assert take_in(file_of(line(1), further)).counts["same"] == 2


def test_further_place_of_nothing_is_an_error():
    report = take_in(file_of(line(7, name="")))
    assert report.counts["error"] == 1
    assert "7" in report.rows[0].errors[0]


def test_address_and_point_that_disagree_are_reported():
    report = take_in(file_of(line(1, 緯度="35.6053", 経度="139.6686")))  # a point in 奥沢
    assert any("緯度・経度" in warning for warning in report.rows[0].warnings)
    assert report.rows[0].district == "烏山"


def test_town_split_between_districts_is_never_guessed():
    report = take_in(file_of(line(1, address="世田谷区池尻4丁目")))
    assert report.rows[0].district == ""
    assert any("池尻" in warning and "代沢" in warning for warning in report.rows[0].warnings)
    assert Resource.objects.get().district.kind == "municipality"


def test_unknown_municipality_named_by_its_own_list_is_made():
    row = line(1, 全国地方公共団体コード="132080", 市区町村名="調布市", 住所="東京都調布市緑ヶ丘2-18-49")
    report = import_resources(file_of(row), file_name="a.csv", municipality_code="132080")
    assert report.counts["new"] == 1
    assert Area.objects.get(code="132080").name == "調布市"


def test_file_of_further_places_alone_is_refused_row_by_row():
    row = line(1, name="", 全国地方公共団体コード="", 市区町村名="", 住所="東京都大田区萩中2-6-13")
    report = import_resources(file_of(row), file_name="tsuika.csv", municipality_code="131113")
    assert report.counts["error"] == 1
    assert Area.objects.get(code="131113").name == "大田区"


def test_mixed_list_does_not_name_a_municipality_it_is_not_of():
    rows = [
        line(1, 全国地方公共団体コード="", 市区町村名="調布市"),
        line(2, 全国地方公共団体コード="", 市区町村名="府中市"),
    ]
    with pytest.raises(UnknownMunicipality):
        import_resources(file_of(*rows), file_name="mixed.csv", municipality_code="131113")


def test_point_outside_every_known_place_is_kept():
    row = line(
        1,
        全国地方公共団体コード="132080",
        市区町村名="調布市",
        住所="東京都調布市緑ヶ丘2-18-49",
        緯度="35.67",
        経度="139.57",
    )
    report = take_in(file_of(row))
    assert report.rows[0].precision == "point"
    assert Venue.objects.get().lat == 35.67
    assert Resource.objects.get().district.name == "調布市"


def test_ids_given_twice_do_not_merge_two_entries():
    take_in(file_of(line(1, 名称="あ"), line(1, 名称="い")))
    assert Resource.objects.count() == 2
    assert take_in(file_of(line(1, 名称="い"), line(1, 名称="あ"))).counts["same"] == 2


def test_search_hears_of_what_is_new_once_and_of_what_is_the_same_never():
    take_in(file_of(line(1), line(2, 開催日="")), publish=True)
    heard = OutboxEntry.objects.filter(type="resource").values_list("object_id", flat=True)
    assert sorted(heard) == sorted(str(uuid) for uuid in Resource.objects.values_list("uuid", flat=True))
    OutboxEntry.objects.all().delete()
    take_in(file_of(line(1), line(2, 開催日=""), line(3)), publish=True)
    assert list(heard.all()) == [str(Resource.objects.get(name="食堂3").uuid)]


def test_rows_are_written_in_bulk(django_assert_max_num_queries):
    """SQLite takes 999 values a statement, so statements grow with rows, but by far slower."""
    with django_assert_max_num_queries(150):
        take_in(file_of(*[line(number) for number in range(1, 301)]))


def test_command_writes_the_report(tmp_path):
    path, out = tmp_path / "list.csv", tmp_path / "out.json"
    path.write_bytes(file_of(line(1), line(2, name="", ID="")))
    call_command("import_resources", str(path), municipality="131121", report=str(out))
    report = json.loads(out.read_text())
    assert report["layout"] == "tokyo-kodomo-shokudo"
    assert report["counts"]["new"] == 1
    assert report["counts"]["error"] == 1
    assert report["rows"][0]["district"] == "烏山"
    assert report["rows"][0]["schedule"] == "parsed"


@pytest.mark.parametrize(
    "options", [{"municipality": "999999"}, {"municipality": "131121", "layout": "no-such"}]
)
def test_command_refuses_in_words(tmp_path, options):
    path = tmp_path / "list.csv"
    path.write_bytes(file_of(line(1, 全国地方公共団体コード="", 市区町村名="")))
    with pytest.raises(CommandError, match=r"[ぁ-ん]"):
        call_command("import_resources", str(path), **options)


@pytest.mark.parametrize("error", [IntegrityError, OperationalError])
def test_command_meeting_another_import_says_so_in_words(tmp_path, monkeypatch, error):
    def collide(*args, **options):
        raise error("UNIQUE constraint failed: directory_resource.source_key")

    monkeypatch.setattr("directory.management.commands.import_resources.import_resources", collide)
    path = tmp_path / "list.csv"
    path.write_text("名称,住所\nあおぞら,烏山1-1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="もう一度実行"):
        call_command("import_resources", str(path), municipality="131121")


@pytest.mark.shared
def test_real_lists_are_taken_in(shared_dir):
    """Four files as municipalities publish them, and the list of many: no row is lost."""
    expected = {
        ("kodomo_shokudo_raw/132195_komaeshi_kodomosyokudo.csv", "132195"): (6, 0),
        ("kodomo_shokudo_raw/132080_chofushi_kodomosyokudo.csv", "132080"): (25, 0),
        ("kodomo_shokudo_raw/131105_meguroku_kodomosyokudo.csv", "131105"): (11, 0),
        ("kodomo_shokudo_tokyo.csv", "131121"): (393, 0),
    }
    for (name, code), (total, errors) in expected.items():
        data = (shared_dir / "data" / name).read_bytes()
        report = import_resources(data, file_name=name, municipality_code=code)
        assert len(report.rows) == total, name
        assert report.counts["error"] == errors, [row for row in report.rows if row.errors]
        again = import_resources(data, file_name=name, municipality_code=code)
        assert again.counts["same"] == total, (name, again.counts)


def test_batches_are_one_transaction(monkeypatch):
    monkeypatch.setattr(imports, "_BATCH", 1)
    with pytest.raises(ZeroDivisionError):
        take_in(file_of(line(1), line(2)), progress=lambda done: 1 // (1 - Resource.objects.count() + 1))
    assert not Resource.objects.exists()


def test_place_that_is_withdrawn_is_hidden_at_once():
    take_in(file_of(line(1)), publish=True)
    report = take_in(file_of(line(1, 備考="住所は非公開")))
    resource = Resource.objects.get()
    assert resource.live
    assert place_of(resource).address == ""
    assert any("すぐに" in warning for warning in report.rows[0].warnings)
    assert resource.get_latest_revision_as_object().place_visibility == PlaceVisibility.HIDDEN
