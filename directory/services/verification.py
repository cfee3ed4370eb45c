"""Recording that somebody made sure an entry is true. Apart from editing: no draft, no revision is touched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from ..choices import FieldGroup, VerificationResult
from ..models import Resource, Verification
from .reindexing import reindex_resources

#: Half a year until somebody asks again (domain practice of councils: two rounds a year).
NEXT_DUE = timedelta(days=183)

#: What proves an entry true; 「連絡がつかない」 and 「終了していた」 do not.
PROOFS = (VerificationResult.CONFIRMED, VerificationResult.CHANGED)


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

    An older proof entered late does not replace a newer one. Returns the record.
    """
    record = Verification.objects.create(
        resource=resource,
        field_group=field_group,
        method=method,
        result=result,
        person=person,
        by_label=by_label,
        date=on,
        next_due=on + NEXT_DUE,
        note=note,
    )
    if result in PROOFS:
        facts = {"verified_on": on, "verified_how": method, "verified_by": by_label}
        older = Q(verified_on__isnull=True) | Q(verified_on__lte=on)
        # Past drafts and revisions: a proof is a fact about the entry, not a change of it.
        if Resource.objects.filter(older, pk=resource.pk).update(**facts):
            for name, value in facts.items():
                setattr(resource, name, value)
            reindex_resources(Resource.objects.filter(pk=resource.pk))
    return record
