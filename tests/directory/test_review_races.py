"""Several reviewers, and a reviewer and the group, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import TaskState

from directory.models import RegisterLogEntry, Resource
from directory.services.review_decisions import (
    AlreadyDecided,
    NewerVersion,
    Outcome,
    approve,
    reject,
    return_with_comment,
    waiting_state,
)
from directory.versions import version_of
from tests.directory.racing import _django_db_helper, at_once, shared_database
from tests.directory.review_world import changed_entry, reviewer
from tests.factories.areas import DistrictFactory

__all__ = ["_django_db_helper", "shared_database"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("turn", range(3))
def test_of_four_reviewers_at_once_exactly_one_decides(shared_database: None, turn: int) -> None:
    district = DistrictFactory()
    entry = changed_entry(district)
    people = [reviewer(district) for _number in range(4)]
    mark = version_of(Resource, entry.pk)

    def on_a_fresh_row(decide: Callable[[Resource], Any]) -> Callable[[], Any]:
        return lambda: decide(Resource.objects.get(pk=entry.pk))

    outcomes = at_once(
        on_a_fresh_row(lambda row: approve(row, by=people[0], seen=mark)),
        on_a_fresh_row(lambda row: return_with_comment(row, by=people[1], comment="直して", seen=mark)),
        on_a_fresh_row(lambda row: reject(row, by=people[2], reason="対象外", seen=mark)),
        on_a_fresh_row(lambda row: approve(row, by=people[3], seen=mark)),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyDecided"] * 3 + ["Outcome"]
    winner = next(number for number, outcome in enumerate(outcomes) if isinstance(outcome, Outcome))
    losers = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    assert {outcome.state.finished_by for outcome in losers if outcome.state} == {people[winner]}
    assert TaskState.objects.exclude(status=TaskState.STATUS_IN_PROGRESS).count() == 1
    assert RegisterLogEntry.objects.filter(action__startswith="tsunagu.review").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_version_sent_in_at_the_same_moment_is_published_only_if_it_was_seen(
    shared_database: None, turn: int
) -> None:
    district = DistrictFactory()
    entry = changed_entry(district)
    by, mark = reviewer(district), version_of(Resource, entry.pk)

    def sends_another() -> None:
        draft = Resource.objects.get(pk=entry.pk).get_latest_revision_as_object()
        draft.summary = "見ていない文"
        draft.save_revision()

    outcome, _nothing = at_once(
        lambda: approve(Resource.objects.get(pk=entry.pk), by=by, seen=mark), sends_another
    )
    after = Resource.objects.get(pk=entry.pk)
    assert after.summary != "見ていない文"
    if isinstance(outcome, NewerVersion):
        assert waiting_state(after) is not None
    else:
        assert isinstance(outcome, Outcome)
        assert after.summary == "毎週金曜に、お茶を飲みます。"
