"""From a registration to somebody who speaks for the group: whoever has the mailbox the group named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.core import signing
from django.db import transaction
from django.urls import reverse

from members.models import User

from ..choices import RegistrationState
from ..models import Registration
from .groups import make_owner

_SALT = "directory.registration-owner"
_LIFETIME = timedelta(days=90)


class NotYours(Exception):
    """The link is broken, too old, or for another address."""


def mine_path(row: Registration) -> str:
    """The address in the mail. Another secret than the browser's, which knows an address only as somebody typed it."""
    token = signing.dumps([row.receipt, row.email], salt=_SALT)
    return reverse("directory:join_mine", args=[token])


def registration_of(token: str) -> Registration:
    """The registration the mail was about. Raises `NotYours`."""
    try:
        receipt, email = signing.loads(token, salt=_SALT, max_age=_LIFETIME)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotYours from error
    rows = Registration.objects.select_related("organization").exclude(state=RegistrationState.TYPING)
    found = rows.filter(receipt=receipt, email=email, organization__isnull=False).first()
    if found is None:
        raise NotYours
    return found


@transaction.atomic
def take_over_as(registration: Registration, *, user: Any) -> None:
    """Make `user` the owner of what was registered with their address. Raises `NotYours` for another address."""
    if user.email != registration.email or registration.organization is None:
        raise NotYours
    make_owner(organization=registration.organization, user=user, by=user)
    Registration.objects.filter(pk=registration.pk, user__isnull=True).update(user=user)


@transaction.atomic
def take_over_as_new(registration: Registration, *, name: str) -> User:
    """Make an account for the address that was just proven, and the owner of it. Twice, it is one account."""
    if User.objects.filter(email=registration.email).exists():
        raise NotYours  # an account that exists has to log in itself
    user = cast(User, User.objects.create_user(registration.email, None, name=name))
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    take_over_as(registration, user=user)
    return user
