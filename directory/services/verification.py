"""Recording that somebody made sure an entry is true. Apart from editing: no draft, no revision is touched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from ..choices import OPEN_ASKS, AskAnswer, AskState, FieldGroup, VerificationResult
from ..models import Resource, Verification, VerificationAsk
from .freshness_dates import Calendar, refresh_days
from .reindexing import reindex_resources

#: What proves an entry true; 「連絡がつかない」 and 「終了していた」 do not.
PROOFS = (VerificationResult.CONFIRMED, VerificationResult.CHANGED)

_ANSWERS = {
    VerificationResult.CONFIRMED: AskAnswer.SAME,
    VerificationResult.CHANGED: AskAnswer.CHANGED,
    VerificationResult.ENDED: AskAnswer.ENDED,
}


@transaction.atomic
def verify_resource(
    resource: Resource,
    *,
    method: str,
    result: str,
    person: Any,
    by_label: str,
    on: date,
    note: str = "",
    field_group: str = FieldGroup.ALL,
) -> Verification:
    """Write down a verification, and keep the latest proof on the entry itself for lists and pages.

    An older proof entered late does not replace a newer one, one of a part (the phone, the place) not that of the
    whole. A proof of the whole answers what was asked, and brings an entry back that was hidden because nobody could
    be reached. Returns the record.
    """
    record = Verification.objects.create(
        resource=resource,
        field_group=field_group,
        method=method,
        result=result,
        person=person,
        by_label=by_label,
        date=on,
        next_due=on + timedelta(days=Calendar().rhythm(resource).ask_after),
        note=note,
    )
    if field_group != FieldGroup.ALL:
        return record
    if result in PROOFS:
        _keep_proof(resource, on, method, by_label)
        unhide(resource, user=person)
    if result in _ANSWERS:
        close_ask(resource, _ANSWERS[VerificationResult(result)])
    return record


def unhide(resource: Resource, *, user: Any) -> bool:
    """Show an entry again that was hidden because nobody could be reached. False where it was not hidden."""
    shown = Resource.objects.filter(pk=resource.pk, hidden_on__isnull=False).update(hidden_on=None)
    resource.hidden_on = None
    if shown:
        log(instance=resource, action="tsunagu.resource.unhide", user=user)
        reindex_resources(Resource.objects.filter(pk=resource.pk))
    return bool(shown)


def close_ask(resource: Resource, answer: str) -> bool:
    """Answer what is asked about `resource`. False where nothing was asked, or somebody else answered before."""
    asked = VerificationAsk.objects.filter(resource=resource, state__in=OPEN_ASKS)
    return bool(asked.update(state=AskState.ANSWERED, answer=answer, answered_at=timezone.now()))


def _keep_proof(resource: Resource, on: date, method: str, by_label: str) -> None:
    facts = {"verified_on": on, "verified_how": method, "verified_by": by_label}
    older = Q(verified_on__isnull=True) | Q(verified_on__lte=on)
    # Past drafts and revisions: a proof is a fact about the entry, not a change of it.
    if not Resource.objects.filter(older, pk=resource.pk).update(**facts):
        return
    own = Resource.objects.filter(pk=resource.pk)
    reindex_resources(own)
    refresh_days(own)
    resource.refresh_from_db(fields=[*facts, "next_due", "stale_on"])
