"""The public form, the number people read out, and one's own page behind the secret link."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from icalendar import Calendar

from events.models import Event, EventContact, SignUp
from events.services.date_changes import cancel_date
from events.services.signup_changes import cancel_signup
from events.signup_tokens import token_of
from tests.factories.members import UserFactory

from .signup_world import open_event, take_part, taken_and_seated

pytestmark = pytest.mark.django_db

SAID = {"name": "はな", "email": "hana@example.jp", "party_size": "1"}


@pytest.fixture(autouse=True)
def _a_new_hour() -> None:
    caches["durable"].clear()


def address(event: Event) -> str:
    return f"/e/{event.code}/signup/{event.dates.first().uuid}/"


def opened(client: Client, url: str, clock) -> str:
    """The token of the form, read for a minute."""
    token = client.get(url).context["form"]["token"].value()
    clock.shift(60)
    return token


def sent(client: Client, event: Event, clock, **said: object):
    url = address(event)
    return client.post(url, SAID | {"token": opened(client, url, clock), "do": "send"} | said)


def test_from_the_form_over_the_last_look_to_the_number(client, fixed_clock) -> None:
    event = open_event(joining_text="会議の番号は 123", capacity=5)
    said = SAID | {"token": opened(client, address(event), fixed_clock), "note": "<b>よろしく</b>"}
    look = client.post(address(event), said | {"do": "check"})
    assert look.status_code == 200
    assert not SignUp.objects.exists()
    assert "&lt;b&gt;よろしく" in look.content.decode()
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', look.content.decode()))
    kept["note"] = said["note"]
    answer = client.post(address(event), kept | {"do": "send"}, follow=True)
    row = SignUp.objects.get()
    page = answer.content.decode()
    assert f"{row.receipt[:4]}-{row.receipt[4:]}" in page
    assert "会議の番号は 123" in page
    assert answer.headers["Cache-Control"].count("no-store") == 1
    assert (row.name, row.note, row.state) == ("はな", "<b>よろしく</b>", "confirmed")
    assert token_of(row) in mail.outbox[0].body
    assert "会議の番号は 123" in mail.outbox[0].body


def test_two_clicks_are_one_signup(client, fixed_clock) -> None:
    event = open_event()
    said = SAID | {"token": opened(client, address(event), fixed_clock), "do": "send"}
    assert client.post(address(event), said).url == client.post(address(event), said).url
    assert SignUp.objects.count() == len(mail.outbox) == 1


def test_the_same_address_is_told_so_and_sees_nothing_of_the_other(client, fixed_clock) -> None:
    event = open_event()
    first = take_part(event, "hana", name="ひみつの名前", phone="03-0000-0000")
    answers = [sent(Client(), event, fixed_clock) for _i in range(2)]
    page = answers[0].content.decode()
    assert answers[0].status_code == 409
    assert "もう申し込んでいます" in page
    assert not [word for word in ("ひみつの名前", first.receipt[:4], token_of(first)) if word in page]
    assert [message.to for message in mail.outbox] == [["hana@example.jp"]] * 2, "once more, not twice more"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, fixed_clock) -> None:
    event = open_event(needs_asked=["wheelchair"])
    said = {"name": "", "email": "hana@", "phone": "12", "party_size": "99", "note": "よろしく"}
    answer = client.post(address(event), said | {"needs": ["wheelchair"], "do": "check"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "email", "phone", "party_size"}
    page = answer.content.decode()
    assert "hana@" in page
    assert "よろしく" in page
    assert re.search(r'value="wheelchair"[^>]*checked', page)


def test_mail_or_telephone_one_of_the_two(client) -> None:
    event = open_event()
    answer = client.post(address(event), {"name": "はな", "party_size": "1", "do": "check"})
    assert list(answer.context["form"].errors) == ["email"]
    by_phone = {"name": "はな", "phone": "０３ー００００ー００００", "party_size": "1", "do": "check"}
    assert "03-0000-0000" in client.post(address(event), by_phone).content.decode()


def test_back_from_the_last_look_shows_the_form_as_it_was(client) -> None:
    answer = client.post(address(open_event()), SAID | {"name": "", "do": "edit"})
    assert answer.status_code == 200
    assert answer.context["form"]["email"].value() == "hana@example.jp"
    assert "もう一度ご確認ください" not in answer.content.decode()


@pytest.mark.parametrize("token", ["", "x", "\x00", "a:b:c"])
def test_a_form_that_is_not_ours_signs_nobody_up(client, token) -> None:
    answer = client.post(address(open_event()), SAID | {"token": token, "do": "send"})
    assert answer.status_code == 422
    assert not SignUp.objects.exists()


def test_a_form_filled_by_a_machine_is_not_taken(client, fixed_clock) -> None:
    event = open_event()
    token = client.get(address(event)).context["form"]["token"].value()
    quick = client.post(address(event), SAID | {"token": token, "do": "send"})
    trapped = sent(client, event, fixed_clock, homepage="https://example.jp/")
    assert (quick.status_code, trapped.status_code) == (422, 422)
    assert not SignUp.objects.exists()


def test_too_many_from_one_address_have_to_wait(client, fixed_clock) -> None:
    event = open_event()
    answers = [sent(client, event, fixed_clock, email=f"n{n}@example.jp").status_code for n in range(21)]
    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("policy", ["none", "phone", "outside"])
def test_where_the_site_takes_no_signups_it_says_what_to_do(client, policy) -> None:
    event = open_event(signup_policy=policy, signup_url="https://example.jp/apply")
    EventContact.objects.create(event=event, name="係", phone="03-0000-0000", audience="public")
    page = client.get(address(event)).content.decode()
    wanted = {"none": "申込みはいりません", "phone": "tel:0300000000", "outside": "https://example.jp/apply"}
    assert wanted[policy] in page
    assert client.post(address(event), SAID | {"do": "send"}).status_code == 409
    assert not SignUp.objects.exists()


def test_what_is_not_public_is_not_there(client) -> None:
    hidden = open_event(live=False)
    assert client.get(address(hidden)).status_code == 404
    assert client.get("/e/NOPE9/signup/").status_code == 404


def test_one_date_needs_no_choice_and_several_are_chosen_from(client, fixed_clock) -> None:
    one = open_event()
    assert client.get(f"/e/{one.code}/signup/").url == address(one)
    many = open_event(on=[dt.date(2026, 11, day) for day in (19, 27, 28)], capacity=1)
    take_part(many, "a", date=many.dates.all()[1])
    page = client.get(f"/e/{many.code}/signup/")
    assert [choice.state for choice in page.context["choices"]] == [
        "満員(空き待ちを受け付けています)",
        "のこり1人",
    ]


def test_the_own_page_shows_and_cancels_only_by_its_button(client) -> None:
    event = open_event(capacity=1, joining_text="会議の番号は 123")
    row, waiting = take_part(event, "a"), take_part(event, "b")
    own = f"/signup/{token_of(row)}/"
    assert "会議の番号は 123" in client.get(own).content.decode()
    assert "会議の番号は 123" not in client.get(f"/signup/{token_of(waiting)}/").content.decode()
    client.post(own)
    row.refresh_from_db()
    assert row.state == "confirmed", "neither opening nor an empty press cancels"
    client.post(own, {"do": "cancel"})
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    page = client.get(own).content.decode()
    assert "会議の番号は 123" not in page
    assert "申込みを取り消す" not in page


def test_the_own_page_changes_how_many_come_as_far_as_there_are_seats(client) -> None:
    event = open_event(capacity=3, max_party=4)
    own = f"/signup/{token_of(take_part(event, 'はな', 2))}/"

    def press(size: str):
        return client.post(own, {"do": "size", "party_size": size})

    assert press("3")["Location"] == own
    assert "人数を3人にしました" in client.get(own).content.decode()
    too_many = press("4")
    assert too_many.status_code == 422
    assert too_many.context["size_form"]["party_size"].errors == ["定員は3人です。"]
    assert 'value="4" selected' in too_many.content.decode(), "what was chosen stays chosen"
    assert press("99").status_code == press("").status_code == 422
    assert taken_and_seated(event) == (3, 3)


def test_what_is_over_is_not_cancelled_any_more(client, fixed_clock) -> None:
    row = take_part(open_event(), "a")
    fixed_clock.shift(dt.timedelta(days=8))
    own = f"/signup/{token_of(row)}/"
    assert "申込みを取り消す" not in client.get(own).content.decode()
    client.post(own, {"do": "cancel"})
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_the_own_calendar_file_is_for_those_with_a_seat(client) -> None:
    event = open_event(capacity=1, joining_text="会議の番号は 123")
    row, waiting = take_part(event, "a"), take_part(event, "b")
    file = Calendar.from_ical(client.get(f"/signup/{token_of(row)}/calendar.ics").content)
    item = next(iter(file.walk("VEVENT")))
    assert (str(item["UID"]), item["STATUS"]) == (str(event.dates.get().uuid), "CONFIRMED")
    assert "会議の番号は 123" in item["DESCRIPTION"]
    assert client.get(f"/signup/{token_of(waiting)}/calendar.ics").status_code == 404


def test_a_date_that_is_off_says_so_on_the_own_page(client) -> None:
    event = open_event()
    row = take_part(event, "a")
    cancel_date(date=event.dates.get(), reason="台風", by=None)
    page = client.get(f"/signup/{token_of(row)}/").content.decode()
    assert "この回は中止になりました" in page
    assert "台風" in page


@pytest.mark.parametrize("token", ["nobody", "x" * 500, "%00", "ひ"])
def test_a_wrong_link_is_not_found(client, token) -> None:
    assert client.get(f"/signup/{token}/").status_code == 404


def test_somebody_with_a_login_finds_it_on_the_own_page(client_of, fixed_clock) -> None:
    user, event = UserFactory(name="はな"), open_event()
    client = client_of(user)
    assert client.get(address(event)).context["form"]["name"].value() == "はな"
    sent(client, event, fixed_clock)
    assert event.title in client.get("/mypage/").content.decode()
    cancel_signup(signup=SignUp.objects.get())
    assert event.title not in client.get("/mypage/").content.decode()
