"""Take the chosen rows of a previewed file in, batch by batch; and take all of it back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..choices import ImportState, RowDecision
from ..importers.records import ParsedRow
from ..models import ImportRow, ImportRun, Resource
from .deletion import delete_recoverably
from .import_staging import Work, work_of
from .imports import FileImport, Outcome, end_of
from .occurrences import rebuild_occurrences
from .reindexing import reindex_resources

#: Rows of one transaction: what a kill can cost.
BATCH = 200
_STARTABLE = (ImportState.READ, ImportState.FAILED)
_RUNNING = (ImportState.WAITING, ImportState.APPLYING)
#: Also one that stopped half-way and shall not go on.
_UNDOABLE = (ImportState.APPLIED, ImportState.FAILED)


def may_undo(run: ImportRun) -> bool:
    """Is there anything to take back? The rows know it; the file may be gone."""
    if run.state == ImportState.FAILED:
        return run.rows.filter(is_applied=True).exists()
    return run.state in _UNDOABLE


def claim_run(run: ImportRun, *, user: Any) -> bool:
    """Send `run` on its way. False where somebody was faster, or its file is gone: an import happens once."""
    chosen = run.rows.filter(is_chosen=True).count()
    startable = ImportRun.objects.filter(pk=run.pk, state__in=_STARTABLE).exclude(stored_file="")
    moved = startable.update(state=ImportState.WAITING, total=chosen, problem="")
    if moved:
        log(instance=run, action="tsunagu.import.start", user=user, data={"reason": ""})
    return bool(moved)


def apply_run(pk: int) -> None:
    """Do what is still to do of a run. Goes on where a killed one stopped; a row is never taken in twice."""
    run = ImportRun.objects.select_related("municipality").filter(pk=pk, state__in=_RUNNING).first()
    if run is None:
        return
    ImportRun.objects.filter(pk=pk).update(state=ImportState.APPLYING)
    work, layout = work_of(run)
    work = sorted(work, key=lambda pair: pair[0].is_addition)  # further places come after their entries
    for start in range(0, len(work), BATCH):
        with transaction.atomic():
            _apply_batch(run, layout, work[start : start + BATCH])
    counts = dict.fromkeys(RowDecision.values, 0) | run.counts
    ImportRun.objects.filter(pk=pk, state=ImportState.APPLYING).update(
        state=ImportState.APPLIED, finished_at=timezone.now(), counts=counts
    )


def _apply_batch(run: ImportRun, layout: Any, batch: Work) -> None:
    # One at a time: two workers with the same run see each other's rows here.
    ImportRun.objects.select_for_update().get(pk=run.pk)
    lines = [parsed.line for parsed, _key in batch]
    rows = {
        row.line: row for row in run.rows.filter(line__in=lines, is_chosen=True, is_applied=False, errors=[])
    }
    todo = [pair for pair in batch if pair[0].line in rows]
    if todo:
        list(_Chosen(run, layout, rows).take_in(todo))
    done = run.rows.filter(is_applied=True).count()
    ImportRun.objects.filter(pk=run.pk).update(done=done)


class _Chosen(FileImport):
    """Takes in the rows it is given, and keeps beside each what was there before."""

    def __init__(self, run: ImportRun, layout: Any, rows: dict[int, ImportRow]) -> None:
        super().__init__(run, layout, run.municipality, publish=False, user=run.started_by, own_only=True)
        self._rows = rows
        self._before: dict[int, dict[str, Any]] = {}

    def _known(self, keys: Any) -> dict[str, Resource]:
        known = super()._known(keys)
        self._note(end_of(resource) for resource in known.values())
        return known

    def _known_by_code(self, codes: list[str]) -> dict[str, Resource]:
        known = super()._known_by_code(codes)
        self._note(known.values())
        return known

    def _note(self, resources: Iterable[Resource | None]) -> None:
        for resource in resources:
            if resource is not None:
                self._before[resource.pk] = snapshot(resource)

    def remember(self, outcomes: list[Outcome]) -> None:
        for parsed, _place, decision, resource in outcomes:
            self._keep(self._rows[parsed.line], parsed, decision, resource)

    def _keep(self, row: ImportRow, parsed: ParsedRow, decision: str, resource: Resource | None) -> None:
        row.decision, row.resource, row.is_applied = decision, resource, decision != RowDecision.ERROR
        row.errors, row.warnings = parsed.errors, parsed.warnings
        row.differences = parsed.differences
        if resource is not None:
            row.before = {"entry": self._before.get(resource.pk), "after": stamp(resource.pk)}
        row.save()


def snapshot(resource: Resource) -> dict[str, Any]:
    """The newest version of an entry, JSON-safe."""
    data = resource.get_latest_revision_as_object().serializable_data()
    return {"draft": json.loads(json.dumps(data, cls=DjangoJSONEncoder)), "source": resource.source_values}


def stamp(pk: int) -> list[str]:
    """What changes as soon as anybody edits the entry."""
    found = Resource.objects.values_list("latest_revision_id", "updated_at").get(pk=pk)
    return [str(found[0]), found[1].isoformat()]


@transaction.atomic
def undo_run(run: ImportRun, *, user: Any) -> dict[str, int] | None:
    """Take a whole import back. What was edited since stays. None where somebody did it already."""
    moved = ImportRun.objects.filter(pk=run.pk, state__in=_UNDOABLE).update(
        state=ImportState.UNDONE, undone_at=timezone.now(), undone_by=user
    )
    if not moved:
        return None
    counts = {"undone": 0, "kept": 0}
    for row in run.rows.filter(is_applied=True).select_related("resource").order_by("-line"):
        if row.decision not in (RowDecision.NEW, RowDecision.CHANGED) or not row.before:
            continue
        is_undone = _undo_row(row, user)
        counts["undone" if is_undone else "kept"] += 1
    log(instance=run, action="tsunagu.import.undo", user=user, data={"reason": ""})
    return counts


def _undo_row(row: ImportRow, user: Any) -> bool:
    resource = row.resource
    if resource is None or stamp(resource.pk) != row.before["after"]:
        row.warnings = [*row.warnings, _("取り込みのあとに編集されたので、そのまま残しました。")]
        row.save(update_fields=["warnings"])
        return False
    if row.decision == RowDecision.NEW:
        delete_recoverably(resource, user=user, reason=_("取り込みを元に戻した"))
    else:
        _put_back(resource, row.before["entry"], user)
    ImportRow.objects.filter(pk=row.pk).update(is_applied=False)
    return True


def _put_back(resource: Resource, entry: dict[str, Any], user: Any) -> None:
    old = Resource.from_serializable_data(entry["draft"], check_fks=True, strict_fks=False)
    old.source_values = entry["source"]
    old.save_revision(user=user, log_action=True)
    if not resource.live:
        old.has_unpublished_changes = True
        old.save()
        rebuild_occurrences([Resource.objects.get(pk=resource.pk)])
    Resource.objects.filter(pk=resource.pk).update(source_values=entry["source"])
    reindex_resources(Resource.objects.filter(pk=resource.pk))
