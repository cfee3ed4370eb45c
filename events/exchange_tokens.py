"""The secret in the one-tap links of the exchange: to agree to an introduction, to an answer, to keep a post.

A link serves one purpose and one address: it is signed, carries when it was made and a keyed hash of the address the
mail went to. Opening it changes nothing; only the buttons of its page do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

#: As long as the links that ask 「変わりありませんか」.
AGE = timedelta(days=90)


class Purpose(StrEnum):
    """What a link is for."""

    ASKER = "f"  # the group that asked for an introduction
    ASKED = "t"  # the group it asked for
    ANSWERER = "a"  # whoever answered a post
    POSTER = "g"  # the group that wrote the post, about one answer
    RENEW = "r"  # the group that wrote the post, about the post


class BadLink(Exception):
    """No link of ours, or one whose address is not asked any more."""


class OldLink(BadLink):
    """It was ours, too long ago."""


@dataclass(frozen=True)
class Link:
    """What a link says: the purpose, the key of the row (a code, or a number), and for whom it was made."""

    purpose: Purpose
    key: str
    digest: str

    def address_in(self, addresses: Iterable[str]) -> str:
        """The one of `addresses` it was made for. Raises `BadLink`: somebody who left the group says no more."""
        for address in addresses:
            if constant_time_compare(self.digest, _digest(address)):
                return address
        raise BadLink


def link_token(purpose: Purpose, key: object, address: str) -> str:
    """For the link in a mail to `address`."""
    return _signer().sign(f"{purpose}.{key}.{_digest(address)}")


def read_link(token: str) -> Link:
    """What `token` says. Raises `OldLink` or `BadLink`."""
    try:
        purpose, key, digest = _signer().unsign(token, max_age=AGE).split(".")
        return Link(Purpose(purpose), key, digest)
    except signing.SignatureExpired as error:
        raise OldLink from error
    except (signing.BadSignature, ValueError) as error:
        raise BadLink from error


def _digest(address: str) -> str:
    return salted_hmac("events.exchange.address", address.lower(), algorithm="sha256").hexdigest()[:20]


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="events.exchange")
