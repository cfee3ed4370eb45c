"""Accounts that were begun and never became anybody's: the address was never confirmed and nobody ever came in."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from .models import User


def never_used() -> QuerySet[User]:
    """Accounts nobody confirmed for UNCONFIRMED_ACCOUNT_KEEP_DAYS.

    Without any address to confirm (made on the command line) an account is not meant. Whoever was given a task, or
    came in once, stays, however that happened.
    """
    before = timezone.now() - timedelta(days=settings.UNCONFIRMED_ACCOUNT_KEEP_DAYS)
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    rows = User.objects.filter(Exists(addresses), ~Exists(addresses.filter(verified=True)))
    rows = rows.filter(date_joined__lt=before, last_login__isnull=True, is_staff=False, is_superuser=False)
    return rows.filter(assignments__isnull=True, groups__isnull=True)


def remove_never_used() -> int:
    """Once a day. Returns how many went."""
    return sum(_remove(key) for key in list(never_used().values_list("pk", flat=True)))


@transaction.atomic
def _remove(key: int) -> bool:
    """False where the address was confirmed a moment ago."""
    User.objects.select_for_update().filter(pk=key).first()
    user = never_used().filter(pk=key).first()
    if user is None:
        return False
    user.delete()
    return True
