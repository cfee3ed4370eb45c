"""What a group does with its reports: begin, change, photos in their order, take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from directory.models import Organization
from directory.services.group_editing import save_draft
from directory.services.photos import add_photo, remove_unless_used

from ..models import Report, ReportPhoto

MOST_PHOTOS = 10
#: More drafts than this nobody means.
MOST_DRAFTS = 20
_OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)

Move = Callable[[list[ReportPhoto], int], None]


class DraftChanged(Exception):
    """Somebody saved the draft meanwhile."""


def may_start(organization: Organization) -> bool:
    """Has the group room for another draft?"""
    return Report.objects.filter(organization=organization, live=False).count() < MOST_DRAFTS


@transaction.atomic
def start_report(draft: Report, *, organization: Organization, user: Any) -> Report:
    """Keep a new report as a draft nobody else sees."""
    draft.organization, draft.created_by = organization, user
    draft.live, draft.has_unpublished_changes = False, True
    draft.save()
    draft.save_revision(user=user, clean=False)
    log(instance=draft, action="wagtail.create", user=user)
    return draft


@transaction.atomic
def change_report(draft: Report, *, user: Any, seen: int | None) -> None:
    """Keep `draft` as the newest version. `seen` is the version it was made from; raises `DraftChanged`."""
    row = Report.objects.select_for_update().get(pk=draft.pk)
    if row.latest_revision_id != seen:
        raise DraftChanged
    save_draft(row, draft, user=user)


@transaction.atomic
def put_photo(report: Report, *, user: Any, **said: Any) -> None:
    """Put another photo into the draft. Raises `ValidationError` for a bad file, and for one too many."""
    row, draft, photos = _opened(report)
    if len(photos) >= MOST_PHOTOS:
        raise ValidationError(_("写真は10枚までです。先に、どれかを外してください。"))
    photos.append(ReportPhoto(photo=add_photo(person=user, **said)))
    _keep(row, draft, photos, user)


@transaction.atomic
def move_photo(report: Report, *, photo: str, move: str, user: Any) -> bool:
    """Move or take out the photo of that key. Returns False where it is not in the draft (any more)."""
    row, draft, photos = _opened(report)
    at = next((at for at, item in enumerate(photos) if str(item.photo_id) == photo), None)
    if at is None or move not in MOVES:
        return False
    MOVES[move](photos, at)
    _keep(row, draft, photos, user)
    return True


@transaction.atomic
def take_back(report: Report, *, user: Any) -> bool:
    """Take a public report from the pages, or delete a draft with its photos. Returns whether it is deleted."""
    row = Report.objects.select_for_update().get(pk=report.pk)
    for state in row.workflow_states.filter(status__in=_OPEN):
        state.cancel(user=user)
    if row.live or row.first_published_at is not None or row.removals.exists():
        if row.live:
            # Members of a group have no rights of staff: that it is theirs is the right.
            UnpublishAction(row, user=user).execute(skip_permission_checks=True)
        return False
    photos = [item.photo for item in row.get_latest_revision_as_object().photos.all()]
    log(instance=row, action="wagtail.delete", user=user, deleted=True)
    row.delete()
    for photo in photos:
        remove_unless_used(photo)
    return True


def _opened(report: Report) -> tuple[Report, Report, list[ReportPhoto]]:
    row = Report.objects.select_for_update().get(pk=report.pk)
    draft = row.get_latest_revision_as_object()
    return row, draft, list(draft.photos.all())


def _keep(row: Report, draft: Report, photos: list[ReportPhoto], user: Any) -> None:
    for number, item in enumerate(photos):
        item.sort_order = number
    draft.photos.set(photos)
    save_draft(row, draft, user=user)


def _up(photos: list[ReportPhoto], at: int) -> None:
    photos.insert(max(at - 1, 0), photos.pop(at))


def _down(photos: list[ReportPhoto], at: int) -> None:
    photos.insert(at + 1, photos.pop(at))


def _out(photos: list[ReportPhoto], at: int) -> None:
    photos.pop(at)


MOVES: dict[str, Move] = {"up": _up, "down": _down, "remove": _out}
