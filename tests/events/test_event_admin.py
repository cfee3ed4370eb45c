"""The staff screens of events: by role and place, the list, the form, what counts at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from directory.models import DeletedEntry
from directory.services.deletion import restore
from directory.services.review import ensure_workflow
from directory.viewsets.gates import ROUTE_ACTIONS
from events.choices import DateStatus
from events.models import Event
from events.services.signups import sign_up
from events.viewsets.events import EventViewSet
from members.choices import StaffRole
from members.permissions import ROLE_ACTIONS
from tests.directory.admin_editing import staff_of
from tests.directory.admin_forms_data import inline
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, VenueFactory
from tests.factories.events import EventFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
ROLES = [role for role in StaffRole.values if role != StaffRole.ADMINISTRATOR]
ROUTES = [(p.name, tuple(p.pattern.regex.groupindex)) for p in EventViewSet().get_urlpatterns()]


@dataclass
class Places:
    district: Area
    own: Event
    foreign: Event


@pytest.fixture
def places(district: Area) -> Places:
    """An event of the own and one of a foreign district; both wait for a review."""
    ensure_workflow()
    found = []
    for place, word in ((district, "じぶん"), (DistrictFactory(), "よそ")):
        event = EventFactory(title=f"{word}の会", district=place, organization=None)
        event.save_revision()
        event.get_workflow().start(event, UserFactory(administrator=True))
        found.append(event)
    return Places(district, *found)


def address(route: str, arguments: tuple[str, ...], event: Event) -> str:
    state = event.workflow_states.first()
    known: dict[str, Any] = {
        "pk": event.pk,
        "action_name": "approve",
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "revision_id": event.latest_revision_id,
        "workflow_state_id": state.pk,
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
    }
    return reverse(f"events_events:{route}", kwargs={name: known[name] for name in arguments})


def denied(response: Any) -> bool:
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")
    )


@pytest.mark.parametrize("role", ROLES)
def test_events_of_a_foreign_district_do_not_exist(places: Places, role: str) -> None:
    client = staff_of(places.district, role)
    opened = []
    for route, arguments in ROUTES:
        if "pk" not in arguments:
            continue
        url = address(route, arguments, places.foreign)
        for method in (client.get, client.post):
            status = method(url).status_code
            if status != 404:
                opened.append((url, status))
    assert opened == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_was_given_and_nothing_else(places: Places, role: str) -> None:
    client = staff_of(places.district, role)
    wrong = []
    for route, arguments in ROUTES:
        if route == "unlock":  # nothing is locked
            continue
        url = address(route, arguments, places.own)
        response = client.get(url)
        is_allowed = ROUTE_ACTIONS[route] in ROLE_ACTIONS[role]
        # Of what others may look at, Wagtail itself shows some screens to those who write or publish only.
        must_open = is_allowed and "publish" in ROLE_ACTIONS[role]
        if response.status_code >= 500 or (
            denied(response) if must_open else not (is_allowed or denied(response))
        ):
            wrong.append((route, response.status_code))
        if not is_allowed and not denied(client.post(url)):
            wrong.append((route, "post"))
    assert wrong == []


class TestList:
    def test_the_own_district_only_in_list_export_and_chooser(self, places: Places) -> None:
        client = staff_of(places.district)
        for query in ("", "?export=csv", "?q=の会", "?kind=event", "?when=coming", "?publication=review"):
            answer = client.get(reverse("events_events:list") + query)
            page = b"".join(answer) if answer.streaming else answer.content
            assert "じぶんの会" in page.decode("utf-8-sig"), query
            assert "よその会" not in page.decode("utf-8-sig"), query

    @pytest.mark.parametrize("query", ["?kind=x", "?when=x", "?district=99999999999999999999", "?p=x"])
    def test_nonsense_in_the_filters_is_no_error(self, places: Places, query: str) -> None:
        assert staff_of(places.district).get(reverse("events_events:list") + query).status_code < 500

    def test_a_cell_a_spreadsheet_would_calculate_is_text(self, district: Area) -> None:
        EventFactory(title="=1+1", district=district)
        answer = staff_of(district).get(reverse("events_events:list") + "?export=csv")
        assert "'=1+1" in b"".join(answer).decode("utf-8-sig")


def form(event: Event, **changes: Any) -> dict[str, Any]:
    """What a browser posts from the edit screen."""
    data: dict[str, Any] = {
        "title": event.title,
        "kind": "event",
        "summary": event.summary,
        "attendance_mode": "onsite",
        "place_visibility": "exact",
        "district": str(event.district_id or ""),
        "fee_kind": "free",
        "signup_policy": "none",
        "signup_unit": "date",
        "max_party": "4",
    }
    schedules = [{"id": str(row.pk), "entry": "keep"} for row in event.schedules.all()]
    data |= inline("schedules", schedules, initial=len(schedules))
    for name in ("photos", "contacts"):
        data |= inline(name, [])
    return data | changes


class TestEditing:
    def marks(self, client: Client, event: Event) -> dict[str, str]:
        context = client.get(reverse("events_events:edit", args=[event.pk])).context
        latest = context["object"].latest_revision
        return {
            "loaded_version": context["loaded_version"],
            "loaded_revision_id": str(latest.pk),
            "loaded_revision_created_at": latest.created_at.isoformat(),
        }

    def saved(self, client: Client, event: Event, marks: dict[str, str], **changes: Any) -> Any:
        return client.post(reverse("events_events:edit", args=[event.pk]), form(event, **changes) | marks)

    @pytest.fixture
    def event(self, district: Area) -> Event:
        event = EventFactory(district=district, organization=None)
        event.save_revision()
        return event

    def test_publishing_makes_the_dates_follow(self, district: Area, event: Event) -> None:
        client = staff_of(district)
        day = timezone.localdate() + dt.timedelta(days=30)
        row = {
            "entry": "pick",
            "how": "dates",
            "dates": day.isoformat(),
            "start_1": "10:00",
            "end_1": "11:00",
        }
        rows = inline("schedules", [{"id": str(event.schedules.get().pk), **row}], initial=1)
        marks = self.marks(client, event)
        answer = self.saved(client, event, marks, **rows, **{"action-publish": "1"}, title="直した題名")
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        event.refresh_from_db()
        assert event.title == "直した題名"
        assert [row.date for row in event.dates.all()] == [day]

    def test_two_editors_at_once_get_the_conflict_page(self, district: Area, event: Event) -> None:
        first, second = staff_of(district), staff_of(district)
        stale = self.marks(second, event)
        self.saved(first, event, self.marks(first, event), title="先の人")
        answer = self.saved(second, event, stale, title="あとの人")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "先の人" in page
        assert "あとの人" in page

    def test_a_foreign_venue_group_or_district_is_refused(self, district: Area, event: Event) -> None:
        client, elsewhere = staff_of(district), DistrictFactory()
        hidden = OrganizationFactory(name="かくれた会", areas=[elsewhere], live=False)
        venue = VenueFactory(name="よその家", district=elsewhere)
        marks = self.marks(client, event)
        for name, value in (("venue", venue), ("organization", hidden), ("district", elsewhere)):
            answer = self.saved(client, event, marks, **{name: str(value.pk)})
            assert name in answer.context["form"].errors
            assert "かくれた会" not in answer.content.decode()
            assert "よその家" not in answer.content.decode()

    def test_nonsense_in_every_field_is_no_error(self, district: Area, event: Event) -> None:
        client = staff_of(district)
        for nonsense in ("", "x" * 3000, "-1", "99999999999999999999", "\x00", "2026-99-99"):
            typed = dict.fromkeys(form(event), nonsense) | {"partners": nonsense, "needs_asked": nonsense}
            typed |= {"signup_opens_at": nonsense, "venue": nonsense, "resource": nonsense}
            kept = {name: value for name, value in form(event).items() if name.endswith("_FORMS")}
            answer = client.post(reverse("events_events:edit", args=[event.pk]), typed | kept)
            assert answer.status_code < 500

    def test_a_copy_is_new_and_has_no_day(self, district: Area, event: Event) -> None:
        page = staff_of(district).get(reverse("events_events:copy", args=[event.pk]))
        assert page.status_code == 200
        copy = page.context["form"].instance
        assert (copy.pk, copy.title, list(copy.schedules.all())) == (None, event.title, [])


class TestDeleting:
    def test_what_a_curator_deletes_comes_back_whole(self, district: Area) -> None:
        event = EventFactory(district=district)
        client = staff_of(district.municipality, StaffRole.CURATOR)
        client.post(reverse("events_events:delete", args=[event.pk]))
        assert not Event.objects.exists()
        record = DeletedEntry.objects.get(model="events.event")
        restore(record, user=UserFactory())
        back = Event.objects.get(pk=event.pk)
        assert (back.code, back.schedules.count(), back.dates.count()) == (event.code, 1, 1)

    def test_one_somebody_signed_up_for_stays(self, district: Area) -> None:
        event = EventFactory(district=district, signup_policy="open")
        sign_up(event=event, date=event.dates.get(), name="つばき", phone="03-0000-0000")
        client = staff_of(district.municipality, StaffRole.CURATOR)
        answer = client.post(reverse("events_events:delete", args=[event.pk]))
        assert answer.status_code < 500
        assert Event.objects.filter(pk=event.pk).exists()


class TestAtOnce:
    def test_staff_cancel_a_date_and_take_it_back(self, district: Area) -> None:
        event = EventFactory(district=district)
        client, url = staff_of(district), reverse("events_events:change_date", args=[event.pk])
        date = event.dates.get()
        typed = {"do": "date", "date-action": "cancel", "date-number": date.pk, "date-reason": "台風"}
        assert client.get(url).status_code == 200
        assert client.post(url, typed).status_code == 302
        date.refresh_from_db()
        assert date.status == DateStatus.CANCELLED
        client.post(url, {"undo": date.pk})
        date.refresh_from_db()
        assert date.status == DateStatus.PLANNED

    @pytest.mark.parametrize("nonsense", ["", "x", "-1", "99999999999999999999", "\x00"])
    def test_nonsense_is_no_error(self, district: Area, nonsense: str) -> None:
        event = EventFactory(district=district)
        client, url = staff_of(district), reverse("events_events:change_date", args=[event.pk])
        for key in ("date", "whole", "notice", nonsense):
            names = ("action", "number", "reason", "new_date", "start", "notice", "notice_until")
            sent = {"do": key} | {f"{key}-{name}": nonsense for name in names}
            assert client.post(url, sent).status_code < 500
        assert client.post(url, {"undo": nonsense}).status_code == 302
