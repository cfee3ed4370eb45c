"""What a person asks for with one press: to follow a place, to keep an entry. Written as "name:what".

A person with a login gets it at once. Of a stranger it is remembered, and done as soon as they have logged in. Public
pages hold no secret for this: only pages of people with a login carry a CSRF token.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

SESSION_KEY = "wish"
#: Whoever comes back later has forgotten what they pressed.
MAX_AGE_SECONDS = 60 * 60
MAX_LENGTH = 1200


class WishRefused(Exception):
    """It cannot be had; the text says why, for the person."""


@dataclass(frozen=True)
class Granted:
    """It is done: a sentence for the person, and the place on the page to go back to (without "#")."""

    sentence: str
    anchor: str = ""


_wishes: dict[str, Callable[[Any, str], Granted]] = {}


def register_wish(name: str, grant: Callable[[Any, str], Granted]) -> None:
    """`grant(user, what)` does it, or raises `WishRefused`. Safe to ask for twice."""
    _wishes[name] = grant


def is_known(wish: str) -> bool:
    """Is `wish` written as one of those we know?"""
    name, _colon, what = wish.partition(":")
    return name in _wishes and bool(what) and len(wish) <= MAX_LENGTH and "\x00" not in wish


def grant(request: HttpRequest, user: Any, wish: str) -> str:
    """Do it and say so in the messages of `request`. Returns the anchor to go back to."""
    name, _colon, what = wish.partition(":")
    try:
        granted = _wishes[name](user, what)
    except WishRefused as refusal:
        messages.warning(request, str(refusal), fail_silently=True)
        return ""
    messages.success(request, granted.sentence, fail_silently=True)
    return granted.anchor


def remember(request: HttpRequest, wish: str) -> None:
    """Keep the wish of a stranger until they have logged in."""
    request.session[SESSION_KEY] = {"wish": wish, "at": int(time.time())}


def grant_remembered(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """What follows a login: do what was asked before it."""
    session = getattr(request, "session", None)
    kept = session.pop(SESSION_KEY, None) if session is not None else None
    if request is None or not kept or time.time() - kept["at"] > MAX_AGE_SECONDS:
        return
    if is_known(kept["wish"]):
        grant(request, user, kept["wish"])
