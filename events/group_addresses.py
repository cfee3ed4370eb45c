"""How a group is reached when somebody has something to ask it: those who speak for it, else its own contacts."""

from __future__ import annotations

from django.conf import settings

from directory.choices import MemberRole
from directory.models import Organization
from directory.models.contacts import Contact
from directory.visibility import contacts_of


def addresses_of(organization: Organization) -> list[str]:
    """The addresses of owners and editors; without any, the first address among the group's contacts."""
    members = organization.members.select_related("user").filter(user__is_active=True)
    in_order = sorted(members, key=lambda row: (row.role != MemberRole.OWNER, row.pk))
    found = [row.user.email for row in in_order if row.user.email]
    return found or [contact.email for contact in organization.contacts.all() if contact.email][:1]


def phone_of(organization: Organization) -> str:
    """The number staff call, "" without one."""
    return next((contact.phone for contact in organization.contacts.all() if contact.phone), "")


def suggested_contact(organization: Organization, email: str = "") -> str:
    """What a group would tell the other side: its public contact, or the address of who is asked. It may be changed."""
    contacts = contacts_of(organization.contacts.all())
    return _in_words(contacts[0]) if contacts else email


def _in_words(contact: Contact) -> str:
    return " ".join(part for part in (contact.name, contact.phone, contact.email) if part)[:200]


def full_address(path: str) -> str:
    """The address of `path` as it stands in a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
