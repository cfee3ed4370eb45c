"""Who asks, for quotas and rate limits."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Who asks. Behind `PROXIES_IN_FRONT` proxies of ours the connection is the proxy's, the same for everybody.

    Each proxy adds whom it heard at the end of X-Forwarded-For; what stands further left the visitor may have made up.
    """
    heard = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies: int = settings.PROXIES_IN_FRONT
    if proxies and len(heard) >= proxies and heard[-proxies].strip():
        return heard[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
