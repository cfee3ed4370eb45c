"""The preview of a draft is the page itself, with the dates its timetables will make."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from directory.japanese_dates import short_date
from events.models import Event
from events.services.posting import on_one_day
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def previewed(event: Event) -> str:
    return render_to_string("events/admin/preview_event.html", {"object": event}, RequestFactory().get("/"))


def test_a_changed_draft_shows_its_own_dates_and_that_it_is_one() -> None:
    event = EventFactory(title="前の題名")
    day = timezone.localdate() + dt.timedelta(days=33)
    event.title, event.schedules = "新しい題名", [on_one_day(day, dt.time(9), dt.time(10))]
    page = previewed(event)
    assert "下書きの見本です" in page
    assert "新しい題名" in page
    assert short_date(day) in page
    assert short_date(event.dates.get().date) not in page
    assert 'name="robots" content="noindex"' in page


def test_what_was_never_saved_can_be_looked_at() -> None:
    event = Event(title="はじめての会", signup_policy="open", capacity=3)
    event.schedules = [on_one_day(timezone.localdate() + dt.timedelta(days=3), dt.time(9), None)]
    assert "はじめての会" in previewed(event)
