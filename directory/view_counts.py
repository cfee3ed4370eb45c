"""Which visits count: people who look, once the page is on its way; no staff, no programmes, no looking ahead."""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from .choices import CountKind
from .group_access import role_in
from .models import Resource
from .services.counting import count
from .visibility import Viewer, viewer_of

logger = logging.getLogger(__name__)

_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|preview|curl|wget|python|java/|headless|lighthouse|monitor|facebookexternal",
    re.IGNORECASE,
)
_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


def counted(
    request: HttpRequest, resource: Resource, response: HttpResponse, kind: CountKind = CountKind.SEEN
) -> HttpResponse:
    """`response`, which counts when it is closed: after the answer, so that nobody waits for it."""
    if request.method == "GET" and not request.GET.get("month") and is_visitor(request, resource):
        response._resource_closers.append(lambda: count_quietly(resource, kind))  # type: ignore[attr-defined]
    return response


def count_quietly(resource: Resource, kind: CountKind) -> None:
    """Count; a busy database loses one visit and no page."""
    try:
        count(resource, kind)
    except DatabaseError:
        logger.warning("A visit was not counted: the database was busy.")


def is_visitor(request: HttpRequest, resource: Resource) -> bool:
    """Is it a person of the public who looks? Browsers say who they are; most programmes say so too."""
    agent = request.headers.get("User-Agent", "")
    if "Mozilla/" not in agent or _MACHINE.search(agent):
        return False
    if any("prefetch" in request.headers.get(name, "") for name in _AHEAD):
        return False
    return not _is_one_of_ours(request, resource)


def _is_one_of_ours(request: HttpRequest, resource: Resource) -> bool:
    """Staff and the group itself look at the page to work on it."""
    user = request.user
    if not user.is_authenticated:
        return False
    if user.is_staff or viewer_of(user, resource) is Viewer.STAFF:
        return True
    return resource.organization is not None and role_in(user, resource.organization) is not None
