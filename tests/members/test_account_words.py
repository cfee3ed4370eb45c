"""Account pages and mails speak Japanese, and the same work is done for known and unknown addresses."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from members.models import User
from tests.directory.test_admin_words import english_in
from tests.factories.members import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

OPEN = [
    "/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/inactive/",
    "/account/password/reset/done/",
]
#: Setting up an app names products and shows a key: not here.
OWN = [
    "/account/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/recovery-codes/generate/",
    "/account/logout/",
]
#: Path → what is typed wrongly.
WRONG = {
    "/login/": {"login": "x", "password": "y"},
    "/account/signup/": {"email": "x", "password1": "password"},
    "/account/password/reset/": {"email": ""},
    "/account/password/change/": {"oldpassword": "x", "password1": "12345678", "password2": "y"},
    "/account/email/": {"action_add": "", "email": "x"},
    "/account/2fa/totp/activate/": {"code": ""},
    "/account/reauthenticate/": {"password": "x"},
}


@pytest.fixture
def user() -> User:
    return UserFactory(email="hito@example.jp")


@pytest.fixture
def browser(user: User) -> Client:
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_are_japanese(client: Client, path: str) -> None:
    assert english_in(client.get(path).content.decode()) == []


@pytest.mark.parametrize("path", OWN)
def test_own_pages_are_japanese(browser: Client, path: str) -> None:
    assert english_in(browser.get(path).content.decode()) == []


@pytest.mark.parametrize("path", list(WRONG))
def test_errors_are_japanese(browser: Client, path: str) -> None:
    client = Client() if path in OPEN else browser
    response = client.post(path, WRONG[path])
    assert response.status_code == 200
    errors = [error for found in response.context["form"].errors.values() for error in found]
    assert errors
    assert english_in("".join(f"<p>{error}</p>" for error in errors)) == []


def test_pages_about_keys_are_japanese(browser: Client, user: User) -> None:
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for path in ("recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/", ""):
        assert english_in(browser.get(f"/account/2fa/{path}").content.decode()) == [], path


def test_every_mail_is_japanese_text_with_a_short_subject(browser: Client, user: User) -> None:
    new = "harunokaze-3"
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    browser.post("/account/email/", {"action_add": "", "email": "atarashii@example.jp"})
    for data in ({"login": user.email}, {"login": "nobody@example.jp"}):
        Client().post("/login/", data)
    Client().post("/account/signup/", {"email": user.email})
    Client().post("/account/password/reset/", {"email": user.email})
    assert len(mail.outbox) == 6
    for message in mail.outbox:
        assert message.subject.startswith(f"【{settings.WAGTAIL_SITE_NAME}】")
        assert len(message.subject) <= 24
        assert not getattr(message, "alternatives", [])
        words = [word for word in message.body.split() if word.isascii() and word.isalpha() and len(word) > 2]
        assert words == []


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/login/", "login", {"password": "x"}),
        ("/login/", "login", {}),
        ("/account/signup/", "email", {"password1": "harunokaze-3"}),
        ("/account/signup/", "email", {}),
        ("/account/password/reset/", "email", {}),
    ],
)
def test_passwords_are_hashed_as_often_for_known_as_for_unknown_addresses(
    user: User, monkeypatch: pytest.MonkeyPatch, path: str, field: str, more: dict[str, str]
) -> None:
    """Hashing is what takes long; nothing else differs by more than a row."""
    hashed: list[int] = []
    encode = MD5PasswordHasher.encode

    def counted(*args: str) -> str:
        hashed[-1] += 1
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for address in (user.email, "nobody@example.jp"):
        hashed.append(0)
        Client().post(path, {field: address, **more})
    assert hashed[0] == hashed[1]
