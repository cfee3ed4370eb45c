"""Keeps machines out of public forms without a puzzle: age of the form, a field only machines fill, a quota.

Nothing of who asked is stored: the quota counts under a keyed hash of the address, for an hour. Counts lie in the
"durable" cache, which all processes share and which survives a restart.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core import signing
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from members.client_address import address_of

#: Nobody reads and fills a form faster; nobody leaves one open longer and still means it.
YOUNGEST = timedelta(seconds=3)
OLDEST = timedelta(hours=24)
#: Sent forms an hour from one address. A library's visitors share one.
QUOTA = 20
_HOUR = 3600


class TokenRefused(Exception):
    """The form was not rendered by us for this purpose."""


class TokenTooYoung(TokenRefused):
    """The form was sent faster than anybody reads it."""


class TokenTooOld(TokenRefused):
    """The form was open for too long."""


def issue_token(purpose: str) -> str:
    """A token to render into a form for `purpose`, e.g. "mistake:7K3QF"."""
    return _signer(purpose).sign(secrets.token_urlsafe(12))


def read_token(token: str, purpose: str, *, youngest: timedelta | None = YOUNGEST) -> str:
    """The one-time number in `token`. Raises `TokenTooYoung`, `TokenTooOld` or `TokenRefused`."""
    signer = _signer(purpose)
    try:
        number = signer.unsign(token, max_age=OLDEST)
    except signing.SignatureExpired as error:
        raise TokenTooOld from error
    except (signing.BadSignature, ValueError) as error:
        raise TokenRefused from error
    if youngest is not None and _is_younger_than(signer, token, youngest):
        raise TokenTooYoung
    return number


def _is_younger_than(signer: signing.TimestampSigner, token: str, age: timedelta) -> bool:
    try:
        signer.unsign(token, max_age=age - timedelta(microseconds=1))
    except signing.SignatureExpired:
        return False
    return True


def receipt_of(number: str, alphabet: str, length: int = 8) -> str:
    """The 受付番号 that follows from a one-time number: the same form sent twice gets the same one.

    A unique column then makes a double click one row, whatever the timing.
    """
    value = int.from_bytes(salted_hmac("directory.receipt", number, algorithm="sha256").digest(), "big")
    letters = []
    for _i in range(length):
        value, index = divmod(value, len(alphabet))
        letters.append(alphabet[index])
    return "".join(letters)


def is_over_quota(request: HttpRequest, purpose: str) -> bool:
    """Has this address sent too many forms in this hour?"""
    return int(caches["durable"].get(_quota_key(request, purpose), 0)) >= QUOTA


def count_against_quota(request: HttpRequest, purpose: str) -> None:
    """Count one sent form."""
    cache, key = caches["durable"], _quota_key(request, purpose)
    if not cache.add(key, 1, timeout=_HOUR):
        cache.incr(key)


def _quota_key(request: HttpRequest, purpose: str) -> str:
    address = address_of(request)
    hour = timezone.now().strftime("%Y%m%d%H")
    who = salted_hmac("directory.quota", f"{purpose}|{hour}|{address}", algorithm="sha256").hexdigest()
    return f"form-quota-{who[:32]}"


def _signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"directory.form.{purpose}")
