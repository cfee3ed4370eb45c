"""Addresses of events, sign-ups, the exchange between groups and reports. One file a part."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "events"

urlpatterns: list[URLPattern] = []
