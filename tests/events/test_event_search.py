"""Events in the search: found with their dates, district and kind; never what is hidden, unpublished or over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from directory.choices import PlaceVisibility
from events.event_search import event_document
from events.services.date_changes import cancel_date, cancel_event
from search.models import OutboxEntry
from search.upkeep.rebuilding import rebuild
from tests.factories.areas import DistrictFactory
from tests.factories.directory import AudienceFactory, CategoryFactory, VenueFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> str:
    rebuild()
    response = client.get(f"/find/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_an_event_is_found_by_its_words_and_leads_to_its_page(client: Client) -> None:
    event = EventFactory(title="手品のつどい", kind="course")
    text = found(client, "q=手品")
    assert event.get_absolute_url() in text
    assert "講座" in text


def test_an_event_is_found_by_day_and_district(client: Client) -> None:
    district = DistrictFactory()
    event = EventFactory(
        title="今日の会", on=[timezone.localdate()], times=(dt.time(0), dt.time(23, 59)), district=district
    )
    assert event.get_absolute_url() in found(client, f"open=today&area={district.slug}")
    other = DistrictFactory()
    assert event.get_absolute_url() not in found(client, f"open=today&area={other.slug}")


def test_hidden_unpublished_and_ended_events_are_not_found(client: Client) -> None:
    EventFactory(title="手品の下書き", live=False)
    EventFactory(title="手品を止めた", hidden_on=timezone.localdate())
    EventFactory(title="手品の先週", on=[timezone.localdate() - dt.timedelta(days=7)])
    text = found(client, "q=手品")
    for title in ("手品の下書き", "手品を止めた", "手品の先週"):
        assert title not in text


def test_a_stale_index_does_not_show_what_was_hidden_meanwhile(client: Client) -> None:
    event = EventFactory(title="手品のつどい")
    rebuild()
    type(event).objects.filter(pk=event.pk).update(live=False)
    assert event.get_absolute_url() not in client.get("/find/?q=手品").content.decode()


def test_a_hidden_place_gives_no_area_and_no_point() -> None:
    venue = VenueFactory(name="ひみつの家", visibility=PlaceVisibility.HIDDEN)
    document = event_document(EventFactory(venue=venue))
    assert document is not None
    assert "area" not in document.keywords
    assert document.location is None
    assert "ひみつの家" not in str(document)


def test_document_says_days_audience_theme_and_how_to_join() -> None:
    event = EventFactory(signup_policy="open", fee_kind="free")
    event.audiences.set([AudienceFactory(code="parents")])
    event.categories.set([CategoryFactory(code="craft")])
    event.save()
    document = event_document(event)
    assert document is not None
    assert document.dates == (event.first_date,)
    assert document.keywords["audience"] == ("parents",)
    assert "craft" in document.keywords["category"]
    assert document.keywords["join"] == ("reservation",)
    assert document.keywords["free"] == ("yes",)


def test_a_cancelled_date_is_no_day_of_the_document() -> None:
    days = [timezone.localdate() + dt.timedelta(days=ahead) for ahead in (3, 10)]
    event = EventFactory(on=days)
    cancel_date(date=event.dates.get(date=days[0]), reason="", by=None)
    document = event_document(event)
    assert document is not None
    assert document.dates == (days[1],)


def test_every_change_puts_the_event_into_the_outbox() -> None:
    event = EventFactory(venue=VenueFactory())
    changes = (
        lambda: cancel_date(date=event.dates.first(), reason="", by=None),
        lambda: cancel_event(event=event, reason="", by=None),
        lambda: event.unpublish(),
        lambda: event.venue.save(),
        lambda: event.organization.save(),
        lambda: event.delete(),
    )
    for number, change in enumerate(changes):
        OutboxEntry.objects.all().delete()
        change()
        assert OutboxEntry.objects.filter(type="event", object_id=str(event.uuid)).exists(), number
