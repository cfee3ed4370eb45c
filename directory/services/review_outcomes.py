"""What follows from a decision: the registration's state, and the mail to the group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from areas.models import Area
from mailing.services import post
from members.models import User

from ..choices import RegistrationState, ReviewDecision
from ..models import Organization, Registration, Resource
from ..reviewed import kind_of
from ..reviewers import places_of
from .registration_owners import mine_path

#: A row of the review (`reviewed`).
Entry = Any

_STATES = {
    ReviewDecision.APPROVED: RegistrationState.ACCEPTED,
    ReviewDecision.RETURNED: RegistrationState.RETURNED,
    ReviewDecision.REJECTED: RegistrationState.REJECTED,
}
_OPEN = (RegistrationState.SUBMITTED, RegistrationState.RETURNED)


def registrations_of(entry: Entry) -> list[Registration]:
    """The registrations that wait for a decision about `entry`. Of an entry only those that brought no new group:
    else the decision about the group settles them.
    """
    if isinstance(entry, Organization):
        brought = Q(organization=entry)
    elif not isinstance(entry, Resource):
        return []
    else:
        brought = Q(resource=entry) & (Q(organization__isnull=True) | Q(organization__live=True))
    return list(Registration.objects.filter(brought, state__in=_OPEN).order_by("created_at"))


def settle_registrations(entry: Entry, decision: ReviewDecision) -> list[Registration]:
    """Write the outcome into the registrations of `entry`, and return them."""
    found = registrations_of(entry)
    for registration in found:
        registration.state = _STATES[decision]
        registration.save(update_fields=["state", "updated_at"])
    return found


def tell_the_group(
    entry: Entry,
    decision: ReviewDecision,
    comment: str,
    *,
    by: User,
    registrations: Sequence[Registration] = (),
) -> list[str]:
    """Mail the outcome to each of those who speak for the entry. Returns the addresses; empty where there are none."""
    addresses = addresses_of(entry, by=by, registrations=registrations)
    context = _context(entry, comment)
    links = _links_of(entry, registrations)
    for address in addresses:
        # Whoever registered has no login yet: a link of their own makes them the group's owner.
        own = {"desk_url": f"{settings.WAGTAILADMIN_BASE_URL}{links[address]}"} if address in links else {}
        post(
            to=[address],
            subject=_subject(entry, decision),
            template=f"directory/mail/review_{decision}.txt",
            context=context | own,
            cause=f"{entry._meta.model_name}:{entry.code}",
            secret=bool(own),
        )
    return addresses


def _links_of(entry: Entry, registrations: Sequence[Registration]) -> dict[str, str]:
    """Address → the link by which whoever registered comes to the group's desk, while nobody else speaks for it."""
    organization = _organization_of(entry)
    if organization is None or organization.members.exists():
        return {}
    rows = registrations or _last_registration(entry)
    return {row.email: mine_path(row) for row in rows if row.email and row.organization_id}


def _organization_of(entry: Entry) -> Organization | None:
    return entry if isinstance(entry, Organization) else entry.organization


def addresses_of(
    entry: Entry, *, by: User | None = None, registrations: Sequence[Registration] = ()
) -> list[str]:
    """The members of the organization; else whoever registered it; and a colleague who sent the entry in."""
    organization = _organization_of(entry)
    found = []
    if organization is not None:  # a filter by None would find everybody without a group
        members = User.objects.filter(memberships__organization=organization, is_active=True)
        found = list(members.order_by("memberships__joined_at").values_list("email", flat=True))
    if not found:
        found = [registration.email for registration in registrations or _last_registration(entry)]
    sender = entry.workflow_states.order_by("-created_at", "-pk").select_related("requested_by").first()
    if sender and sender.requested_by and sender.requested_by != by and sender.requested_by.is_active:
        found.append(sender.requested_by.email)
    return [address for address in dict.fromkeys(found) if address]


def _last_registration(entry: Entry) -> list[Registration]:
    if not isinstance(entry, Organization | Resource):
        return []
    brought = Q(organization=entry) if isinstance(entry, Organization) else Q(resource=entry)
    return list(Registration.objects.filter(brought).order_by("-created_at")[:1])


def _subject(entry: Entry, decision: ReviewDecision) -> str:
    words = {
        ReviewDecision.APPROVED: _("「%(name)s」を公開しました"),
        ReviewDecision.RETURNED: _("「%(name)s」の直しのお願い"),
        ReviewDecision.REJECTED: _("「%(name)s」の掲載について"),
    }
    return words[decision] % {"name": str(entry)[:40]}


def _context(entry: Entry, comment: str) -> dict[str, Any]:
    base = settings.WAGTAILADMIN_BASE_URL
    return {
        "entry": entry,
        "is_organization": isinstance(entry, Organization),
        "comment": comment,
        "url": f"{base}{entry.get_absolute_url()}",
        "desk_url": f"{base}{_desk_address(entry)}",
        "desk": _desk(entry),
    }


def _desk_address(entry: Entry) -> str:
    """Where the group mends its entry."""
    organization, desk = _organization_of(entry), kind_of(entry).desk
    if organization is not None and desk is not None:
        return desk(entry)
    if organization is not None:
        return reverse("directory:group_desk", args=[organization.code])
    return reverse("members:my_page")


def _desk(entry: Entry) -> dict[str, str]:
    """Whom to call: the desk of the district, as its entry says it; else the municipality's own number."""
    place: Area | None = next(iter(places_of(entry)), None)
    if place is None:
        return {"name": settings.WAGTAIL_SITE_NAME, "phone": ""}
    for desk in Resource.objects.published().desks_for(place).prefetch_related("contacts"):
        for contact in desk.contacts.all():
            if contact.phone and contact.audience == "public":
                return {"name": desk.name, "phone": contact.phone}
    profile = getattr(place.municipality, "profile", None)
    return {
        "name": (profile and profile.council_name) or place.municipality.name,
        "phone": profile.contact_phone if profile else "",
    }
