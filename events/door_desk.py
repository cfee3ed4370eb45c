"""One event as its organiser works on it: the same screens at a group's desk and among the staff's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from directory.group_access import is_over
from directory.models import OrganizationMember
from directory.viewsets.gates import gate

from .group_access import group_event_view
from .models import Event, EventDate

DoorView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Desk:
    """Whose screens these are. `may_change`: nothing is changed where the group is over."""

    event: Event
    is_staff: bool
    may_change: bool = True

    def url(self, name: str, *more: Any) -> str:
        """The address of a screen: show, day, signup_new, walk_in, sheet, attendance, message, message_sent."""
        if self.is_staff:
            return reverse(f"events_signups:{name}", args=[self.event.pk, *more])
        tail = "" if name == "show" else f"_{name}"
        organization = self.event.organization
        return reverse(f"events:group_event{tail}", args=[organization.code, self.event.code, *more])  # type: ignore[union-attr]

    def day(self, date: EventDate) -> str:
        return self.url("day", date.uuid)

    def date_of(self, uuid: Any) -> EventDate:
        """The date of this event with that uuid; Http404 for one of another event."""
        found = self.event.dates.select_related("venue", "attendance__recorded_by").filter(uuid=uuid).first()
        if found is None:
            raise Http404(_("このページはありません。"))
        found.event = self.event
        return found

    @property
    def show_url(self) -> str:
        return self.url("show")

    @property
    def signup_url(self) -> str:
        return self.url("signup_new")

    @property
    def message_url(self) -> str:
        return self.url("message")

    @property
    def list_url(self) -> str:
        """Where one came from: all events."""
        if self.is_staff:
            return reverse("events_events:list")
        return reverse("events:group_events", args=[self.event.organization.code])  # type: ignore[union-attr]

    @property
    def now_url(self) -> str:
        """Cancel, move, tell."""
        if self.is_staff:
            return reverse("events_events:change_date", args=[self.event.pk])
        return reverse("events:group_event_now", args=[self.event.organization.code, self.event.code])  # type: ignore[union-attr]


def for_group(view: DoorView) -> DoorView:
    """`view(request, desk, …)` behind the door of the group's desk."""

    @group_event_view(changes=False)
    def entered(
        request: HttpRequest, membership: OrganizationMember, event: Event, **kwargs: Any
    ) -> HttpResponse:
        may_change = not is_over(membership.organization)
        return _enter(view, request, Desk(event, is_staff=False, may_change=may_change), kwargs)

    return entered


def for_staff(view: DoorView) -> DoorView:
    """The same behind the gate of the staff's screens: names and telephones are for those who may change the event."""

    @wraps(view)
    def entered(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        event = Event.objects.select_related("organization", "venue", "district").get(pk=pk)
        return _enter(view, request, Desk(event, is_staff=True), kwargs)

    return never_cache(gate(entered, Event, "change"))


def _enter(view: DoorView, request: HttpRequest, desk: Desk, kwargs: dict[str, Any]) -> HttpResponse:
    if request.method not in ("GET", "HEAD") and not desk.may_change:
        raise PermissionDenied
    return view(request, desk, **kwargs)
