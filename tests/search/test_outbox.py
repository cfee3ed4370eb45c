from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from search import indexing
from search.models import OutboxEntry
from search.outbox import enqueue, enqueue_many, process_outbox
from search.request import SearchRequest
from search.services import search

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def found(text: str = "") -> set[str]:
    return {hit.title for hit in search(SearchRequest(text=text)).hits}


def test_a_change_is_found_after_commit(source, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("group", Group.objects.create(name="体操の会").pk)
        assert OutboxEntry.objects.count() == 1
        assert found("体操") == set()
    assert found("体操") == {"体操の会"}
    assert not OutboxEntry.objects.exists()


def _rolled_back_change() -> None:
    with transaction.atomic():
        enqueue("group", Group.objects.create(name="体操の会").pk)
        raise RuntimeError


def test_a_change_that_is_rolled_back_leaves_no_trace(source, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(RuntimeError):
        _rolled_back_change()
    assert callbacks == []
    assert not OutboxEntry.objects.exists()


def test_many_changes_of_a_transaction_are_applied_together(source, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(30):
            enqueue("group", Group.objects.create(name=f"体操{number}").pk)
    assert len(callbacks) == 1
    assert search(SearchRequest(text="体操")).total == 30
    assert not OutboxEntry.objects.exists()


def test_a_save_does_not_fail_because_of_the_index(source, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("search.outbox._process_batch", lambda *args: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("group", Group.objects.create(name="体操の会").pk)
    assert OutboxEntry.objects.count() == 1


def test_a_crash_before_applying_loses_nothing(source):
    group = Group.objects.create(name="体操の会")
    enqueue("group", group.pk)  # the process ends here: on_commit never runs in this test's transaction
    assert found("体操") == set()
    assert process_outbox() == 1
    assert found("体操") == {"体操の会"}


def test_a_crash_while_applying_is_repeated(source, monkeypatch):
    enqueue("group", Group.objects.create(name="体操の会").pk)
    with monkeypatch.context() as patch:
        patch.setattr("search.outbox._let_go", _killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            process_outbox()
    assert OutboxEntry.objects.count() == 1
    process_outbox()
    assert found("体操") == {"体操の会"}


def _killed(*args: object) -> None:
    raise KeyboardInterrupt


def test_the_newest_state_wins_and_repeating_is_harmless(source):
    group = Group.objects.create(name="体操の会")
    enqueue_many("group", [group.pk, group.pk])
    group.name = "麻雀の会"
    group.save()
    enqueue("group", group.pk)
    process_outbox()
    enqueue("group", group.pk)
    process_outbox()
    assert found() == {"麻雀の会"}


def test_what_is_hidden_or_deleted_leaves_the_index(source):
    hidden, deleted = Group.objects.create(name="体操甲"), Group.objects.create(name="体操乙")
    enqueue_many("group", [hidden.pk, deleted.pk])
    process_outbox()
    hidden.name = "非公開の体操"
    hidden.save()
    deleted_pk = deleted.pk
    deleted.delete()
    enqueue_many("group", [hidden.pk, deleted_pk])
    process_outbox()
    assert found() == set()
    live = indexing.state_of(indexing.get_engine()).live
    assert list(indexing.get_engine().fingerprints(index=live)) == []


def test_what_was_hidden_a_moment_ago_is_not_shown(source):
    group = Group.objects.create(name="体操の会")
    enqueue("group", group.pk)
    process_outbox()
    Group.objects.filter(pk=group.pk).update(name="非公開")
    assert found("体操") == set()


def test_an_object_that_fails_waits_and_holds_up_nobody(source):
    broken, good = Group.objects.create(name="壊れた会"), Group.objects.create(name="体操の会")
    enqueue_many("group", [broken.pk, good.pk])
    process_outbox()
    assert found() == {"体操の会"}
    entry = OutboxEntry.objects.get()
    assert entry.object_id == str(broken.pk)
    assert entry.attempts == 1
    assert "ValueError" in entry.last_error
    assert entry.not_before > timezone.now()


def test_one_broken_object_does_not_make_all_the_others_go_one_by_one(source, monkeypatch):
    names = [f"体操{number}" for number in range(64)]
    names[20] = "壊れた会"
    groups = Group.objects.bulk_create(Group(name=name) for name in names)
    enqueue_many("group", [group.pk for group in groups])
    sizes = []
    monkeypatch.setattr(
        "search.outbox.refresh",
        lambda keys, **where: (sizes.append(len(keys)), indexing.refresh(keys, **where)),
    )
    assert process_outbox() == 64
    assert search(SearchRequest(text="体操")).total == 63
    assert OutboxEntry.objects.get().object_id == str(groups[20].pk)
    assert len(sizes) <= 2 * 6 + 1


def test_a_waiting_object_is_tried_again_later_and_later(source):
    broken = Group.objects.create(name="壊れた会")
    enqueue("group", broken.pk)
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(4):
            process_outbox()
            entry = OutboxEntry.objects.get()
            waits.append((entry.not_before - timezone.now()).total_seconds())
            clock.shift(timedelta(hours=2))
        Group.objects.filter(pk=broken.pk).update(name="直った会")
        process_outbox()
    assert waits == [1, 2, 4, 8]
    assert found() == {"直った会"}
    assert not OutboxEntry.objects.exists()


def test_an_unknown_type_is_kept_for_the_version_that_knows_it(source):
    enqueue("unknown", "1")
    process_outbox()
    assert OutboxEntry.objects.get().attempts == 1
