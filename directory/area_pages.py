"""What the page of a municipality, an area or a district shows: desks, kinds, the next two weeks, the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse

from areas.choices import AreaKind
from areas.models import Area, Town
from areas.outline import OutlineMap, outline_map

from .area_paths import area_path
from .cards import Card, place_words
from .japanese_dates import time_span
from .models import Category, Occurrence, Resource
from .models.contacts import Contact
from .querysets import ResourceQuerySet
from .schedule_words import schedule_lines
from .visibility import Place, contacts_of, place_of

TWO_WEEKS = timedelta(days=13)
#: How many dates of the next two weeks stand on a page; the rest is a link away.
SHOWN_DATES = 10


@dataclass(frozen=True)
class Desk:
    """A desk that answers for a district, as the public may know it."""

    resource: Resource
    place: Place
    contacts: list[Contact]
    hours: list[str]


@dataclass(frozen=True)
class Tile:
    """A kind and how many entries of it there are here. For `includes/_tiles.html`."""

    url: str
    icon: str
    word: str
    count: int


@dataclass(frozen=True)
class Part:
    """A place below this one, with the number of its entries."""

    area: Area
    count: int
    parts: tuple[Part, ...] = ()


class AreaPage:
    """The page of `area` (loaded with its parents) on the day `today`. Public facts only."""

    def __init__(self, area: Area, today: date) -> None:
        self.area = area
        self.today = today

    @property
    def is_district(self) -> bool:
        return self.area.kind == AreaKind.DISTRICT

    @property
    def find_url(self) -> str:
        return find_url(self.area)

    @property
    def feed_query(self) -> str:
        """What asks calendars and feeds for this place."""
        return f"area={area_path(self.area)}"

    @cached_property
    def desks(self) -> list[Desk]:
        return desks_of(self.area) if self.is_district else []

    @cached_property
    def tiles(self) -> list[Tile]:
        """Kinds with entries here, those with most first."""
        here = _listed(self.area).values("pk")
        kinds = (
            Category.objects.kinds()
            .annotate(count=Count("resources", filter=Q(resources__in=here), distinct=True))
            .filter(count__gt=0)
            .order_by("-count", "order", "pk")
        )
        return [
            Tile(find_url(self.area, category=kind.code), kind.icon, kind.name, kind.count) for kind in kinds
        ]

    @cached_property
    def coming(self) -> list[Card]:
        """The next dates within two weeks, each entry once."""
        dates = (
            Occurrence.objects.coming(self.today, self.today + TWO_WEEKS)
            .filter(resource__in=_listed(self.area).running().values("pk"))
            .select_related(
                "venue__town",
                "venue__district",
                "resource__venue__town",
                "resource__venue__district",
                "resource__district",
            )
        )
        return _first_of_each(dates[: SHOWN_DATES * 5])

    @cached_property
    def towns(self) -> list[Town]:
        """The 町丁目 of a district; a higher place has too many to read."""
        return [] if not self.is_district else list(self.area.district_towns.order_by("kana", "chome"))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What lies below, in order, with counts that add up."""
        return parts_below(self.area)

    @cached_property
    def outline(self) -> dict | None:
        return outline_for(self.area)

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        nodes: list[tuple[str, str]] = []
        node = self.area.parent
        while node is not None:
            nodes.insert(0, (node.name, node.get_absolute_url()))
            node = node.parent
        return nodes


def find_url(area: Area, **conditions: str) -> str:
    """The list of everything in `area`, under further conditions."""
    query = "".join(f"&{name}={value}" for name, value in conditions.items())
    return f"{reverse('directory:find')}?area={area_path(area)}{query}"


def desks_of(area: Area) -> list[Desk]:
    """The desks that answer for a district, with what the public may know of them. Two queries."""
    rows = (
        Resource.objects.published()
        .desks_for(area)
        .select_related("venue__town", "venue__district__parent__parent", "district__parent__parent")
        .prefetch_related("contacts", "schedules")
        .order_by("kana", "pk")
    )
    return [_desk(row) for row in rows]


def _desk(resource: Resource) -> Desk:
    schedules = resource.schedules.all()
    hours = schedule_lines(schedules) if schedules else []
    return Desk(resource, place_of(resource), contacts_of(resource.contacts.all()), hours)


def parts_below(area: Area) -> tuple[Part, ...]:
    """The tree below `area` with the number of public entries of each node. Two queries."""
    nodes = Area.objects.within(area).exclude(pk=area.pk).select_related("parent__parent").in_order()
    counts = dict(
        Resource.objects.listed_in(area)
        .published()
        .order_by()
        .values_list("district")
        .annotate(Count("pk"))
        .values_list("district", "pk__count")
    )
    return _below(area, list(nodes), counts)


def outline_for(area: Area) -> dict | None:
    """The outline map of the municipality of `area`, ready for `includes/_outline_map.html`, `area` marked."""
    drawn: OutlineMap | None = outline_map(area.municipality)
    if drawn is None:
        return None
    tints = _tints(shape.area for shape in drawn.shapes)
    shapes = [
        {
            "path": shape.path,
            "label": shape.area.short_name,
            "label_x": shape.label_x,
            "label_y": shape.label_y,
            "url": shape.area.get_absolute_url(),
            "tint": tints[shape.area.parent_id],
            "chosen": area.pk in (shape.area.pk, shape.area.parent_id),
        }
        for shape in drawn.shapes
    ]
    return {"view_box": drawn.view_box, "shapes": shapes}


def _listed(area: Area) -> ResourceQuerySet:
    return Resource.objects.published().listed_in(area)


def _tints(districts: Iterable[Area]) -> dict[int | None, int]:
    parents = list(dict.fromkeys(district.parent_id for district in districts))
    return {parent: index % 5 + 1 for index, parent in enumerate(parents)}


def _below(area: Area, nodes: list[Area], counts: dict[int, int]) -> tuple[Part, ...]:
    parts = []
    for node in nodes:
        if node.parent_id == area.pk:
            below = _below(node, nodes, counts)
            parts.append(Part(node, counts.get(node.pk, 0) + sum(part.count for part in below), below))
    return tuple(parts)


def _first_of_each(dates: Iterable[Occurrence]) -> list[Card]:
    cards: dict[int, Card] = {}
    for item in dates:
        if item.resource_id not in cards and len(cards) < SHOWN_DATES:
            cards[item.resource_id] = _card(item)
    return list(cards.values())


def _card(item: Occurrence) -> Card:
    resource = item.resource
    times = time_span(item.start, item.end)
    where = place_words(place_of(resource, venue=item.venue))
    facts = [("clock", times), ("pin", where)]
    return Card(
        url=resource.get_absolute_url(),
        name=resource.name,
        kana=resource.kana,
        next_date=item.date,
        facts=tuple((icon, text) for icon, text in facts if text),
        code=resource.code,
    )
