"""The index of an engine outside the database: who writes it, when, and what a dead writer leaves."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from search.checks import check_waiting
from search.engines import engines_in_use, get_engine
from search.indexing import state_of
from search.models import IndexState, OutboxEntry
from search.outbox import enqueue, enqueue_many, process_outbox
from search.upkeep import rebuilding, worker
from search.upkeep.comparing import compare, repair
from search.upkeep.worker import Keeper, watch
from search.upkeep.writing import Lease, LeaseHeld, LeaseLost, token_of, writing
from tests.search.outside import OutsideEngine

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def built(source, outside):
    """Three groups in both indexes."""
    for name in ("体操", "麻雀", "お茶"):
        Group.objects.create(name=name)
    for engine in engines_in_use():
        rebuilding.rebuild(engine=engine)
    outside.cluster.calls.clear()
    return outside


def change(name: str, to: str) -> None:
    group = Group.objects.get(name=name)
    Group.objects.filter(pk=group.pk).update(name=to)
    enqueue("group", group.pk)


def waiting(engine: OutsideEngine) -> int:
    return OutboxEntry.objects.filter(engine=engine.name, applied=False).count()


def test_a_save_does_not_touch_the_engine_outside(built, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change("体操", "体操改")
    assert built.cluster.calls == []
    assert waiting(built) == 1
    assert waiting(get_engine("database")) == 0
    assert not compare(engine=get_engine("database"))


def test_the_worker_brings_it_up_to_date(built):
    change("体操", "体操改")
    Group.objects.get(name="お茶").delete()
    enqueue_many("group", ["999"])
    assert Keeper(built).turn() == 2
    assert "体操改" in built.titles()
    assert waiting(built) == 0


def test_nothing_is_sent_while_a_transaction_is_open(built):
    change("体操", "体操改")
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        process_outbox(engine=built)
    assert "put" not in built.cluster.calls


def test_while_it_is_away_rows_wait_as_they_are(built):
    keeper = Keeper(built, clock=iter(range(0, 10_000, 100)).__next__)
    change("体操", "体操改")
    built.cluster.away()
    for _ in range(5):
        assert keeper.turn() == 0
    entry = OutboxEntry.objects.get(engine=built.name)
    assert (entry.attempts, entry.not_before) == (0, None)
    built.cluster.back()
    assert keeper.turn() == 1
    assert not compare(engine=built)


def test_operators_are_told_once_when_it_goes_and_once_when_it_returns(built, caplog):
    caplog.set_level(logging.INFO)
    keeper = Keeper(built, clock=iter(range(0, 10_000, 100)).__next__)
    change("体操", "体操改")
    built.cluster.away()
    for _ in range(5):
        keeper.turn()
    built.cluster.back()
    keeper.turn()
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_it_is_tried_every_few_seconds_while_it_is_away(built):
    now = [0.0]
    keeper = Keeper(built, clock=lambda: now[0])
    built.cluster.away()
    for _ in range(60):
        keeper.turn()
        now[0] += 1
    assert 60 / worker.LONGEST_PAUSE <= len(built.cluster.calls) <= 60 / worker.LONGEST_PAUSE + 4


def test_a_broken_object_waits_and_holds_up_nobody(built):
    Group.objects.create(name="体操二")
    broken = Group.objects.create(name="壊れた会")
    enqueue_many("group", [broken.pk, Group.objects.get(name="体操二").pk])
    Keeper(built).turn()
    assert "体操二" in built.titles()
    assert OutboxEntry.objects.get(engine=built.name).attempts == 1


def test_a_document_that_is_refused_waits_and_holds_up_nobody(built):
    refused = Group.objects.create(name="大きすぎる会")
    enqueue_many(
        "group", [Group.objects.create(name="体操二").pk, refused.pk, Group.objects.create(name="体操三").pk]
    )
    assert Keeper(built).turn() == 3
    assert {"体操二", "体操三"} <= built.titles()
    entry = OutboxEntry.objects.get(engine=built.name)
    assert (entry.object_id, entry.attempts) == (str(refused.pk), 1)


def test_operators_are_told_of_changes_that_wait_for_minutes(built):
    change("体操", "体操改")
    process_outbox()
    assert check_waiting(None, databases=["default"]) == []
    OutboxEntry.objects.update(created=timezone.now() - timedelta(minutes=10))
    (warning,) = check_waiting(None, databases=["default"])
    assert "'outside'" in warning.msg
    assert "process_search_outbox --watch" in warning.hint
    process_outbox(engine=built)
    assert check_waiting(None, databases=["default"]) == []


def test_one_writer_at_a_time(built):
    with writing(built) as write:
        write(lambda engine, state: None, lambda state: None)
        change("体操", "体操改")
        assert Keeper(built).turn() == 0
        with pytest.raises(LeaseHeld):
            process_outbox(engine=built)
    assert Keeper(built).turn() == 1


def test_a_killed_writer_is_followed_when_its_lease_runs_out(built):
    Lease(built).write(lambda engine, state: None, lambda state: None)  # never released
    change("体操", "体操改")
    assert Keeper(built).turn() == 0
    IndexState.objects.filter(engine=built.name).update(writer_until=timezone.now() - timedelta(seconds=1))
    assert Keeper(built).turn() == 1
    assert "体操改" in built.titles()


def test_tokens_grow_with_every_batch_even_when_the_clock_goes_back(built):
    tokens = []
    with writing(built) as write:
        for _ in range(3):
            write(lambda engine, state: tokens.append(engine._engine.token), lambda state: None)
    ahead = timezone.now() + timedelta(days=1)
    IndexState.objects.filter(engine=built.name).update(writer_until=ahead)
    with writing(built) as write:
        write(lambda engine, state: tokens.append(engine._engine.token), lambda state: None)
    assert tokens == sorted(set(tokens))
    assert tokens[-1] > token_of(ahead)


def test_what_a_stopped_writer_sends_late_does_not_undo_its_successor(built):
    """It read the object, stood still for a minute, and goes on when another has written what came after."""
    change("体操", "古い体操")

    def stand_still_while_another_works(method: str) -> None:
        if method != "put" or built.cluster.calls.count("put") > 1:
            return
        IndexState.objects.filter(engine=built.name).update(
            writer_until=timezone.now() - timedelta(seconds=1)
        )
        change("古い体操", "新しい体操")
        process_outbox(engine=OutsideEngine(built.cluster))

    # In this thread, because a test's database belongs to it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engines.bounded.run_within", lambda seconds, call: call())
        built.cluster.trouble = stand_still_while_another_works
        with pytest.raises(LeaseLost):
            process_outbox(engine=built)
    assert "新しい体操" in built.titles()
    assert "古い体操" not in built.titles()


def test_a_rebuild_hears_of_what_changes_meanwhile(built, monkeypatch):
    monkeypatch.setattr("search.indexing.BATCH", 1)
    done = []

    def change_behind_the_builder(count: int) -> None:
        if not done:
            done.append(True)
            change("体操", "体操改")
            enqueue("group", Group.objects.create(name="新しい会").pk)
            assert Keeper(built).turn() == 2
            assert "体操改" in built.titles(), "the live index goes on hearing of changes"

    rebuilding.rebuild(engine=built, progress=change_behind_the_builder)
    assert built.titles() == {"体操改", "麻雀", "お茶", "新しい会"}
    assert set(built.cluster.stored) == {state_of(built).live} == {built.cluster.adopted}
    assert not OutboxEntry.objects.filter(engine=built.name).exists()


def test_a_batch_that_began_before_a_rebuild_is_repeated_by_it(built):
    """The row was read while nobody was building; when it is let go somebody is, and may have read the old object."""
    change("体操", "体操改")

    def begin_building(method: str) -> None:
        if method == "put":
            IndexState.objects.filter(engine=built.name).update(
                building="build-x", building_since=timezone.now()
            )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engines.bounded.run_within", lambda seconds, call: call())
        built.cluster.trouble = begin_building
        process_outbox(engine=built)
    assert OutboxEntry.objects.get(engine=built.name).applied


@pytest.mark.parametrize("step", ["create", "put", "settle", "adopt"])
def test_a_rebuild_killed_at_any_step_leaves_a_whole_index(built, step):
    """Killed: nothing is cleaned up. The lease runs out, the worker goes on."""

    class Killed(BaseException):
        pass

    def kill(method: str) -> None:
        if method == step:
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.upkeep.rebuilding._stop_building", lambda engine, name: None)
        patch.setattr(Lease, "release", lambda self: None)
        built.cluster.trouble = kill
        with pytest.raises(Killed):
            rebuilding.rebuild(engine=built)
    built.cluster.back()
    assert built.titles() == {"体操", "麻雀", "お茶"}
    change("体操", "体操改")
    IndexState.objects.filter(engine=built.name).update(writer_until=timezone.now() - timedelta(seconds=1))
    Keeper(built).turn()
    assert built.cluster.adopted == state_of(built).live
    assert built.titles() == {"体操改", "麻雀", "お茶"}
    assert not compare(engine=built)
    rebuilding.rebuild(engine=built)
    assert set(built.cluster.stored) == {built.cluster.adopted}


def test_a_rebuild_that_stood_still_too_long_gives_up(built):
    def stand_still(count: int) -> None:
        IndexState.objects.filter(engine=built.name).update(
            building_since=timezone.now() - timedelta(hours=1)
        )

    live = state_of(built).live
    with pytest.raises(rebuilding.RebuildTakenOver):
        rebuilding.rebuild(engine=built, progress=stand_still)
    assert set(built.cluster.stored) == {live} == {built.cluster.adopted}


def test_an_engine_back_without_its_index_is_built_anew_by_the_worker(built):
    built.cluster.stored.clear()
    built.cluster.adopted = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "LINGER", 0)
        Keeper(built).turn()
    assert built.titles() == {"体操", "麻雀", "お茶"}


def test_changes_are_not_put_into_an_index_that_is_missing(built):
    built.cluster.stored.clear()
    change("体操", "体操改")
    with pytest.raises(CommandError, match="missing"):
        call_command("process_search_outbox", stdout=StringIO())
    assert built.cluster.stored == {}
    assert waiting(built) == 1


def test_repair_and_check_reach_every_engine_in_use(built):
    Group.objects.filter(name="体操").update(name="体操改")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_search_index", stdout=out)
    assert out.getvalue().count("stale") == 2
    repair(compare(engine=built), engine=built)
    assert "体操改" in built.titles()


def test_check_says_that_an_engine_does_not_answer_and_how_much_waits(built):
    change("体操", "体操改")
    built.cluster.away()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_search_index", stdout=out)
    assert "outside does not answer: refused" in out.getvalue()
    assert "outside: 1 changes waiting" in out.getvalue()


def test_rebuild_names_the_engine_that_does_not_answer_and_builds_the_other(built):
    built.cluster.away()
    out = StringIO()
    with pytest.raises(CommandError, match="outside does not answer"):
        call_command("rebuild_search_index", linger=0, stdout=out, stderr=StringIO())
    assert "database: 3 documents" in out.getvalue()


def test_the_watch_ends_when_it_is_told_to(built):
    stop = threading.Event()
    change("体操", "体操改")
    built.cluster.trouble = lambda method: stop.set() if method == "put" else None
    watch([built], stop, interval=60)
    assert "体操改" in built.titles()


def test_the_service_ends_with_the_signal_that_services_get(built, monkeypatch):
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(
        "search.management.commands.process_search_outbox.watch",
        lambda engines, stop, interval: signal.raise_signal(signal.SIGTERM) or stop.wait(60),
    )
    try:
        out = StringIO()
        call_command("process_search_outbox", watch=True, stdout=out)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert "Stopped" in out.getvalue()
