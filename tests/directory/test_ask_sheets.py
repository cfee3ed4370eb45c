"""Sheets of paper: asked for from an entry, printed for a whole campaign, only in the own places."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.choices import AskChannel, AskState
from directory.models import VerificationAsk, VerificationCampaign
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory, VenueFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def entry_in(district: Any, name: str = "ひだまり") -> Any:
    return ResourceFactory(name=name, venue=VenueFactory(district=district))


def paper_for(entry: Any, campaign: Any, number: int) -> VerificationAsk:
    return VerificationAsk.objects.create(
        resource=entry, campaign=campaign, code=f"AAAA22{number:02d}", channel=AskChannel.PAPER
    )


@pytest.fixture
def staff_client(client_of: Any) -> Any:
    """A client of staff with that role there, let into the staff screens."""

    def of_role(role: str, area: Any) -> Any:
        return client_of(assign_staff(user=UserFactory(), role=role, area=area).user)

    return of_role


@pytest.fixture
def district() -> Any:
    return DistrictFactory()


@pytest.fixture
def campaign(district: Any) -> VerificationCampaign:
    today = timezone.localdate()
    return VerificationCampaign.objects.create(
        name="秋の確認", area=district, first_day=today, last_day=today, started_at=timezone.now()
    )


def test_one_press_makes_one_sheet_and_a_second_leads_to_it(staff_client: Any, district: Any) -> None:
    entry = entry_in(district)
    client = staff_client(StaffRole.CSW, district)
    url = reverse("directory_resources:ask_on_paper", args=[entry.pk])
    answers = [client.post(url), client.post(url)]
    ask = VerificationAsk.objects.get(resource=entry)
    assert ask.channel == AskChannel.PAPER
    assert {answer.headers["Location"] for answer in answers} == {
        reverse("directory:ask_sheet", args=[ask.code])
    }
    assert client.get(answers[0].headers["Location"]).status_code == 200
    assert client.get(url).status_code == 405


def test_nobody_asks_about_a_foreign_place(staff_client: Any, district: Any) -> None:
    client = staff_client(StaffRole.CSW, DistrictFactory())
    url = reverse("directory_resources:ask_on_paper", args=[entry_in(district).pk])
    assert client.post(url).status_code == 404
    assert not VerificationAsk.objects.exists()


def test_a_campaign_prints_what_nobody_answered(staff_client: Any, district: Any, campaign: Any) -> None:
    asks = [paper_for(entry_in(district, f"サロン{n}"), campaign, n) for n in range(22, 25)]
    VerificationAsk.objects.filter(pk=asks[0].pk).update(state=AskState.ANSWERED)
    page = staff_client(StaffRole.DISTRICT_STAFF, district).get(
        reverse("directory:campaign_sheets", args=[campaign.pk])
    )
    text = page.content.decode()
    assert text.count('class="sheet"') == 2
    assert "サロン22" not in text


def test_a_campaign_of_a_foreign_place_is_not_there(staff_client: Any, district: Any, campaign: Any) -> None:
    paper_for(entry_in(district), campaign, 22)
    url = reverse("directory:campaign_sheets", args=[campaign.pk])
    assert staff_client(StaffRole.DISTRICT_STAFF, DistrictFactory()).get(url).status_code == 404


def test_strangers_see_no_sheet(client: Any, district: Any, campaign: Any) -> None:
    paper_for(entry_in(district), campaign, 22)
    assert client.get(reverse("directory:campaign_sheets", args=[campaign.pk])).status_code == 404
