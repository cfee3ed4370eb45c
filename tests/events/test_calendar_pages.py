"""The calendar, one event, one month: what they say, and what they never say."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from directory.choices import ContactAudience, PlaceVisibility
from events.models import Event, EventContact
from events.services.dates import cancel_date, cancel_event, move_date, postpone_event
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, VenueFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def days(*ahead: int) -> list[dt.date]:
    return [timezone.localdate() + dt.timedelta(days=number) for number in ahead]


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_event_page_says_the_facts(client: Client) -> None:
    event = EventFactory(title="秋のコンサート", fee_kind="paid", fee=300, who_may_come="どなたでも歓迎")
    text = text_of(client, event.get_absolute_url())
    for words in (
        "秋のコンサート",
        "300円",
        "どなたでも歓迎",
        "14:00〜16:00",
        "申込みはいりません",
        event.organization.name,
    ):
        assert words in text


def test_unpublished_and_hidden_events_are_not_there(client: Client) -> None:
    draft = EventFactory(live=False)
    hidden = EventFactory(title="止めた催し", hidden_on=timezone.localdate())
    for event in (draft, hidden):
        text_of(client, event.get_absolute_url(), 404)
        assert event.title not in text_of(client, "/events/")


@pytest.mark.parametrize(
    ("verb", "words"),
    [(cancel_event, "この催しは中止になりました"), (postpone_event, "この催しは延期になりました")],
)
def test_what_became_of_it_stands_above_the_title(client: Client, verb: object, words: str) -> None:
    event = EventFactory(title="花見の会")
    verb(event=event, reason="雨のため", by=None)  # type: ignore[operator]
    text = text_of(client, event.get_absolute_url())
    assert text.index(words) < text.index("<h1")
    assert "雨のため" in text


def test_a_date_that_is_off_and_one_that_moved_are_said_in_words(client: Client) -> None:
    event = EventFactory(on=days(3, 10))
    first, second = event.dates.order_by("date")
    cancel_date(date=first, reason="会場の都合", by=None)
    move_date(date=second, reason="祝日のため", by=None, new_date=second.date + dt.timedelta(days=1))
    text = text_of(client, event.get_absolute_url())
    assert "中止(会場の都合)" in text
    assert "から変わりました(祝日のため)" in text


def test_contacts_are_shown_to_their_audience_only(client: Client) -> None:
    event = EventFactory()
    EventContact.objects.create(
        event=event, name="受付", phone="03-0000-0001", audience=ContactAudience.PUBLIC
    )
    EventContact.objects.create(event=event, name="係", phone="03-0000-0002", audience=ContactAudience.STAFF)
    text = text_of(client, event.get_absolute_url())
    assert "03-0000-0001" in text
    assert "03-0000-0002" not in text


def test_a_place_that_is_not_public_is_nowhere(client: Client) -> None:
    venue = VenueFactory(name="ひみつの家", visibility=PlaceVisibility.DISTRICT)
    event = EventFactory(
        title="おうちの会", venue=venue, place_note="青い門のとなり", joining_text="合言葉は山"
    )
    month = event.first_date.strftime("%Y-%m")
    for address in (
        event.get_absolute_url(),
        "/events/",
        f"/events/month/{month}/",
        f"/events/print/?month={month}",
    ):
        text = text_of(client, address)
        assert "おうちの会" in text
        for secret in ("ひみつの家", "青い門", "合言葉", venue.block or "ない番地"):
            assert secret not in text


def test_an_event_at_a_hidden_place_is_in_no_list_of_a_district(client: Client) -> None:
    district = DistrictFactory()
    EventFactory(title="だれでも会", district=district)
    EventFactory(title="隠れた会", district=district, place_visibility=PlaceVisibility.HIDDEN)
    text = text_of(client, f"/events/?area={district.slug}")
    assert "だれでも会" in text
    assert "隠れた会" not in text
    assert "隠れた会" in text_of(client, "/events/")


def test_seats_left_and_the_button_to_sign_up(client: Client) -> None:
    event = EventFactory(signup_policy="open", capacity=8)
    text = text_of(client, event.get_absolute_url())
    assert "のこり8人" in text
    assert f"/e/{event.code}/signup/" in text
    cancel_event(event=event, reason="", by=None)
    assert f"/e/{event.code}/signup/" not in text_of(client, event.get_absolute_url())


def test_what_is_over_says_so(client: Client) -> None:
    event = EventFactory(title="先週の会", on=days(-7))
    assert "この催しは終わりました" in text_of(client, event.get_absolute_url())
    assert "先週の会" not in text_of(client, "/events/")
    assert "終了" in text_of(client, f"/events/month/{event.first_date:%Y-%m}/")


def test_partners_that_are_not_public_are_not_named(client: Client) -> None:
    event = EventFactory()
    event.partners.set(
        [OrganizationFactory(name="なかよし会"), OrganizationFactory(name="準備中の会", status="registered")]
    )
    event.save()
    text = text_of(client, event.get_absolute_url())
    assert "なかよし会" in text
    assert "準備中の会" not in text


@pytest.mark.parametrize(
    "query",
    [
        "when=nonsense",
        "when=2026-13-40",
        "kind=x",
        "area=nowhere&kind=%00x",
        "page=99999999999999999999",
        "near=1,2",
        "audience=" + "あ" * 5000,
    ],
)
def test_what_cannot_be_meant_is_a_sentence_not_an_error(client: Client, query: str) -> None:
    assert "notice" in text_of(client, f"/events/?{query}", 400)


@pytest.mark.parametrize("month", ["nonsense", "2026-00", "0000-01", "２０２６"])
def test_no_month_is_not_found(client: Client, month: str) -> None:
    text_of(client, f"/events/month/{month}/", 404)
    text_of(client, f"/events/print/?month={month}", 400)


def test_number_of_queries_does_not_grow_with_the_events(
    client: Client, django_assert_max_num_queries: object
) -> None:
    _fill(2)
    few = _queries(client)
    _fill(12)
    many = _queries(client)
    assert few == many
    assert max(many.values()) <= 12, many


def _fill(number: int) -> None:
    for count in range(number):
        EventFactory(
            on=days(1, 2, 9),
            venue=VenueFactory(),
            signup_policy="open",
            capacity=5,
            district=None if count % 2 else DistrictFactory(),
        )


def _queries(client: Client) -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    event = Event.objects.order_by("pk").first()
    assert event is not None
    month = f"{event.first_date:%Y-%m}"
    found = {}
    for address in (
        "/events/",
        "/events/?free=yes&kind=event",
        f"/events/month/{month}/",
        "/events/print/",
        event.get_absolute_url(),
    ):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        found[address] = len(asked)
    return found
