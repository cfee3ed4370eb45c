"""The answer to an ask as staff heard it on the telephone or read it on paper."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ..choices import OPEN_ASKS, VerificationResult
from ..models import VerificationAsk
from .ask_answers import confirm_unchanged, tell_change, tell_end
from .verification import verify_resource


@transaction.atomic
def record_answer(
    ask: VerificationAsk,
    *,
    answer: str,
    method: str,
    person: Any,
    field_group: str = "",
    message: str = "",
    by_label: str = "",
    note: str = "",
) -> bool:
    """`answer` is same, changed, ended or unreached. False where the ask was answered before."""
    if answer == "same":
        return confirm_unchanged(ask, method=method, person=person, by_label=by_label)
    if answer == "changed":
        return tell_change(ask, field_group=field_group or "all", message=message, person=person)
    if answer == "ended":
        return tell_end(ask, person=person)
    return _nobody_there(ask, method, person, by_label, note)


def _nobody_there(ask: VerificationAsk, method: str, person: Any, by_label: str, note: str) -> bool:
    if not VerificationAsk.objects.filter(pk=ask.pk, state__in=OPEN_ASKS).exists():
        return False
    verify_resource(
        ask.resource,
        method=method,
        result=VerificationResult.UNREACHED,
        person=person,
        by_label=by_label,
        on=timezone.localdate(),
        note=note,
    )
    return True
