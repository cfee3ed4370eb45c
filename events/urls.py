"""Addresses of events, sign-ups, the exchange between groups and reports. One file a part."""

from __future__ import annotations

from . import reports_urls, signup_urls

app_name = "events"

urlpatterns = [
    *reports_urls.urlpatterns,
    *signup_urls.urlpatterns,
]
