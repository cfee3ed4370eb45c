"""One entry, or group, goes into another: field by field, the old code leads on, and it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..choices import DuplicateState, MistakeState
from ..merging_fields import PARTS, copy_of
from ..merging_followers import move_followers, move_followers_back
from ..models import DuplicateCandidate, Merge, Organization, OrganizationMember, Resource
from .publishing import refresh_dates
from .reindexing import reindex_organizations, reindex_resources


class CannotMerge(Exception):
    """Why two things cannot become one now, in words for the person who asked."""


@transaction.atomic
def merge(*, kept: Any, dropped: Any, take: Iterable[str], user: Any) -> Merge:
    """Let `dropped` go into `kept`. `take` names the values that come from `dropped`; lists and rows are joined.

    The row of `dropped` stays as it was, seen by nobody; its code leads to `kept`. Raises `CannotMerge`.
    """
    kept, dropped = _locked(kept, dropped)
    _check(kept, dropped)
    version = kept.get_latest_revision_as_object()
    before = {
        "values": _take_values(version, dropped, set(take)),
        "lists": _join_lists(version, dropped),
        "rows": _join_rows(version, dropped),
    }
    _save(kept, version, user)
    type(dropped).objects.filter(pk=dropped.pk).update(merged_into=kept)
    before["moved"] = _move_followers(kept, dropped)
    before["followers"] = move_followers(kept, dropped)
    kind = type(kept).__name__.lower()
    record = Merge.objects.create(
        **{f"kept_{kind}": kept, f"dropped_{kind}": dropped}, before=before, merged_by=user
    )
    _settle_candidates(kept, dropped, user)
    log(
        instance=kept,
        action="tsunagu.merge.do",
        user=user,
        data={"dropped": dropped.code, "name": dropped.name},
    )
    _tell_search(kept, dropped)
    return record


@transaction.atomic
def undo_merge(record: Merge, *, user: Any) -> list[str]:
    """Take a merge back. What was changed on the kept one since stays. Returns the names of values left as they are.

    Raises `CannotMerge` where somebody else was first.
    """
    if not Merge.objects.filter(pk=record.pk, undone_at__isnull=True).update(
        undone_at=timezone.now(), undone_by=user
    ):
        raise CannotMerge(_("ほかの人が先に元に戻しました。"))
    kept, dropped = _locked(
        record.kept_resource or record.kept_organization,
        record.dropped_resource or record.dropped_organization,
    )
    version = kept.get_latest_revision_as_object()
    left = _give_back_values(version, record.before["values"])
    _give_back_lists(version, record.before["lists"])
    _give_back_rows(version, record.before["rows"])
    _save(kept, version, user)
    type(dropped).objects.filter(pk=dropped.pk).update(merged_into=None)
    _move_back(kept, dropped, record.before["moved"])
    move_followers_back(kept, dropped, record.before.get("followers", {}))
    log(instance=kept, action="tsunagu.merge.undo", user=user, data={"dropped": dropped.code})
    _tell_search(kept, dropped)
    return left


def mark_different(candidate: DuplicateCandidate, *, user: Any) -> bool:
    """「別のものです」. False when somebody else decided first."""
    rows = DuplicateCandidate.objects.filter(pk=candidate.pk, state=DuplicateState.OPEN)
    return bool(rows.update(state=DuplicateState.DIFFERENT, decided_by=user, decided_at=timezone.now()))


def _locked(kept: Any, dropped: Any) -> tuple[Any, Any]:
    model = type(kept)
    # In the order of their keys: two people merging the same two the other way round do not wait for each other.
    rows = {
        row.pk: row
        for row in model.objects.select_for_update().filter(pk__in=(kept.pk, dropped.pk)).order_by("pk")
    }
    return rows[kept.pk], rows[dropped.pk]


def _check(kept: Any, dropped: Any) -> None:
    if kept.pk == dropped.pk:
        raise CannotMerge(_("同じ登録どうしは、まとめられません。"))
    if kept.merged_into_id or dropped.merged_into_id:
        raise CannotMerge(_("ほかの人が先にまとめました。"))
    for thing in (kept, dropped):
        if thing.workflow_in_progress:
            raise CannotMerge(_("「%(name)s」は審査中です。先に審査を終えてください。") % {"name": thing})
    if kept.live and kept.has_unpublished_changes:
        raise CannotMerge(
            _(
                "「%(name)s」には、公開していない下書きがあります。先に公開するか、下書きを取り消してください。"
            )
            % {"name": kept}
        )


def _take_values(version: Any, dropped: Any, take: set[str]) -> dict[str, list[Any]]:
    """Set the values, and return {column: [before, after]}."""
    changed = {}
    for name in PARTS[type(version)].values:
        if name not in take:
            continue
        column = version._meta.get_field(name).attname
        before, after = getattr(version, column), getattr(dropped, column)
        if before != after:
            setattr(version, column, after)
            changed[column] = [before, after]
    return changed


def _join_lists(version: Any, dropped: Any) -> dict[str, list[int]]:
    """Add what the other one has besides, and return the keys added."""
    added = {}
    for name in PARTS[type(version)].lists:
        own = list(getattr(version, name).all())
        more = [item for item in getattr(dropped, name).all() if item not in own]
        if more:
            getattr(version, name).set([*own, *more])
            added[name] = [item.pk for item in more]
    return added


def _join_rows(version: Any, dropped: Any) -> dict[str, list[str]]:
    """Add copies of the child rows the other one has besides, and return what makes each of them known again."""
    added: dict[str, list[str]] = {}
    for name, mark in PARTS[type(version)].rows.items():
        relation = getattr(version, name)
        own = {mark(row) for row in relation.all()}
        parent = relation.model._meta.get_field(type(version).__name__.lower()).name
        more = [row for row in getattr(dropped, name).all() if mark(row) not in own]
        for row in more:
            relation.add(copy_of(row, parent))
        if more:
            added[name] = [mark(row) for row in more]
    return added


def _save(kept: Any, version: Any, user: Any) -> None:
    revision = version.save_revision(user=user, log_action=True)
    if kept.live:
        revision.publish(user=user)
    else:
        version.has_unpublished_changes = True
        version.save()
    if isinstance(kept, Resource):
        refresh_dates(kept)


def _move_followers(kept: Any, dropped: Any) -> dict[str, list[int]]:
    """What hangs on the dropped one and goes on with the kept one. Past proofs and visits stay where they were made."""
    if isinstance(kept, Resource):
        favourites = dropped.favourites.exclude(user__in=kept.favourites.values("user"))
        reports = dropped.mistake_reports.filter(state=MistakeState.NEW)
        return {"favourites": _moved(favourites, kept), "mistake_reports": _moved(reports, kept)}
    entries = list(dropped.resources.values_list("pk", flat=True))
    _reorganize(entries, kept)
    members = OrganizationMember.objects.filter(organization=dropped)
    members = members.exclude(user__in=kept.members.values("user"))
    return {"resources": entries, "members": _moved(members, kept, "organization")}


def _moved(rows: Any, kept: Any, field: str = "resource") -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(**{field: kept})
    return keys


def _reorganize(entries: list[int], organization: Organization) -> None:
    """Their drafts as well: a draft published later would otherwise lead back to a group that is no more."""
    for resource in Resource.objects.filter(pk__in=entries):
        Resource.objects.filter(pk=resource.pk).update(organization=organization)
        revision = resource.latest_revision
        if revision is not None:
            revision.content["organization"] = organization.pk
            revision.save(update_fields=["content"])
    reindex_resources(Resource.objects.filter(pk__in=entries))


def _move_back(kept: Any, dropped: Any, moved: dict[str, list[int]]) -> None:
    if isinstance(kept, Resource):
        for name in ("favourites", "mistake_reports"):
            getattr(kept, name).filter(pk__in=moved[name]).update(resource=dropped)
        return
    _reorganize(list(kept.resources.filter(pk__in=moved["resources"]).values_list("pk", flat=True)), dropped)
    kept.members.filter(pk__in=moved["members"]).update(organization=dropped)


def _settle_candidates(kept: Any, dropped: Any, user: Any) -> None:
    kind = type(kept).__name__.lower()
    of_dropped = Q(**{f"first_{kind}": dropped}) | Q(**{f"second_{kind}": dropped})
    of_kept = Q(**{f"first_{kind}": kept}) | Q(**{f"second_{kind}": kept})
    waiting = DuplicateCandidate.objects.filter(of_dropped)
    waiting.filter(of_kept).update(state=DuplicateState.MERGED, decided_by=user, decided_at=timezone.now())
    waiting.exclude(of_kept).filter(state=DuplicateState.OPEN).delete()


def _give_back_values(version: Any, changed: dict[str, list[Any]]) -> list[str]:
    left = []
    for column, (before, after) in changed.items():
        if getattr(version, column) == after:
            setattr(version, column, before)
        else:
            left.append(column)
    return left


def _give_back_lists(version: Any, added: dict[str, list[int]]) -> None:
    for name, keys in added.items():
        relation = getattr(version, name)
        relation.set([item for item in relation.all() if item.pk not in keys])


def _give_back_rows(version: Any, added: dict[str, list[str]]) -> None:
    for name, marks in added.items():
        relation, mark = getattr(version, name), PARTS[type(version)].rows[name]
        for row in [row for row in relation.all() if mark(row) in marks]:
            relation.remove(row)


def _tell_search(kept: Any, dropped: Any) -> None:
    if isinstance(kept, Resource):
        reindex_resources(Resource.objects.filter(pk__in=(kept.pk, dropped.pk)))
    else:
        reindex_organizations(Organization.objects.filter(pk__in=(kept.pk, dropped.pk)))
