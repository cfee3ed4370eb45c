"""The secret in the link of a mail that asks 「変わりありませんか」, and the short one that follows from typing a code.

A link serves one purpose: to answer one ask. It is signed, carries when it was made, and is bound to the address the
mail went to (by a keyed hash: the address itself stands in no link). Whoever typed the code of a paper sheet gets a
link of another kind, that lasts an hour and allows less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import VerificationAsk

#: Longer than reminder and call take; later the entry is staff's work.
MAIL_AGE = timedelta(days=90)
CODE_AGE = timedelta(hours=1)

_MAIL, _CODE = "m", "c"
_AGES = {_MAIL: MAIL_AGE, _CODE: CODE_AGE}


class BadLink(Exception):
    """No link of ours, or one for somebody else."""


class OldLink(BadLink):
    """It was ours, too long ago."""


@dataclass(frozen=True)
class Pass:
    """Who came through a link: to which ask, and may they do all, or only what anybody with the paper may?"""

    ask: VerificationAsk
    by_mail: bool


def mail_token(ask: VerificationAsk) -> str:
    """For the link in a mail to `ask.sent_to`."""
    return _signer().sign(f"{_MAIL}.{ask.code}.{_digest(ask.sent_to)}")


def code_token(ask: VerificationAsk) -> str:
    """For somebody who typed the code on paper."""
    return _signer().sign(f"{_CODE}.{ask.code}.{_digest('')}")


def read_ask_token(token: str) -> Pass:
    """Who comes. Raises `OldLink` or `BadLink`, also where the ask has since been sent to another address."""
    try:
        kind, code, digest = _signer().unsign(token).split(".")
        _signer().unsign(token, max_age=_AGES[kind])
    except signing.SignatureExpired as error:
        raise OldLink from error
    except (signing.BadSignature, ValueError, KeyError) as error:
        raise BadLink from error
    ask = VerificationAsk.objects.select_related("resource__organization").filter(code=code).first()
    if ask is None or not constant_time_compare(digest, _digest(ask.sent_to if kind == _MAIL else "")):
        raise BadLink
    return Pass(ask, by_mail=kind == _MAIL)


def _digest(address: str) -> str:
    return salted_hmac("directory.ask.address", address.lower(), algorithm="sha256").hexdigest()[:20]


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="directory.ask")
