"""Contacts of an introduction are kept only as long as somebody may ask for them; that there was one stays."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ..models import Introduction

#: After the outcome, or the end without one.
KEPT_FOR = timedelta(days=90)


def forget_contacts() -> int:
    """Once a day. Returns how many introductions lost theirs."""
    old = Introduction.objects.filter(closed_at__lt=timezone.now() - KEPT_FOR)
    # Not the time of the last change: nobody did anything.
    return old.exclude(Q(from_contact="") & Q(to_contact="")).update(from_contact="", to_contact="")
