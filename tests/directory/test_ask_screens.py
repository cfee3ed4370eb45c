"""The screens of staff around an ask: calls with a script, sheets that came back, campaigns."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from directory.choices import AskState, VerificationMethod
from directory.models import (
    FreshnessPolicy,
    MistakeReport,
    Verification,
    VerificationAsk,
    VerificationCampaign,
)
from directory.services import campaigns
from directory.services.verification import verify_resource
from members.choices import StaffRole
from members.services import assign_staff
from spreadsheets.cells import safe_cell
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.asks import AskFactory
from tests.factories.directory import ResourceContactFactory, ResourceFactory, VenueFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


@pytest.fixture
def district(db):
    return DistrictFactory(parent=AreaFactory())


@pytest.fixture
def staff(district, client_of):
    return client_of(assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user)


def called(district, **facts) -> VerificationAsk:
    resource = ResourceFactory(venue=VenueFactory(district=district), **facts)
    ResourceContactFactory(resource=resource, phone="03-0000-0000")
    return AskFactory(resource=resource, state=AskState.CALL, channel="phone", sent_to="")


def campaign_in(district, **facts) -> VerificationCampaign:
    days = {"first_day": date(2026, 11, 20), "last_day": date(2026, 12, 20)}
    return VerificationCampaign.objects.create(name="秋の確認", area=district, **days, **facts)


def entry_with_mail(district, email: str) -> None:
    resource = ResourceFactory(venue=VenueFactory(district=district), verified_on=date(2026, 10, 1))
    ResourceContactFactory(resource=resource, email=email, phone="")


def test_the_list_of_calls_holds_the_own_district_only(staff, district) -> None:
    own, foreign = called(district, name="じぶんサロン"), called(DistrictFactory(), name="よそサロン")
    page = staff.get(reverse("directory_asks:calls")).content.decode()
    assert own.resource.name in page
    assert foreign.resource.name not in page
    assert staff.get(reverse("directory_asks:phone", args=[foreign.pk])).status_code == 404


def test_a_call_that_finds_nothing_changed_is_a_proof_by_telephone(staff, district) -> None:
    ask = called(district)
    url = reverse("directory_asks:phone", args=[ask.pk])
    data = {"answer": "same", "field_group": "all", "by_label": "社会福祉協議会", "form_token": "a"}
    for _i in range(2):
        staff.post(url, data)
    record = Verification.objects.get()
    assert (record.method, record.by_label) == (VerificationMethod.PHONE, "社会福祉協議会")
    assert record.person is not None


def test_the_caller_reads_the_facts_as_they_are_written(staff, district) -> None:
    ask = called(district)
    page = staff.get(reverse("directory_asks:phone", args=[ask.pk])).content.decode()
    assert "費用:" in page
    assert "かんじでは" not in page


def test_nobody_there_is_counted_and_stays_on_the_list(staff, district) -> None:
    ask = called(district)
    staff.post(reverse("directory_asks:phone", args=[ask.pk]), {"answer": "unreached", "note": "火曜に"})
    assert Verification.objects.get().result == "unreached"
    ask.refresh_from_db()
    assert ask.state == AskState.CALL


def test_a_change_heard_on_the_telephone_is_work_and_has_to_be_named(staff, district) -> None:
    ask = called(district)
    url = reverse("directory_asks:phone", args=[ask.pk])
    assert staff.post(url, {"answer": "changed", "field_group": "all"}).status_code == 422
    staff.post(url, {"answer": "changed", "field_group": "schedule", "message": "木曜になった"})
    assert "木曜になった" in MistakeReport.objects.get().message


def test_a_sheet_that_came_back_is_found_by_its_code(staff, district) -> None:
    ask = AskFactory(resource__venue=VenueFactory(district=district), channel="paper", sent_to="")
    foreign = AskFactory()
    url = reverse("directory_asks:returned")
    typed = f"{ask.code[:4]}-{ask.code[4:]}".lower()
    assert staff.post(url, {"code": typed, "answer": "same"}).status_code == 302
    assert Verification.objects.get().method == VerificationMethod.PAPER
    assert staff.post(url, {"code": foreign.code, "answer": "same"}).status_code == 422
    assert Verification.objects.count() == 1


def test_a_campaign_says_before_it_begins_how_many_are_asked_how(district) -> None:
    for email in ("a@example.jp", "A@example.jp", "b@example.jp"):
        entry_with_mail(district, email)
    ResourceFactory(venue=VenueFactory(district=district))
    numbers = campaigns.how_many(campaign_in(district))
    assert numbers == {"mail": 3, "phone": 0, "paper": 1, "total": 4, "mails": 2}


def test_a_campaign_asks_everybody_once_however_often_its_work_is_done(district) -> None:
    entry_with_mail(district, "a@example.jp")
    entry_with_mail(district, "b@example.jp")
    campaign = campaign_in(district, message="よろしくお願いします。")
    assert campaigns.start(campaign, campaigns.prepare)
    assert not campaigns.start(campaign, campaigns.prepare)
    VerificationCampaign.objects.update(prepared_at=None)  # the worker was killed just before it was done
    answered = VerificationAsk.objects.first()
    verify_resource(
        answered.resource, method="phone", result="confirmed", person=None, by_label="", on=date(2026, 11, 20)
    )
    campaigns.prepare(campaign.pk)
    assert len(mail.outbox) == 2
    assert "よろしくお願いします。" in mail.outbox[0].body
    assert campaign.asks.count() == 2


def test_an_ask_that_is_open_already_joins_the_campaign(district) -> None:
    ask = AskFactory(resource__venue=VenueFactory(district=district))
    campaign = campaign_in(district)
    campaigns.start(campaign, campaigns.prepare)
    ask.refresh_from_db()
    assert ask.campaign == campaign
    assert mail.outbox == []


def test_the_table_counts_answers_and_the_rest_is_reminded_once(district) -> None:
    entry_with_mail(district, "a@example.jp")
    entry_with_mail(district, "b@example.jp")
    campaign = campaign_in(district)
    campaigns.start(campaign, campaigns.prepare)
    VerificationAsk.objects.filter(sent_to="a@example.jp").update(state="answered", answer="same")
    line = campaigns.by_channel(campaign)[0]
    assert (line.asked, line.answered, line.waiting, line.percent) == (2, 1, 1, 50)
    assert campaigns.answers(campaign)["変わりありません"] == 1
    assert campaigns.remind_rest(campaign) == 1
    assert campaigns.remind_rest(campaign) == 0
    assert [message.to for message in mail.outbox[2:]] == [["b@example.jp"]]


def test_staff_start_follow_and_close_a_campaign_of_their_own_district(staff, district) -> None:
    entry_with_mail(district, "a@example.jp")
    form = {
        "name": "秋",
        "area": district.pk,
        "first_day": "2026-11-20",
        "last_day": "2026-12-20",
        "message": "",
    }
    staff.post(reverse("directory_campaigns:add"), form)
    campaign = VerificationCampaign.objects.get()
    page = reverse("directory_campaigns:inspect", args=[campaign.pk])
    assert "1件にお願いを送る" in staff.get(page).content.decode()
    staff.post(reverse("directory_campaigns:start", args=[campaign.pk]))
    campaigns.prepare(campaign.pk)
    assert "返事を待っています" in staff.get(page).content.decode()
    table = staff.get(reverse("directory_campaigns:answers", args=[campaign.pk])).content.decode()
    assert "返事を待っています" in table
    staff.post(reverse("directory_campaigns:close", args=[campaign.pk]))
    campaign.refresh_from_db()
    assert campaign.closed_at is not None


def test_no_campaign_of_a_foreign_district(staff) -> None:
    foreign = DistrictFactory()
    form = {"name": "秋", "area": foreign.pk, "first_day": "2026-11-20", "last_day": "2026-12-20"}
    staff.post(reverse("directory_campaigns:add"), form)
    assert not VerificationCampaign.objects.exists()
    other = campaign_in(foreign)
    assert staff.post(reverse("directory_campaigns:start", args=[other.pk])).status_code == 404


def test_the_rhythm_is_changed_by_those_who_curate_and_its_steps_follow_each_other(
    client_of, district
) -> None:
    home = district.municipality
    curator = client_of(assign_staff(user=UserFactory(), role=StaffRole.CURATOR, area=home).user)
    url = reverse("directory_rhythm:add")
    days = {
        "municipality": home.pk,
        "ask_after": 183,
        "remind_after": 14,
        "call_after": 28,
        "hide_after": 730,
    }
    assert curator.post(url, days | {"warn_after": 100}).status_code == 200
    assert not FreshnessPolicy.objects.exists()
    curator.post(url, days | {"warn_after": 214})
    assert FreshnessPolicy.objects.get().municipality == home


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=1", " =1", "\t=1"])
def test_no_cell_of_a_table_is_a_formula(text) -> None:
    assert safe_cell(text).startswith("'")


def test_a_word_stays_a_word() -> None:
    assert safe_cell("サロン") == "サロン"
