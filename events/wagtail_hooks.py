"""Wiring of events into Wagtail's staff screens."""

from __future__ import annotations

from wagtail import hooks

from .log_actions import register_log_actions

hooks.register("register_log_actions", register_log_actions)
