"""The way to an entry: its short code as people type it, who may come in, and what the others are told."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from ..entries import Entry
from ..models import Resource
from ..models.base import CODE_ALPHABET
from ..services.occurrences import HORIZON
from ..visibility import Viewer, can_see, has_ended, viewer_of

_CODE = re.compile(f"[{CODE_ALPHABET}]{{1,8}}", re.ASCII)

EntryView = Callable[..., HttpResponse]


def canonical_code(typed: str) -> str:
    """「７ｋ３ｑｆ」 → "7K3QF". Raises Http404 for what can be no code, so that it never reaches the database."""
    code = unicodedata.normalize("NFKC", typed).strip().upper()
    if not _CODE.fullmatch(code):
        raise Http404(_("この番号のページはありません。"))
    return code


def entry_view(view: EntryView) -> EntryView:
    """Give `view(request, resource)` the entry of the code in the address.

    A code typed another way leads to the right address; that of an entry that went into another one, to that. Who may
    not see the entry gets 404, as if it were not there; one that is over gets 410 and its name, because people come
    back to old paper with a code on it.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        right = canonical_code(code)
        if right != code:
            return _to_right_address(request, right)
        resource = load(right)
        if resource.merged_into_id is not None:
            return _to_right_address(request, _told(request, final_of(resource)).code, permanent=False)
        if not can_see(request.user, resource):
            if not has_ended(resource):
                raise Http404(_("この番号のページはありません。"))
            return render(request, "directory/ended.html", {"resource": resource}, status=410)
        response = view(request, resource, **kwargs)
        if viewer_of(request.user, resource) is not Viewer.PUBLIC:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return wrapped


def _told(request: HttpRequest, resource: Resource) -> Resource:
    """`resource`, where its number may be told; Http404 for one that is not public."""
    if not can_see(request.user, resource) and not has_ended(resource):
        raise Http404(_("この番号のページはありません。"))
    return resource


def load(code: str) -> Resource:
    """The resource with everything its page shows; Http404 without one."""
    today = timezone.localdate()
    # From the first of the month, so that the month on the page is whole.
    rows = Resource.objects.with_page_data(today.replace(day=1), today + HORIZON)
    try:
        return rows.get(code=code)
    except Resource.DoesNotExist as error:
        raise Http404(_("この番号のページはありません。")) from error


def seen_by(request: HttpRequest, resource: Resource) -> Entry:
    """The entry as this visitor may see it: for the screen."""
    return Entry(resource, viewer_of(request.user, resource), timezone.localdate())


def for_everybody(resource: Resource) -> Entry:
    """The entry as the public may see it: for whatever is passed on (paper, files, metadata), whoever made it."""
    return Entry(resource, Viewer.PUBLIC, timezone.localdate())


def final_of(thing: Any) -> Any:
    """Where an entry, or a group, that was merged lives on. At most a few steps; a circle cannot come about by merging."""
    for _step in range(20):
        if thing.merged_into_id is None:
            break
        thing = thing.merged_into
    return thing


def _to_right_address(request: HttpRequest, code: str, *, permanent: bool = True) -> HttpResponse:
    match = request.resolver_match
    assert match is not None  # noqa: S101 - a view is only called for an address that matched
    address = reverse(match.view_name, kwargs={**match.kwargs, "code": code})
    query = request.META.get("QUERY_STRING", "")
    # A merge can be undone: browsers must not keep where it led.
    kind = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
    return kind(f"{address}?{query}" if query else address)
