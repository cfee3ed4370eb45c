from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from search import checks, indexing
from search.documents import SearchDocument
from search.engines import get_engine
from search.models import IndexState, OutboxEntry
from search.outbox import enqueue, process_outbox
from search.request import SearchRequest
from search.services import search
from search.upkeep import rebuilding
from search.upkeep.comparing import compare

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def found() -> set[str]:
    return {hit.title for hit in search(SearchRequest(page_size=100)).hits}


@pytest.fixture
def built(source):
    """Three groups in a live index."""
    groups = [Group.objects.create(name=name) for name in ("体操", "麻雀", "お茶")]
    rebuilding.rebuild()
    return groups


def test_a_rebuild_indexes_everything_that_is_public(built):
    Group.objects.create(name="非公開の会")
    assert rebuilding.rebuild() == 3
    assert found() == {"体操", "麻雀", "お茶"}


def test_the_old_index_answers_until_the_swap_and_is_dropped_after(built, monkeypatch):
    seen = []
    monkeypatch.setattr(get_engine(), "batch", 1)
    rebuilding.rebuild(progress=lambda count: seen.append(found()))
    assert seen == [{"体操", "麻雀", "お茶"}] * 3
    assert get_engine().indexes() == {indexing.state_of(get_engine()).live}


def test_changes_during_a_rebuild_survive_it(built, monkeypatch):
    monkeypatch.setattr(get_engine(), "batch", 1)
    first, _, third = built
    done = []

    def change_behind_the_builder(count: int) -> None:
        if done:
            return
        done.append(True)
        first_pk = first.pk
        Group.objects.filter(pk=first.pk).update(name="体操改")
        third_pk = third.pk
        third.delete()
        for pk in (first_pk, third_pk, Group.objects.create(name="新しい会").pk):
            enqueue("group", pk)
        process_outbox()
        assert found() == {"体操改", "麻雀", "新しい会"}

    rebuilding.rebuild(progress=change_behind_the_builder)
    assert found() == {"体操改", "麻雀", "新しい会"}
    assert not OutboxEntry.objects.exists()
    assert not compare()


def test_a_rebuild_makes_waiting_changes_needless(built):
    enqueue("group", Group.objects.create(name="新しい会").pk)
    rebuilding.rebuild()
    assert "新しい会" in found()
    assert not OutboxEntry.objects.exists()


def test_a_rebuild_that_dies_leaves_the_live_index(built, monkeypatch):
    live = indexing.state_of(get_engine()).live
    monkeypatch.setattr("search.upkeep.rebuilding._swap", lambda state, name: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rebuilding.rebuild()
    assert found() == {"体操", "麻雀", "お茶"}
    assert get_engine().indexes() == {live}
    assert indexing.state_of(get_engine()).building == ""


def test_an_object_that_cannot_be_built_keeps_nobody_else_from_being_found(built):
    broken = Group.objects.create(name="壊れた会")
    Group.objects.create(name="新しい会")
    with pytest.raises(CommandError, match=f"group {broken.pk}: ValueError"):
        call_command("rebuild_search_index", linger=0, stdout=StringIO(), stderr=StringIO())
    assert found() == {"体操", "麻雀", "お茶", "新しい会"}


def test_check_names_what_cannot_be_built(built):
    broken = Group.objects.create(name="壊れた会")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_search_index", "--repair", stdout=out)
    assert f"broken group {broken.pk}" in out.getvalue()
    assert found() == {"体操", "麻雀", "お茶"}


def test_what_a_killed_rebuild_left_is_cleared_by_the_next(built):
    indexing.index_many([SearchDocument(id="1", type="group", title="残り")], index="build-old")
    rebuilding.rebuild()
    assert "build-old" not in get_engine().indexes()


def test_check_names_what_differs_and_repair_mends_it(built):
    engine, live = get_engine(), indexing.state_of(get_engine()).live
    stale, missing, _ = built
    Group.objects.filter(pk=stale.pk).update(name="体操改")
    engine.remove([("group", str(missing.pk))], index=live)
    indexing.index_many([SearchDocument(id="999", type="group", title="幽霊")], index=live)
    indexing.index_many([SearchDocument(id="1", type="gone", title="昔の種類")], index=live)

    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_search_index", stdout=out)
    assert ended.value.code == 1
    for line in (
        f"stale group {stale.pk}",
        f"missing group {missing.pk}",
        "surplus group 999",
        "surplus gone 1",
    ):
        assert line in out.getvalue()

    call_command("check_search_index", "--repair", stdout=StringIO())
    call_command("check_search_index", stdout=StringIO())
    assert found() == {"体操改", "麻雀", "お茶"}


def test_what_changes_while_it_is_compared_does_not_differ(built, monkeypatch):
    engine = get_engine()
    read = engine.fingerprints

    def read_and_change_behind(*, index: str):
        yield from list(read(index=index))
        if Group.objects.filter(name="体操").update(name="体操改"):
            enqueue("group", Group.objects.get(name="体操改").pk)
            process_outbox()

    monkeypatch.setattr(engine, "fingerprints", read_and_change_behind)
    assert not compare()


def test_another_analysis_asks_for_a_rebuild_by_name(built):
    IndexState.objects.update(analysis="0-old")
    (warning,) = checks.check_analysis(None, databases=["default"])
    assert "rebuild_search_index" in warning.hint
    err = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_search_index", stdout=StringIO(), stderr=err)
    assert "rebuild_search_index" in err.getvalue()
    call_command("rebuild_search_index", linger=0, stdout=StringIO(), stderr=StringIO())
    assert checks.check_analysis(None, databases=["default"]) == []


def test_an_unknown_engine_is_named(settings):
    settings.SEARCH_ENGINE = "typo"
    (error,) = checks.check_engine(None)
    assert "database" in error.hint


def test_the_outbox_command_drains_it(source):
    enqueue("group", Group.objects.create(name="体操").pk)
    out = StringIO()
    call_command("process_search_outbox", stdout=out)
    assert "0 still waiting" in out.getvalue()
    assert found() == {"体操"}
