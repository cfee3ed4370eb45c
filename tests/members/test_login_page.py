"""Logging in and one's own page."""

import pytest
from django.test import Client

from tests.factories.members import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_login_leads_to_ones_own_page_which_nobody_keeps(client: Client) -> None:
    user = UserFactory(email="hito@example.jp", name="見本の人")
    response = client.post("/login/", {"username": "HITO@example.jp", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/mypage/"
    assert user.name in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    UserFactory(email="hito@example.jp")
    answers = {
        client.post("/login/", {"username": address, "password": "x"}).content.decode().count("がちがいます")
        for address in ("hito@example.jp", "nobody@example.jp")
    }
    assert answers == {1}


def test_what_was_typed_is_kept_but_not_the_password(client: Client) -> None:
    html = client.post("/login/", {"username": "nobody@example.jp", "password": "himitsu"}).content.decode()
    assert "nobody@example.jp" in html
    assert "himitsu" not in html


def test_ones_own_page_needs_a_login(client: Client) -> None:
    assert client.get("/mypage/")["Location"] == "/login/?next=/mypage/"


def test_logging_out_needs_a_press_not_a_link(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
