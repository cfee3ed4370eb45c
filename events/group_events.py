"""What a group sees of its events: how each stands, in words, and when it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from directory.group_desk import State, comment_of, draft_of
from directory.japanese_dates import full_date, short_date, time_span
from directory.models import Organization, Resource

from .choices import DateStatus, EventStatus
from .models import Event, EventDate

#: What is over stays in sight this long, and so many of it: to be copied.
_PAST, _MOST_PAST = timedelta(days=400), 12
#: Dates of entries offered to begin an event with.
_OFFERED, _AHEAD = 6, timedelta(days=60)
_OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True)
class DeskEvent:
    """One event on the desk."""

    event: Event
    state: State
    draft: State | None
    comment: str
    when: str

    @property
    def is_over(self) -> bool:
        last = self.event.last_date
        return self.event.live and last is not None and last < timezone.localdate()

    @property
    def next_step(self) -> str:
        """What the group should do; empty where nothing."""
        if self.draft is not None and self.draft.key == "returned":
            return _("職員からのお願いを読んで、直してから、もう一度審査に出してください。")
        if self.draft is not None and self.draft.key == "draft" and self.event.live:
            return _("まだ公開していない変更があります。よければ、審査に出してください。")
        if self.draft is not None and self.draft.key == "draft":
            return _("まだ公開していません。よければ、審査に出してください。")
        return ""


@dataclass(frozen=True)
class OfferedDate:
    """A coming date of an entry, to post as an event."""

    resource: Resource
    day: date
    words: str


def desk_events(organization: Organization) -> list[DeskEvent]:
    """Drafts and what comes, the nearest first; then what was, the latest first. Three queries."""
    since = timezone.localdate() - _PAST
    rows = Event.objects.filter(organization=organization).exclude(last_date__lt=since)
    found = _desk_events(list(rows.select_related("organization", "latest_revision")))
    coming = sorted((item for item in found if not item.is_over), key=_order)
    past = sorted((item for item in found if item.is_over), key=_order, reverse=True)
    return [*coming, *past[:_MOST_PAST]]


def desk_event(event: Event) -> DeskEvent:
    """One of them."""
    return _desk_events([event])[0]


def _order(item: DeskEvent) -> tuple[date, int]:
    return item.event.first_date or date.max, item.event.pk


def _desk_events(events: list[Event]) -> list[DeskEvent]:
    keys = [event.pk for event in events]
    reviews, dates = _reviews(keys), _next_dates(keys)
    return [
        DeskEvent(
            event=event,
            state=state_of(event),
            draft=draft_of(event, reviews.get(str(event.pk))),
            comment=comment_of(reviews.get(str(event.pk))),
            when=_when(event, dates.get(event.pk)),
        )
        for event in events
    ]


def state_of(event: Event) -> State:
    """What the public sees of it."""
    if not event.live:
        return State("unpublished", _("まだ公開していません"), "quiet")
    if event.hidden_on is not None:
        return State("hidden", _("公開を止めています"), "warning")
    if event.status != EventStatus.PLANNED:
        return State(event.status, str(event.get_status_display()), "warning", event.status_reason)
    if event.last_date is not None and event.last_date < timezone.localdate():
        return State("over", _("終了"), "quiet")
    return State("live", _("公開中"), "done")


def _reviews(keys: Iterable[int]) -> dict[str, WorkflowState]:
    kind = ContentType.objects.get_for_model(Event)
    rows = WorkflowState.objects.filter(
        base_content_type=kind, object_id__in=[str(key) for key in keys], status__in=_OPEN
    )
    return {row.object_id: row for row in rows.select_related("current_task_state").order_by("pk")}


def _next_dates(keys: Iterable[int]) -> dict[int, EventDate]:
    """Event key → its next date that takes place."""
    rows = EventDate.objects.filter(event__in=list(keys), date__gte=timezone.localdate())
    rows = rows.exclude(status=DateStatus.CANCELLED).order_by("-date", "-start")
    return {row.event_id: row for row in rows}


def _when(event: Event, following: EventDate | None) -> str:
    if following is not None:
        return f"{full_date(following.date)} {time_span(following.start, following.end)}".strip()
    return full_date(event.last_date) if event.last_date is not None else ""


def offered_dates(organization: Organization, today: date) -> list[OfferedDate]:
    """「この活動の予定から」: the next dates of the group's public entries."""
    entries = Resource.objects.published().filter(organization=organization)
    found: list[OfferedDate] = []
    for entry in entries.order_by("kana", "pk")[:_OFFERED]:
        rows = entry.occurrences.filter(date__gt=today, date__lte=today + _AHEAD).exclude(status="cancelled")
        found += [
            OfferedDate(entry, row.date, _occurrence(row)) for row in rows.order_by("date", "start")[:2]
        ]
    return sorted(found, key=lambda item: item.day)[:_OFFERED]


def _occurrence(row: Any) -> str:
    return f"{short_date(row.date)} {time_span(row.start, row.end)}".strip()
