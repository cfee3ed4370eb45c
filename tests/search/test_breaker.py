from __future__ import annotations

import logging
from itertools import pairwise

import pytest

from search.breaker import FIRST_PAUSE, LONGEST_PAUSE, SLOW_SECONDS, STEADY_SECONDS, STRIKES, Breaker


class Scene:
    """A breaker with a clock and a background of one's own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.works = True
        self.waiting: list = []
        self.probes = 0
        self.breaker = Breaker("cluster", self.probe, clock=lambda: self.now, spawn=self.waiting.append)

    def probe(self) -> None:
        self.probes += 1
        if not self.works:
            raise OSError

    def pause(self, seconds: float) -> bool:
        """Let time pass, ask, then run what was started in the background."""
        self.now += seconds
        allowed = self.breaker.allows()
        while self.waiting:
            self.waiting.pop()()
        return allowed


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def opened(scene: Scene) -> Scene:
    scene.works = False
    scene.breaker.failed("refused", strikes=STRIKES)
    return scene


def test_two_failures_in_a_row_open_it(scene):
    scene.breaker.failed("refused")
    assert scene.breaker.allows()
    scene.now += 1
    scene.breaker.failed("refused")
    assert not scene.breaker.allows()


def test_failures_of_questions_under_way_together_are_one(scene):
    scene.now = 10.0
    for _ in range(5):
        scene.breaker.failed("reset", seconds=0.5)
        scene.now += 0.01
    assert scene.breaker.allows()
    scene.now += 1
    scene.breaker.failed("reset", seconds=0.5)
    assert not scene.breaker.allows()


def test_one_that_opens_again_and_again_is_left_alone_for_longer_and_longer(scene):
    for pause in (FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4):
        scene.breaker.failed("no answer in time", strikes=STRIKES)
        scene.pause(pause * 0.9)
        assert scene.breaker.is_open
        scene.pause(pause * 0.2)
        assert not scene.breaker.is_open
    scene.now += STEADY_SECONDS
    scene.breaker.failed("no answer in time", strikes=STRIKES)
    scene.pause(FIRST_PAUSE)
    assert not scene.breaker.is_open


def test_an_answer_between_two_failures_keeps_it_closed(scene):
    scene.breaker.failed("refused")
    scene.breaker.answered(0.01)
    scene.now += 1
    scene.breaker.failed("refused")
    assert scene.breaker.allows()


def test_slow_answers_open_it_too(scene):
    scene.breaker.answered(SLOW_SECONDS * 1.5)
    scene.now += SLOW_SECONDS * 2
    scene.breaker.answered(SLOW_SECONDS * 1.5)
    assert scene.breaker.is_open


def test_nobody_asks_while_it_is_open(opened):
    assert not opened.pause(FIRST_PAUSE / 2)
    assert opened.probes == 0


def test_one_probe_after_the_pause_and_no_visitor_waits_for_it(opened):
    opened.now = FIRST_PAUSE
    assert [opened.breaker.allows() for _ in range(5)] == [False] * 5
    assert len(opened.waiting) == 1


def test_a_probe_that_succeeds_closes_it(opened):
    opened.works = True
    assert not opened.pause(FIRST_PAUSE)
    assert opened.breaker.allows()
    opened.breaker.failed("refused")
    assert opened.breaker.allows(), "what was counted before is forgotten"


def test_a_probe_that_fails_is_repeated_after_longer_and_longer_pauses(opened):
    times = []
    for _ in range(300):
        before = opened.probes
        opened.pause(1)
        if opened.probes > before:
            times.append(opened.now)
    pauses = [later - earlier for earlier, later in pairwise([0.0, *times])]
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pauses[6:] == [LONGEST_PAUSE] * len(pauses[6:])


def test_a_probe_that_never_ends_is_not_the_last(opened):
    opened.now = FIRST_PAUSE
    opened.breaker.allows()
    opened.waiting.clear()
    opened.works = True
    opened.pause(LONGEST_PAUSE)
    assert not opened.breaker.is_open


def test_late_failures_of_an_open_one_neither_lengthen_the_pause_nor_speak(opened, caplog):
    opened.now = FIRST_PAUSE / 2
    opened.breaker.failed("refused", strikes=STRIKES)
    assert caplog.records == []
    opened.works = True
    opened.pause(FIRST_PAUSE / 2)
    assert not opened.breaker.is_open


def test_operators_are_told_once_when_it_opens_and_once_when_it_closes(scene, caplog):
    caplog.set_level(logging.INFO)
    scene.works = False
    for _ in range(5):
        scene.breaker.failed("refused")
        scene.pause(FIRST_PAUSE)
    scene.works = True
    scene.pause(LONGEST_PAUSE)
    levels = [record.levelname for record in caplog.records]
    assert levels == ["ERROR", "WARNING"]
    assert "refused" in caplog.records[0].getMessage()
