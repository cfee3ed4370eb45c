"""Taking over an entry: said by somebody with a login, decided once by staff of the place."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from directory.choices import ClaimState, MemberRole
from directory.models import Claim, Organization, Resource
from directory.services.groups import make_owner
from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, ResourceFactory, VenueFactory
from tests.factories.members import UserFactory
from tests.factories.registrations import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def entry(district) -> Resource:
    return ResourceFactory(name="なかよしサロン", organization=None, venue=VenueFactory(district=district))


@pytest.fixture
def staff(district) -> User:
    return assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user


def claim_by(client, thing: Resource | Organization) -> Claim:
    kind = "resource" if isinstance(thing, Resource) else "organization"
    url = reverse(f"directory:claim_{kind}", args=[thing.code])
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())[1]
    answer = client.post(url, {"token": token, "relation": "代表", "message": "電話で確かめてください。"})
    assert answer.status_code == 200
    return Claim.objects.latest("pk")


def test_whoever_is_logged_out_logs_in_first(client, entry) -> None:
    answer = client.get(reverse("directory:claim_resource", args=[entry.code]))
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_staff_of_the_place_hear_of_a_claim_and_nobody_edits_before_they_decide(
    client_of, entry, staff
) -> None:
    person = UserFactory()
    claim = claim_by(client_of(person), entry)
    assert claim.state == ClaimState.WAITING
    assert [message.to for message in mail.outbox] == [[staff.email]]
    assert claim.receipt in mail.outbox[0].body
    assert not person.memberships.exists()


def test_the_owner_there_is_hears_of_a_claim(client_of, staff, district) -> None:
    group = OrganizationFactory(areas=[district])
    owner = UserFactory()
    make_owner(organization=group, user=owner, by=None)
    claim_by(client_of(UserFactory()), group)
    assert [owner.email] in [message.to for message in mail.outbox]


def test_one_waits_once(client_of, entry, staff) -> None:
    client = client_of(UserFactory())
    claim = claim_by(client, entry)
    page = client.get(reverse("directory:claim_resource", args=[entry.code])).content.decode()
    assert claim.receipt in page
    assert 'name="token"' not in page


def test_approved_the_entry_gets_a_group_with_an_owner(client_of, entry, staff) -> None:
    entry.save_revision()
    claim = ClaimFactory(resource=entry)
    url = reverse("directory_claims:decide", args=[claim.pk])
    client = client_of(staff)
    assert claim.message in client.get(url).content.decode()
    assert client.post(url, {"decision": "approve"}).status_code == 302
    entry.refresh_from_db()
    assert entry.organization.name == "なかよしサロン"
    assert entry.get_latest_revision_as_object().organization == entry.organization
    member = entry.organization.members.get()
    assert (member.user, member.role) == (claim.user, MemberRole.OWNER)
    assert mail.outbox[-1].to == [claim.user.email]


def test_rejecting_needs_a_reason(client_of, entry, staff) -> None:
    claim = ClaimFactory(resource=entry)
    url = reverse("directory_claims:decide", args=[claim.pk])
    client = client_of(staff)
    assert client.post(url, {"decision": "reject"}).status_code == 422
    assert client.post(url, {"decision": "something"}).status_code == 422
    assert client.post(url, {"decision": "reject", "reason": "本人か確かめられません"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.decided_by) == (ClaimState.REJECTED, staff)
    assert "本人か確かめられません" in mail.outbox[-1].body
    assert not claim.user.memberships.exists()


def test_claims_of_other_places_do_not_exist(client_of, entry, staff) -> None:
    foreign = ClaimFactory(resource=ResourceFactory(venue=VenueFactory(district=DistrictFactory())))
    client = client_of(staff)
    assert client.get(reverse("directory_claims:decide", args=[foreign.pk])).status_code == 404
    assert foreign.receipt not in client.get(reverse("directory_claims:list")).content.decode()


def test_a_csw_does_not_decide(client_of, entry, district) -> None:
    csw = assign_staff(user=UserFactory(), role=StaffRole.CSW, area=district).user
    claim = ClaimFactory(resource=entry)
    url = reverse("directory_claims:decide", args=[claim.pk])
    client_of(csw).post(url, {"decision": "approve"})
    claim.refresh_from_db()
    assert claim.state == ClaimState.WAITING


def test_what_is_not_public_cannot_be_claimed(client_of) -> None:
    hidden = ResourceFactory(live=False)
    assert client_of(UserFactory()).get(f"/r/{hidden.code}/claim/").status_code == 404


def test_who_speaks_for_the_group_goes_to_its_desk(client_of, district) -> None:
    group, owner = OrganizationFactory(areas=[district]), UserFactory()
    make_owner(organization=group, user=owner, by=None)
    answer = client_of(owner).get(reverse("directory:claim_organization", args=[group.code]))
    assert answer.headers["Location"] == f"/group/{group.code}/"
