"""The door of a group's own events. The same rules as for its entries: what is another group's does not exist."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from directory.group_access import group_view
from directory.models import Organization, OrganizationMember

from .models import Event

GroupView = Callable[..., Any]


def group_event_view(view: GroupView | None = None, *, changes: bool = True) -> GroupView:
    """Give `view(request, membership, event, …)` the event whose code is `event`, of the group whose code is `code`.

    `changes`: 403 where the group is over. 404 for strangers and for events of other groups, partners' included.
    """
    if view is None:
        return functools.partial(group_event_view, changes=changes)

    @functools.wraps(view)
    def wrapped(
        request: HttpRequest, membership: OrganizationMember, event: str, **kwargs: Any
    ) -> HttpResponse:
        return view(request, membership, event_of(membership.organization, event), **kwargs)

    return group_view(wrapped, changes=changes)


def event_of(organization: Organization, code: str) -> Event:
    """The event `code` that `organization` holds; Http404 for that of another."""
    rows = Event.objects.filter(organization=organization, code=code)
    found = rows.select_related("organization", "venue", "district").first()
    if found is None:
        raise Http404(_("このページはありません。"))
    return found
