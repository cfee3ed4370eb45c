"""An answer agreed to, declined and taken back at the same moment becomes one of these."""

from __future__ import annotations

import pytest

from events.choices import AnswerState
from events.models import OpportunityAnswer
from events.services import board_answers as services
from tests.directory.racing import _django_db_helper, at_once, shared_database  # noqa: F401
from tests.factories.events import OpportunityFactory

from .exchange_world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


def test_yes_no_and_taking_back_at_once_are_one_end() -> None:
    world = build_world()
    answer = services.answer_post(
        opportunity=OpportunityFactory(organization=world.salon, district=world.district),
        name="花",
        message="x",
        email="a@example.jp",
        phone="",
        once="a",
    )
    services.confirm_answer(answer=answer)

    def pressed(action, **said) -> str:
        try:
            action(answer=OpportunityAnswer.objects.get(pk=answer.pk), **said)
        except services.AlreadyDecided:
            return "late"
        return "done"

    outcomes = at_once(
        lambda: pressed(services.agree_to_answer, contact="x"),
        lambda: pressed(services.decline_answer),
        lambda: pressed(services.withdraw_answer),
    )
    assert sorted(outcomes) == ["done", "late", "late"]
    ends = (AnswerState.AGREED, AnswerState.DECLINED, AnswerState.WITHDRAWN)
    assert OpportunityAnswer.objects.get().state == ends[outcomes.index("done")]
