"""Events, reports and posts on the board go through the same review as entries."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from areas.models import Area
from directory.review_comparison import compare
from directory.review_queue import waiting_keys
from directory.services.review import ensure_workflow
from directory.trusted_changes import unseen_changes
from directory.work_counts import count_reviews_elsewhere
from events.models import Event, Opportunity, Report
from members.choices import StaffRole
from tests.directory.admin_editing import staff_of
from tests.directory.group_world import logged_in, make_group
from tests.directory.review_world import group_of, reviewer, submitted
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory
from tests.factories.events import EventFactory, OpportunityFactory, ReportFactory

pytestmark = pytest.mark.django_db
FACTORIES = {"event": EventFactory, "report": ReportFactory, "opportunity": OpportunityFactory}


def waiting(kind: str, district: Area, **values: Any) -> Any:
    """Something new that waits for its review."""
    organization = OrganizationFactory(name="ひだまりの会", areas=[district])
    row = FACTORIES[kind](organization=organization, district=district, live=False, **values)
    return submitted(row, group_of(organization), title="審査を待つ題名")


def screen(row: Any) -> str:
    return reverse(f"directory_review:{row._meta.model_name}", args=[row.pk])


@pytest.fixture(autouse=True)
def _workflow(db: None) -> None:
    ensure_workflow()


@pytest.mark.parametrize("kind", FACTORIES)
class TestEachKind:
    def test_it_stands_in_the_queue_and_opens(self, kind: str, district: Area, staff: Client) -> None:
        row = waiting(kind, district)
        queue = staff.get(reverse("directory_review:list")).content.decode()
        page = staff.get(screen(row))
        assert screen(row) in queue
        assert page.status_code == 200
        assert "審査を待つ題名" in page.content.decode()

    def test_approving_publishes_and_tells_the_group(self, kind: str, district: Area, staff: Client) -> None:
        row = waiting(kind, district)
        seen = staff.get(screen(row)).context["parts"][0].mark
        mail.outbox.clear()
        assert staff.post(screen(row), {"decision": "approve", "seen": seen}).status_code == 302
        row.refresh_from_db()
        assert row.live
        assert row.title == "審査を待つ題名"
        (message,) = mail.outbox
        assert "公開しました" in message.subject
        assert row.get_absolute_url() in message.body

    def test_returning_keeps_it_unpublished_and_says_why(
        self, kind: str, district: Area, staff: Client
    ) -> None:
        row = waiting(kind, district)
        seen = staff.get(screen(row)).context["parts"][0].mark
        mail.outbox.clear()
        staff.post(screen(row), {"decision": "return", "seen": seen, "comment": "日にちを確かめてください"})
        row.refresh_from_db()
        assert not row.live
        (message,) = mail.outbox
        assert "日にちを確かめてください" in message.body
        assert f"/group/{row.organization.code}/" in message.body

    def test_rejecting_ends_the_review(self, kind: str, district: Area, staff: Client) -> None:
        row = waiting(kind, district)
        seen = staff.get(screen(row)).context["parts"][0].mark
        staff.post(screen(row), {"decision": "reject", "seen": seen, "comment": "地域の活動ではないため"})
        row.refresh_from_db()
        assert not row.live
        assert not row.workflow_in_progress

    def test_in_a_foreign_district_it_does_not_exist(self, kind: str, district: Area, staff: Client) -> None:
        row = waiting(kind, DistrictFactory())
        assert staff.get(screen(row)).status_code == 404
        assert staff.post(screen(row), {"decision": "approve"}).status_code == 404
        assert screen(row) not in staff.get(reverse("directory_review:list")).content.decode()
        assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1

    def test_only_those_who_publish_decide(self, kind: str, district: Area) -> None:
        row = waiting(kind, district)
        for role in (StaffRole.CSW, StaffRole.VIEWER):
            assert staff_of(district, role).get(screen(row)).status_code in (302, 403)

    def test_a_version_nobody_saw_is_not_published(self, kind: str, district: Area, staff: Client) -> None:
        row = waiting(kind, district)
        seen = staff.get(screen(row)).context["parts"][0].mark
        row.title = "あとから変えた題名"
        row.save_revision()
        answer = staff.post(screen(row), {"decision": "approve", "seen": seen})
        assert answer.status_code == 409
        row.refresh_from_db()
        assert not row.live

    def test_its_work_is_counted_in_its_district(self, kind: str, district: Area) -> None:
        waiting(kind, district)
        waiting(kind, DistrictFactory())
        counted = count_reviews_elsewhere(reviewer(district))["review"]
        assert (counted.total, dict(counted.by_district)) == (1, {district.pk: 1})
        assert len(waiting_keys(reviewer(district), district=district.pk)) == 1


def test_reviewers_of_the_district_get_a_mail_of_their_own(district: Area) -> None:
    near, far = reviewer(district), reviewer(DistrictFactory())
    waiting("event", district)
    told = [message for message in mail.outbox if "審査を待って" in message.subject]
    addresses = {address for message in told for address in message.to}
    assert near.email in addresses
    assert far.email not in addresses


@pytest.mark.parametrize(("model", "factory"), [(Event, EventFactory), (Report, ReportFactory)])
def test_a_reviewer_reads_every_field_a_group_can_change(model: Any, factory: Any) -> None:
    row = factory(summary="まえ")
    changed = type(row).objects.get(pk=row.pk)
    changed.summary = "あと"
    fields = compare(row, changed).changed
    assert [field.label for field in fields] == [str(model._meta.get_field("summary").verbose_name)]


def test_what_a_trusted_group_posts_is_looked_at_afterwards(district: Area, staff: Client) -> None:
    group = make_group(district, trusted=True)
    event = EventFactory(organization=group.organization, district=district, live=False)
    event.save_revision()
    path = reverse("events:group_event_send", args=[group.organization.code, event.code])
    logged_in(group.owner).post(path)
    event.refresh_from_db()
    assert event.live
    assert event.dates.exists()
    page = staff.get(reverse("directory_review:trusted")).content.decode()
    assert event.title in page
    staff.post(reverse("directory_review:trusted"), {"row": f"event-{event.pk}"})
    assert not unseen_changes(reviewer(district)).exists()


def test_a_group_that_is_not_public_itself_publishes_nothing(district: Area) -> None:
    group = make_group(district, trusted=True)
    group.organization.live = False
    group.organization.save()
    event = EventFactory(organization=group.organization, district=district, live=False)
    event.save_revision()
    path = reverse("events:group_event_send", args=[group.organization.code, event.code])
    logged_in(group.owner).post(path)
    event.refresh_from_db()
    assert not event.live
    assert event.workflow_in_progress


def test_approving_several_takes_events_too(district: Area, staff: Client) -> None:
    rows = [waiting("event", district), waiting("opportunity", district)]
    items = staff.get(reverse("directory_review:list")).context["items"]
    data: dict[str, Any] = {"item": [item.key for item in items]}
    staff.post(
        reverse("directory_review:approve_several"), data | {f"seen-{item.key}": item.mark for item in items}
    )
    assert Event.objects.get(pk=rows[0].pk).live
    assert Opportunity.objects.get(pk=rows[1].pk).live
