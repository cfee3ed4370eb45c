"""Both sides, or two people of one side, press at the same moment: one outcome, one mail to each."""

from __future__ import annotations

import pytest

from events.choices import IntroductionState
from events.models import Introduction
from events.services import introductions as services
from tests.directory.racing import _django_db_helper, at_once, shared_database  # noqa: F401

from .exchange_world import asked, build_world, requested

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


def fresh(introduction: Introduction) -> Introduction:
    return Introduction.objects.get(pk=introduction.pk)


def pressed(action, introduction: Introduction, **said) -> str:
    try:
        action(introduction=fresh(introduction), **said)
    except services.AlreadyDecided:
        return "late"
    return "done"


def test_both_sides_agreeing_at_once_are_introduced_once(monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(services.mail, "tell_introduced", lambda row: told.append(row.code))
    introduction = asked(build_world())
    yes = {"contact": "03-0000-0000", "by": None, "way": "mail"}
    outcomes = at_once(
        lambda: pressed(services.agree, introduction, side="from", **yes),
        lambda: pressed(services.agree, introduction, side="to", **yes),
    )
    assert outcomes == ["done", "done"]
    assert fresh(introduction).state == IntroductionState.INTRODUCED
    assert told == [introduction.code]


def test_yes_and_no_of_one_side_at_once_are_one_answer() -> None:
    introduction = asked(build_world())
    services.agree(introduction=introduction, side="from", contact="x", by=None, way="mail")
    outcomes = at_once(
        lambda: pressed(services.agree, introduction, side="to", contact="x", by=None, way="mail"),
        lambda: pressed(services.decline, introduction, side="to", reason="", by=None, way="desk"),
    )
    assert sorted(outcomes) == ["done", "late"]
    end = fresh(introduction)
    assert (end.state, end.to_consents) in (
        (IntroductionState.INTRODUCED, True),
        (IntroductionState.DECLINED, False),
    )


def test_taking_back_and_asking_at_once_leave_one_state() -> None:
    world = build_world()
    introduction = requested(world)
    outcomes = at_once(
        lambda: pressed(services.withdraw, introduction, by=world.of_salon),
        lambda: pressed(services.ask_both, introduction, by=world.staff),
    )
    assert "done" in outcomes
    end = fresh(introduction)
    if outcomes == ["done", "late"]:
        assert end.asked_at is None
    assert end.state in (IntroductionState.WITHDRAWN, IntroductionState.ASKING)


def test_two_of_one_group_asking_at_once_are_one_request() -> None:
    world = build_world()
    made = at_once(lambda: requested(world).pk, lambda: requested(world).pk)
    assert made[0] == made[1]
    assert Introduction.objects.count() == 1
