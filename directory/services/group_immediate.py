"""What a group changes at once, without a review: it rests, it is full, it has something to tell, a date is off.

Such a change is written into the public row and into the draft that waits beside it: else a later approval would take
it back. The draft counts as changed, so that whoever has it open sees a conflict and not an old state.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from ..choices import LifeStatus
from ..models import RegisterLogEntry, Resource, Schedule, ScheduleException
from .publishing import change_date_of, undo_date_change
from .review_decisions import waiting_state

#: Fields that may change without a review.
AT_ONCE = ("life_status", "paused_note", "notice", "notice_from", "notice_until", "capacity_state")
ACTION = "tsunagu.group.change"


class NothingToUndo(Exception):
    """The last change was taken back already, or somebody changed it since."""


@transaction.atomic
def pause(resource: Resource, *, user: Any, note: str = "") -> Resource:
    """「お休みする」: the page says so at once."""
    _needs_status(resource, LifeStatus.ACTIVE, LifeStatus.LISTED, LifeStatus.PAUSED)
    return change_at_once(
        resource, user=user, reason=_("お休み"), life_status=LifeStatus.PAUSED, paused_note=note
    )


@transaction.atomic
def resume(resource: Resource, *, user: Any) -> Resource:
    """「再開する」."""
    _needs_status(resource, LifeStatus.PAUSED)
    return change_at_once(
        resource, user=user, reason=_("再開"), life_status=LifeStatus.ACTIVE, paused_note=""
    )


@transaction.atomic
def close(resource: Resource, *, user: Any, note: str = "") -> Resource:
    """「終了する」: nothing is deleted; who comes with an old leaflet reads that it is over. Staff can reopen it."""
    return change_at_once(
        resource, user=user, reason=note or _("終了"), life_status=LifeStatus.CLOSED, paused_note=""
    )


@transaction.atomic
def change_at_once(resource: Resource, *, user: Any, reason: str, **values: Any) -> Resource:
    """Write `values` (fields of AT_ONCE) into the public row and the drafts. Returns the row as it is now."""
    unknown = set(values) - set(AT_ONCE)
    if unknown:
        raise ValueError(f"not to be changed at once: {unknown}")
    row = _locked(resource)
    before = {name: getattr(row, name) for name in values}
    if before == values:
        return row
    _write(row, user, values)
    said = {"reason": reason, "before": _plain(before), "after": _plain(values)}
    log(instance=row, action=ACTION, user=user, data=said)
    return row


def last_change(resource: Resource) -> RegisterLogEntry | None:
    """The latest change at once that can still be taken back: the row says what it wrote."""
    rows = RegisterLogEntry.objects.filter(action=ACTION, object_id=str(resource.pk))
    entry = rows.filter(content_type__model="resource").order_by("-timestamp", "-pk").first()
    if entry is None or "before" not in entry.data or entry.data.get("undo"):
        return None
    current = _plain({name: getattr(resource, name) for name in entry.data["after"]})
    return entry if current == entry.data["after"] else None


@transaction.atomic
def undo_last(resource: Resource, *, user: Any, number: int) -> Resource:
    """Take the latest change back. `number` is the log entry the person saw. Raises NothingToUndo."""
    row = _locked(resource)
    entry = last_change(row)
    if entry is None or entry.pk != number:
        raise NothingToUndo
    values = {name: _python(name, value) for name, value in entry.data["before"].items()}
    before = {name: getattr(row, name) for name in values}
    _write(row, user, values)
    said = {"reason": _("元に戻した"), "before": _plain(before), "after": _plain(values), "undo": True}
    log(instance=row, action=ACTION, user=user, data=said)
    return row


@transaction.atomic
def change_one_date(
    schedule: Schedule, *, user: Any, on: date, action: str, **said: Any
) -> ScheduleException:
    """Cancel, move or add one date of the group's. Raises ValidationError where it says nothing new."""
    _locked(schedule.resource)
    change = change_date_of(schedule, on=on, action=action, **said)
    _log_date(change, user)
    return change


@transaction.atomic
def undo_one_date(change: ScheduleException, *, user: Any) -> None:
    """Take a change of one date back."""
    _locked(change.schedule.resource)
    words = _("%(day)sの変更を取り消した") % {"day": change.date.isoformat()}
    log(instance=change.schedule.resource, action=ACTION, user=user, data={"reason": words})
    undo_date_change(change)


def _log_date(change: ScheduleException, user: Any) -> None:
    words = _("%(day)s %(action)s") % {
        "day": change.date.isoformat(),
        "action": change.get_action_display(),
    }
    log(instance=change.schedule.resource, action=ACTION, user=user, data={"reason": words})


def _write(row: Resource, user: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_by = user
    row.save(update_fields=[*values, "updated_by", "updated_at"])  # tells the search
    for revision in _drafts_of(row):
        revision.content.update(_plain(values))
        revision.created_at = timezone.now()
        revision.save(update_fields=["content", "created_at"])


def _drafts_of(row: Resource) -> list[Revision]:
    """The newest draft, the one under review, those that wait for their day."""
    waiting = waiting_state(row)
    keys = {row.latest_revision_id, waiting.revision_id if waiting else None} - {None}
    planned = row.revisions.filter(approved_go_live_at__isnull=False).values_list("pk", flat=True)
    # The newest last: by its time a version is the latest one.
    return list(Revision.objects.filter(pk__in={*keys, *planned}).order_by("created_at", "pk"))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds it."""
    encoder = DjangoJSONEncoder()
    return {
        name: encoder.default(value) if isinstance(value, date) else (str(value) if value else value)
        for name, value in values.items()
    }


def _python(name: str, value: Any) -> Any:
    field: Any = Resource._meta.get_field(name)
    return field.to_python(value)


def _needs_status(resource: Resource, *allowed: str) -> None:
    if resource.life_status not in allowed:
        raise ValidationError(_("いまの状態では、できません。"))


def _locked(resource: Resource) -> Resource:
    return Resource.objects.select_for_update().get(pk=resource.pk)
