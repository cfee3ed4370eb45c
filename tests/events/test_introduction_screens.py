"""The broker's screens: own places only, the buttons, the figures."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from events.choices import IntroductionOutcome, IntroductionState
from events.models import Introduction
from events.services import introductions as services
from members.choices import StaffRole
from tests.factories.areas import DistrictFactory

from .exchange_world import World, asked, build_world, requested, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def at(name: str, *args: object) -> str:
    return reverse(f"events_introductions:{name}", args=args)


def test_staff_of_another_place_find_nothing(client_of, world) -> None:
    introduction = requested(world)
    client = client_of(staff_of(DistrictFactory()))
    assert "にじいろ食堂" not in client.get(at("list")).content.decode()
    assert client.get(at("show", introduction.pk)).status_code == 404
    assert client.post(at("act", introduction.pk), {"action": "ask"}).status_code == 404
    assert "<td>1</td>" not in client.get(at("counts")).content.decode()


def test_who_may_only_look_does_nothing(client_of, world) -> None:
    introduction = requested(world)
    client = client_of(staff_of(world.district, StaffRole.VIEWER))
    assert client.get(at("show", introduction.pk)).status_code == 200
    assert client.post(at("act", introduction.pk), {"action": "ask"}).status_code in (302, 403)
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.REQUESTED


def test_a_broker_takes_it_over_asks_by_telephone_and_writes_down_the_outcome(client_of, world) -> None:
    introduction = requested(world)
    client = client_of(staff_of(world.district, StaffRole.CSW))
    act = at("act", introduction.pk)
    assert "にじいろ食堂" in client.get(at("list")).content.decode()
    client.post(act, {"action": "take"})
    client.post(act, {"action": "ask"})
    assert client.post(act, {"action": "agree", "side": "to", "contact": ""}).status_code == 422
    for side in services.SIDES:
        client.post(act, {"action": "agree", "side": side, "contact": "03-0000-0000"})
    assert client.post(act, {"action": "outcome"}).status_code == 422
    client.post(act, {"action": "follow_up", "day": "1999-01-01"})
    client.post(act, {"action": "outcome", "outcome": IntroductionOutcome.TOGETHER, "note": "畑"})
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.DONE
    assert introduction.follow_up_on.year >= 2026
    assert client.get(at("show", introduction.pk)).status_code == 200


@pytest.mark.parametrize("said", [{}, {"action": "fly"}, {"action": "agree", "side": "\x00"}])
def test_nonsense_is_told(client_of, world, said) -> None:
    introduction = asked(world)
    answer = client_of(world.staff).post(at("act", introduction.pk), said)
    assert answer.status_code in (400, 422)
    assert Introduction.objects.get().state == IntroductionState.ASKING


def test_figures_count_by_district_on_the_screen_and_in_the_file(client_of, world) -> None:
    introduction = asked(world)
    services.call_off(introduction=introduction, reason="x", by=world.staff)
    requested(world)
    client = client_of(world.staff)
    page = client.get(at("counts")).content.decode()
    assert world.district.short_name in page
    lines = client.get(at("counts"), {"file": "csv"}).content.decode("utf-8-sig")
    head, total, own = csv.reader(io.StringIO(lines))
    assert dict(zip(head, total, strict=True)) | {"地区": ""} == dict(zip(head, own, strict=True)) | {
        "地区": ""
    }
    assert (own[1], own[2], own[-1]) == ("2", "0", "1")
    assert client.get(at("counts"), {"file": "xlsx"}).content[:2] == b"PK"
    assert client.get(at("counts"), {"year": "９９９９"}).status_code == 200
