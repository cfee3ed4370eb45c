"""The calendar, one event, one month: what they say, and what they never say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.choices import ContactAudience, PlaceVisibility
from directory.schedules.holidays import holiday_name
from events import month_page
from events.calendar_counts import Counts
from events.calendar_page import CalendarPage
from events.filters import COUNTED
from events.models import Event, EventContact
from events.questions import EventQuestion
from events.services.date_changes import cancel_date, cancel_event, move_date, postpone_event
from members.choices import StaffRole
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, VenueFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

QUERIES = 12


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


def test_number_of_queries_does_not_grow_with_the_events(client: Client) -> None:
    _fill(2)
    few = _queries(client)
    _fill(12)
    many = _queries(client)
    assert few == many
    assert max(many.values()) <= QUERIES, many


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


def test_near_finds_by_the_point_that_may_be_shown_only(client: Client) -> None:
    at = {"lat": 35.668, "lng": 139.600}
    EventFactory(title="ひろばの会", venue=VenueFactory(**at))
    EventFactory(title="おうちの会", venue=VenueFactory(**at, visibility=PlaceVisibility.DISTRICT))
    EventFactory(title="遠くの会", venue=VenueFactory(lat=35.70, lng=139.70))
    text = text_of(client, "/events/?near=35.668,139.600")
    assert "ひろばの会" in text
    assert "おうちの会" not in text
    assert "遠くの会" not in text


def test_counts_of_choices_are_what_a_tick_gives() -> None:
    district = DistrictFactory()
    for number in range(4):
        event = EventFactory(
            district=district if number % 2 else DistrictFactory(), kind="course" if number else "event"
        )
        if number == 3:
            event.district = None
            event.areas_served.set([district])
            event.save()
    question = EventQuestion.from_params(QueryDict("kind=course"), timezone.localdate())
    counts = Counts(question)
    for item in COUNTED:
        for value in item.options(question.words):
            alone = question.with_value(item.param, value)
            assert (
                counts.of(item.param, value) == alone.coming().order_by().values("event").distinct().count()
            ), (item.param, value)


def test_an_event_held_three_times_is_one_event() -> None:
    EventFactory(on=days(1, 2, 3))
    question = EventQuestion.from_params(QueryDict(), timezone.localdate())
    assert CalendarPage(question, timezone.localtime()).status == "1件の催し(のべ3回)"


def test_a_month_too_full_for_its_list_says_so_and_every_day_keeps_its_number(monkeypatch) -> None:
    monkeypatch.setattr(month_page, "MOST", 2)
    first = (timezone.localdate().replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    for day in (1, 1, 2, 2, 3):
        EventFactory(on=[first.replace(day=day)])
    page = month_page.MonthPage(
        EventQuestion.from_params(QueryDict("kind=event"), first), first, timezone.localtime()
    )
    cells = [cell for week in page.weeks for cell in week if cell is not None and cell.total]
    assert [(cell.total, cell.more) for cell in cells] == [(2, 0), (2, 2), (1, 1)]
    assert [cell.url for cell in cells[:2]] == [
        f"#d-{first}",
        f"/events/?when={first.replace(day=2)}&kind=event",
    ]
    assert page.cut_words.startswith("催しが多いため、一覧は")


def test_month_names_holidays_and_says_everything_twice(client: Client) -> None:
    day = timezone.localdate().replace(day=1)
    while holiday_name(day) is None:
        day += dt.timedelta(days=1)
    event = EventFactory(title="祝日の会", on=[day])
    page = BeautifulSoup(text_of(client, f"/events/month/{day:%Y-%m}/"), "html.parser")
    assert holiday_name(day) in page.select_one(".grid").get_text()
    for part in (".grid", ".month-page__list"):
        assert event.title in page.select_one(part).get_text()
    assert [cell.get_text()[0] for cell in page.select(".grid th")] == list("日月火水木金土")


def test_address_of_a_question_is_read_back_as_the_same_question() -> None:
    asked = "when=week&near=35.668,139.600&radius=800&kind=course&kind=event&free=yes&signup=none&online=yes&page=3"
    question = EventQuestion.from_params(QueryDict(asked), timezone.localdate())
    assert question.problems == ()
    assert question.query_string == asked


def test_address_typed_instead_of_a_position_leads_back_to_the_calendar(client: Client) -> None:
    assert "/events/near/" in text_of(client, "/events/near/?kind=course")


def test_events_stand_on_the_pages_they_belong_to(client: Client) -> None:
    event = EventFactory(title="餅つき大会", venue=VenueFactory(district=DistrictFactory()))
    hidden = EventFactory(title="隠れた会", organization=event.organization, hidden_on=timezone.localdate())
    for address in (event.district.get_absolute_url(), event.organization.get_absolute_url()):
        text = text_of(client, address)
        assert event.title in text
        assert hidden.title not in text


def test_sitemap_has_public_events_to_come_only(client: Client) -> None:
    coming, over = EventFactory(), EventFactory(on=days(-9))
    draft = EventFactory(live=False)
    text = text_of(client, "/sitemap-events.xml")
    assert coming.get_absolute_url() in text
    assert over.get_absolute_url() not in text
    assert draft.get_absolute_url() not in text


def test_a_draft_is_shown_to_staff_of_the_place_only(staff_client: Callable[..., Client]) -> None:
    draft = EventFactory(title="まだ下書き", live=False)
    own = staff_client(StaffRole.CSW, draft.district).get(draft.get_absolute_url())
    assert own.status_code == 200
    assert "下書き" in own.content.decode()
    assert "no-store" in own["Cache-Control"]
    foreign = staff_client(StaffRole.CSW, DistrictFactory()).get(draft.get_absolute_url())
    assert foreign.status_code == 404


def test_a_date_one_can_no_longer_sign_up_for_has_no_button(client: Client) -> None:
    event = EventFactory(on=days(1, 9), signup_policy="open", capacity=8, closes_days_before=3)
    late, early = event.dates.order_by("date")
    text = text_of(client, event.get_absolute_url())
    assert f"/signup/{early.uuid}/" in text
    assert f"/signup/{late.uuid}/" not in text
    assert "申込みの受付は終わりました" in text
