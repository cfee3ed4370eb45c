"""A group's change on its way to the public: a draft, then the review; groups one trusts publish at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from ..choices import LifeStatus
from ..models import Organization, RegisterLogEntry, Resource
from ..reviewed import kind_of
from ..visibility import is_public_organization
from .review_decisions import waiting_state

#: A row of the review (`reviewed`).
Entry = Any

#: Under this name a change stands in the log that nobody read before it was public.
TRUSTED = "tsunagu.group.publish"


@transaction.atomic
def submit_change(instance: Entry, user: Any, note: str = "") -> WorkflowState | None:
    """Send the latest draft of `instance` to the review. Called twice, it is one request.

    `instance` may be a draft in hand with changes nobody saved: it is saved as a revision first where there is none.
    What waits already gets the newest draft; what was returned is taken up again. Returns None where no review is set
    up for the model: then the draft waits for staff.
    """
    row = _locked(instance)
    if row.latest_revision is None:
        instance.save_revision(user=user)
        row = _locked(instance)
    waiting = waiting_state(row)
    if waiting is not None:
        follow_draft(row)
        return waiting.workflow_state
    workflow = row.get_workflow()
    if workflow is None:
        return None
    state = row.workflow_states.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).order_by("-pk").first()
    if state is not None:
        state.resume(user=user)
    else:
        state = workflow.start(row, user)
    log(instance=row, action="tsunagu.group.submit", user=user, data={"reason": note})
    return state


@transaction.atomic
def save_draft(row: Entry, draft: Any, *, user: Any) -> None:
    """Keep `draft` as the newest version of `row` (locked by the caller). It may lack things: a review asks for them.

    Of what was never public the row moves along: whose work it is, and its name in lists, are read from there.
    """
    draft.save_revision(user=user, clean=False, log_action=True)
    kind = kind_of(row)
    rows: Any = kind.model._default_manager.filter(pk=row.pk)
    if not row.live and kind.follow:
        rows.update(**{name: getattr(draft, name) for name in kind.follow})
        kind.followed(rows)
    follow_draft(rows.get())


def follow_draft(row: Entry) -> None:
    """What is reviewed is the newest draft; a reviewer who read the one before is told so."""
    waiting = waiting_state(row)
    if waiting is not None and waiting.revision_id != row.latest_revision_id:
        waiting.revision = row.latest_revision
        waiting.save(update_fields=["revision"])


@transaction.atomic
def send_in(entry: Entry, *, user: Any, note: str = "") -> bool:
    """「審査に出す」, or publish at once where the group is trusted, and the entry itself was reviewed once (or is of a
    kind where the trust is enough).

    Returns whether it is public now. Raises `ValidationError` with what is missing.
    """
    row = _locked(entry)
    if row.live and not row.has_unpublished_changes:
        raise ValidationError(_("直したところがありません。"))
    problem = missing_in(row)
    if problem:
        raise ValidationError(problem)
    organization = row if isinstance(row, Organization) else row.organization
    if is_trusted_with(row, organization):
        _publish(row, user, note)
        return True
    submit_change(row, user, note)
    return False


def is_trusted_with(row: Entry, organization: Organization | None) -> bool:
    """May the group publish `row` without a review? One that is not public itself never."""
    if organization is None or not organization.is_trusted:
        return False
    return row.live or (kind_of(row).trusts_new and is_public_organization(organization))


def missing_in(row: Entry) -> str:
    """What the draft lacks before anybody can decide about it; empty when nothing."""
    draft = row.get_latest_revision_as_object()
    try:
        draft.full_clean()
    except ValidationError as error:
        return "、".join(error.messages)[:200]
    return kind_of(row).missing(draft)


def _publish(row: Entry, user: Any, note: str) -> None:
    if isinstance(row, Organization):
        _keep_what_staff_decide(row)
    for state in row.workflow_states.filter(
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    ):
        state.cancel(user=user)
    # Members of a group have no right to publish of their own: the trust in the group is the right.
    row.latest_revision.publish(user=user, skip_permission_checks=True)
    log(instance=row, action=TRUSTED, user=user, revision=row.latest_revision, data={"reason": note})


def _keep_what_staff_decide(organization: Organization) -> None:
    """A draft is older than a decision of staff about the group: it does not take it back."""
    revision = organization.latest_revision
    revision.content |= {"status": organization.status, "is_trusted": organization.is_trusted}
    revision.save(update_fields=["content"])


def trusted_changes_since(moment: datetime) -> QuerySet[RegisterLogEntry]:
    """What trusted groups published without a review since `moment`, the latest first: staff look at it afterwards."""
    rows = RegisterLogEntry.objects.filter(action=TRUSTED, timestamp__gte=moment)
    return rows.select_related("user", "content_type").order_by("-timestamp", "-pk")


@transaction.atomic
def start_entry(organization: Organization, *, user: Any, name: str, kana: str, categories: Any) -> Resource:
    """A further activity of `organization`, as a draft that nobody else sees."""
    resource = Resource(
        name=name, kana=kana, organization=organization, live=False, life_status=LifeStatus.ACTIVE
    )
    resource.created_by = user
    areas = list(organization.areas.all()[:2])
    if len(areas) == 1:
        resource.district = areas[0]
    resource.has_unpublished_changes = True
    resource.save()
    resource.categories.set(categories)
    resource.save()
    resource.save_revision(user=user)
    log(instance=resource, action="wagtail.create", user=user)
    return resource


def _locked(instance: Entry) -> Any:
    return type(instance)._default_manager.select_for_update().get(pk=instance.pk)
