"""Searching the staff screens as Japanese is typed: lists, choosers and bulk actions, pages, images, accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch.conf import get_app_config
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import Collection, Page
from wagtail.search import query
from wagtail.search.backends import get_search_backend

from directory.models import Category, Organization, Resource, Venue
from directory.services.vocabulary import load_vocabulary
from members.models import User
from tests.factories.directory import OrganizationFactory, ResourceFactory, VenueFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NAME = "烏山子ども食堂"
SPELLINGS = ["食堂", "しょくどう", "ｼｮｸﾄﾞｳ", "堂", "こども 食堂", "shokudou"]


@pytest.fixture
def kitchen() -> Resource:
    """A resource named `NAME`, and others that have nothing of it."""
    organization = OrganizationFactory(name="花水木の集い", kana="はなみずきのつどい")
    venue = VenueFactory(name="欅ホール", kana="", address="見本市中央1-2-3")
    other = {"organization": organization, "venue": venue, "summary": "", "description": ""}
    ResourceFactory(name="体操", kana="たいそう", **other)
    return ResourceFactory(name=NAME, kana="", **other)


def found(typed: Any, rows: Any = Resource, **options: Any) -> list[str]:
    backend = get_search_backend()
    answers = [list(ask(typed, rows, **options)) for ask in (backend.search, backend.autocomplete)]
    assert answers[0] == answers[1]
    return [str(row) for row in answers[0]]


# What is found


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_piece_in_any_spelling_finds_the_row(kitchen, typed: str) -> None:
    assert found(typed) == [NAME]


@pytest.mark.parametrize("typed", ["花水木", "はなみずき", "欅ホール", "見本市中央1-2-3"])
def test_rows_are_found_by_their_organization_and_place(kitchen, typed: str) -> None:
    assert sorted(found(typed)) == sorted(["体操", NAME])


def test_a_new_name_of_an_organization_is_searched_at_once(kitchen) -> None:
    kitchen.organization.name = "銀杏の集い"
    kitchen.organization.save()
    assert len(found("銀杏")) == 2
    assert not any("花水木" in entry for entry in found("花水木", Organization))


def test_the_code_finds_its_row(kitchen) -> None:
    assert found(kitchen.code) == [NAME]
    assert found(kitchen.code.lower()) == [NAME]


def test_whole_names_come_first_then_beginnings_then_pieces_then_mentions() -> None:
    common = {"organization": None, "venue": None, "kana": "", "summary": ""}
    ResourceFactory(name="ア", description="花の会の紹介", **common)
    ResourceFactory(name="イ 春の花の会", description="", **common)
    ResourceFactory(name="花の会の友", description="", **common)
    ResourceFactory(name="花の会", description="", **common)
    assert found("花の会") == ["花の会", "花の会の友", "イ 春の花の会", "ア"]
    by_name = get_search_backend().search(
        "花の会", Resource.objects.order_by("-name"), order_by_relevance=False
    )
    assert [str(row) for row in by_name] == ["花の会の友", "花の会", "イ 春の花の会", "ア"]


def test_scores_fall_and_pages_do_not_overlap(kitchen) -> None:
    for number in range(12):
        ResourceFactory(name=f"食堂{number:02}", kana=f"{number:02}")
    answer = get_search_backend().search("食堂", Resource.objects.all()).annotate_score("score")
    scores = [row.score for row in answer]
    assert scores == sorted(scores, reverse=True)
    pages = [[row.pk for row in answer[start : start + 5]] for start in (0, 5, 10)]
    assert len({pk for page in pages for pk in page}) == 13 == answer.count()


def test_what_was_deleted_or_renamed_is_gone(kitchen) -> None:
    kitchen.name = "烏山みんなの台所"
    kitchen.save()
    assert (found("食堂"), found("台所")) == ([], ["烏山みんなの台所"])
    kitchen.delete()
    assert found("台所") == []


def test_filters_and_columns_of_a_list_stay_in_force(kitchen) -> None:
    assert found("食堂", Resource.objects.filter(venue__name="欅ホール", name__contains="子")) == [NAME]
    assert found("食堂", Resource.objects.filter(organization__kana="ない")) == []
    assert found("食堂", Resource.objects.none()) == []


def test_wagtails_own_questions_are_understood(kitchen) -> None:
    assert found(query.PlainText("食堂 体操", operator="or")) == [NAME, "体操"]
    assert found(query.And([query.PlainText("食堂"), query.Not(query.PlainText("体操"))])) == [NAME]
    assert found(query.Or([query.PlainText("食堂"), query.Phrase("ない言葉")])) == [NAME]
    assert found(query.Not(query.PlainText("食堂"))) == ["体操"]
    assert len(found(query.MATCH_ALL)) == 2
    assert found(query.Not(query.MATCH_ALL)) == []
    assert found(query.Boost(query.PlainText("食堂"), 2)) == [NAME]
    assert found("花水木", fields=["name"]) == []
    assert found("食堂", fields=["name"]) == [NAME]


def test_numbers_by_a_field_count_what_was_found(kitchen) -> None:
    answer = get_search_backend().search("食堂", Resource.objects.all())
    assert answer.facet("life_status") == {kitchen.life_status: 1}


def test_shipped_lists_are_found_at_once() -> None:
    load_vocabulary()
    assert found("マージャン", Category) or found("体操", Category)
    assert found("しょくどう", Category)


def test_an_old_index_is_made_anew(kitchen) -> None:
    get_app_config().get_model("IndexEntry").objects.all().delete()
    assert found("食堂") == []
    call_command("update_index", verbosity=0)
    assert found("食堂") == [NAME]


# The screens


LISTS: dict[str, Callable[[], Any]] = {
    "directory_resources:list": lambda: ResourceFactory(name=NAME),
    "directory_organizations:list": lambda: OrganizationFactory(name=NAME),
    "directory_venues:list": lambda: VenueFactory(name=NAME),
    "directory_categories:list": lambda: Category.objects.create(code="kitchen", name=NAME, kana=""),
    "wagtailimages:index": lambda: _file(get_image_model(), file="x.png", width=1, height=1),
    "wagtaildocs:index": lambda: _file(Document, file="x.pdf"),
    "wagtailusers_users:index": lambda: UserFactory(name=NAME),
    "wagtailadmin_pages:search": lambda: Page.objects.get(depth=1).add_child(instance=Page(title=NAME)),
}
CHOOSERS: dict[str, Callable[[], Any]] = {
    "wagtailsnippetchoosers_directory_resource:choose_results": LISTS["directory_resources:list"],
    "wagtailsnippetchoosers_directory_organization:choose_results": LISTS["directory_organizations:list"],
    "wagtailsnippetchoosers_directory_venue:choose_results": LISTS["directory_venues:list"],
    "wagtailimages_chooser:choose_results": LISTS["wagtailimages:index"],
    "wagtaildocs_chooser:choose_results": LISTS["wagtaildocs:index"],
    "wagtailadmin_choose_page_search": LISTS["wagtailadmin_pages:search"],
}


def _file(model: Any, **fields: Any) -> Any:
    return model.objects.create(title=NAME, collection=Collection.get_first_root_node(), **fields)


def shown(client: Client, route: str, typed: str) -> bool:
    response = client.get(reverse(route), {"q": typed})
    assert response.status_code == 200, route
    return NAME in re.sub(r"<[^>]*>", "", response.content.decode())


@pytest.mark.parametrize("route", [*LISTS, *CHOOSERS])
def test_every_list_and_chooser_finds_a_piece_of_a_name(
    administrator_client: Client, administrator: User, route: str
) -> None:
    (LISTS | CHOOSERS)[route]()
    get_image_model().objects.update(uploaded_by_user=administrator)  # the chooser offers one's own
    for typed in SPELLINGS:
        assert shown(administrator_client, route, typed), typed
    assert not shown(administrator_client, route, "ない言葉")


@pytest.mark.parametrize("ordering", ["name", "-verified_on", "district__order"])
def test_a_column_chosen_orders_what_was_found(administrator_client: Client, ordering: str) -> None:
    ResourceFactory(name=NAME)
    answer = administrator_client.get(
        reverse("directory_resources:list"), {"q": "食堂", "ordering": ordering}
    )
    assert NAME in answer.content.decode()


STRANGE = [
    '"', "'", '"食堂', "食堂*", "AND", "食堂 OR", "NEAR(a b)", "title:食堂", "(", "-食堂", "^食堂", "食堂' & !x", "\\", "%s", "<->", "\x00",
    "食\x00堂",
    "食" * 10_000, "食 " * 5_000, "。、", "😀", "\u202e食堂", "‏שלום", "{title}", "x2fx", "NULL",
]  # fmt: skip


@pytest.mark.parametrize("typed", [*STRANGE, "\ud800食堂"], ids=lambda typed: ascii(typed)[:20])
def test_anything_typed_gets_an_answer(administrator_client: Client, kitchen, typed: str) -> None:
    found(typed)
    raw = typed.encode("utf-8", "surrogatepass")
    for route in ("directory_resources:list", "wagtailadmin_pages:search", *list(CHOOSERS)[::2]):
        assert administrator_client.get(reverse(route), {"q": raw}).status_code == 200, route


def test_cost_of_a_search_does_not_grow(administrator_client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = administrator_client.get(reverse("directory_resources:list"), {"q": "食堂"})
        assert NAME in answer.content.decode()
        return len(captured)

    ResourceFactory(name=NAME, kana="あ")
    cost()
    few = cost()
    venue, organization = VenueFactory(), OrganizationFactory()
    for number in range(20):
        ResourceFactory(name=f"食堂{number}", venue=venue, organization=organization)
    assert cost() <= few + 1


def test_entries_are_written_in_few_statements() -> None:
    rows = [ResourceFactory(name=f"食堂{number}", venue=None, organization=None) for number in range(30)]
    rows = list(
        Resource.objects.filter(pk__in=[row.pk for row in rows]).select_related("venue", "organization")
    )
    with CaptureQueriesContext(connection) as captured:
        get_search_backend().add_bulk(Resource, rows)
    assert len(captured) <= 2
    assert len(found("食堂")) == 30


def test_venues_counted_beside_are_searched_too(administrator_client: Client) -> None:
    ResourceFactory(venue=VenueFactory(name=NAME))
    assert shown(administrator_client, "directory_venues:list", "食堂")
    assert found("食堂", Venue.objects.all()) == [str(Venue.objects.get(name=NAME))]


def test_keys_alone_may_be_asked_for(kitchen) -> None:
    """As Wagtail's bulk actions do."""
    keys = get_search_backend().autocomplete("食堂", Resource.objects.values_list("pk", flat=True))
    assert list(keys) == [kitchen.pk]
