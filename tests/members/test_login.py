"""Logging in: by mailed code, by password; and what strangers learn from it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from members.models import User
from tests.factories.members import PASSWORD, UserFactory
from tests.members.mailed import code_for, last_mail_to, wrong

pytestmark = pytest.mark.django_db

LOGIN, CODE = "/login/", "/login/code/"
ASK_AGAIN = "/account/login/code/"  # leads to LOGIN


def test_password_leads_to_ones_own_page_which_nobody_keeps(client: Client) -> None:
    user = UserFactory(email="hito@example.jp", name="見本の人")
    response = client.post(LOGIN, {"login": " HITO＠example.jp", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/mypage/"
    assert user.name in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_without_password_a_mailed_code_logs_in(client: Client) -> None:
    user = UserFactory(email="hito@example.jp")
    assert client.post(LOGIN, {"login": user.email}).url == CODE
    assert "電話やメールでほかの人に教えないで" in last_mail_to(user.email)
    response = client.post(CODE, {"code": code_for(user.email)})
    assert response.url == "/mypage/"
    assert int(client.session["_auth_user_id"]) == user.pk


def test_a_code_typed_full_width_with_spaces_is_the_same_code(client: Client) -> None:
    client.post(LOGIN, {"login": UserFactory(email="hito@example.jp").email})
    digits = code_for("hito@example.jp").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert client.post(CODE, {"code": f" {digits[:3]} {digits[3:]} "}).url == "/mypage/"


def test_a_code_works_only_in_the_browser_that_asked_and_only_once(client: Client) -> None:
    user = UserFactory(email="hito@example.jp")
    client.post(LOGIN, {"login": user.email})
    code = code_for(user.email)
    assert Client().post(CODE, {"code": code}).url == ASK_AGAIN
    assert client.post(CODE, {"code": code}).url == "/mypage/"
    client.post("/logout/")
    assert client.post(CODE, {"code": code}).url == ASK_AGAIN
    assert "_auth_user_id" not in client.session


def test_a_code_is_lost_after_five_wrong_ones(client: Client) -> None:
    user = UserFactory(email="hito@example.jp")
    client.post(LOGIN, {"login": user.email})
    code = code_for(user.email)
    for _attempt in range(4):
        assert "番号がちがいます" in client.post(CODE, {"code": wrong(code)}).content.decode()
    assert client.post(CODE, {"code": wrong(code)}).url == ASK_AGAIN
    assert client.post(CODE, {"code": code}).url == ASK_AGAIN


def test_a_code_is_too_old_after_a_quarter_of_an_hour(client: Client, fixed_clock) -> None:
    user = UserFactory(email="hito@example.jp")
    client.post(LOGIN, {"login": user.email})
    fixed_clock.shift(15 * 60 + 1)
    assert client.post(CODE, {"code": code_for(user.email)}).url == ASK_AGAIN


def _visible(response: HttpResponse) -> str:
    """The page without its tokens."""
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.select("input[name=csrfmiddlewaretoken]"):
        hidden.decompose()
    return str(page.main)


def test_known_and_unknown_addresses_get_the_same_pages_and_one_mail_each() -> None:
    UserFactory(email="siru0@example.jp")
    answers = {}
    for address in ("siru0@example.jp", "shira@example.jp"):
        mail.outbox.clear()
        browser = Client()
        first = browser.post(LOGIN, {"login": address})
        page, failed = browser.get(CODE), browser.post(CODE, {"code": "abcdef"})
        password = Client().post(LOGIN, {"login": address, "password": "x"})
        answers[address] = [first.url] + [
            _visible(each).replace(address, "ADDRESS") for each in (page, failed, password)
        ]
        assert [message.to for message in mail.outbox] == [[address]]
    assert answers["siru0@example.jp"] == answers["shira@example.jp"]


def test_no_code_in_a_subject(client: Client) -> None:
    client.post(LOGIN, {"login": UserFactory(email="hito@example.jp").email})
    assert mail.outbox[-1].subject == "【つなぐ】ログインの番号"


def test_what_was_typed_is_kept_but_not_the_password(client: Client) -> None:
    html = client.post(LOGIN, {"login": "nobody@example.jp", "password": "himitsu"}).content.decode()
    assert "nobody@example.jp" in html
    assert "himitsu" not in html


@pytest.mark.parametrize(("remember", "until_the_window_closes"), [("on", False), ("", True)])
def test_only_whoever_asks_stays_logged_in(remember: str, until_the_window_closes: bool) -> None:
    user = UserFactory(email="hito@example.jp")
    by_password, by_code = Client(), Client()
    by_password.post(LOGIN, {"login": user.email, "password": PASSWORD, "remember": remember})
    by_code.post(LOGIN, {"login": user.email, "remember": remember})
    by_code.post(CODE, {"code": code_for(user.email)})
    for browser in (by_password, by_code):
        assert "_auth_user_id" in browser.session
        assert browser.session.get_expire_at_browser_close() is until_the_window_closes


def test_guessing_passwords_ends_soon_even_from_many_places_and_after_a_restart() -> None:
    user = UserFactory(email="hito@example.jp")
    for place in range(5):
        Client(REMOTE_ADDR=f"203.0.113.{place}").post(LOGIN, {"login": user.email, "password": "x"})
    caches["default"].clear()  # the memory of a process that was started again
    browser = Client(REMOTE_ADDR="203.0.113.99")
    response = browser.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert "まちがいが続きました" in response.content.decode()
    assert "_auth_user_id" not in browser.session


def test_mails_to_one_address_are_few_whoever_asks() -> None:
    for place in range(5):
        Client(REMOTE_ADDR=f"203.0.113.{place}").post(LOGIN, {"login": "hito@example.jp"})
    assert len(mail.outbox) == 3


def test_visitors_behind_our_proxy_do_not_use_up_each_others_tries(settings) -> None:
    settings.PROXIES_IN_FRONT = 1
    for _try in range(31):
        Client(HTTP_X_FORWARDED_FOR="203.0.113.1").post(LOGIN, {"login": "x"})
    refused = Client(HTTP_X_FORWARDED_FOR="203.0.113.1").post(LOGIN, {"login": "x"})
    assert refused.status_code == 429
    assert "少しお待ちください" in refused.content.decode()
    assert Client(HTTP_X_FORWARDED_FOR="203.0.113.2").post(LOGIN, {"login": "x"}).status_code == 200


def test_a_stopped_account_is_out_at_once_and_gets_no_code(client: Client) -> None:
    user = UserFactory(email="hito@example.jp")
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/mypage/").url == "/login/?next=/mypage/"
    browser = Client()
    browser.post(LOGIN, {"login": user.email})
    assert "登録がありません" in last_mail_to(user.email)
    assert browser.post(LOGIN, {"login": user.email, "password": PASSWORD}).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_the_way_back_is_kept_through_the_code(client: Client) -> None:
    user = UserFactory(email="hito@example.jp")
    there = client.post(LOGIN, {"login": user.email, "next": "/account/"})
    assert there.url == "/login/code/?next=%2Faccount%2F"
    assert client.post(there.url, {"code": code_for(user.email), "next": "/account/"}).url == "/account/"


def test_nobody_is_sent_to_another_site(client: Client) -> None:
    user = UserFactory(email="hito@example.jp")
    data = {"login": user.email, "password": PASSWORD, "next": "https://warui.example/"}
    assert client.post(LOGIN, data).url == "/mypage/"


def test_a_password_set_before_the_address_was_proven_is_forgotten_when_the_owner_comes(
    client: Client,
) -> None:
    """A stranger signs up with somebody's address and a password, and waits."""
    stranger = Client()
    stranger.post("/account/signup/", {"email": "hito@example.jp", "password1": "machibuse-9"})
    client.post(LOGIN, {"login": "hito@example.jp"})
    client.post(CODE, {"code": code_for("hito@example.jp")})
    assert int(client.session["_auth_user_id"]) == User.objects.get(email="hito@example.jp").pk
    Client().post(LOGIN, {"login": "hito@example.jp", "password": "machibuse-9"})
    assert not User.objects.get(email="hito@example.jp").has_usable_password()


def test_ones_own_page_needs_a_login(client: Client) -> None:
    assert client.get("/mypage/")["Location"] == "/login/?next=/mypage/"


def test_the_logout_address_typed_by_hand_asks_first(resident_client) -> None:
    page = resident_client.get("/logout/")
    assert page.status_code == 200
    assert "ログアウトする" in page.content.decode()
    assert resident_client.get("/account/").status_code == 200
    assert resident_client.post("/logout/").status_code == 302
    assert resident_client.get("/account/").status_code == 302
