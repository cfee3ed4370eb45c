"""The same form sent twice (a double click, a reload) counts once. Each form carries a token of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.core.cache import caches
from django.http import HttpRequest

#: How long a form that was sent is remembered, in seconds.
_REMEMBERED = 3600
_TOKEN_LENGTH = 64


@dataclass
class Sending:
    """Is this the first time? `result` is what the first time left for the second (an address)."""

    is_first: bool
    result: str = ""


def token_of(request: HttpRequest) -> str:
    """The token of the form shown: the one that was sent, or a new one."""
    return request.POST.get("form_token", "")[:_TOKEN_LENGTH] or uuid4().hex


@contextmanager
def once(request: HttpRequest, what: str) -> Iterator[Sending]:
    """Around the work of a form. What differs in one letter is another sending: nothing typed is lost.

    The note is a row of the durable cache, which only one of two processes can add. Fails the work, the note goes.
    """
    if not request.POST.get("form_token"):
        yield Sending(is_first=True)
        return
    notes, key = caches["durable"], _key(request, what)
    sending = Sending(is_first=notes.add(key, "", _REMEMBERED))
    if not sending.is_first:
        sending.result = notes.get(key, "")
        yield sending
        return
    try:
        yield sending
    except BaseException:
        notes.delete(key)
        raise
    notes.set(key, sending.result, _REMEMBERED)


def _key(request: HttpRequest, what: str) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    digest = hashlib.sha256(repr((request.user.pk, what, typed)).encode("utf-8", "surrogatepass"))
    return f"once:{digest.hexdigest()}"
