"""Changing what protects an account: password, address, sessions."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from members.models import User
from tests.factories.members import PASSWORD, UserFactory
from tests.members.mailed import code_for, last_mail_to

pytestmark = pytest.mark.django_db

NEW = "harunokaze-3"


@pytest.fixture
def user() -> User:
    return UserFactory(email="hito@example.jp")


@pytest.fixture
def browser(user: User) -> Client:
    """Logged in by password a moment ago, and confirmed again."""
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def elsewhere(user: User) -> Client:
    """The same person's other device."""
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    return client


def is_logged_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_new_password_ends_every_other_session_and_is_told_by_mail(browser, elsewhere, user) -> None:
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/account/password/change/", data).url == "/account/"
    assert (is_logged_in(browser), is_logged_in(elsewhere)) == (True, False)
    assert "パスワードが変わりました" in last_mail_to(user.email)


def test_the_button_logs_out_everywhere_else(browser, elsewhere) -> None:
    assert browser.get("/account/logout-everywhere/").status_code == 405
    browser.post("/account/logout-everywhere/")
    assert (is_logged_in(browser), is_logged_in(elsewhere)) == (True, False)


def test_a_forgotten_password_is_replaced_by_code(user, elsewhere, client) -> None:
    assert (
        client.post("/account/password/reset/", {"email": user.email}).url == "/account/password/reset/code/"
    )
    done = client.post("/account/password/reset/code/", {"code": code_for(user.email)})
    done = client.post(done.url, {"password1": NEW, "password2": NEW}, follow=True)
    assert "パスワードを決めました" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not is_logged_in(elsewhere)


def test_a_forgotten_password_of_nobody_looks_the_same(client) -> None:
    there = client.post("/account/password/reset/", {"email": "nobody@example.jp"})
    assert there.url == "/account/password/reset/code/"
    assert "6けたの番号" in client.get(there.url).content.decode()
    assert "登録がありません" in last_mail_to("nobody@example.jp")


def test_a_first_password_can_be_set(user) -> None:
    user.set_unusable_password()
    user.save()
    client = Client()
    client.post("/login/", {"login": user.email})
    client.post("/login/code/", {"code": code_for(user.email)})
    client.post("/account/password/set/", {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert is_logged_in(client)


def test_a_new_address_counts_once_its_code_is_typed(browser, user) -> None:
    browser.post("/account/email/", {"action_add": "", "email": "Ａtarashii@example.jp"})
    user.refresh_from_db()
    assert user.email == "hito@example.jp"
    browser.post("/account/confirm/", {"code": code_for("atarashii@example.jp")})
    user.refresh_from_db()
    assert user.email == "atarashii@example.jp"
    assert [row.email for row in user.emailaddress_set.all()] == ["atarashii@example.jp"]
    assert "atarashii@example.jp" in last_mail_to("hito@example.jp")


def test_an_address_somebody_else_has_is_not_told_and_not_taken(browser, user) -> None:
    UserFactory(email="hoka@example.jp")
    there = browser.post("/account/email/", {"action_add": "", "email": "hoka@example.jp"})
    assert there.url == "/account/confirm/"
    browser.post("/account/confirm/", {"code": code_for("hoka@example.jp")})
    user.refresh_from_db()
    assert user.email == "hito@example.jp"


def test_important_changes_ask_again_who_it_is(user, elsewhere) -> None:
    refused = elsewhere.post("/account/email/", {"action_add": "", "email": "x@example.jp"})
    assert refused.url.startswith("/account/reauthenticate/")
    assert elsewhere.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")


@pytest.mark.parametrize(
    "path",
    ["/account/", "/account/email/", "/account/password/change/", "/account/2fa/", "/account/2fa/webauthn/"],
)
def test_strangers_are_asked_to_log_in_and_nothing_is_kept(client, browser, path) -> None:
    assert client.get(path).url == f"/login/?next={path}"
    assert "no-store" in browser.get(path)["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/account/email/",
        "/account/password/set/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/add/",
    ],
)
def test_whoever_has_no_password_logs_in_anew_before_important_changes(
    user, client, fixed_clock, path
) -> None:
    user.set_unusable_password()
    user.save()
    client.post("/login/", {"login": user.email})
    client.post("/login/code/", {"code": code_for(user.email)})
    assert client.get(path).status_code == 200
    fixed_clock.shift(15 * 60 + 1)
    assert client.get(path).url == f"/login/?next={path.replace('/', '%2F')}"
    assert "もう一度ログイン" in client.get("/login/").content.decode()


def test_a_new_account_may_add_a_passkey_at_once(client) -> None:
    client.post("/account/signup/", {"email": "hana@example.jp"})
    client.post("/account/confirm/", {"code": code_for("hana@example.jp")})
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_a_lost_device_is_removed_at_the_console(user, elsewhere, capsys) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    call_command("remove_second_factor", "HITO＠example.jp")
    assert "1 removed" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert not is_logged_in(elsewhere)
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "nobody@example.jp")
