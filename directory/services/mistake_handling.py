"""Settling what visitors reported."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ..choices import MistakeState
from ..models import MistakeReport


@transaction.atomic
def settle_report(report: MistakeReport, *, state: MistakeState, person: Any) -> bool:
    """Mark `report` as done or dismissed. False when somebody else was first: nothing changes then."""
    settled = MistakeReport.objects.filter(pk=report.pk, state=MistakeState.NEW).update(
        state=state, handled_by=person, handled_at=timezone.now()
    )
    return bool(settled)
