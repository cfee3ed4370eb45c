"""A group with an owner, an editor and a public entry: what the tests of the desk share."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from areas.models import Area
from directory.choices import MemberRole
from directory.models import Organization, OrganizationMember, Resource
from directory.services.review import ensure_workflow
from members.models import User
from tests.factories.directory import (
    CategoryFactory,
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)
from tests.factories.members import UserFactory


@dataclass(frozen=True)
class Group:
    """The organization, its people, its entry."""

    organization: Organization
    owner: User
    editor: User
    entry: Resource

    def path(self, name: str, *args: str) -> str:
        """The address of a page of the entry: `path("pause")`."""
        return reverse(f"directory:group_{name}", args=[self.organization.code, self.entry.code, *args])

    def fresh(self) -> Resource:
        return Resource.objects.get(pk=self.entry.pk)


def make_group(district: Area, *, trusted: bool = False) -> Group:
    """Everything there is, published."""
    ensure_workflow()
    organization = OrganizationFactory(name="ひだまりの会", areas=[district], is_trusted=trusted)
    owner, editor = UserFactory(name="代表さん"), UserFactory(name="編集さん")
    for user, role in ((owner, MemberRole.OWNER), (editor, MemberRole.EDITOR)):
        OrganizationMember.objects.create(organization=organization, user=user, role=role)
    entry = ResourceFactory(
        name="ひだまりサロン",
        organization=organization,
        venue=VenueFactory(district=district, name="ひだまり会館"),
        schedules=[weekly_spec()],
    )
    ResourceContactFactory(resource=entry)
    kind = entry.categories.get()
    kind.parent = CategoryFactory(code="welfare", name="生活支援")
    kind.save()
    return Group(organization, owner, editor, entry)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def content(group: Group, **changes: str) -> dict[str, object]:
    """What the form 「内容」 sends."""
    said: dict[str, object] = {
        "name": group.entry.name,
        "kana": group.entry.kana,
        "categories": [row.pk for row in group.entry.categories.all()],
        "summary": group.entry.summary,
        "description": "",
        "plain_description": "",
    }
    return said | changes
