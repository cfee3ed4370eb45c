"""The round of asking: who is asked when, reminded, called, hidden, and how a proof ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from directory.choices import AskAnswer, AskChannel, AskState, LifeStatus
from directory.models import FreshnessPolicy, Resource, VerificationAsk
from directory.services import ask_following, undelivered
from directory.services.ask_following import follow_up
from directory.services.freshness_dates import refresh_all
from directory.services.verification import verify_resource
from mailing.models import OutgoingMail
from search.models import OutboxEntry
from tests.factories.areas import DistrictFactory
from tests.factories.asks import AskFactory
from tests.factories.directory import (
    CategoryFactory,
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
)
from tests.factories.members import UserFactory

TODAY = date(2026, 11, 20)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def entry(*, email: str = "group@example.jp", verified_on: date | None = None, **facts) -> Resource:
    """A published entry that can be written to, last confirmed seven months ago unless said otherwise."""
    resource = ResourceFactory(verified_on=verified_on or TODAY - timedelta(days=200), **facts)
    ResourceContactFactory(resource=resource, email=email, audience="staff")
    return resource


def verify(resource: Resource, *, result: str = "confirmed", on: date = TODAY, **facts) -> None:
    verify_resource(resource, method="phone", result=result, person=None, by_label="社協", on=on, **facts)


def in_days(clock, days: int) -> None:
    clock.shift(timedelta(days=days))


def test_an_entry_confirmed_half_a_year_ago_is_asked_about_by_mail() -> None:
    due, fresh = entry(), entry(verified_on=TODAY - timedelta(days=182))
    follow_up()
    ask = VerificationAsk.objects.get()
    assert (ask.resource, ask.channel, ask.sent_to, ask.state) == (due, "mail", "group@example.jp", "waiting")
    assert not fresh.asks.exists()
    assert len(mail.outbox) == 1


def test_the_mail_names_the_entry_says_what_to_do_and_brings_the_link() -> None:
    resource = entry(name="ひだまりサロン")
    follow_up()
    sent = mail.outbox[0]
    assert sent.to == ["group@example.jp"]
    assert sent.subject == "【つなぐ】掲載内容は変わりありませんか ひだまりサロン"
    assert "変わりありません" in sent.body
    assert "/confirm/" in sent.body
    assert f"resource:{resource.code}" in sent.extra_headers.values()
    assert "group@example.jp" not in sent.body
    assert max(len(line) for line in sent.body.splitlines() if "http" not in line) <= 60


def test_one_mail_asks_about_all_entries_of_an_address() -> None:
    for name in ("体操の会", "茶話会"):
        entry(name=name, email="Group@example.jp")
    follow_up()
    assert len(mail.outbox) == 1
    body = mail.outbox[0].body
    assert "体操の会" in body and "茶話会" in body and "/all/" in body  # noqa: PT018
    assert VerificationAsk.objects.count() == 2


def test_the_days_work_done_twice_sends_one_mail() -> None:
    entry()
    follow_up()
    follow_up()
    assert len(mail.outbox) == 1
    assert VerificationAsk.objects.count() == 1


def test_the_owner_of_the_group_is_asked_before_the_contact() -> None:
    organization = OrganizationFactory()
    organization.members.create(user=UserFactory(email="editor@example.jp"), role="editor")
    organization.members.create(user=UserFactory(email="owner@example.jp"), role="owner")
    entry(organization=organization)
    follow_up()
    assert VerificationAsk.objects.get().sent_to == "owner@example.jp"


def test_without_mail_staff_call_and_without_telephone_there_is_paper() -> None:
    by_phone = ResourceFactory(verified_on=TODAY - timedelta(days=200))
    ResourceContactFactory(resource=by_phone)
    by_paper = ResourceFactory(verified_on=TODAY - timedelta(days=200))
    follow_up()
    assert mail.outbox == []
    assert by_phone.asks.get().state == AskState.CALL
    assert (by_paper.asks.get().channel, by_paper.asks.get().state) == (AskChannel.PAPER, AskState.WAITING)


def test_nobody_whose_mail_came_back_is_written_to(monkeypatch) -> None:
    monkeypatch.setattr(
        "directory.services.ask_addresses.undelivered_addresses", lambda addresses: {"gone@example.jp"}
    )
    resource = entry(email="gone@example.jp")
    follow_up()
    assert mail.outbox == []
    assert resource.asks.get().channel == AskChannel.PHONE


def test_a_mail_that_came_back_makes_it_a_call(monkeypatch) -> None:
    entry()
    follow_up()
    dead = {"group@example.jp"}
    for module in ("ask_addresses", "ask_following"):
        monkeypatch.setattr(f"directory.services.{module}.undelivered_addresses", lambda addresses: dead)
    follow_up()
    assert VerificationAsk.objects.get().state == AskState.CALL
    assert len(mail.outbox) == 1


def test_the_post_says_which_addresses_are_dead() -> None:
    OutgoingMail.objects.create(
        message_id="<1@x>",
        subject="x",
        sender="a@example.jp",
        state="failed",
        recipients=["Gone@example.jp", "ok@example.jp"],
        refused={"Gone@example.jp": "5.1.1"},
        next_try=timezone.now(),
    )
    assert undelivered.undelivered_addresses(["gone@example.jp", "ok@example.jp"]) == {"gone@example.jp"}


def test_after_two_weeks_one_reminder_after_four_a_call(fixed_clock) -> None:
    entry()
    follow_up()
    in_days(fixed_clock, 13)
    follow_up()
    assert len(mail.outbox) == 1
    in_days(fixed_clock, 1)
    follow_up()
    follow_up()
    assert [("もう一度" in sent.subject) for sent in mail.outbox] == [False, True]
    in_days(fixed_clock, 14)
    follow_up()
    ask = VerificationAsk.objects.get()
    assert (ask.state, bool(ask.called_at)) == (AskState.CALL, True)
    assert len(mail.outbox) == 2


def test_after_two_years_without_a_proof_the_entry_is_hidden_and_nowhere_to_be_found(client) -> None:
    resource = entry(verified_on=TODAY - timedelta(days=731), name="むかしのサロン")
    AskFactory(resource=resource, state=AskState.CALL, called_at="2026-10-01T00:00:00+09:00")
    follow_up()
    resource.refresh_from_db()
    assert resource.hidden_on == TODAY
    for name in ("resource", "print", "read", "read_text", "calendar", "qr"):
        assert client.get(reverse(f"directory:{name}", args=[resource.code])).status_code == 404, name
    assert not Resource.objects.published().exists()


def test_nothing_is_hidden_before_somebody_tried_to_call() -> None:
    resource = entry(verified_on=TODAY - timedelta(days=900))
    follow_up()
    resource.refresh_from_db()
    assert resource.hidden_on is None
    resource.asks.update(state=AskState.CALL, called_at="2026-11-10T00:00:00+09:00")
    ask_following.hide_unreached()
    resource.refresh_from_db()
    assert resource.hidden_on is None


def test_a_proof_brings_a_hidden_entry_back_at_once(client) -> None:
    resource = entry(verified_on=TODAY - timedelta(days=800))
    AskFactory(resource=resource, state=AskState.CALL, called_at="2026-10-01T00:00:00+09:00")
    follow_up()
    verify(resource)
    assert client.get(resource.get_absolute_url()).status_code == 200
    ask = resource.asks.get()
    assert (ask.state, ask.answer) == (AskState.ANSWERED, AskAnswer.SAME)


def test_hiding_and_showing_tell_the_search_and_are_written_down() -> None:
    resource = entry()
    OutboxEntry.objects.all().delete()
    ask_following.hide(resource)
    assert OutboxEntry.objects.filter(object_id=str(resource.uuid)).exists()
    OutboxEntry.objects.all().delete()
    verify(resource)
    assert OutboxEntry.objects.filter(object_id=str(resource.uuid)).exists()
    actions = set(registry.get_logs_for_instance(resource).values_list("action", flat=True))
    assert {"tsunagu.resource.hide", "tsunagu.resource.unhide"} <= actions


def test_who_cannot_be_reached_stays_on_the_list_of_calls() -> None:
    resource = entry()
    AskFactory(resource=resource, state=AskState.CALL)
    verify(resource, result="unreached")
    assert resource.asks.get().state == AskState.CALL
    resource.refresh_from_db()
    assert resource.verified_on == TODAY - timedelta(days=200)


def test_a_proof_of_a_part_does_not_make_the_whole_fresh() -> None:
    resource = entry()
    AskFactory(resource=resource)
    verify(resource, field_group="contact")
    resource.refresh_from_db()
    assert resource.verified_on == TODAY - timedelta(days=200)
    assert resource.asks.get().state == AskState.WAITING


def test_a_proof_sets_the_day_of_the_next_ask_and_of_the_warning() -> None:
    resource = entry()
    verify(resource)
    resource.refresh_from_db()
    assert resource.next_due == TODAY + timedelta(days=183)
    assert resource.stale_on == TODAY + timedelta(days=214)


def test_a_municipality_may_have_a_rhythm_of_its_own_and_a_kind_a_shorter_one() -> None:
    district = DistrictFactory()
    FreshnessPolicy.objects.create(municipality=district.municipality, ask_after=90, warn_after=100)
    kind = CategoryFactory(code="pantry", ask_after=30)
    slow = entry(verified_on=TODAY, venue=VenueFactory(district=district))
    quick = entry(verified_on=TODAY, venue=VenueFactory(district=district), categories=[kind])
    refresh_all()
    slow.refresh_from_db()
    quick.refresh_from_db()
    assert slow.next_due == TODAY + timedelta(days=90)
    assert (quick.next_due, quick.stale_on) == (TODAY + timedelta(days=30), TODAY + timedelta(days=40))


@pytest.mark.parametrize("facts", [{"live": False}, {"life_status": LifeStatus.CLOSED}])
def test_what_is_not_public_is_not_asked_about(facts) -> None:
    entry(**facts)
    follow_up()
    assert mail.outbox == []
    assert not VerificationAsk.objects.exists()
