"""Addresses of events, sign-ups, the exchange between groups and reports. One file a part."""

from __future__ import annotations

from . import (
    board_urls,
    calendar_urls,
    door_urls,
    feeds_urls,
    gatherings_urls,
    group_events_urls,
    reports_urls,
    signup_urls,
)

app_name = "events"

urlpatterns = [
    *board_urls.urlpatterns,
    *calendar_urls.urlpatterns,
    *feeds_urls.urlpatterns,
    *gatherings_urls.urlpatterns,
    *group_events_urls.urlpatterns,
    *door_urls.urlpatterns,
    *reports_urls.urlpatterns,
    *signup_urls.urlpatterns,
]
