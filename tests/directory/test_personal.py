"""Favourites, saved questions and kinds, with a login and without; and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Resource
from directory.services.personal import MAX_SEARCHES, add_favourite, save_search, set_followed_kinds
from members.models import User
from members.residency import set_home_district
from members.wishes import WishRefused
from search.upkeep.rebuilding import rebuild
from tests.factories.areas import DistrictFactory
from tests.factories.directory import CategoryFactory, ResourceFactory, VenueFactory, weekly_spec
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def test_a_question_is_kept_in_its_one_form_with_a_name_in_words(resident: User) -> None:
    first = save_search(user=resident, question="sort=title&q=体操&page=3")
    again = save_search(user=resident, question="q=%E4%BD%93%E6%93%8D&sort=title")
    assert first == again
    assert first.question == "q=%E4%BD%93%E6%93%8D&sort=title"
    assert first.name == "「体操」"


@pytest.mark.parametrize("question", ["", "page=2", "weekday=nosuchday", "sort=title", "x=1", "&&&==="])
def test_a_question_that_asks_nothing_is_refused(resident: User, question: str) -> None:
    with pytest.raises(WishRefused):
        save_search(user=resident, question=question)


def test_there_is_an_end_to_saving(resident: User) -> None:
    for number in range(MAX_SEARCHES):
        save_search(user=resident, question=f"q=体操{number}")
    with pytest.raises(WishRefused):
        save_search(user=resident, question="q=もうひとつ")
    assert save_search(user=resident, question="q=体操0")


def test_the_find_page_offers_to_save_what_was_asked(resident_client: Client) -> None:
    assert "この条件を保存する" not in resident_client.get("/find/").content.decode()
    html = resident_client.get("/find/?q=体操").content.decode()
    assert 'value="save:q=%E4%BD%93%E6%93%8D"' in html


def test_renaming_and_deleting_a_saved_question(resident: User, resident_client: Client) -> None:
    saved = save_search(user=resident, question="q=体操")
    path = f"/mypage/searches/{saved.pk}/"
    assert resident_client.post(path, {"name": " "}).status_code == 422
    resident_client.post(path, {"name": "日曜の体操"})
    html = resident_client.get("/mypage/").content.decode()
    assert "日曜の体操" in html
    assert "/find/?q=%E4%BD%93%E6%93%8D" in html
    resident_client.post(path, {"delete": "1"})
    assert not resident.saved_searches.exists()


def test_saved_questions_of_others_do_not_exist(resident_client: Client) -> None:
    saved = save_search(user=UserFactory(), question="q=体操")
    path = f"/mypage/searches/{saved.pk}/"
    assert resident_client.get(path).status_code == 404
    assert resident_client.post(path, {"delete": "1"}).status_code == 404
    assert resident_client.get("/mypage/searches/99999999999999999999/").status_code == 404


def test_favourites_that_are_no_longer_public_are_counted_not_named(
    resident: User, resident_client: Client
) -> None:
    shown, gone = ResourceFactory(name="見えるサロン"), ResourceFactory(name="消えたサロン")
    for entry in (shown, gone):
        add_favourite(user=resident, resource=entry)
    Resource.objects.filter(pk=gone.pk).update(live=False)
    html = resident_client.get("/mypage/favourites/").content.decode()
    assert "見えるサロン" in html
    assert "消えたサロン" not in html
    assert "ほかに1件は、いま公開されていません" in html


def test_kinds_are_ticked_and_lead_to_the_own_district(resident: User, resident_client: Client) -> None:
    element = CategoryFactory(parent=None)
    kind, other = CategoryFactory(parent=element), CategoryFactory(parent=element)
    home = DistrictFactory()
    set_followed_kinds(user=resident, kinds=[other])
    set_home_district(user=resident, district=home, on=resident.date_joined.date())
    assert resident_client.post("/mypage/kinds/", {"kinds": [kind.code]}).status_code == 302
    assert [row.category for row in resident.followed_kinds.all()] == [kind]
    html = resident_client.get("/mypage/").content.decode()
    assert f"category={kind.code}" in html
    assert home.slug in html


@pytest.mark.parametrize("value", ["x", "0", "99999999999999999999", "\x00"])
def test_a_kind_there_is_not_is_said(resident_client: Client, value: str) -> None:
    answer = resident_client.post("/mypage/kinds/", {"kinds": [value]})
    assert answer.status_code == 422


def test_this_week_of_the_own_district_stands_on_the_own_page(
    resident: User, resident_client: Client
) -> None:
    home = DistrictFactory()
    ResourceFactory(name="毎週の体操", venue=VenueFactory(district=home), schedules=[weekly_spec()])
    hidden = VenueFactory(district=home, visibility="hidden")
    ResourceFactory(name="ひみつの場所", venue=hidden, schedules=[weekly_spec()])
    set_home_district(user=resident, district=home, on=resident.date_joined.date())
    html = resident_client.get("/mypage/").content.decode()
    assert "毎週の体操" in html
    assert "ひみつの場所" not in html


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_buttons_cost_strangers_nothing_and_residents_two_queries(
    client: Client, resident: User, client_of: Callable[..., Any]
) -> None:
    home = DistrictFactory()
    entries = [
        ResourceFactory(venue=VenueFactory(district=home), schedules=[weekly_spec()]) for _ in range(5)
    ]
    add_favourite(user=resident, resource=entries[0])
    rebuild()
    own = client_of(resident)
    session_and_user = 2
    for path in (home.get_absolute_url(), entries[0].get_absolute_url(), "/find/"):
        stranger = _queries(client, path)
        assert _queries(own, path) <= stranger + session_and_user + 2, path
