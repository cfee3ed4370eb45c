"""What the home page shows besides its editors' words. Each part is one function, so each can be read and tested alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.place_index import places
from directory.area_paths import area_path
from directory.cards import Card, main_category, place_words
from directory.choices import Wish
from directory.facts import fee_lines
from directory.models import Occurrence, Resource
from directory.querysets import ResourceQuerySet
from directory.visibility import place_of
from events.date_cards import DateCard
from events.event_sections import count_within
from events.event_sections import this_week as events_this_week
from events.report_sections import latest_reports

from .home_places import PlaceGroup, home_municipality, outline, place_groups
from .menus import path_of

DAYS_AHEAD = 6
CARDS_SHOWN = 6
#: What is held every week must not crowd out what is held once.
EVENTS_SHOWN = 3
#: Several dates of one place may come first; this many are read to find `CARDS_SHOWN` places.
DATES_READ = CARDS_SHOWN * 10
COUNTS_SECONDS = 60

#: Icons of what one may want to do.
WISH_ICONS = {
    Wish.TALK: "cup",
    Wish.EAT: "bowl",
    Wish.MOVE: "figure",
    Wish.CHILDREN: "child",
    Wish.CONSULT: "speech",
    Wish.LIVING: "cart",
    Wish.ROOM: "house",
    Wish.HELP: "hand-heart",
}
#: Shown until editors choose their own: (word, what it asks).
EXAMPLES = (
    (_("子ども食堂"), ""),
    (_("だれでも体操"), _("体操")),
    (_("赤ちゃんと行ける"), _("赤ちゃん")),
    (_("一人で食べたくない"), _("会食")),
)


@dataclass(frozen=True)
class Tile:
    """One thing to want, with its true count."""

    word: str
    icon: str
    url: str
    count: int


@dataclass(frozen=True)
class Here:
    """The part of the register this site's home page speaks of: one municipality, and what is in no district."""

    municipality: Area | None
    groups: list[PlaceGroup]
    is_alone: bool

    @property
    def only_municipality(self) -> Area | None:
        """The municipality, where there are others to tell it from."""
        return None if self.is_alone else self.municipality

    def resources(self) -> ResourceQuerySet:
        published = Resource.objects.published()
        if self.is_alone or self.municipality is None:
            return published
        # All of the municipality, not only its districts: where the district is not certain, it stands in its place.
        return published.filter(Q(district__in=Area.objects.within(self.municipality)) | Q(district=None))

    def find_url(self, **params: str) -> str:
        """An address of the find page with these conditions, in this municipality."""
        if params and self.municipality and not self.is_alone:
            params["area"] = area_path(self.municipality)
        return find_url(**params)


def find_url(**params: str) -> str:
    """An address of the find page with these conditions."""
    path = path_of("directory:find", "/find/")
    return f"{path}?{urlencode(params, safe='/')}" if params else path


def this_week(resources: ResourceQuerySet, now: datetime) -> list[Card]:
    """The next places that are open within a week, as cards; what is over today is left out. Two queries."""
    today = now.date()
    coming = (
        Occurrence.objects.coming(today, today + timedelta(days=DAYS_AHEAD))
        .exclude(date=today, end__lte=now.time())
        .filter(resource__in=resources.running())
        .select_related("resource__venue__town", "resource__venue__district", "resource__district")
    )
    first: dict[int, Occurrence] = {}
    for occurrence in coming[:DATES_READ]:
        first.setdefault(occurrence.resource_id, occurrence)
    chosen = list(first.values())[:CARDS_SHOWN]
    prefetch_related_objects([occurrence.resource for occurrence in chosen], "categories")
    return [_card(occurrence.resource, occurrence) for occurrence in chosen]


def with_events(entries: list[Card], events: list[DateCard]) -> list[Card]:
    """The cards of both, the next day first: at least half of the places are for events, if there are as many."""
    kept = events[: max(EVENTS_SHOWN, CARDS_SHOWN - len(entries))]
    cards = [*(item.as_card for item in kept), *entries[: CARDS_SHOWN - len(kept)]]
    return sorted(cards, key=lambda card: card.next_date or date.max)


def _card(resource: Resource, occurrence: Occurrence) -> Card:
    """When, how much, where: what one asks about today. More stands on the page of the entry."""
    kind = main_category(resource.categories.all())
    facts = [
        ("clock", _hours(occurrence)),
        ("yen", fee_lines(resource)[0] if resource.fee_kind != "unknown" else ""),
        ("pin", place_words(place_of(resource))),
    ]
    return Card(
        url=resource.get_absolute_url(),
        name=resource.name,
        kana=resource.kana,
        kind=kind.name if kind else "",
        next_date=occurrence.date,
        facts=tuple((icon, text) for icon, text in facts if text),
    )


def _hours(occurrence: Occurrence) -> str:
    times = [f"{time:%H:%M}".removeprefix("0") for time in (occurrence.start, occurrence.end) if time]
    return "〜".join(times) if len(times) == 2 else f"{times[0]}〜" if times else ""


def counts(here: Here, today: date) -> dict[str, int]:
    """How many places there are, are open within a week ("week"), and serve each wish. One query a minute."""
    key = f"home-counts-{here.municipality.pk if here.municipality else 0}-{today}"
    found = cache.get(key)
    if found is None:
        week = (
            Occurrence.objects.coming(today, today + timedelta(days=DAYS_AHEAD))
            .filter(resource__in=Resource.objects.running())
            .values("resource")
        )
        wishes = {
            wish.value: Count("pk", filter=Q(categories__wish=wish.value), distinct=True) for wish in Wish
        }
        found = here.resources().aggregate(
            total=Count("pk", distinct=True), week=Count("pk", filter=Q(pk__in=week), distinct=True), **wishes
        )
        # The list behind the number shows events too.
        found["week"] += count_within(here.only_municipality, today, DAYS_AHEAD)
        cache.set(key, found, COUNTS_SECONDS)
    return found


def wish_tiles(here: Here, counted: dict[str, int]) -> list[Tile]:
    """All things one may want to do."""
    return [
        Tile(str(wish.label), WISH_ICONS[wish], here.find_url(wish=wish.value), counted[wish.value])
        for wish in Wish
    ]


def home_district(request: HttpRequest) -> int | None:
    """The district the visitor called home, if any."""
    user = getattr(request, "user", None)
    return user.home_district_id if user is not None and user.is_authenticated else None


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the home template needs."""
    now = timezone.localtime()
    today = now.date()
    index = places()
    municipality = home_municipality(index)
    groups = place_groups(index, municipality, today)
    here = Here(municipality, groups, is_alone=len(index.municipalities) < 2)
    counted = counts(here, today)
    events = events_this_week(here.only_municipality, now, DAYS_AHEAD, CARDS_SHOWN)
    return {
        "total": counted["total"],
        "this_week_count": counted["week"],
        "cards": with_events(this_week(here.resources(), now), events),
        "events_url": path_of("events:calendar", "/events/"),
        "this_week_url": here.find_url(open="week"),
        "today_url": here.find_url(open="today"),
        "find_url": here.find_url(),
        "examples": [(word, find_url(q=str(query or word))) for word, query in EXAMPLES],
        "tiles": wish_tiles(here, counted),
        "groups": groups,
        "outline": outline(index, municipality, groups, home_district(request)),
        "reports": latest_reports(),
        "desk_url": path_of("directory:desk", "/desk/"),
    }
