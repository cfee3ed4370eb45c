"""Who may speak for a group, and the door of the group's desk.

Owners (代表) and editors may change entries; only owners invite, remove and hand over. A foreigner, whether a resident,
another group's owner or staff without a membership, gets 404: the desk does not even say that the group is there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .choices import LifeStatus, MemberRole, OrganizationStatus
from .models import Organization, OrganizationMember, Resource
from .typed_before import keep_typed

GroupView = Callable[..., Any]


def memberships_of(user: Any) -> QuerySet[OrganizationMember]:
    """The groups `user` speaks for, with the organization loaded; none for strangers and disabled logins."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return OrganizationMember.objects.none()
    rows = OrganizationMember.objects.filter(user=user, organization__merged_into__isnull=True)
    return rows.select_related("organization").order_by("organization__kana", "pk")


def role_in(user: Any, organization: Organization) -> MemberRole | None:
    """The role of `user` in `organization`; None for everybody else."""
    found = memberships_of(user).filter(organization=organization).values_list("role", flat=True).first()
    return MemberRole(found) if found else None


def may_edit(user: Any, thing: Resource | Organization) -> bool:
    """May `user` change `thing` for its group? Not what is over or went into another one: staff reopen it."""
    organization = thing if isinstance(thing, Organization) else thing.organization
    if organization is None or organization.status == OrganizationStatus.CLOSED:
        return False
    if isinstance(thing, Resource) and not is_changeable(thing):
        return False
    return role_in(user, organization) is not None


def is_changeable(resource: Resource) -> bool:
    """Is `resource` still the group's to change?"""
    return resource.merged_into_id is None and resource.life_status != LifeStatus.CLOSED


def group_view(
    view: GroupView | None = None, *, owners_only: bool = False, changes: bool = False
) -> GroupView:
    """Give `view(request, membership, …)` the membership of whoever asks, in the organization of `code`.

    `owners_only`: 403 for editors. `changes`: 403 where the organization is over. Whoever is logged out goes to the
    login, and what they typed waits for them.
    """
    if view is None:
        return functools.partial(group_view, owners_only=owners_only, changes=changes)

    @functools.wraps(view)
    def wrapped(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            keep_typed(request)
            return redirect_to_login(request.path)
        membership = membership_at(request.user, code)
        is_owner = membership.role == MemberRole.OWNER
        if (owners_only and not is_owner) or (changes and is_over(membership.organization)):
            raise PermissionDenied
        try:
            response = view(request, membership, **kwargs)
        except OverflowError as error:  # a number no database column holds, in any field of any form
            raise BadRequest(_("数が大きすぎます。")) from error
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(wrapped)


def group_entry_view(view: GroupView | None = None, *, changes: bool = True) -> GroupView:
    """The same for one entry of the group: `view(request, membership, resource, …)`, `entry` being its code."""
    if view is None:
        return functools.partial(group_entry_view, changes=changes)

    @functools.wraps(view)
    def wrapped(
        request: HttpRequest, membership: OrganizationMember, entry: str, **kwargs: Any
    ) -> HttpResponse:
        resource = entry_of(membership.organization, entry)
        if changes and not is_changeable(resource):
            raise PermissionDenied
        return view(request, membership, resource, **kwargs)

    return group_view(wrapped, changes=changes)


def membership_at(user: Any, code: str) -> OrganizationMember:
    """The membership of `user` in the organization `code`; Http404 without one."""
    found = memberships_of(user).filter(organization__code=code).first()
    if found is None:
        raise Http404(_("このページはありません。"))
    return found


def entry_of(organization: Organization, code: str) -> Resource:
    """The entry `code` of `organization`; Http404 for that of another."""
    rows = Resource.objects.filter(organization=organization, merged_into__isnull=True, code=code)
    found = rows.select_related("organization", "venue", "district").first()
    if found is None:
        raise Http404(_("このページはありません。"))
    return found


def is_over(organization: Organization) -> bool:
    return organization.status == OrganizationStatus.CLOSED
