"""What other apps add to a group's desk."""

from __future__ import annotations

import pytest

from directory import group_links
from directory.group_links import GroupLink, links_of, register_group_link
from tests.factories.directory import OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_links, "_links", {})


def test_links_stand_in_order_with_what_waits() -> None:
    register_group_link(GroupLink("b", 20, "あと", "directory:group_members", "people"))
    register_group_link(GroupLink("a", 10, "さき", "directory:group_new", "plus", count=lambda group: 3))
    group = OrganizationFactory()

    first, second = links_of(group)

    assert (first.label, first.waiting) == ("さき", 3)
    assert group.code in first.url
    assert (second.label, second.waiting) == ("あと", None)


def test_nothing_waiting_shows_no_number() -> None:
    register_group_link(GroupLink("a", 10, "さき", "directory:group_new", "plus", count=lambda group: 0))

    assert links_of(OrganizationFactory())[0].waiting is None
