"""Events on the pages of the register and on the home page: the next few, and the way to the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from directory.area_paths import area_path
from directory.models import Organization, Resource
from directory.page_sections import Section, register_section

from .date_cards import DateCard, cards_of, first_of_each, with_card_data
from .models import Event, EventDate
from .querysets import EventDateQuerySet

MOST = 6
#: Several dates of one event may come first; so many are read to find `MOST` events.
READ = MOST * 10
_TEMPLATE = "events/calendar/_section.html"


@dataclass(frozen=True)
class ShownEvents:
    """What `_section.html` shows. `more` are (word, address) of further pages."""

    title: str
    cards: list[DateCard]
    more: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.cards)


def register() -> None:
    """Called once, when Django is ready."""
    register_section("area", Section("events", 20, _TEMPLATE, of_area))
    register_section("organization", Section("events", 20, _TEMPLATE, of_organization))
    register_section("resource", Section("events", 20, _TEMPLATE, of_resource))


def this_week(municipality: Area | None, now: datetime, days: int, most: int = MOST) -> list[DateCard]:
    """The next events within `days` days, of one municipality or of all: what is over or off is left out. Three queries."""
    rows = _dates_within(municipality, now.date(), days)
    held = [row for row in with_card_data(rows)[:READ] if row.ends_at > now]
    return cards_of(first_of_each(held, most), now)


def count_within(municipality: Area | None, today: date, days: int) -> int:
    """How many events have a date within `days` days. One query."""
    return _dates_within(municipality, today, days).order_by().values("event").distinct().count()


def of_area(area: Area, today: date) -> ShownEvents:
    rows = EventDate.objects.filter(event__in=Event.objects.listed().concerning(area))
    where = urlencode({"area": area_path(area)}, safe="/")
    more = [
        (_("催しをもっと見る"), f"{reverse('events:calendar')}?{where}"),
        (_("月の表"), f"{reverse('events:month', kwargs={'month': f'{today:%Y-%m}'})}?{where}"),
        (_("印刷する"), f"{reverse('events:print')}?{where}"),
        (_("予定表に入れる"), f"{reverse('events:calendar_ics')}?{where}"),
    ]
    return ShownEvents(_("これからの催し"), _next(rows, today), more)


def of_organization(organization: Organization, today: date) -> ShownEvents:
    held = Event.objects.published().of_organization(organization)
    more = [(_("予定表に入れる"), f"{reverse('events:calendar_ics')}?group={organization.code}")]
    return ShownEvents(_("この団体の催し"), _next(EventDate.objects.filter(event__in=held), today), more)


def of_resource(resource: Resource, today: date) -> ShownEvents:
    rows = EventDate.objects.published().filter(event__resource=resource)
    return ShownEvents(_("この活動の催し"), _next(rows, today))


def _next(rows: EventDateQuerySet, today: date) -> list[DateCard]:
    """The next date of each event; one that is off is said to be."""
    coming = rows.filter(date__gte=today).order_by("date", "start", "pk")
    now = timezone.localtime()
    held = [row for row in with_card_data(coming)[:READ] if row.ends_at > now]
    return cards_of(first_of_each(held, MOST), now)


def _dates_within(municipality: Area | None, today: date, days: int) -> EventDateQuerySet:
    rows = EventDate.objects.listed().taking_place().between(today, today + timedelta(days=days))
    if municipality is None:
        return rows
    return rows.filter(event__in=Event.objects.listed().concerning(municipality))
