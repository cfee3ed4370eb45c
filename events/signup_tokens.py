"""The secret in the link to one's own sign-up, and the number people read out: 受付番号.

The secret follows from the row's uuid and the site's key, so that every later mail can hold the same link; the table
keeps its hash only. After a change of the key links go on working as long as the old one stands in
SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from directory.form_protection import receipt_of
from directory.models.base import CODE_ALPHABET

from .models import SignUp

RECEIPT_LENGTH = 8


def token_of(signup: SignUp) -> str:
    """The secret of `signup`, 43 letters."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    tokens = [_token(signup, key) for key in keys]
    known = [token for token in tokens if hash_of(token) == signup.token_hash]
    return known[0] if known else tokens[0]


def hash_of(token: str) -> str:
    """What the table keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def receipt_for(once: str | None) -> str:
    """A number for people. The same form sent twice gets the same one."""
    return receipt_of(once or secrets.token_urlsafe(12), CODE_ALPHABET, RECEIPT_LENGTH)


def receipt_words(receipt: str) -> str:
    """「7K3QFABC」 → 「7K3Q-FABC」, as it is read out."""
    return f"{receipt[:4]}-{receipt[4:]}"


def _token(signup: SignUp, key: str) -> str:
    digest = salted_hmac("events.signup", signup.uuid.hex, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
