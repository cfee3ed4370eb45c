"""Questions to the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from .choices import MailState


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, now: datetime) -> OutgoingMailQuerySet:
        """What shall be sent now, in the order of its turn."""
        return self.filter(state=MailState.WAITING, next_try__lte=now).order_by("next_try", "pk")

    def failed(self) -> OutgoingMailQuerySet:
        """What did not arrive, at all or with somebody: refused, given up, or come back."""
        return self.filter(state=MailState.FAILED)

    def about(self, cause: str) -> OutgoingMailQuerySet:
        """Mails with this cause, e.g. "resource:7K3QF"."""
        return self.filter(cause=cause)

    def begun_by_others_than(self, living: Iterable[str]) -> OutgoingMailQuerySet:
        """Mails a worker began and will not end, because it is none of the living."""
        return self.filter(state=MailState.SENDING).exclude(worker_id__in=list(living))
