"""The part of a gathering's page that speaks of groups: who comes, by consent, and how a group takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directory.models import Organization
from directory.page_sections import Section, register_section

from .choices import CardState, EventKind
from .models import Card, Event, Gathering
from .services.gatherings import cards_closed_because


@dataclass(frozen=True)
class ShownGathering:
    """What `_section.html` shows."""

    event: Event
    cards: list[Card]
    may_join: bool


def register() -> None:
    """Called once, when Django is ready."""
    register_section("event", Section("gathering", 10, "events/gatherings/_section.html", of_event))


def of_event(event: Event, today: date) -> ShownGathering | None:
    """None for events of other kinds. Three queries."""
    if event.kind != EventKind.GATHERING or not event.live:
        return None
    gathering = Gathering.objects.filter(event=event).first() or Gathering(event=event)
    gathering.event = event
    cards = shown_cards(gathering) if gathering.pk and gathering.directory_is_open else []
    return ShownGathering(event, cards, not cards_closed_because(gathering, today))


def shown_cards(gathering: Gathering) -> list[Card]:
    """The cards everybody may see: with consent, of groups that are public themselves."""
    rows = gathering.cards.filter(consents=True, organization__in=Organization.objects.published())
    return list(rows.exclude(state=CardState.CANCELLED).select_related("organization"))
