"""Addresses of the organiser's pages of an event, at the group's desk and (`staff_urlpatterns`) among the staff's."""

from __future__ import annotations

from django.urls import URLPattern, path

from directory.models import Organization
from directory.viewsets.gates import gate

from .door_desk import for_group, for_staff
from .models import Event
from .views import door, door_entry, door_message, grant

#: Name, address behind that of the event, view: the same for both.
SCREENS = (
    ("show", "", door.show),
    ("signup_new", "signup/", door_entry.signup_new),
    ("message", "message/", door_message.message),
    ("message_sent", "message/<int:number>/", door_message.message_sent),
    ("day", "<uuid:date>/", door.day),
    ("sheet", "<uuid:date>/sheet/", door.sheet),
    ("walk_in", "<uuid:date>/walk-in/", door_entry.walk_in),
    ("attendance", "<uuid:date>/attendance/", door_entry.attendance),
)
_GROUP_EVENT = "group/<str:code>/events/<str:event>/"


def _group_name(name: str) -> str:
    return "group_event" if name == "show" else f"group_event_{name}"


urlpatterns = [
    path("group/<str:code>/grant/", grant.group_grant, name="group_grant"),
    *(path(f"{_GROUP_EVENT}{tail}", for_group(view), name=_group_name(name)) for name, tail, view in SCREENS),
]

#: Under register/event-signups/ of the staff screens, namespace "events_signups".
staff_urlpatterns: list[URLPattern] = [
    path("grants/", gate(grant.staff_grants, Event, "view"), name="grants"),
    path("grants/<int:pk>/", gate(grant.staff_grant, Organization, "view"), name="grant"),
    *(path(f"<int:pk>/{tail}", for_staff(view), name=name) for name, tail, view in SCREENS),
]
