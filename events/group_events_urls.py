"""Addresses of a group's posting of events."""

from django.urls import path

from .views import group_event_now, group_events

_EVENTS = "group/<str:code>/events/"
_EVENT = f"{_EVENTS}<str:event>/"

urlpatterns = [
    path(_EVENTS, group_events.group_events, name="group_events"),
    path(f"{_EVENTS}new/", group_events.group_event_new, name="group_event_new"),
    path(f"{_EVENT}edit/", group_events.group_event_edit, name="group_event_edit"),
    path(f"{_EVENT}send/", group_events.group_event_send, name="group_event_send"),
    path(f"{_EVENT}preview/", group_events.group_event_preview, name="group_event_preview"),
    path(f"{_EVENT}now/", group_event_now.group_event_now, name="group_event_now"),
]
