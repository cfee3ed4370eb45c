"""The decision about what a group, or a colleague, sent in: approve, return with a comment, reject.

Exactly one decision wins. The row of the entry is locked, then the waiting task is taken by a conditional update;
whoever comes second is told who decided what. A decision is about the version the reviewer saw: if a newer one came
in meanwhile, nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry

from members.models import User

from ..choices import OrganizationStatus, ReviewDecision
from ..models import Organization, Resource
from ..versions import version_of
from .review_outcomes import settle_registrations, tell_the_group

#: A row of the review (`reviewed`).
Entry = Any


class ReviewConflict(Exception):
    """The decision was not taken; nothing has changed."""


class AlreadyDecided(ReviewConflict):
    """Somebody else was first, or the request was withdrawn. `state` is that decision, if there is one."""

    def __init__(self, state: TaskState | None) -> None:
        super().__init__(_("この審査は、もう終わっています。"))
        self.state = state


class NewerVersion(ReviewConflict):
    """A newer version than the one the reviewer saw has come in."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(_("「%(name)s」に、新しい版が届いています。") % {"name": entry})
        self.entry = entry


@dataclass(frozen=True)
class Outcome:
    """What was decided, and who of the group was told by mail (addresses; empty where there are none)."""

    decision: ReviewDecision
    entry: Entry
    told: tuple[str, ...]


def waiting_state(entry: Entry) -> TaskState | None:
    """The task that waits for a decision about `entry`."""
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__in=entry.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS),
        )
        .select_related("workflow_state__requested_by", "task")
        .first()
    )


def last_decision(entry: Entry) -> TaskState | None:
    """The latest task of `entry` that somebody finished."""
    return (
        TaskState.objects.filter(workflow_state__in=entry.workflow_states.all(), finished_at__isnull=False)
        .select_related("finished_by", "workflow_state")
        .order_by("-finished_at", "-pk")
        .first()
    )


@transaction.atomic
def approve(
    entry: Entry,
    *,
    by: User,
    seen: str | None = None,
    note: str = "",
    entries: Iterable[tuple[Resource, str | None]] = (),
) -> Outcome:
    """Publish the version `seen` (a mark of `versions.version_of`; None: the latest) and tell the group.

    `entries` are first entries of an organization, approved with it in one go: all or none.
    Raises `ReviewConflict`, `PermissionDenied`.
    """
    _publish(entry, by, seen, note)
    for resource, mark in entries:
        _publish(resource, by, mark, "")
        settle_registrations(resource, ReviewDecision.APPROVED)
    return _finish(entry, ReviewDecision.APPROVED, by, note)


@transaction.atomic
def return_with_comment(entry: Entry, *, by: User, comment: str, seen: str | None = None) -> Outcome:
    """Ask the group to mend something. What is public stays as it is. Raises also `ValidationError` without a comment."""
    comment = _needed(comment, _("直してほしいことを書いてください。"))
    _claim(entry, by, seen).reject(user=by, comment=comment)
    return _finish(entry, ReviewDecision.RETURNED, by, comment)


@transaction.atomic
def reject(entry: Entry, *, by: User, reason: str, seen: str | None = None) -> Outcome:
    """Do not publish, and end the review. The draft stays for staff. First entries of a new organization go with it."""
    reason = _needed(reason, _("理由を書いてください。"))
    _refuse(entry, by, reason, seen)
    if isinstance(entry, Organization) and not entry.live:
        for resource in Resource.objects.filter(organization=entry, live=False):
            if waiting_state(resource) is not None:
                _refuse(resource, by, reason, None)
    return _finish(entry, ReviewDecision.REJECTED, by, reason)


def _publish(entry: Entry, by: User, seen: str | None, note: str) -> None:
    state = _claim(entry, by, seen)
    if isinstance(entry, Organization):
        _write_approval(entry)
    state.approve(user=by, comment=note)


def _write_approval(organization: Organization) -> None:
    """The version that goes public says that the organization is approved; so do the drafts made from it."""
    revision = Organization.objects.get(pk=organization.pk).latest_revision
    if revision is None or revision.content.get("status") != OrganizationStatus.REGISTERED:
        return
    revision.content["status"] = str(OrganizationStatus.APPROVED)
    revision.save(update_fields=["content"])


def _refuse(entry: Entry, by: User, reason: str, seen: str | None) -> None:
    state = _claim(entry, by, seen)
    state.reject(user=by, comment=reason, update=False)
    state.workflow_state.cancel(user=by)


def _claim(entry: Entry, by: User, seen: str | None) -> TaskState:
    """Take the waiting task of `entry`: only one of any number of people gets it."""
    model = type(entry)
    if not policy_registry.get_by_type(model).user_has_permission_for_instance(by, "publish", entry):
        raise PermissionDenied
    model._default_manager.select_for_update().get(pk=entry.pk)
    state = waiting_state(entry)
    waiting = TaskState.objects.filter(pk=state and state.pk, status=TaskState.STATUS_IN_PROGRESS)
    if state is None or not waiting.update(finished_by=by, finished_at=timezone.now()):
        raise AlreadyDecided(last_decision(entry))
    if seen is not None and seen != version_of(model, entry.pk):
        raise NewerVersion(entry)
    return state


def _finish(entry: Entry, decision: ReviewDecision, by: User, comment: str) -> Outcome:
    entry = type(entry)._default_manager.get(pk=entry.pk)
    log(instance=entry, action=f"tsunagu.review.{decision}", user=by, data={"reason": comment})
    registrations = settle_registrations(entry, decision)
    told = tell_the_group(entry, decision, comment, by=by, registrations=registrations)
    return Outcome(decision, entry, tuple(told))


def _needed(words: str, message: str) -> str:
    if not words.strip():
        raise ValidationError(message)
    return words.strip()
