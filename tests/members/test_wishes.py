"""Buttons that follow, keep and save: with a login at once, for strangers after it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from directory.models import Resource
from members.models import User
from members.wishes import SESSION_KEY
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory

pytestmark = pytest.mark.django_db
PASSWORD = "tsunagu-demo"


def press(client: Client, wish: str, back: str = "/districts/", **extra: Any) -> Any:
    return client.post("/mypage/wish/", {"wish": wish, "next": back}, **extra)


def test_following_and_stopping(resident: User, resident_client: Client) -> None:
    district = DistrictFactory()
    answer = press(resident_client, f"follow:{district.uuid}", district.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (303, district.get_absolute_url())
    html = resident_client.get(answer["Location"]).content.decode()
    assert f"{district.name}を「わたしの地区」に加えました" in html
    assert "わたしの地区から外す" in html
    press(resident_client, f"unfollow:{district.uuid}")
    assert not resident.followed_districts.exists()


def test_keeping_an_entry_goes_back_to_it_and_out_again(resident: User, resident_client: Client) -> None:
    entry = ResourceFactory()
    answer = press(resident_client, f"keep:{entry.code}", "/find/?q=サロン")
    assert answer["Location"].endswith(f"#keep-{entry.code}")
    assert "お気に入りから外す" in resident_client.get(entry.get_absolute_url()).content.decode()
    press(resident_client, f"drop:{entry.code}")
    assert not resident.favourites.exists()


def test_a_strangers_wish_is_done_after_the_login(client: Client, resident: User) -> None:
    entry = ResourceFactory()
    answer = press(client, f"keep:{entry.code}", entry.get_absolute_url())
    assert answer["Location"].startswith("/login/?next=%2Fr%2F")
    assert not resident.favourites.exists()
    form = {"login": resident.email, "password": PASSWORD, "next": entry.get_absolute_url()}
    answer = client.post("/login/", form, follow=True)
    assert answer.redirect_chain[-1][0] == entry.get_absolute_url()
    assert "お気に入りに入れました" in answer.content.decode()
    assert resident.favourites.get().resource == entry


def test_a_wish_of_long_ago_is_forgotten(client: Client, resident: User, fixed_clock: Any) -> None:
    entry = ResourceFactory()
    press(client, f"keep:{entry.code}")
    fixed_clock.shift(2 * 60 * 60)
    client.post("/login/", {"login": resident.email, "password": PASSWORD})
    assert not resident.favourites.exists()


def test_public_pages_give_strangers_neither_a_token_nor_a_cookie(client: Client) -> None:
    district, entry = DistrictFactory(), ResourceFactory()
    for path in (district.get_absolute_url(), entry.get_absolute_url(), "/find/"):
        answer = client.get(path)
        assert 'name="wish"' in answer.content.decode() or path == "/find/"
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not answer.cookies


def test_with_a_login_the_press_needs_its_token(resident: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident)
    district = DistrictFactory()
    assert press(client, f"follow:{district.uuid}").status_code == 403
    html = client.get(district.get_absolute_url()).content.decode()
    assert "csrfmiddlewaretoken" in html
    token = client.cookies["csrftoken"].value
    client.post("/mypage/wish/", {"wish": f"follow:{district.uuid}", "csrfmiddlewaretoken": token})
    assert resident.followed_districts.count() == 1


def test_another_site_cannot_leave_wishes(client: Client) -> None:
    answer = press(client, f"follow:{uuid.uuid4()}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("wish", ["", "x", "keep", "keep:", "rob:bank", "keep:\x00", "save:" + "q" * 2000])
def test_what_is_no_wish_is_refused(resident_client: Client, wish: str) -> None:
    assert press(resident_client, wish).status_code == 400


@pytest.mark.parametrize(
    "wish", ["follow:1", "follow:" + str(uuid.UUID(int=5)), "keep:ZZZZZ", "save:x=y", "save:page=2"]
)
def test_what_cannot_be_had_is_said(resident_client: Client, wish: str) -> None:
    answer = resident_client.post("/mypage/wish/", {"wish": wish, "next": "/districts/"}, follow=True)
    assert answer.status_code == 200
    assert "notice--warning" in answer.content.decode()


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "", "/\\evil"]
)
def test_one_comes_back_to_this_site_only(resident_client: Client, back: str) -> None:
    district = DistrictFactory()
    assert press(resident_client, f"follow:{district.uuid}", back)["Location"] == "/mypage/"


def test_a_draft_cannot_be_kept(resident: User, resident_client: Client) -> None:
    entry = ResourceFactory()
    Resource.objects.filter(pk=entry.pk).update(live=False)
    press(resident_client, f"keep:{entry.code}")
    assert not resident.favourites.exists()


def test_wishes_are_pressed_not_opened(resident_client: Client) -> None:
    assert resident_client.get("/mypage/wish/").status_code == 405
