"""Addresses of calendars and feeds."""

from django.urls import path

from .views import feeds

_RSS, _ATOM = {"format_name": "rss"}, {"format_name": "atom"}

urlpatterns = [
    path("e/<str:code>/calendar.ics", feeds.event_calendar, name="event_ics"),
    path("events/calendar.ics", feeds.calendar_feed, name="calendar_ics"),
    path("events/feed.rss", feeds.events_feed, _RSS, name="events_rss"),
    path("events/feed.atom", feeds.events_feed, _ATOM, name="events_atom"),
    path("reports/feed.rss", feeds.reports_feed, _RSS, name="reports_rss"),
    path("reports/feed.atom", feeds.reports_feed, _ATOM, name="reports_atom"),
]
