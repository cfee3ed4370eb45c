"""One decision wins; it is about the version that was seen; the group is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from directory.choices import OrganizationStatus, RegistrationState
from directory.models import RegisterLogEntry, Resource
from directory.services.registration_owners import mine_path
from directory.services.review_decisions import (
    AlreadyDecided,
    NewerVersion,
    approve,
    last_decision,
    reject,
    return_with_comment,
    waiting_state,
)
from directory.versions import version_of
from directory.visibility import is_public_organization
from members.choices import StaffRole
from tests.directory.review_world import changed_entry, group_of, new_registration, reviewer, submitted
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_an_approved_change_is_public_and_its_group_is_told(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    mail.outbox.clear()
    outcome = approve(entry, by=by, seen=version_of(Resource, entry.pk), note="ありがとうございます")
    assert again(entry).summary == "毎週金曜に、お茶を飲みます。"
    assert waiting_state(entry) is None
    (message,) = mail.outbox
    assert message.to == list(outcome.told) == [entry.organization.members.get().user.email]
    assert "公開しました" in message.subject
    assert "ありがとうございます" in message.body
    assert entry.get_absolute_url() in message.body


def test_the_second_reviewer_learns_who_decided(district: Any) -> None:
    entry, first, second = changed_entry(district), reviewer(district), reviewer(district)
    return_with_comment(entry, by=first, comment="場所を書いてください。")
    with pytest.raises(AlreadyDecided) as caught:
        approve(entry, by=second)
    assert caught.value.state.finished_by == first
    assert again(entry).summary != "毎週金曜に、お茶を飲みます。"


def test_a_newer_version_is_not_approved_unseen(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    seen = version_of(Resource, entry.pk)
    draft = entry.get_latest_revision_as_object()
    draft.summary = "見ていない文"
    draft.save_revision()
    with pytest.raises(NewerVersion):
        approve(entry, by=by, seen=seen)
    assert waiting_state(entry).finished_by is None
    assert again(entry).summary != "見ていない文"
    approve(entry, by=by, seen=version_of(Resource, entry.pk))
    assert again(entry).summary == "見ていない文"


def test_returning_needs_words_and_leaves_what_is_public(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    mail.outbox.clear()
    with pytest.raises(ValidationError):
        return_with_comment(entry, by=by, comment="  ")
    assert waiting_state(entry) is not None
    return_with_comment(entry, by=by, comment="場所を書いてください。")
    assert again(entry).summary != "毎週金曜に、お茶を飲みます。"
    (message,) = mail.outbox
    assert "場所を書いてください。" in message.body
    assert "直し" in message.subject


def test_what_was_returned_can_be_sent_again(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    return_with_comment(entry, by=by, comment="場所を書いてください。")
    entry.workflow_states.get().resume(entry.organization.members.get().user)
    approve(entry, by=by)
    assert again(entry).summary == "毎週金曜に、お茶を飲みます。"


def test_rejecting_ends_the_review_and_keeps_the_draft(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    mail.outbox.clear()
    reject(entry, by=by, reason="営利の活動のため")
    assert again(entry).current_workflow_state is None
    assert again(entry).get_latest_revision_as_object().summary == "毎週金曜に、お茶を飲みます。"
    assert "営利の活動のため" in mail.outbox[0].body
    assert last_decision(entry).comment == "営利の活動のため"


@pytest.mark.parametrize("role", [StaffRole.CSW, StaffRole.VIEWER, StaffRole.DISTRICT_STAFF])
def test_nobody_decides_outside_the_own_places_or_role(district: Any, role: str) -> None:
    entry = changed_entry(district)
    by = reviewer(DistrictFactory() if role == StaffRole.DISTRICT_STAFF else district, role)
    for decide in (
        lambda: approve(entry, by=by),
        lambda: return_with_comment(entry, by=by, comment="x"),
        lambda: reject(entry, by=by, reason="x"),
    ):
        with pytest.raises(PermissionDenied):
            decide()
    assert waiting_state(entry) is not None


def test_a_new_group_and_its_first_entry_are_approved_in_one_go(district: Any) -> None:
    registration, by = new_registration(district), reviewer(district)
    mail.outbox.clear()
    entry = registration.resource
    approve(registration.organization, by=by, entries=[(entry, version_of(Resource, entry.pk))])
    organization = again(registration.organization)
    assert organization.status == OrganizationStatus.APPROVED
    assert is_public_organization(organization)
    assert again(entry).live
    assert again(entry).occurrences.exists()
    assert again(registration).state == RegistrationState.ACCEPTED
    assert [message.to for message in mail.outbox] == [["atarashii@example.jp"]]


def test_an_approved_group_stays_approved_when_its_next_draft_is_published(district: Any) -> None:
    registration, by = new_registration(district), reviewer(district)
    approve(registration.organization, by=by)
    organization = again(registration.organization)
    draft = organization.get_latest_revision_as_object()
    draft.description = "新しい紹介"
    draft.save_revision().publish()
    assert again(organization).status == OrganizationStatus.APPROVED


def test_all_or_none_of_a_registration_is_approved(district: Any) -> None:
    registration, by = new_registration(district), reviewer(district)
    with pytest.raises(NewerVersion):
        approve(registration.organization, by=by, entries=[(registration.resource, "0@old")])
    assert not again(registration.organization).live
    assert waiting_state(registration.organization) is not None


@pytest.mark.parametrize(
    ("decide", "state"),
    [
        (lambda row, by: return_with_comment(row, by=by, comment="直して"), RegistrationState.RETURNED),
        (lambda row, by: reject(row, by=by, reason="対象外"), RegistrationState.REJECTED),
    ],
)
def test_the_registration_follows_the_decision(district: Any, decide: Any, state: str) -> None:
    registration = new_registration(district)
    decide(registration.organization, reviewer(district))
    assert again(registration).state == state
    assert not again(registration.organization).live


def test_a_rejected_group_takes_its_first_entries_along(district: Any) -> None:
    registration = new_registration(district)
    reject(registration.organization, by=reviewer(district), reason="対象外")
    assert waiting_state(registration.resource) is None


def test_a_decision_about_an_entry_does_not_settle_the_registration_of_its_group(district: Any) -> None:
    registration = new_registration(district)
    approve(registration.resource, by=reviewer(district))
    assert again(registration).state == RegistrationState.SUBMITTED


def test_without_an_address_nobody_is_told_and_the_outcome_says_so(district: Any) -> None:
    entry = submitted(ResourceFactory(organization=None, venue__district=district), summary="変えました")
    mail.outbox.clear()
    assert approve(entry, by=reviewer(district)).told == ()
    assert mail.outbox == []


def test_a_colleague_who_sent_it_in_is_told(district: Any) -> None:
    csw = reviewer(district, StaffRole.CSW)
    entry = submitted(ResourceFactory(organization=None, venue__district=district), csw, summary="変えました")
    assert return_with_comment(entry, by=reviewer(district), comment="直して").told == (csw.email,)


def test_each_of_several_members_gets_a_mail_of_their_own(district: Any) -> None:
    entry = changed_entry(district)
    group_of(entry.organization)
    mail.outbox.clear()
    approve(entry, by=reviewer(district))
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_what_was_decided_stands_in_the_history(district: Any) -> None:
    entry, by = changed_entry(district), reviewer(district)
    reject(entry, by=by, reason="営利の活動のため")
    row = RegisterLogEntry.objects.get(action="tsunagu.review.rejected")
    assert row.user == by
    assert row.data["reason"] == "営利の活動のため"


def test_whoever_registered_without_a_login_gets_a_link_to_the_desk(district: Any) -> None:
    registration, by = new_registration(district), reviewer(district)
    mail.outbox.clear()
    return_with_comment(registration.organization, by=by, comment="場所を書いてください。")
    assert mine_path(registration).split("/join/mine/")[1].split(":")[0] in mail.outbox[0].body
    group_of(registration.organization)
    registration.organization.workflow_states.get().resume(None)
    mail.outbox.clear()
    approve(registration.organization, by=by)
    assert all("/join/mine/" not in message.body for message in mail.outbox)
