"""Every staff screen × role × own and foreign district, generated from the routes themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import path, reverse
from wagtail.models import TaskState

from directory.models import Resource
from directory.services.review import ensure_workflow
from directory.viewsets import RegisterGroup
from directory.viewsets.freshness import FreshnessGroup
from directory.viewsets.gates import ROUTE_ACTIONS, guarded
from members.choices import StaffRole
from members.permissions import CURATING_ROLES, ROLE_ACTIONS
from members.services import assign_staff
from tests.directory.admin_world import TwoPlaces, build_two_places
from tests.factories.members import UserFactory

SHARED = {"category", "audience", "feature"}
READ_ONLY = {"registration", "verification", "importrun"}
#: Belong to the municipality, not to a district of it.
OF_ALL = {"importrun", "freshnesspolicy"}
ROLES = [role for role in StaffRole.values if role != StaffRole.ADMINISTRATOR]
SCREENS = (*RegisterGroup.items, *FreshnessGroup.items)
VIEWSETS = {viewset.model._meta.model_name: viewset for viewset in (cls() for cls in SCREENS)}
ROUTES = [
    (model, pattern.name, tuple(pattern.pattern.regex.groupindex))
    for model, viewset in VIEWSETS.items()
    for pattern in viewset.get_urlpatterns()
]


@pytest.fixture
def places(db: None) -> TwoPlaces:
    """Two districts; the entries and organizations of both wait for a review."""
    ensure_workflow()
    world = build_two_places()
    author = UserFactory(administrator=True)
    for place in (world.own, world.foreign):
        for model in ("resource", "organization"):
            row = place.rows[model]
            row.get_workflow().start(row, author)
    return world


def client_with(role: str, area: Any) -> Client:
    client = Client()
    client.force_login(assign_staff(user=UserFactory(), role=role, area=area).user)
    return client


def address(model: str, route: str, arguments: tuple[str, ...], row: Any) -> str:
    known: dict[str, Any] = {
        "pk": row.pk,
        "action_name": "approve",
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
    }
    if {"revision_id", "task_state_id", "task_id", "workflow_state_id"} & set(arguments):
        state = row.workflow_states.first()
        known |= {
            "revision_id": row.latest_revision_id or row.revisions.first().pk,
            "workflow_state_id": state.pk,
            "task_state_id": state.current_task_state_id,
            "task_id": state.current_task_state.task_id,
        }
    name = VIEWSETS[model].get_url_name(route)
    return reverse(name, kwargs={argument: known[argument] for argument in arguments})


def denied(response: Any) -> bool:
    """403, 404, or Wagtail's way of saying 403: back to the first screen."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")
    )


def may(role: str, model: str, action: str) -> bool:
    if model in SHARED:
        return action == "view" or role in CURATING_ROLES
    if model in READ_ONLY:
        return action == "view"
    if model in ("claim", "duplicatecandidate"):
        return action in ("view", "publish") and action in ROLE_ACTIONS[role]
    if model == "deletedentry":
        return action in ("view", "delete") and action in ROLE_ACTIONS[role]
    if model == "freshnesspolicy":
        return action == "view" or role in CURATING_ROLES
    if model == "verificationcampaign":
        needed = "publish" if action in ("add", "change") else action
        return needed in ROLE_ACTIONS[role]
    if model in ("mistakereport", "verificationask"):
        return action in ("view", "change") and action in ROLE_ACTIONS[role]
    return action in ROLE_ACTIONS[role]


def row_routes() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    return (route for route in ROUTES if "pk" in route[2])


@pytest.mark.parametrize("role", ROLES)
def test_rows_of_a_foreign_district_do_not_exist(places: TwoPlaces, role: str) -> None:
    client = client_with(role, places.own.district)
    opened = []
    for model, route, arguments in row_routes():
        if model in SHARED:
            continue
        url = address(model, route, arguments, places.foreign.rows[model])
        for method in (client.get, client.post):
            response = method(url)
            if response.status_code != 404:
                opened.append((method.__name__, url, response.status_code))
    assert opened == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_no_screen_it_was_not_given(places: TwoPlaces, role: str) -> None:
    client = client_with(role, places.own.district)
    opened = []
    for model, route, arguments in ROUTES:
        if may(role, model, ROUTE_ACTIONS[route]) and model != "importrun":
            continue
        if model == "importrun" and "pk" not in arguments:
            continue  # an empty list
        url = address(model, route, arguments, places.own.rows[model])
        opened += [(url, r.status_code) for r in (client.get(url), client.post(url)) if not denied(r)]
    assert opened == []


@pytest.mark.parametrize("role", [StaffRole.DISTRICT_STAFF, StaffRole.CURATOR])
def test_staff_open_every_screen_of_their_own_district_they_were_given(places: TwoPlaces, role: str) -> None:
    client = client_with(role, places.own.district)
    closed = []
    for model, route, arguments in ROUTES:
        if not may(role, model, ROUTE_ACTIONS[route]) or model in OF_ALL or route == "unlock":
            continue  # nothing is locked
        response = client.get(address(model, route, arguments, places.own.rows[model]))
        if response.status_code >= 500 or denied(response):
            closed.append((model, route, response.status_code))
    assert closed == []


def test_lists_show_the_own_district_only(places: TwoPlaces) -> None:
    client = client_with(StaffRole.DISTRICT_STAFF, places.own.district)
    for model, viewset in VIEWSETS.items():
        if model in SHARED or model == "importrun":
            continue
        for query in ("", "?q=よそ", "?export=csv"):
            page = client.get(reverse(viewset.get_url_name("list")) + query).getvalue().decode()
            assert "よそサロン" not in page
            assert "よそ会館" not in page
            assert "よその会" not in page.replace("よその会の", "")


@pytest.mark.parametrize("model", ["mistakereport", "verification", "importrun"])
def test_every_record_of_a_list_can_be_opened(places: TwoPlaces, model: str) -> None:
    client = client_with(StaffRole.CURATOR, places.own.rows["importrun"].municipality)
    viewset = VIEWSETS[model]
    page = client.get(reverse(viewset.get_url_name("list"))).content.decode()
    assert f'href="{reverse(viewset.get_url_name("inspect"), args=[places.own.rows[model].pk])}"' in page


def test_an_import_is_seen_by_those_who_work_for_the_whole_municipality(places: TwoPlaces) -> None:
    run = places.own.rows["importrun"]
    url = reverse("directory_imports:inspect", args=[run.pk])
    assert client_with(StaffRole.DISTRICT_STAFF, places.own.district).get(url).status_code == 404
    assert client_with(StaffRole.CURATOR, run.municipality).get(url).status_code == 200


def test_a_task_of_a_foreign_entry_cannot_be_approved_through_an_own_one(places: TwoPlaces) -> None:
    own, foreign = places.own.rows["resource"], places.foreign.rows["resource"]
    state = foreign.current_workflow_task_state
    url = reverse("directory_resources:workflow_action", args=[own.pk, "approve", state.pk])
    client = client_with(StaffRole.DISTRICT_STAFF, places.own.district)
    assert client.post(url).status_code == 404
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS
    assert not Resource.objects.get(pk=foreign.pk).live


def test_approving_an_own_entry_publishes_it_and_its_dates(places: TwoPlaces) -> None:
    own = places.own.rows["resource"]
    url = reverse(
        "directory_resources:workflow_action", args=[own.pk, "approve", own.current_workflow_task_state.pk]
    )
    client_with(StaffRole.DISTRICT_STAFF, places.own.district).post(url)
    own.refresh_from_db()
    assert own.live
    assert own.occurrences.exists()


@pytest.mark.parametrize("model", ["resource", "organization", "venue"])
def test_deleting_several_at_once_neither_deletes_nor_names_foreign_rows(
    places: TwoPlaces, model: str
) -> None:
    client = client_with(StaffRole.CURATOR, places.own.district)
    own, foreign = places.own.rows[model], places.foreign.rows[model]
    url = reverse("wagtail_bulk_action", args=["directory", model, "delete"])
    for response in (
        client.get(f"{url}?id={foreign.pk}&id={own.pk}"),
        client.post(f"{url}?id={foreign.pk}&id={own.pk}"),
    ):
        assert denied(response)
        assert foreign.name not in response.content.decode()
    assert type(foreign).objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("model", ["resource", "organization", "venue"])
def test_choosers_offer_no_drafts_of_foreign_districts(places: TwoPlaces, model: str) -> None:
    client = client_with(StaffRole.DISTRICT_STAFF, places.own.district)
    own, foreign = places.own.rows[model], places.foreign.rows[model]
    names = VIEWSETS[model].chooser_viewset
    offered = client.get(reverse(names.get_url_name("choose"))).json()["html"]
    assert own.name in offered
    assert foreign.name not in offered
    assert (
        foreign.name
        not in client.get(reverse(names.get_url_name("choose_results")) + "?q=よそ").content.decode()
    )
    assert client.get(reverse(names.get_url_name("chosen"), args=[foreign.pk])).status_code == 404
    several = client.get(reverse(names.get_url_name("chosen_multiple")) + f"?id={foreign.pk}")
    assert foreign.name not in several.content.decode()


def test_editing_sessions_of_foreign_entries_do_not_answer(places: TwoPlaces) -> None:
    foreign = places.foreign.rows["resource"]
    url = reverse("wagtailadmin_editing_sessions:ping", args=["directory", "resource", foreign.pk, 1])
    assert client_with(StaffRole.DISTRICT_STAFF, places.own.district).post(url).status_code == 404


def test_wagtails_reports_tell_nothing_of_foreign_entries(places: TwoPlaces) -> None:
    client = client_with(StaffRole.DISTRICT_STAFF, places.own.district)
    for name in ("workflow", "workflow_tasks", "site_history", "locked_pages", "aging_pages"):
        response = client.get(reverse(f"wagtailadmin_reports:{name}"))
        assert "よそサロン" not in response.content.decode()
    assert "よそサロン" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_screen_nobody_declared_does_not_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="ROUTE_ACTIONS"):
        guarded([path("new/", lambda request: None, name="brand_new")], Resource)


def test_strangers_and_residents_are_sent_to_the_login(
    places: TwoPlaces, resident_client: Client, client: Client
) -> None:
    for asking in (resident_client, client):
        response = asking.get(reverse("directory_resources:list"))
        assert response.status_code in (302, 403)
        assert "じぶんサロン" not in response.content.decode()
