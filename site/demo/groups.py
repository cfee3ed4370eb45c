"""The demo's group: an owner and an editor, at least two activities, one draft that came back, visits to count."""

from __future__ import annotations

import random
from datetime import date, timedelta

from areas.models import Area
from directory.choices import CountKind, MemberRole
from directory.models import DailyCount, Organization, Resource
from directory.services.group_editing import save_draft, submit_change
from directory.services.groups import add_member
from directory.services.review_decisions import return_with_comment
from members.models import User

OWNER, EDITOR, REVIEWER = "group@example.jp", "editor@example.jp", "staff@example.jp"
COMMENT = "「持ち物」がわからないので、書き足していただけますか。(見本の職員より)"


def make_group(home: Area, *, today: date, chance: random.Random) -> None:
    """Fill the desk of the demo's group. Does nothing where it is filled already."""
    owner = User.objects.get(email=OWNER)
    organization = Organization.objects.get(members__user=owner)
    editor = User.objects.get(email=EDITOR)
    if organization.members.filter(user=editor).exists():
        return
    add_member(organization=organization, user=editor, role=MemberRole.EDITOR, by=owner)
    entries = _entries(organization, home)
    _return_one(entries[1], owner)
    DailyCount.objects.bulk_create(_visits(entries, today, chance), ignore_conflicts=True)


def _entries(organization: Organization, home: Area) -> list[Resource]:
    """Two public activities of the group, taken from those of the district nobody runs where it has fewer."""
    own = Resource.objects.published().filter(organization=organization).order_by("pk")
    free = Resource.objects.published().filter(organization=None, district=home, venue__isnull=False)
    for resource in free.exclude(categories__code="welfare_desk").order_by("pk")[: max(2 - own.count(), 0)]:
        Resource.objects.filter(pk=resource.pk).update(organization=organization)
    return list(own.all()[:2])


def _return_one(resource: Resource, owner: User) -> None:
    draft = resource.get_latest_revision_as_object()
    draft.summary = "おしゃべりしながら、季節の飾りを作ります。はじめての方も歓迎です。"
    save_draft(resource, draft, user=owner)
    submit_change(resource, owner)
    reviewer = User.objects.get(email=REVIEWER)
    return_with_comment(Resource.objects.get(pk=resource.pk), by=reviewer, comment=COMMENT)


def _visits(entries: list[Resource], today: date, chance: random.Random) -> list[DailyCount]:
    days = [today - timedelta(days=number) for number in range(60)]
    most = {CountKind.SEEN: 6, CountKind.CALLED: 1, CountKind.SHARED: 1}
    return [
        DailyCount(resource=entry, date=day, kind=kind, count=number)
        for entry in entries
        for day in days
        for kind, top in most.items()
        if (number := chance.randint(0, top))
    ]
