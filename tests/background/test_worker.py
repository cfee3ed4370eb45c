"""Tasks and daily jobs: done once, by one worker; what a killed one had begun is taken up by another."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from background import daily
from background.checks import check_worker
from background.daily_running import run_due_daily_jobs
from background.losses import LOST, MOST_ATTEMPTS, Watcher, give_back
from background.models import DailyRun, Worker
from background.tasks_running import run_task, take_task
from background.worker import run_pending
from background.working import AtWork, at_work, beat

from . import demo_work

pytestmark = pytest.mark.django_db
TOKYO = dt.timezone(dt.timedelta(hours=9))


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    demo_work.calls.clear()


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> dict[str, daily.Job]:
    """Only the test's own daily jobs."""
    jobs: dict[str, daily.Job] = {}
    monkeypatch.setattr(daily, "_jobs", jobs)
    return jobs


def the_task() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_task_is_done_once_and_its_result_kept() -> None:
    demo_work.note.enqueue("a")
    assert run_pending() == 1
    assert run_pending() == 0
    assert demo_work.calls == ["a"]
    assert (the_task().status, the_task().return_value) == (TaskResultStatus.SUCCESSFUL, "a")


def test_task_of_a_rolled_back_cause_is_not_done() -> None:
    with suppress(ValueError), transaction.atomic():
        demo_work.note.enqueue("a")
        raise ValueError
    assert run_pending() == 0


def test_failure_is_kept_without_its_words_and_the_next_task_runs() -> None:
    demo_work.fail.enqueue("hanako@example.jp")
    demo_work.note.enqueue("b")
    assert run_pending() == 2
    failed = DBTaskResult.objects.failed().get()
    assert failed.exception_class_path == "builtins.ValueError"
    assert "demo_work.py" in failed.traceback
    assert "hanako" not in failed.traceback
    assert demo_work.calls == ["b"]


def test_busy_database_makes_a_task_run_again_a_few_times(fixed_clock: time_machine.Traveller) -> None:
    demo_work.busy.enqueue()
    for _ in range(MOST_ATTEMPTS):
        assert the_task().status == TaskResultStatus.READY
        run_pending()
        fixed_clock.shift(60)
    assert the_task().status == TaskResultStatus.FAILED


def test_two_workers_take_two_tasks() -> None:
    demo_work.note.enqueue("a")
    first, second = take_task(AtWork("first")), take_task(AtWork("second"))
    assert first is not None
    assert second is None


def test_silent_worker_is_given_up_after_the_lease_and_its_task_done_by_another() -> None:
    now = [0.0]
    demo_work.note.enqueue("a")
    with at_work(beating=False) as killed:
        take_task(killed)
        watcher = Watcher("me", clock=lambda: now[0])
        assert watcher.look() == 0
        now[0] = 29.0
        assert watcher.look() == 0
        now[0] = 31.0
        assert watcher.look() == 1
    run_pending()
    assert demo_work.calls == ["a"]


def test_worker_that_beats_keeps_its_task() -> None:
    now = [0.0]
    demo_work.note.enqueue("a")
    with at_work(beating=False) as busy:
        take_task(busy)
        watcher = Watcher("me", clock=lambda: now[0])
        for _ in range(4):
            now[0] += 20
            beat(busy.id)
            assert watcher.look() == 0
        assert the_task().status == TaskResultStatus.RUNNING


def test_worker_given_up_by_mistake_does_not_write_over_its_successor() -> None:
    demo_work.note.enqueue("a")
    row = take_task(AtWork("slept"))
    assert row is not None
    give_back()
    take_task(AtWork("successor"))
    run_task(row)
    assert the_task().status == TaskResultStatus.RUNNING


def test_task_that_kills_its_workers_is_given_up() -> None:
    demo_work.note.enqueue("a")
    for attempt in range(MOST_ATTEMPTS):
        assert take_task(AtWork(f"killed {attempt}"))
        give_back()
    assert (the_task().status, the_task().exception_class_path) == (TaskResultStatus.FAILED, LOST)


def test_daily_job_waits_for_six_and_runs_once_a_day(
    jobs: dict[str, daily.Job], fixed_clock: time_machine.Traveller
) -> None:
    me, done = AtWork("me"), []
    jobs["count"] = lambda: done.append(1)
    fixed_clock.move_to(dt.datetime(2026, 11, 20, 5, 59, tzinfo=TOKYO))
    assert run_due_daily_jobs(me) == 0
    fixed_clock.move_to(dt.datetime(2026, 11, 20, 6, 0, tzinfo=TOKYO))
    assert [run_due_daily_jobs(me), run_due_daily_jobs(me)] == [1, 0]
    fixed_clock.shift(24 * 3600)
    run_due_daily_jobs(me)
    assert len(done) == 2


def test_failing_daily_job_is_tried_again_and_holds_up_nobody(
    jobs: dict[str, daily.Job], fixed_clock: time_machine.Traveller
) -> None:
    me, done, trouble = AtWork("me"), [], [True]

    def sometimes() -> None:
        if trouble:
            raise ValueError(trouble.pop())

    jobs["sometimes"] = sometimes
    jobs["count"] = lambda: done.append(1)
    run_due_daily_jobs(me)
    assert DailyRun.objects.get(job="sometimes").last_error == "builtins.ValueError"
    assert (done, run_due_daily_jobs(me)) == ([1], 0)
    fixed_clock.shift(5 * 60)
    assert run_due_daily_jobs(me) == 1
    assert DailyRun.objects.filter(done=None).count() == 0


def test_daily_job_of_a_killed_worker_is_taken_up(
    jobs: dict[str, daily.Job], fixed_clock: time_machine.Traveller
) -> None:
    done: list[int] = []
    jobs["count"] = lambda: done.append(1)
    DailyRun.objects.create(job="count", date=timezone.localdate(), worker_id="killed", tries=1)
    assert run_due_daily_jobs(AtWork("me")) == 0
    give_back()
    run_due_daily_jobs(AtWork("me"))
    assert done == [1]


def test_check_says_when_work_waits_and_nobody_is_there(fixed_clock: time_machine.Traveller) -> None:
    demo_work.note.enqueue("a")
    assert check_worker(None, ["default"]) == []
    fixed_clock.shift(11 * 60)
    [warning] = check_worker(None, ["default"])
    assert warning.id == "background.W001"
    with at_work(beating=False):
        assert check_worker(None, ["default"]) == []
    assert not Worker.objects.exists()
