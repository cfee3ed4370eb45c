"""Posts on the board in the staff screens: own places only; published, they are on the board and found."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.viewsets.gates import ROUTE_ACTIONS
from events.choices import AnswerState, OpportunityState
from events.models import Opportunity
from events.viewsets.opportunities import OpportunityViewSet
from members.choices import StaffRole
from members.permissions import ROLE_ACTIONS
from tests.directory.admin_editing import staff_of
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory
from tests.factories.events import EventFactory, OpportunityFactory, ReportFactory

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


def test_staff_see_who_answered_and_contacts_only_after_both_agreed() -> None:
    district = DistrictFactory()
    post = OpportunityFactory(district=district)
    said = {"message": "手伝えます", "phone": "03-0000-0000", "email": "answer@example.jp"}
    answer = post.answers.create(name="見本さん", state=AnswerState.WAITING, **said)
    post.answers.create(name="まだの人", state=AnswerState.TYPED, **said)
    staff, screen = staff_of(district), reverse("events_opportunities:answers", args=[post.pk])
    page = staff.get(screen).content.decode()
    assert "見本さん" in page
    assert "手伝えます" in page
    assert "まだの人" not in page, "nobody proved that address"
    assert "03-0000-0000" not in page
    assert screen in staff.get(reverse("events_opportunities:edit", args=[post.pk])).content.decode()
    post.answers.filter(pk=answer.pk).update(state=AnswerState.AGREED)
    assert "03-0000-0000" in staff.get(screen).content.decode()
    viewer = staff_of(district, role=StaffRole.VIEWER)
    assert "answer@example.jp" not in viewer.get(screen).content.decode()


def test_staff_settle_a_post_once_and_it_leaves_the_board(client) -> None:
    district = DistrictFactory()
    post = OpportunityFactory(district=district, title="畑をさがしています")
    staff, act = staff_of(district), reverse("events_opportunities:act", args=[post.pk])
    assert staff.get(act).status_code == 405
    assert staff.post(act, {"state": "x"}).status_code == 400
    assert staff.post(act, {"state": "met", "seen": "open"}).status_code == 302
    assert "畑をさがしています" not in client.get("/board/").content.decode()
    staff.post(act, {"state": "withdrawn", "seen": "open"})  # another window, opened before
    assert Opportunity.objects.get().state == OpportunityState.MET
    assert staff_of(DistrictFactory()).post(act, {"state": "open", "seen": "met"}).status_code == 404


@pytest.mark.parametrize("factory", [EventFactory, ReportFactory, OpportunityFactory])
def test_several_drafts_are_published_at_once_and_only_ones_own(factory) -> None:
    district, elsewhere = DistrictFactory(), DistrictFactory()
    rows = [factory(district=place, live=False) for place in (district, district, elsewhere)]
    for row in rows:
        row.save_revision()
    path = reverse("wagtail_bulk_action", args=["events", rows[0]._meta.model_name, "publish_several"])
    staff = staff_of(district)
    asked = [f"{path}?{urlencode([('id', row.pk) for row in some])}" for some in (rows, rows[:2])]
    assert staff.post(asked[0]).status_code == 404
    factory._meta.model.objects.filter(pk=rows[1].pk).update(hidden_on=timezone.localdate())
    page = staff.post(asked[1], follow=True).content.decode()
    assert "1件できました" in page
    assert "お申し出で公開を止めています" in page
    assert [type(row).objects.get(pk=row.pk).live for row in rows] == [True, False, False]
