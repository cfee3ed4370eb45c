"""Posts on the board at once: how they stand, how long they stay, what is asked before they run out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from directory.models import Organization
from directory.services.group_editing import save_draft

from ..choices import OpportunityState
from ..models import Opportunity
from .board_mail import ask_to_renew
from .reindexing import reindex_opportunities

#: A post stays this long unless its group says otherwise, and is kept on for as long.
STAYS = timedelta(days=60)
LONGEST = timedelta(days=184)
#: The group is asked this long before the end.
ASKED_BEFORE = timedelta(days=7)
#: More drafts than this nobody means.
MOST_DRAFTS = 20


class DraftChanged(Exception):
    """Somebody saved the draft, or changed the state, meanwhile."""


@transaction.atomic
def start_post(draft: Opportunity, *, organization: Organization, user: Any) -> Opportunity:
    """Keep a new post as a draft nobody else sees."""
    draft.organization, draft.created_by = organization, user
    draft.live, draft.has_unpublished_changes = False, True
    draft.save()
    draft.save_revision(user=user, clean=False)
    log(instance=draft, action="wagtail.create", user=user)
    return draft


@transaction.atomic
def change_post(draft: Opportunity, *, user: Any, seen: int | None) -> None:
    """Keep `draft` as the newest version. `seen` is the version it was made from; raises `DraftChanged`."""
    row = Opportunity.objects.select_for_update().get(pk=draft.pk)
    if row.latest_revision_id != seen:
        raise DraftChanged
    save_draft(row, draft, user=user)


def may_start(organization: Organization) -> bool:
    """Has the group room for another draft?"""
    return Opportunity.objects.filter(organization=organization, live=False).count() < MOST_DRAFTS


@transaction.atomic
def set_state(*, opportunity: Opportunity, state: str, by: Any) -> None:
    """「決まりました」, 「取り下げます」, or open again; at once. Raises `DraftChanged` where it stood otherwise."""
    rows = Opportunity.objects.filter(pk=opportunity.pk, state=opportunity.state)
    if not rows.update(state=state, updated_at=timezone.now()):
        raise DraftChanged
    opportunity.refresh_from_db()
    log(instance=opportunity, action="tsunagu.opportunity.state", user=by, data={"reason": state})
    reindex_opportunities(Opportunity.objects.filter(pk=opportunity.pk))


@transaction.atomic
def renew(*, opportunity: Opportunity, by: Any, today: date | None = None) -> date:
    """Keep it on the board for another while, in the public version and in the draft. Returns its new last day."""
    row = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    until = max(row.open_until, (today or timezone.localdate()) + STAYS)
    values = {"open_until": until, "asked_to_renew_at": None, "state": OpportunityState.OPEN}
    Opportunity.objects.filter(pk=row.pk).update(**values, updated_at=timezone.now())
    revision = row.latest_revision
    if revision is not None:  # a draft published later must not shorten it again
        revision.content["open_until"] = until.isoformat()
        revision.save(update_fields=["content"])
    opportunity.refresh_from_db()
    log(instance=opportunity, action="tsunagu.opportunity.renew", user=by)
    reindex_opportunities(Opportunity.objects.filter(pk=row.pk))
    return until


def follow_board() -> int:
    """Once a day: ask about what ends soon; what has ended leaves the search. Returns how many were asked."""
    today = timezone.localdate()
    ended = Opportunity.objects.filter(open_until__lt=today, open_until__gte=today - ASKED_BEFORE)
    with transaction.atomic():
        reindex_opportunities(ended)
    ending = Opportunity.objects.published().open_on(today)
    ending = ending.filter(open_until__lte=today + ASKED_BEFORE, asked_to_renew_at__isnull=True)
    return sum(_asked(pk) for pk in ending.values_list("pk", flat=True))


@transaction.atomic
def _asked(pk: int) -> bool:
    """Written down with the mail: a job that is run again asks nobody twice."""
    rows = Opportunity.objects.filter(pk=pk, asked_to_renew_at__isnull=True)
    if not rows.update(asked_to_renew_at=timezone.now()):
        return False
    return bool(ask_to_renew(Opportunity.objects.get(pk=pk)))
