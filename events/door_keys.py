"""The key of a form that must count once, however often it is pressed."""

from __future__ import annotations

import re
import secrets

from django.http import HttpRequest

from .models import Event

_KEY = re.compile(r"[A-Za-z0-9_-]{10,40}")


def new_key() -> str:
    return secrets.token_urlsafe(16)


def once_of(request: HttpRequest, event: Event, what: str) -> str:
    """What the tables keep of the key that was sent: bound to the event and the form. A broken one is a new one."""
    key = request.POST.get("key", "")
    return f"{what}{event.pk}-{key if _KEY.fullmatch(key) else new_key()}"[:64]
