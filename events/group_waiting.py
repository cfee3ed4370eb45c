"""How much waits for an answer of a group, for its desk."""

from __future__ import annotations

from django.db.models import Q

from directory.models import Organization

from .choices import AnswerState, IntroductionState
from .models import Introduction, OpportunityAnswer


def introductions_waiting(organization: Organization) -> int:
    """Introductions that ask `organization`."""
    silent = Q(from_organization=organization, from_consents__isnull=True)
    silent |= Q(to_organization=organization, to_consents__isnull=True)
    return Introduction.objects.filter(silent, state=IntroductionState.ASKING).count()


def answers_waiting(organization: Organization) -> int:
    """Answers to posts of `organization` nobody has read yet, or decided."""
    rows = OpportunityAnswer.objects.filter(opportunity__organization=organization)
    return rows.filter(state=AnswerState.WAITING).count()
