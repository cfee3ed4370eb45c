"""From a registration to somebody who speaks for the group: whoever has the mailbox the group named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from members.models import User

from ..choices import MemberRole, RegistrationState
from ..models import Registration
from .groups import make_owner

_SALT = "directory.registration-owner"
_LIFETIME = timedelta(days=90)


class HasAccount(Exception):
    """There is an account of this address."""


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
    group = registration.organization
    if user.email != registration.email or group is None:
        raise NotYours
    group = type(group).objects.select_for_update().get(pk=group.pk)
    # The link makes the first owner. Whoever was taken out of the group since does not come back by it.
    owners = group.members.filter(role=MemberRole.OWNER)
    if owners.exists() and not owners.filter(user=user).exists():
        raise NotYours
    make_owner(organization=group, user=user, by=user)
    Registration.objects.filter(pk=registration.pk, user__isnull=True).update(user=user)


@transaction.atomic
def take_over_as_new(registration: Registration, *, name: str) -> User:
    """Make an account for the address that was just proven, and the owner of it.

    Raises `HasAccount`: one that exists has to log in itself, also when it was made a moment ago.
    """
    if User.objects.filter(email=registration.email).exists():
        raise HasAccount
    try:
        with transaction.atomic():
            user = cast(User, User.objects.create_user(registration.email, None, name=name))
    except IntegrityError as error:  # the button was pressed twice at one moment
        raise HasAccount from error
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    take_over_as(registration, user=user)
    return user
