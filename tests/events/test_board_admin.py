"""Posts on the board in the staff screens: own places only; published, they are on the board and found."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.viewsets.gates import ROUTE_ACTIONS
from events.models import Opportunity
from events.viewsets.opportunities import OpportunityViewSet
from members.choices import StaffRole
from members.permissions import ROLE_ACTIONS
from tests.directory.admin_editing import staff_of
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory
from tests.factories.events import OpportunityFactory

pytestmark = pytest.mark.django_db


def form_data(**changes: object) -> dict[str, object]:
    until = timezone.localdate() + dt.timedelta(days=20)
    said = {"kind": "seek", "topic": "room", "title": "畑をさがしています", "open_until": until.isoformat()}
    return said | changes


def test_every_screen_of_a_foreign_post_is_not_there() -> None:
    staff, foreign = staff_of(DistrictFactory()), OpportunityFactory(title="よその募集")
    foreign.save_revision()
    for pattern in OpportunityViewSet().get_urlpatterns():
        arguments = tuple(pattern.pattern.regex.groupindex)
        if arguments == ("pk",):
            answer = staff.get(reverse(f"events_opportunities:{pattern.name}", args=[foreign.pk]))
            assert answer.status_code == 404, pattern.name
            assert pattern.name in ROUTE_ACTIONS
    assert "よその募集" not in staff.get(reverse("events_opportunities:list")).content.decode()


def test_who_may_only_look_does_not_add() -> None:
    assert "add" not in ROLE_ACTIONS[StaffRole.VIEWER]
    client = staff_of(DistrictFactory(), role=StaffRole.VIEWER)
    assert client.get(reverse("events_opportunities:add")).status_code in (302, 403)


def test_staff_publish_a_post_and_it_is_on_the_board(client) -> None:
    district = DistrictFactory()
    group = OrganizationFactory(areas=[district])
    staff = staff_of(district)
    data = form_data(organization=group.pk, district=district.pk)
    answer = staff.post(reverse("events_opportunities:add"), data | {"action-publish": "x"})
    assert answer.status_code == 302
    post = Opportunity.objects.get()
    assert "畑をさがしています" in client.get("/board/").content.decode()
    edit = reverse("events_opportunities:edit", args=[post.pk])
    assert staff.get(edit).status_code == 200
    preview = reverse("events_opportunities:preview_on_edit", args=[post.pk])
    staff.post(preview, data)
    assert "畑をさがしています" in staff.get(preview).content.decode()


def test_a_post_can_not_be_put_into_a_foreign_district() -> None:
    group, foreign = OrganizationFactory(), DistrictFactory()
    data = form_data(organization=group.pk, district=foreign.pk)
    staff_of(DistrictFactory()).post(reverse("events_opportunities:add"), data | {"action-publish": "x"})
    assert not Opportunity.objects.exists()
