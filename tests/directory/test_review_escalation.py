"""Who is asked to review, who is told when it takes too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from directory.models import ReviewEscalation
from directory.reviewers import reviewers_of, supervisors_of
from directory.services.escalation import escalate_late_reviews
from directory.services.review_decisions import return_with_comment, waiting_state
from members.choices import StaffRole
from members.models import Substitution
from tests.directory.review_world import changed_entry, new_registration, reviewer
from tests.factories.areas import DistrictFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def wait(entry: Any, days: int) -> None:
    """Let `entry` have waited for `days` days."""
    state = waiting_state(entry)
    state.started_at = timezone.now() - timedelta(days=days)
    state.save(update_fields=["started_at"])


def sent_to() -> set[str]:
    return {address for message in mail.outbox for address in message.to}


def test_the_nearest_staff_are_asked(district: Any) -> None:
    area_staff = reviewer(district.parent, StaffRole.AREA_STAFF)
    entry = changed_entry(district)
    assert set(reviewers_of(entry)) == {area_staff}
    near, elsewhere = reviewer(district), reviewer(DistrictFactory())
    assert set(reviewers_of(entry)) == {near}
    assert elsewhere not in supervisors_of(entry)


@pytest.mark.parametrize(("first", "last", "asked"), [(-1, 1, True), (-9, -1, False), (1, 9, False)])
def test_who_stands_in_is_asked_too_while_it_lasts(district: Any, first: int, last: int, asked: bool) -> None:
    away, substitute, today = reviewer(district), UserFactory(), timezone.localdate()
    Substitution.objects.create(
        assignment=away.assignments.get(),
        substitute=substitute,
        first_day=today + timedelta(days=first),
        last_day=today + timedelta(days=last),
    )
    assert (substitute in reviewers_of(changed_entry(district))) is asked


def test_the_mail_about_a_waiting_review_leads_to_its_screen(district: Any) -> None:
    near = reviewer(district)
    entry = changed_entry(district)
    (message,) = [message for message in mail.outbox if message.to == [near.email]]
    assert f"/register/review/resource/{entry.pk}/" in message.body


def test_a_late_review_is_told_upwards_once(district: Any) -> None:
    near, above = reviewer(district), reviewer(district.parent, StaffRole.AREA_STAFF)
    curator = reviewer(district.municipality, StaffRole.CURATOR)
    entry = changed_entry(district)
    wait(entry, 8)
    mail.outbox.clear()
    assert escalate_late_reviews() == 1
    assert sent_to() == {above.email, curator.email}
    assert str(near) in mail.outbox[0].body
    mail.outbox.clear()
    assert escalate_late_reviews() == 0
    assert mail.outbox == []


def test_a_review_within_its_days_is_left_alone(district: Any, settings: Any) -> None:
    reviewer(district.parent, StaffRole.AREA_STAFF)
    entry = changed_entry(district)
    wait(entry, 6)
    assert escalate_late_reviews() == 0
    settings.REVIEW_ESCALATE_AFTER = 5
    assert escalate_late_reviews() == 1


def test_a_decided_review_is_not_told(district: Any) -> None:
    entry = changed_entry(district)
    wait(entry, 30)
    return_with_comment(entry, by=reviewer(district), comment="直して")
    assert escalate_late_reviews() == 0
    assert not ReviewEscalation.objects.exists()


def test_what_came_again_waits_anew(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    wait(entry, 30)
    assert escalate_late_reviews() == 1
    return_with_comment(entry, by=by, comment="直して")
    entry.workflow_states.get().resume(None)
    assert escalate_late_reviews() == 0
    wait(entry, 30)
    assert escalate_late_reviews() == 1


def test_a_late_organization_is_told_with_its_districts(district: Any) -> None:
    reviewer(district.parent, StaffRole.AREA_STAFF)
    organization = new_registration(district).organization
    wait(organization, 8)
    mail.outbox.clear()
    assert escalate_late_reviews() == 1
    assert district.name in mail.outbox[0].body
