"""How a group's event begins: empty, like the last one, or from an entry's timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from directory.choices import PlaceVisibility
from directory.models import Organization, Resource, Venue
from directory.schedules import Kind, ScheduleSpec, Slot
from directory.visibility import contacts_of

from ..choices import EventKind, EventStatus
from ..models import Event, EventContact, EventSchedule
from ..signals import event_changed

#: Facts of one event its copy does not share.
_OWN_FACTS = (
    "uuid",
    "code",
    *Event.WRITTEN_BY_SERVICES,
    *Event.OUTSIDE_VERSIONS,
    "live",
    "has_unpublished_changes",
    "live_revision",
    "latest_revision",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_by",
    "locked_at",
    "created_by",
    "updated_by",
    "signup_opens_at",
    "signup_closes_at",
    "minutes",
)
_STRICTNESS = list(PlaceVisibility.values)


def blank_event(organization: Organization) -> Event:
    """A new one: the group's district, and its public contact."""
    event: Any = Event(organization=organization, live=False, status=EventStatus.PLANNED)
    areas = list(organization.areas.all()[:2])
    if len(areas) == 1:
        event.district = areas[0]
    event.contacts = _contacts(organization.contacts.all())
    return event


def event_like(event: Event) -> Event:
    """「前回をコピー」: everything but when (`hours_of` tells the hours)."""
    data = event.get_latest_revision_as_object().serializable_data()
    data = {name: value for name, value in data.items() if name not in (*_OWN_FACTS, "schedules")}
    data["pk"] = None
    for value in data.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for child in value:
                child["pk"] = None
    copy = Event.from_serializable_data(data, check_fks=False)
    copy.live = False
    return copy


def hours_of(event: Event) -> Slot | None:
    """From when to when the last one was."""
    slots = [slot for schedule in event.schedules.all() for slot in schedule.rule.all_slots]
    return slots[0] if slots else None


def event_from_entry(resource: Resource, day: dt.date | None) -> Event:
    """「この活動の予定から」: what the entry says, on the day of one of its dates."""
    event: Any = Event(
        organization=resource.organization,
        resource=resource,
        title=resource.name,
        kana=resource.kana,
        kind=EventKind.EVENT,
        summary=resource.summary,
        venue=resource.venue,
        district=resource.district,
        place_visibility=resource.place_visibility,
        min_age=resource.min_age,
        max_age=resource.max_age,
        who_may_come=resource.who_may_come,
        fee_kind=resource.fee_kind,
        fee=resource.fee_adult,
        fee_note=resource.fee_note,
        bring=resource.bring,
        capacity=resource.capacity or None,
        live=False,
    )
    event.categories = list(resource.categories.all())
    event.audiences = list(resource.audiences.all())
    event.contacts = _contacts(resource.contacts.all())
    found = resource.occurrences.filter(date=day).order_by("start").first() if day else None
    if found is not None:
        event.venue = found.venue or event.venue
        event.schedules = [on_one_day(found.date, found.start, found.end)]
    return event


def on_one_day(day: dt.date, start: dt.time | None, end: dt.time | None) -> EventSchedule:
    """A timetable of one date."""
    schedule = EventSchedule(sort_order=0)
    slots = (Slot(start, end),) if start is not None else ()
    schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=(day,), slots=slots)
    return schedule


def _contacts(contacts: Iterable[Any]) -> list[EventContact]:
    """The first one everybody may see. What is for staff alone does not come along."""
    names = ("name", "kana", "role", "phone", "fax", "email", "line_url", "url", "hours", "audience")
    shown = contacts_of(contacts)[:1]
    return [EventContact(**{name: getattr(contact, name) for name in names}) for contact in shown]


def known_venues(organization: Organization) -> QuerySet[Venue]:
    """Where the group meets, or has met."""
    used = Q(resources__organization=organization) | Q(events__organization=organization)
    return Venue.objects.filter(pk__in=Venue.objects.filter(used).order_by().values("pk")).order_by(
        "kana", "name", "pk"
    )


def strictest_visibility(organization: Organization, venue: Venue, wanted: str) -> str:
    """As little of `venue` as the group lets be seen in any of its entries: an event does not tell more."""
    entries = Resource.objects.filter(organization=organization, venue=venue)
    said = [wanted, venue.visibility, *entries.values_list("place_visibility", flat=True)]
    return max(said, key=_STRICTNESS.index)


@transaction.atomic
def save_new(draft: Event, *, user: Any, key: UUID) -> Event:
    """Keep a new draft as the event `key`. A form sent twice makes one event: the second time, the first is returned."""
    found = Event.objects.filter(uuid=key, organization=draft.organization).first()
    if found is not None:
        return found
    draft.uuid, draft.created_by, draft.has_unpublished_changes = key, user, True
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:  # the other request was faster
        return Event.objects.get(uuid=key, organization=draft.organization)
    draft.save_revision(user=user, clean=False)
    log(instance=draft, action="wagtail.create", user=user)
    return draft


@transaction.atomic
def write_notice(event: Event, *, notice: str, until: dt.date | None, by: Any) -> None:
    """「お知らせ」 on the page of `event`, at once; "" takes it down."""
    rows = Event.objects.filter(pk=event.pk)
    rows.update(notice=notice, notice_until=until if notice else None, updated_at=timezone.now())
    log(instance=event, action="tsunagu.event.notice", user=by, data={"reason": notice})
    event_changed.send(Event, event=rows.get())
