"""The staff screens, all of them, by role: what belongs to a foreign place is seen nowhere."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Task, TaskState, WorkflowState

from directory.services.review import ensure_workflow
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_world import TwoPlaces, build_two_places
from tests.factories.directory import PhotoFactory
from tests.factories.members import UserFactory
from tests.project.admin_routes import HARMLESS, AdminRoute, Rule, admin_routes

ROLES = [role for role in StaffRole.values if role != StaffRole.ADMINISTRATOR]
FOREIGN_WORD = "よそ"
ROUTES = admin_routes()


@pytest.fixture
def places(db: None) -> TwoPlaces:
    ensure_workflow()
    world = build_two_places()
    author = UserFactory(administrator=True)
    for place, word in ((world.own, "じぶん"), (world.foreign, FOREIGN_WORD)):
        for model in ("resource", "organization"):
            row = place.rows[model]
            row.get_workflow().start(row, author)
        place.rows["photo"] = PhotoFactory(title=f"{word}の写真", uploaded_by_user=author)
    return world


def client_with(role: str, area: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(assign_staff(user=UserFactory(), role=role, area=area).user)
    return client


def test_every_route_says_who_may_open_it() -> None:
    undeclared = sorted({route.name for route in ROUTES if route.rule is None})
    assert not undeclared, f"Declare who may open these in tests/project/admin_routes.py: {undeclared}"


def _is_denied(response: Any) -> bool:
    home = reverse("wagtailadmin_home")
    return response.status_code in (403, 404, 405) or (
        response.status_code == 302 and response["Location"] in (home, f"/login/?next={home}")
    )


def _values(route: AdminRoute, rows: dict[str, Any]) -> dict[str, Any]:
    """Something for each argument; the row of the model the route speaks of where there is one."""
    model = next((name for name in rows if f"_{name}:" in route.name), "")
    page = Page.objects.order_by("pk").last()
    key: Any = rows[model].pk if model else (page.pk if page else 1)
    if "image" in route.name:
        key = rows["photo"].pk
    words = {
        "app_label": "directory",
        "app_name": "directory",
        "model_name": model or "resource",
        "action": "delete",
        "action_name": "approve",
        "content_type_app_name": "pages",
        "content_type_model_name": "articlepage",
        "filter_spec": "max-100x100",
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "object_id": str(rows["resource"].pk),
        "uidb64": "MQ",
        "token": "x-y",
    }
    return {name: words.get(name, key) for name in route.arguments}


def _address(route: AdminRoute, rows: dict[str, Any]) -> str | None:
    try:
        return reverse(route.name, kwargs=_values(route, rows))
    except NoReverseMatch:
        return None


@pytest.mark.parametrize("role", ROLES)
def test_what_is_for_administrators_opens_for_nobody_else(places: TwoPlaces, role: str) -> None:
    client = client_with(role, places.own.district)
    opened = []
    for route in ROUTES:
        if (
            route.rule is not Rule.ADMINISTRATORS
            or route.name in HARMLESS
            or (url := _address(route, places.own.rows)) is None
        ):
            continue
        opened += [
            (url, response.status_code)
            for response in (client.get(url), client.post(url))
            if not _is_denied(response)
        ]
    assert not opened, "\n".join(map(str, opened))


@pytest.mark.parametrize("role", [pytest.param(ROLES[0], marks=pytest.mark.postgres), *ROLES[1:]])
def test_no_screen_shows_anything_of_a_foreign_place(places: TwoPlaces, role: str) -> None:
    client = client_with(role, places.own.district)
    shown = []
    for route in ROUTES:
        if route.rule is Rule.ANYBODY:
            continue
        for rows in (places.own.rows, places.foreign.rows):
            if (url := _address(route, rows)) is None:
                continue
            response = client.get(url)
            assert response.status_code < 500, url
            if _names_foreign(_content(response)) or _is_foreign_picture(response, rows, places):
                shown.append(url)
    assert not shown, "\n".join(shown)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_file_holds_anything_of_a_foreign_place(places: TwoPlaces, form: str, tmp_path: Any) -> None:
    client = client_with(StaffRole.DISTRICT_STAFF, places.own.district)
    shown = []
    for route in ROUTES:
        if route.arguments or route.rule is Rule.ANYBODY:
            continue
        url = reverse(route.name)
        response = client.get(url, {"export": form})
        assert response.status_code < 500, url
        if _names_foreign(_unpacked(_content(response))):
            shown.append(url)
    assert not shown, "\n".join(shown)


def _content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def _unpacked(content: bytes) -> bytes:
    """What stands in a file; an XLSX is a ZIP of XML."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def _names_foreign(content: bytes) -> bool:
    """In plain letters, or as JSON writes them."""
    return any(form in content for form in (FOREIGN_WORD.encode(), FOREIGN_WORD.encode("unicode_escape")))


def _is_foreign_picture(response: Any, rows: Any, places: TwoPlaces) -> bool:
    is_picture = response.headers.get("Content-Type", "").startswith("image/")
    return is_picture and rows is places.foreign.rows and "sprite" not in response.request["PATH_INFO"]


def test_what_answers_others_changes_nothing(places: TwoPlaces) -> None:
    client = client_with(StaffRole.DISTRICT_STAFF, places.own.district)
    before = _state_of_pages()
    for route in ROUTES:
        if route.name in HARMLESS and (url := _address(route, places.own.rows)):
            client.post(url, {"name": "x", "confirm": "1"})
    assert _state_of_pages() == before


def _state_of_pages() -> list[Any]:
    pages = Page.objects.order_by("pk").values_list("pk", "path", "live", "title", "latest_revision")
    return [list(pages), Task.objects.count(), WorkflowState.objects.count(), TaskState.objects.count()]


def test_a_resident_opens_no_staff_screen(places: TwoPlaces) -> None:
    client = Client()
    client.force_login(UserFactory())
    opened = []
    for route in ROUTES:
        if route.rule is Rule.ANYBODY or (url := _address(route, places.own.rows)) is None:
            continue
        response = client.get(url)
        if response.status_code not in (302, 403, 404):
            opened.append((url, response.status_code))
    assert not opened, "\n".join(map(str, opened))
