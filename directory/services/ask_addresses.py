"""How a group can be asked: the address of somebody who speaks for it, else a telephone, else paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from ..choices import AskChannel, MemberRole, OrganizationStatus
from ..models import Resource
from ..models.contacts import Contact
from .undelivered import undelivered_addresses


def candidates(resource: Resource) -> list[str]:
    """Addresses in the order they are tried: owners, editors, the entry's contacts, the group's contacts.

    For rows of `with_ways_to_ask`. Without repetitions, compared without regard to case.
    """
    found = [*_members(resource), *_mails(resource.contacts.all())]
    if resource.organization is not None:
        found += _mails(resource.organization.contacts.all())
    return list({address.lower(): address for address in reversed(found)}.values())[::-1]


def with_ways_to_ask(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """What `candidates` and `channel_of` read, in a fixed number of queries."""
    return resources.select_related("organization", "district").prefetch_related(
        "categories", "contacts", "organization__contacts", "organization__members__user"
    )


def best_addresses(resources: Iterable[Resource]) -> dict[int, str]:
    """Resource → the first address mail reaches; without those that have none. Nobody whose mail came back."""
    tried = {resource.pk: candidates(resource) for resource in resources}
    dead = undelivered_addresses({address for addresses in tried.values() for address in addresses})
    best = {
        pk: next((address for address in addresses if address.lower() not in dead), "")
        for pk, addresses in tried.items()
    }
    return {pk: address for pk, address in best.items() if address}


def channel_of(resource: Resource, address: str) -> AskChannel:
    """Mail where there is an address, else the telephone, else paper."""
    if address:
        return AskChannel.MAIL
    return AskChannel.PHONE if phone_of(resource) else AskChannel.PAPER


def phone_of(resource: Resource) -> str:
    """The first number staff can call; empty without one."""
    contacts: list[Contact] = list(resource.contacts.all())
    if resource.organization is not None:
        contacts += list(resource.organization.contacts.all())
    return next((contact.phone for contact in contacts if contact.phone), "")


def _members(resource: Resource) -> list[str]:
    organization = resource.organization
    if organization is None or organization.status == OrganizationStatus.CLOSED:
        return []
    members = sorted(organization.members.all(), key=lambda row: (row.role != MemberRole.OWNER, row.pk))
    return [row.user.email for row in members if row.user.is_active and row.user.email]


def _mails(contacts: Iterable[object]) -> list[str]:
    return [contact.email for contact in contacts if contact.email]  # type: ignore[attr-defined]
