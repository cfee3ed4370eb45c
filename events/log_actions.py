"""The names of what is written into Wagtail's log about events. Add a line here; `data["reason"]` is shown behind."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _l

from directory.log_actions import formatter
from directory.models import RegisterLogEntry

from .models import Event, Introduction, Opportunity, Report

#: Rows whose changes are shown by place.
REGISTER = (Event, Introduction, Opportunity, Report)

#: Action → words. The name is `tsunagu.<thing>.<verb>`.
ACTIONS = {
    "tsunagu.event.cancel": _l("催しを中止にした"),
    "tsunagu.event.postpone": _l("催しを延期にした"),
    "tsunagu.event.resume": _l("催しを予定どおりに戻した"),
    "tsunagu.event.cancel_date": _l("1回を中止にした"),
    "tsunagu.event.move_date": _l("1回の日時・場所を変えた"),
    "tsunagu.event.restore_date": _l("1回を予定どおりに戻した"),
}


def register_log_actions(actions: Any) -> None:
    """Hook `register_log_actions`."""
    for model in REGISTER:
        actions.register_model(model, RegisterLogEntry)
    for name, words in ACTIONS.items():
        actions.register_action(name)(formatter(words))
