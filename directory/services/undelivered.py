"""Which addresses no mail reaches, as far as the post knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from mailing.addresses import envelope_address
from mailing.models import OutgoingMail

#: A full letter box is emptied, a moved address is corrected: after that long it is tried again.
REMEMBERED = timedelta(days=365)


def undelivered_addresses(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses`, in small letters, from which a mail came back within the year."""
    wanted = {envelope_address(address).lower(): address.lower() for address in addresses if address}
    if not wanted:
        return set()
    lost = OutgoingMail.objects.failed().filter(written__gte=timezone.now() - REMEMBERED)
    dead = {str(address).lower() for refused in lost.values_list("refused", flat=True) for address in refused}
    return {typed for envelope, typed in wanted.items() if envelope in dead or typed in dead}
