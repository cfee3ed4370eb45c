"""Writing down a visit, and what follows from it: an entry moves on, a consent, a proof."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from areas.models import Area

from ..choices import LifeStatus, VerificationMethod, VerificationResult, VisitOutcome
from ..models import Consent, Organization, Resource, Visit
from .photos import add_photo
from .verification import verify_resource

#: The way of an entry before it is public. A visit moves it on, never back.
WAY = (LifeStatus.FOUND, LifeStatus.VISITED, LifeStatus.CONSENTED)
_STEP = {
    VisitOutcome.FOUND: LifeStatus.FOUND,
    VisitOutcome.VISITED: LifeStatus.VISITED,
    VisitOutcome.CONSENTED: LifeStatus.CONSENTED,
}
#: Somebody was met and said how it is.
_MET = (VisitOutcome.VISITED, VisitOutcome.CONSENTED)
#: The wording of the consent that is given by word of mouth (docs/handbook/13-visits.md).
SPOKEN_WORDING = "visit-1"


def record_visit(
    *,
    key: str,
    day: date,
    district: Area,
    kind: str,
    name: str,
    outcome: str,
    visitor: Any,
    address: str = "",
    resource: Resource | None = None,
    makes_draft: bool = False,
    findings: str = "",
    room_can_be_used: str = "unknown",
    room_is_used: bool = False,
    photo: Any = None,
    people_consent: str = "missing",
) -> tuple[Visit, bool]:
    """(visit, is it new). The same key again is the same visit: a phone that lost its connection sends twice.

    Raises `ValidationError` for a bad photo; then nothing is written.
    """
    known = Visit.objects.filter(key=key).first()
    if known is not None:
        return known, False
    facts = {
        "date": day,
        "district": district,
        "kind": kind,
        "name": name,
        "address": address,
        "outcome": outcome,
        "findings": findings,
        "room_can_be_used": room_can_be_used,
        "room_is_used": room_is_used,
        "visitor": visitor,
    }
    try:
        with transaction.atomic():
            visit = Visit.objects.create(key=key, **facts)
            if photo is not None:
                visit.photo = add_photo(
                    file=photo, description=name, people_consent=people_consent, person=visitor
                )
            visit.resource = resource or (_draft(visit) if makes_draft else None)
            visit.save(update_fields=["photo", "resource"])
            _follow(visit, is_known=resource is not None)
    except IntegrityError:
        return Visit.objects.get(key=key), False
    return visit, True


def _draft(visit: Visit) -> Resource | None:
    """A draft with the little that is known; nobody was met twice for one place on one day."""
    if visit.outcome == VisitOutcome.NOBODY:
        return None
    draft = Resource(
        name=visit.name,
        district=visit.district,
        live=False,
        has_unpublished_changes=True,
        life_status=_STEP[VisitOutcome(visit.outcome)],
        source_name="訪問調査",
        created_by=visit.visitor,
    )
    draft.save()
    draft.save_revision(user=visit.visitor)
    return draft


def _follow(visit: Visit, *, is_known: bool) -> None:
    resource = visit.resource
    if resource is None or visit.outcome == VisitOutcome.NOBODY:
        return
    _move_on(resource, _STEP[VisitOutcome(visit.outcome)])
    if visit.outcome == VisitOutcome.CONSENTED and resource.organization is not None:
        _note_consent(visit, resource.organization)
    if is_known and visit.outcome in _MET:
        verify_resource(
            resource,
            method=VerificationMethod.VISIT,
            result=VerificationResult.CONFIRMED,
            person=visit.visitor,
            by_label=_council_of(visit.district),
            on=visit.date,
        )


def _council_of(district: Area) -> str:
    """Who goes round: the council as the municipality names it."""
    profile = getattr(district.municipality, "profile", None)
    return (profile and profile.council_name) or district.municipality.name


def _move_on(resource: Resource, step: LifeStatus) -> None:
    """Only forward, and only before it is public."""
    before = WAY[: WAY.index(step)]
    Resource.objects.filter(pk=resource.pk, life_status__in=before).update(life_status=step)


def _note_consent(visit: Visit, organization: Organization) -> None:
    Consent.objects.create(
        organization=organization,
        wording=SPOKEN_WORDING,
        given_how="visit",
        given_on=visit.date,
        recorded_by=visit.visitor,
    )
