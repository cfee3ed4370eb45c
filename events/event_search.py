"""Events as search documents. Public information only: every name and place is asked of `visibility`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from directory.area_paths import area_paths
from directory.cards import place_words
from directory.choices import FeeKind, JoinPolicy, PlaceVisibility
from directory.found_types import FoundType, register_found_type
from directory.models import Category
from directory.opening_keywords import time_keywords, weekday_keywords
from directory.schedules import Kind, ScheduleSpec, Slot
from directory.visibility import Place, served_areas
from search.documents import SearchDocument
from search.registry import DocumentSource, registry

from .choices import EventKind, EventStatus, SignUpPolicy
from .event_facts import organizer_of
from .event_words import audience_words, fee_words, how_to_join
from .models import Event, EventDate
from .services.reindexing import EVENT
from .visibility import is_public, place_of


class EventSource(DocumentSource):
    """Events, by uuid."""

    type = EVENT
    label = "催し"

    def queryset(self) -> QuerySet[Event]:
        # Prefetched, not joined, and without boundaries, as entries are.
        areas = Area.objects.select_related("parent__parent").defer(
            "boundary", "parent__boundary", "parent__parent__boundary"
        )
        return Event.objects.published().prefetch_related(
            "organization",
            "venue__town",
            "audiences",
            Prefetch("categories", queryset=Category.objects.select_related("parent")),
            Prefetch("venue__district", queryset=areas),
            Prefetch("district", queryset=areas),
            Prefetch("areas_served", queryset=areas),
        )

    def prepare(self, objects: Sequence[Event]) -> None:
        """Give each its `held_rows`, in one query."""
        found: dict[int, list[EventDate]] = defaultdict(list)
        for row in _held(objects):
            found[row.event_id].append(row)
        for event in objects:
            event.held_rows = found[event.pk]

    def get_id(self, obj: Event) -> str:
        return str(obj.uuid)

    def filter_ids(self, queryset: QuerySet[Event], ids: Collection[str]) -> QuerySet[Event]:
        return queryset.filter(uuid__in=ids)

    def build(self, obj: Event) -> SearchDocument | None:
        return event_document(obj)

    def visible_ids(self, ids: Collection[str], user: Any) -> Collection[str]:
        seen = Event.objects.published().filter(uuid__in=ids).values_list("uuid", flat=True)
        return {str(uuid) for uuid in seen}

    def addresses(self, ids: Collection[str], user: Any) -> Mapping[str, str]:
        seen = Event.objects.published().filter(uuid__in=ids).values_list("uuid", "code")
        return {str(uuid): reverse("events:event", kwargs={"code": code}) for uuid, code in seen}


def register() -> None:
    """Called once, when Django is ready."""
    registry.register_source(EventSource())
    register_found_type(FoundType(EVENT, "events:event", with_filters=True))


def event_document(event: Event) -> SearchDocument | None:
    """What the public may find of `event`; None for one that is not public, or over."""
    if not is_public(event) or (event.last_date is not None and event.last_date < timezone.localdate()):
        return None
    place, categories = place_of(event), list(event.categories.all())
    rows = event.held_rows if hasattr(event, "held_rows") else list(_held([event]))
    return SearchDocument(
        id=str(event.uuid),
        type=EVENT,
        title=event.title,
        reading=event.kana,
        category=_joined([str(EventKind(event.kind).label), *_category_words(categories)]),
        place=_joined(_place_words(event, place)),
        body=_joined(_body_words(event)),
        keywords=_keywords(event, place, categories, rows),
        dates=tuple(dict.fromkeys(row.date for row in rows)),
        numbers={} if event.fee is None else {"fee_yen": float(event.fee)},
        location=(place.lat, place.lng) if place.lat is not None and place.lng is not None else None,
        card=_card(event, place),
    )


def _held(events: Iterable[Event]) -> QuerySet[EventDate]:
    """The dates from today on that are held, in order."""
    rows = EventDate.objects.taking_place().filter(event__in=[event.pk for event in events])
    return rows.filter(date__gte=timezone.localdate()).order_by("date", "start", "pk")


def _card(event: Event, place: Place) -> dict[str, Any]:
    return {
        "code": event.code,
        "name": event.title,
        "kana": event.kana,
        "kind": str(EventKind(event.kind).label),
        "place": place_words(place),
        "fee": fee_words(event),
        "audience": audience_words(event),
        # Without seats: their number changes faster than an index.
        "join": how_to_join(event),
        "join_policy": _join(event),
        "notice": _state_words(event),
        "summary": event.summary[:80],
    }


def _state_words(event: Event) -> str:
    return {
        EventStatus.CANCELLED: _("中止になりました"),
        EventStatus.POSTPONED: _("延期になりました"),
    }.get(EventStatus(event.status), "")


def _join(event: Event) -> str:
    is_open = event.signup_policy == SignUpPolicy.NONE
    return JoinPolicy.OPEN.value if is_open else JoinPolicy.RESERVATION.value


def _category_words(categories: Iterable[Category]) -> list[str]:
    return [
        word
        for category in categories
        for word in (category.name, category.kana, category.plain_name, *category.synonym_list)
    ]


def _place_words(event: Event, place: Place) -> list[str]:
    organization = organizer_of(event)
    words = [organization.name, organization.kana] if organization else []
    words += [place.name, place.kana, place.address, place.town]
    return words + ([place.district.name, place.district.kana] if place.district is not None else [])


def _body_words(event: Event) -> list[str]:
    return [
        event.code,  # printed on paper and told on the phone
        event.summary,
        event.body,
        event.minutes,
        event.who_may_come,
        event.fee_note,
        event.bring,
        str(FeeKind.FREE.label) if event.fee_kind == FeeKind.FREE else "",
        _("オンライン") if event.is_online else "",
        *(audience.name for audience in event.audiences.all()),
    ]


def _keywords(
    event: Event, place: Place, categories: list[Category], rows: list[EventDate]
) -> dict[str, tuple[str, ...]]:
    held = [_spec_of(rows)] if rows else []
    found = {
        "code": (event.code,),
        "category": _unique(
            code for item in categories for code in (item.code, item.parent.code if item.parent else "")
        ),
        "area": _areas(event, place),
        "audience": _unique(item.code for item in event.audiences.all()),
        "weekday": weekday_keywords(held),
        "time": time_keywords(held),
        "free": ("yes",) if event.fee_kind == FeeKind.FREE else (),
        "join": (_join(event),),
    }
    return {name: values for name, values in found.items() if values}


def _spec_of(rows: list[EventDate]) -> ScheduleSpec:
    """The coming dates as one timetable: on which weekdays and at what time of day, as entries say it."""
    slots = {(row.start, row.end) for row in rows if row.start is not None}
    return ScheduleSpec(
        kind=Kind.DATES,
        dates=tuple(sorted({row.date for row in rows})),
        slots=tuple(Slot(start, end) for start, end in sorted(slots, key=str)),
    )


def _areas(event: Event, place: Place) -> tuple[str, ...]:
    """Where it is and for whom. Of a hidden place not even that: served areas would give it away."""
    if place.visibility == PlaceVisibility.HIDDEN:
        return ()
    served = (path for area in served_areas(event, place) for path in area_paths(area))
    return _unique([*area_paths(place.district), *served])


def _joined(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(word for word in words if word))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
