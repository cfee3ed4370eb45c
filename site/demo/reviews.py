"""What waits for a review in the demo: a group's change, a new group with its first entry, a colleague's draft."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from areas.models import Area
from directory.choices import ContactAudience, LegalForm, OrganizationStatus, RegistrationState
from directory.models import Category, Organization, Registration, Resource, Schedule
from directory.schedules import parse
from directory.services.review_decisions import waiting_state
from members.models import User
from tests.factories.directory import (
    OrganizationContactFactory,
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
)

from .entries import SOURCE

RECEIPT = "T-MIHON-1"


def make_reviews(district: Area, today: date) -> None:
    """Three things that wait in `district`, one of them too long already."""
    _change_of_a_group(today)
    _draft_of_a_colleague(district)
    _new_group(district, today)


def _change_of_a_group(today: date) -> None:
    group = User.objects.get(email="group@example.jp")
    entry = Resource.objects.published().filter(organization__members__user=group).order_by("pk").first()
    if entry is None:
        return
    draft = entry.get_latest_revision_as_object()
    draft.summary = "お茶を飲みながら、どなたでもおしゃべりできます。はじめての方も、おひとりでどうぞ。"
    draft.bring = "飲み物、うわばき"
    draft.fee_kind, draft.fee_adult, draft.fee_note = "paid", 200, "お茶とお菓子つき"
    draft.schedules = [_schedule("第2・第4木曜 13:30〜15:30 祝日は休み", today)]
    _send_in(draft, group)
    _let_wait(entry, days=9)


def _draft_of_a_colleague(district: Area) -> None:
    csw = User.objects.get(email="csw@example.jp")
    twin = Resource.objects.published().filter(district=district).order_by("pk").first()
    entry = ResourceFactory(
        name=f"{district.short_name}ラジオ体操の会(見本)",
        kana="らじおたいそうのかい みほん",
        organization=None,
        venue=twin.venue if twin else None,
        summary="公園で、朝いっしょに体を動かします。",
        categories=[Category.objects.kinds().first()],
        live=False,
        source_name=SOURCE,
    )
    _send_in(entry, csw)


def _new_group(district: Area, today: date) -> None:
    organization = OrganizationFactory(
        name=f"{district.short_name}こもれびの会(見本)",
        kana="こもれびのかい みほん",
        legal_form=LegalForm.INFORMAL,
        description="近所の3人で始めた、ちいさな集まりです。見本として作った架空の団体です。",
        status=OrganizationStatus.REGISTERED,
        areas=[district],
        consented_on=today,
        live=False,
    )
    OrganizationContactFactory(
        organization=organization, name="代表 見本花子", phone="090-0000-0000", audience=ContactAudience.STAFF
    )
    entry = ResourceFactory(
        name="こもれびカフェ(見本)",
        kana="こもれびかふぇ みほん",
        organization=organization,
        venue=None,
        district=district,
        place_visibility="district",
        summary="自宅の一室で開く、月に2回のお茶の会です。",
        categories=[Category.objects.kinds().first()],
        fee_kind="paid",
        fee_adult=100,
        live=False,
        source_name=SOURCE,
    )
    ResourceContactFactory(resource=entry, phone="090-0000-0000", name="見本花子", hours="10:00〜17:00")
    entry.schedules = [_schedule("第1・第3土曜 14時〜16時、雨の日は休み", today)]
    entry.save()
    _register(organization, entry, district)
    for row in (organization, entry):
        _send_in(row, None)


def _register(organization: Organization, entry: Resource, district: Area) -> None:
    Registration.objects.get_or_create(
        receipt=RECEIPT,
        defaults={
            "secret_hash": f"demo-{RECEIPT}",
            "email": "komorebi@example.jp",
            "state": RegistrationState.SUBMITTED,
            "organization": organization,
            "resource": entry,
            "district": district,
            "submitted_at": timezone.now(),
        },
    )


def _schedule(text: str, today: date) -> Schedule:
    parsed = parse(text, today)
    schedule = Schedule(original_text=text, status=str(parsed.status))
    schedule.rule = parsed.spec
    return schedule


def _send_in(row: Any, by: User | None) -> None:
    row.save_revision(user=by)
    stored = type(row)._default_manager.get(pk=row.pk)
    stored.get_workflow().start(stored, by)


def _let_wait(row: Any, *, days: int) -> None:
    state = waiting_state(row)
    if state is not None:
        state.started_at -= timedelta(days=days)
        state.save(update_fields=["started_at"])
