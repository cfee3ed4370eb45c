"""Lists that number their rows 1 to n: each keeps to its own entries."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from areas.models import Area
from directory.choices import RowDecision
from directory.importers.records import ParsedRow
from directory.models import ImportRun, ImportSource, Resource
from directory.services.import_applying import undo_run
from directory.services.import_keys import source_keys
from directory.services.import_lists import free_name, name_of_file
from directory.services.imports import import_resources
from directory.viewsets.import_steps import ListForm
from tests.directory.test_import_screens import answers, apply_now, client, decisions, read, town, uploaded  # noqa: F401

SALONS = "番号,名称,住所\n1,ひだまり,中町1-1\n2,こもれび,中町1-2\n3,せせらぎ,中町1-3\n"
CAFES = "番号,名称,住所\n1,カフェあ,中町2-1\n2,カフェい,中町2-2\n3,カフェう,中町2-3\n"


def names() -> list[str]:
    return list(Resource.objects.order_by("pk").values_list("name", flat=True))


def test_numbers_are_of_their_list_and_official_ones_of_their_municipality() -> None:
    rows = [ParsedRow(line=2, raw={}, source_id="7", municipality_code="131121")]
    assert source_keys(rows, "generic", 4) == ["generic:4:131121:7"]
    assert source_keys(rows, "tokyo-kodomo-shokudo") == ["tokyo-kodomo-shokudo:131121:7"]


def test_a_list_is_called_like_its_file_until_the_name_is_taken() -> None:
    assert name_of_file("サロン一覧.v2.xlsx") == "サロン一覧.v2"
    assert name_of_file(".csv ") == ".csv"
    assert free_name("あ", ["い"]) == "あ"
    assert free_name("あ" * 80, ["あ" * 80, "あ" * 77 + "(2)"]) == "あ" * 77 + "(3)"


@pytest.mark.django_db
def test_two_lists_numbered_alike_stay_apart_and_change_only_their_own(client: Client, town: Any) -> None:  # noqa: F811
    apply_now(read(client, town, SALONS, "サロン.csv"))
    second = apply_now(read(client, town, CAFES, "カフェ.csv"))
    six = ["ひだまり", "こもれび", "せせらぎ", "カフェあ", "カフェい", "カフェう"]
    assert names() == six
    again = read(client, town, SALONS.replace("こもれび", "こもれび会"), "サロン 2027年.csv")
    assert again.source.name == "サロン"  # known by its rows, whatever the file is called
    assert again.counts == {"new": 0, "changed": 1, "same": 2, "skipped": 0, "error": 0}
    apply_now(again)
    assert names() == [name.replace("こもれび", "こもれび会") for name in six]
    undo_run(again, user=None)
    undo_run(second, user=None)
    assert names() == six[:3]


@pytest.mark.django_db
def test_a_renamed_list_is_still_the_same_list(client: Client, town: Any) -> None:  # noqa: F811
    run = apply_now(read(client, town, SALONS, "サロン.csv"))
    read(client, town, CAFES, "カフェ.csv")
    url = reverse("directory_imports:rename", args=[run.pk])
    for taken in ("カフェ", "", "あ" * 81, "あ\0"):
        client.post(url, {"name": taken})
    assert ImportSource.objects.filter(name="サロン").exists()
    client.post(url, {"name": "サロン・ミニデイ"})
    again = read(client, town, SALONS, "新しいファイル.csv")
    assert (again.source.name, again.counts["same"]) == ("サロン・ミニデイ", 3)


@pytest.mark.django_db
def test_a_file_that_was_tried_and_put_right_is_offered_its_name_again(client: Client, town: Any) -> None:  # noqa: F811
    read(client, town, SALONS, "サロン.csv")
    assert uploaded(client, town, SALONS.encode(), "サロン.csv").source.name == "サロン"
    assert uploaded(client, town, CAFES.encode(), "カフェ.csv").source is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "name"), [("", ""), ("", "サロン"), ("999", "あ"), ("x", "あ"), ("", "あ" * 81)]
)
def test_a_list_without_a_name_of_its_own_is_asked_for_one(
    client: Client,  # noqa: F811
    town: Any,  # noqa: F811
    source: str,
    name: str,
) -> None:
    apply_now(read(client, town, SALONS, "サロン.csv"))
    run = uploaded(client, town, CAFES.encode(), "カフェ.csv")
    asked = answers(run, 住所="-") | {"list-source": source, "list-name": name}
    page = client.post(reverse("directory_imports:columns", args=[run.pk]), asked)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert page.context["columns"][2]["meaning"] == "-"  # nothing chosen is lost
    assert not run.rows.exists()


@pytest.mark.django_db
def test_another_town_offers_its_own_lists_only(client: Client, town: Any) -> None:  # noqa: F811
    run = apply_now(read(client, town, SALONS, "サロン.csv"))
    ImportSource.objects.create(
        municipality=run.municipality.__class__.objects.create(
            kind="municipality", name="よそ市", slug="yoso"
        ),
        name="よその名簿",
        layout="generic",
    )
    assert [item.name for item in ListForm(run).fields["source"].queryset] == ["サロン"]


@pytest.mark.django_db
def test_the_command_takes_the_name_of_the_list(town: Any) -> None:  # noqa: F811
    options = {"municipality_code": town.code, "layout_name": "generic"}
    import_resources(SALONS.encode(), file_name="a.csv", list_name="サロン", **options)
    import_resources(CAFES.encode(), file_name="a.csv", list_name="カフェ", **options)
    report = import_resources(SALONS.encode(), file_name="b.csv", list_name="サロン", **options)
    assert report.counts["same"] == 3
    assert Resource.objects.count() == 6


@pytest.mark.django_db
def test_entries_from_before_get_the_list_they_came_from(client: Client, town: Any) -> None:  # noqa: F811
    """Two lists met before keys named them: the entry goes back to the first, the second brings its own."""
    migration = importlib.import_module("directory.migrations.0010_entries_know_their_list")
    first = apply_now(read(client, town, SALONS, "サロン.csv"))
    second = read(client, town, CAFES, "カフェ.csv")
    for entry in Resource.objects.all():
        key = entry.source_key.replace(f"generic:{first.source_id}:", "generic:")
        Resource.objects.filter(pk=entry.pk).update(source_key=key)
        second.rows.update(resource=entry, is_applied=True)
    ImportRun.objects.filter(pk=second.pk).update(state="applied")
    ImportRun.objects.filter(pk=first.pk).update(source=None)  # taken in by the command
    migration.put_lists_into_keys(apps, None)
    assert read(client, town, SALONS).counts["same"] == 3
    assert read(client, town, CAFES).counts["new"] == 3


def test_lists_called_alike_before_are_told_apart() -> None:
    migration = importlib.import_module("directory.migrations.0010_entries_know_their_list")
    assert migration._free("あ", {"あ", "あ(2)"}) == "あ(3)"
    assert len(migration._free("あ" * 80, {"あ" * 80})) == 80


@pytest.mark.django_db
def test_rows_of_another_town_are_left_to_those_who_work_for_it(client: Client, town: Any) -> None:  # noqa: F811
    known = Area.objects.count()
    rows = "番号,名称,市区町村名\n1,ひだまり,\n2,よそのサロン,調布市\n"
    run = read(client, town, rows)
    assert decisions(run) == [RowDecision.NEW, RowDecision.SKIPPED]
    client.post(reverse("directory_imports:apply", args=[run.pk]), {"all": "1"})
    apply_now(run)
    assert names() == ["ひだまり"]
    assert Area.objects.count() == known  # nor is a town made for them
