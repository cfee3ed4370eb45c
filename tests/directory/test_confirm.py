"""Answering an ask without a login: by the link in a mail, by the code on paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from directory.ask_tokens import code_token, mail_token
from directory.choices import AskAnswer, AskState, LifeStatus, VerificationMethod
from directory.form_protection import QUOTA
from directory.models import MistakeReport, Resource, Verification, VerificationAsk
from directory.services.ask_answers import confirm_unchanged
from directory.services.ask_following import hide
from tests.factories.asks import AskFactory
from tests.factories.directory import OrganizationFactory, ResourceContactFactory, ResourceFactory
from tests.factories.members import StaffAssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


@pytest.fixture(autouse=True)
def _fresh_counts(db) -> None:
    caches["durable"].clear()


@pytest.fixture
def ask() -> VerificationAsk:
    organization = OrganizationFactory(name="ひだまりの会")
    resource = ResourceFactory(name="ひだまりサロン", organization=organization, verified_on=date(2026, 3, 1))
    ResourceContactFactory(resource=resource, name="受付の山", audience="public")
    ResourceContactFactory(resource=resource, name="ひみつの山", audience="staff")
    return AskFactory(resource=resource)


def link(ask: VerificationAsk, name: str = "confirm") -> str:
    return reverse(f"directory:{name}", args=[mail_token(ask)])


def test_the_link_shows_what_the_public_sees_and_two_clear_buttons(client, ask) -> None:
    response = client.get(link(ask))
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert "ひだまりサロン" in page.main.text
    assert "受付の山" in page.main.text
    assert "ひみつの山" not in page.text
    assert [button.text.strip() for button in page.select("button[name=answer]")] == [
        "変わりありません",
        "終わりました",
    ]


def test_looking_changes_nothing(client, ask) -> None:
    for name in ("confirm", "confirm_changed", "confirm_all"):
        for method in (client.get, client.head):
            method(link(ask, name))
    ask.refresh_from_db()
    assert ask.state == AskState.WAITING
    assert not Verification.objects.exists()
    assert not MistakeReport.objects.exists()


def test_the_page_is_not_kept_and_tells_others_no_address(client, ask) -> None:
    for name in ("confirm", "confirm_changed", "confirm_all"):
        response = client.get(link(ask, name))
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"


def test_one_button_proves_the_entry(client, ask) -> None:
    response = client.post(link(ask), {"answer": "same"}, follow=True)
    assert "お返事をいただきました" in response.content.decode()
    resource = Resource.objects.get()
    record = Verification.objects.get()
    assert (record.method, record.result, record.person) == (VerificationMethod.OWNER, "confirmed", None)
    assert (resource.verified_on, resource.verified_by) == (date(2026, 11, 20), "ひだまりの会")
    assert (
        "2026年11月20日にひだまりの会が確認しました"
        in client.get(resource.get_absolute_url()).content.decode()
    )


def test_twice_the_button_is_one_proof_and_the_same_page(client, ask) -> None:
    pages = [client.post(link(ask), {"answer": "same"}, follow=True) for _i in range(3)]
    assert {page.status_code for page in pages} == {200}
    assert Verification.objects.count() == 1


def test_an_answer_that_is_none_of_ours_changes_nothing(client, ask) -> None:
    for data in ({}, {"answer": "delete"}, {"answer": "\x00"}):
        assert client.post(link(ask), data).status_code == 302
    ask.refresh_from_db()
    assert ask.state == AskState.WAITING


def test_changed_is_work_for_staff_and_no_proof(client, ask) -> None:
    data = {"field_group": "schedule", "message": "第2金曜になりました"}
    client.post(link(ask, "confirm_changed"), data)
    client.post(link(ask, "confirm_changed"), data)
    report = MistakeReport.objects.get()
    assert "第2金曜になりました" in report.message
    assert report.reply_to == "group@example.jp"
    assert not Verification.objects.exists()
    ask.refresh_from_db()
    assert (ask.state, ask.answer) == (AskState.ANSWERED, AskAnswer.CHANGED)


def test_what_was_typed_stays_when_something_is_missing(client, ask) -> None:
    response = client.post(link(ask, "confirm_changed"), {"message": "第2金曜に"})
    assert response.status_code == 422
    assert "第2金曜に" in response.content.decode()


def test_ended_is_for_staff_to_decide(client, ask) -> None:
    client.post(link(ask), {"answer": "ended"})
    resource = Resource.objects.get()
    assert resource.life_status == LifeStatus.ACTIVE
    assert "終え" in MistakeReport.objects.get().message
    assert not Verification.objects.exists()


@pytest.mark.parametrize("name", ["confirm", "confirm_changed", "confirm_all"])
def test_a_link_that_was_tampered_with_opens_nothing(client, ask, name) -> None:
    token = mail_token(ask)
    other = AskFactory()
    wrong = [
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token.replace(ask.code, other.code),
        "x",
        "a:b:c",
    ]
    for text in wrong:
        assert client.get(reverse(f"directory:{name}", args=[text])).status_code == 404
        assert client.post(reverse(f"directory:{name}", args=[text]), {"answer": "same"}).status_code == 404
    assert not Verification.objects.exists()


def test_a_link_ends_after_ninety_days(client, ask, fixed_clock) -> None:
    url = link(ask)
    fixed_clock.shift(timedelta(days=90))
    assert client.get(url).status_code == 200
    fixed_clock.shift(timedelta(seconds=1))
    response = client.post(url, {"answer": "same"})
    assert response.status_code == 410
    assert "期限が過ぎました" in response.content.decode()
    assert not Verification.objects.exists()


def test_a_link_of_a_former_address_opens_nothing(client, ask) -> None:
    url = link(ask)
    VerificationAsk.objects.update(sent_to="new@example.jp")
    assert client.get(url).status_code == 404


def test_the_link_of_an_old_ask_does_not_answer_the_new_one(client, ask) -> None:
    url = link(ask)
    confirm_unchanged(ask)
    new = AskFactory(resource=ask.resource)
    client.post(url, {"answer": "same"})
    new.refresh_from_db()
    assert new.state == AskState.WAITING
    assert Verification.objects.count() == 1


def test_a_hidden_entry_comes_back_with_the_button(client, ask) -> None:
    hide(ask.resource)
    assert "いまは公開を止めています" in client.get(link(ask)).content.decode()
    client.post(link(ask), {"answer": "same"})
    assert client.get(ask.resource.get_absolute_url()).status_code == 200


def test_a_draft_shows_nothing_through_a_link(client, ask) -> None:
    Resource.objects.update(live=False)
    assert client.get(link(ask)).status_code == 404


def test_all_entries_of_an_address_with_one_button(client, ask) -> None:
    second, foreign = AskFactory(), AskFactory(sent_to="else@example.jp")
    page = BeautifulSoup(client.get(link(ask, "confirm_all")).content, "html.parser").main.text
    assert second.resource.name in page
    assert foreign.resource.name not in page
    url = link(ask, "confirm_all")
    client.post(url, {"ask": [ask.code, second.code, foreign.code]})
    client.post(url, {"ask": [ask.code, second.code, foreign.code]})
    assert set(Verification.objects.values_list("resource", flat=True)) == {
        ask.resource_id,
        second.resource_id,
    }
    assert Verification.objects.count() == 2


def test_what_came_after_the_page_was_shown_is_not_confirmed_by_it(client, ask) -> None:
    later = AskFactory()
    client.post(link(ask, "confirm_all"), {"ask": [ask.code]})
    later.refresh_from_db()
    assert later.state == AskState.WAITING


# The code on paper


def _type(client: Client, code: str):
    page = BeautifulSoup(client.get("/confirm/").content, "html.parser")
    token = page.select_one("input[name=token]")["value"]
    return client.post("/confirm/", {"code": code, "token": token, "homepage": ""})


def test_the_code_is_found_however_it_is_typed(client, ask) -> None:
    small = f"{ask.code[:4]}ー{ask.code[4:]}".lower()
    for typed in (ask.code, f" {ask.code[:4]}-{ask.code[4:]} ", small):
        response = _type(client, typed)
        assert response.status_code == 302, typed
    page = BeautifulSoup(client.get(response["Location"]).content, "html.parser")
    assert ask.resource.name in page.main.text


def test_the_code_alone_neither_ends_an_entry_nor_shows_others(client, ask) -> None:
    other = AskFactory(resource__name="よそのサロン")
    token = code_token(ask)
    page = client.get(reverse("directory:confirm", args=[token])).content.decode()
    assert "終わりました" not in page
    assert other.resource.name not in page
    client.post(reverse("directory:confirm", args=[token]), {"answer": "ended"})
    ask.refresh_from_db()
    assert ask.state == AskState.WAITING
    assert client.get(reverse("directory:confirm_all", args=[token])).status_code == 404


def test_the_code_is_enough_to_say_that_nothing_changed(client, ask) -> None:
    client.post(_type(client, ask.code)["Location"], {"answer": "same"})
    assert Verification.objects.get().by_label == "ひだまりの会"


def test_the_page_of_a_code_lasts_an_hour(client, ask, fixed_clock) -> None:
    url = reverse("directory:confirm", args=[code_token(ask)])
    fixed_clock.shift(timedelta(hours=1, seconds=1))
    assert client.get(url).status_code == 410


def test_guessing_codes_ends_soon(client, ask) -> None:
    for _i in range(QUOTA):
        assert _type(client, "22222222").status_code == 422
    assert _type(client, ask.code).status_code == 429


@pytest.mark.parametrize("code", ["", "短い", "7K3Q", "\x00", "7K3QFABC" * 100, "' OR 1=1"])
def test_a_wrong_code_is_told_and_kept(client, ask, code) -> None:
    assert _type(client, code).status_code == 422


def test_a_machine_that_fills_every_field_gets_nowhere(client, ask) -> None:
    page = BeautifulSoup(client.get("/confirm/").content, "html.parser")
    token = page.select_one("input[name=token]")["value"]
    response = client.post("/confirm/", {"code": ask.code, "token": token, "homepage": "http://x"})
    assert response.status_code == 422


# The sheet


def test_only_staff_of_the_place_print_the_sheet(client, ask, client_of) -> None:
    url = reverse("directory:ask_sheet", args=[ask.code])
    assert client.get(url).status_code == 404
    own = StaffAssignmentFactory(area=ask.resource.district).user
    response = client_of(own).get(url)
    assert response.status_code == 200
    page = response.content.decode()
    assert f"{ask.code[:4]}-{ask.code[4:]}" in page
    assert "ひみつの山" not in page
    assert client_of(StaffAssignmentFactory().user).get(url).status_code == 404
    assert client_of(own).get(reverse("directory:ask_qr", args=[ask.code])).status_code == 200


def test_the_owner_of_the_group_is_led_to_the_own_form(client_of, ask) -> None:
    owner = UserFactory()
    ask.resource.organization.members.create(user=owner, role="owner")
    own = f"/group/{ask.resource.organization.code}/"
    assert own in client_of(owner).get(link(ask, "confirm_changed")).content.decode()
    assert own not in client_of(UserFactory()).get(link(ask, "confirm_changed")).content.decode()
