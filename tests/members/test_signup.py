"""Making an account."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from members.models import User
from tests.factories.members import UserFactory
from tests.members.mailed import code_for, last_mail_to, wrong

pytestmark = pytest.mark.django_db

SIGNUP, CONFIRM = "/account/signup/", "/account/confirm/"


def test_an_address_and_its_code_are_enough(client: Client) -> None:
    assert client.post(SIGNUP, {"email": "hana@example.jp"}).url == CONFIRM
    assert "_auth_user_id" not in client.session
    assert client.post(CONFIRM, {"code": code_for("hana@example.jp")}).url == "/mypage/"
    user = User.objects.get(email="hana@example.jp")
    assert int(client.session["_auth_user_id"]) == user.pk
    assert not user.has_usable_password()
    assert user.emailaddress_set.get().verified


def test_name_and_password_are_kept_when_given(client: Client) -> None:
    data = {"email": "hana@example.jp", "name": "はな", "password1": "harunokaze-3"}
    client.post(SIGNUP, data)
    client.post(CONFIRM, {"code": code_for("hana@example.jp")})
    user = User.objects.get(email="hana@example.jp")
    assert (user.name, user.check_password("harunokaze-3")) == ("はな", True)


@pytest.mark.parametrize("password", ["12345678", "password", "short1", "hana@example.jp"])
def test_a_weak_password_is_explained_in_japanese(client: Client, password: str) -> None:
    response = client.post(SIGNUP, {"email": "hana@example.jp", "password1": password})
    errors = response.context["form"].errors["password1"]
    assert "パスワード" in errors[0]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ", "hana@example.jp"),
        (" foo..bar@docomo.ne.jp ", "foo..bar@docomo.ne.jp"),
        (".foo.@ezweb.ne.jp", ".foo.@ezweb.ne.jp"),
    ],
)
def test_addresses_as_people_type_them(client: Client, typed: str, kept: str) -> None:
    client.post(SIGNUP, {"email": typed})
    client.post(CONFIRM, {"code": code_for(kept)})
    assert User.objects.get().email == kept


@pytest.mark.parametrize(
    "typed", ["", "hana", "hana@", "@example.jp", "a b@c", "hana@example", "あ@い", "x" * 300]
)
def test_what_is_no_address_is_refused_in_japanese_and_kept(client: Client, typed: str) -> None:
    response = client.post(SIGNUP, {"email": typed, "name": "はな"})
    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert 'value="はな"' in response.content.decode()


def test_a_known_address_gets_the_same_answer_and_a_mail_that_says_so(client: Client) -> None:
    UserFactory(email="hana@example.jp", name="もとの名")
    assert client.post(SIGNUP, {"email": "HANA@example.jp", "name": "べつの人"}).url == CONFIRM
    page = client.get(CONFIRM).content.decode()
    assert "hana@example.jp</b> に、6けたの番号" in page
    assert "すでに登録" in last_mail_to("hana@example.jp")
    assert "番号がちがいます" in client.post(CONFIRM, {"code": "123456"}).content.decode()
    assert User.objects.get().name == "もとの名"


def test_a_wrong_code_confirms_nothing(client: Client) -> None:
    client.post(SIGNUP, {"email": "hana@example.jp"})
    client.post(CONFIRM, {"code": wrong(code_for("hana@example.jp"))})
    assert not User.objects.get().emailaddress_set.get().verified
    assert "_auth_user_id" not in client.session


def test_whoever_lost_the_window_logs_in_by_code(client: Client) -> None:
    Client().post(SIGNUP, {"email": "hana@example.jp"})
    client.post("/login/", {"login": "hana@example.jp"})
    client.post("/login/code/", {"code": code_for("hana@example.jp")})
    assert User.objects.get().emailaddress_set.get().verified
    assert "_auth_user_id" in client.session


def test_a_mistyped_address_can_be_mended(client: Client) -> None:
    client.post(SIGNUP, {"email": "hanna@example.jp"})
    assert client.post("/account/logout/", {"next": SIGNUP}).url == SIGNUP
    client.post(SIGNUP, {"email": "hana@example.jp"})
    client.post(CONFIRM, {"code": code_for("hana@example.jp")})
    assert int(client.session["_auth_user_id"]) == User.objects.get(email="hana@example.jp").pk


def test_machines_that_fill_every_field_make_nothing(client: Client) -> None:
    response = client.post(SIGNUP, {"email": "hana@example.jp", "homepage": "http://x.example"})
    assert response.url == CONFIRM
    assert not User.objects.exists()
    assert not mail.outbox


def test_the_mail_says_what_to_do_and_who_sent_it(client: Client) -> None:
    client.post(SIGNUP, {"email": "hana@example.jp"})
    text = last_mail_to("hana@example.jp")
    assert text.startswith("【つなぐ】メールアドレスの確認")
    for words in ("30分間", "お心あたりのないとき", "窓口"):
        assert words in text
    page = client.get(CONFIRM).content.decode()
    assert "迷惑メール" in page
    assert "ドメイン指定受信" in page
    assert "tsunagu@example.jp" in page
