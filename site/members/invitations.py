"""Staff invite staff: a mailed link, good for two weeks, that becomes one assignment."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from areas.models import Area
from mailing.services import post

from .mail_address import normalise_address
from .models import StaffAssignment, StaffInvitation, User
from .permissions import grantable_roles, granting_scope, may_grant
from .services import assign_staff

LIFETIME = timedelta(days=14)


class InvitationOver(Exception):
    """Accepted, withdrawn, too old, or never made."""


def hash_of(secret: str) -> str:
    """What is kept of the secret in the link."""
    return salted_hmac("members.invitation", secret, algorithm="sha256").hexdigest()


def open_invitations() -> QuerySet:
    """Those that can still be accepted."""
    return StaffInvitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).select_related("area__parent", "invited_by")


def invitations_for(user: Any) -> QuerySet:
    """Those `user` may see and withdraw: of roles and places `user` may grant."""
    mine = StaffInvitation.objects.none()
    for role in grantable_roles(user):
        scope: Any = granting_scope(user, role)
        rows = StaffInvitation.objects.filter(role=role)
        mine |= rows if scope.is_everywhere else rows.filter(area__in=scope.area_ids)
    return mine.select_related("area__parent", "invited_by", "accepted_by")


@transaction.atomic
def invite(*, email: str, role: str, area: Area, by: User) -> StaffInvitation:
    """Mail the link. An open invitation to the same place and role is replaced. Raises PermissionDenied."""
    if not may_grant(by, role, area):
        raise PermissionDenied
    email, now, secret = normalise_address(email), timezone.now(), secrets.token_urlsafe(24)
    open_invitations().filter(email=email, role=role, area=area).update(withdrawn_at=now)
    invitation = StaffInvitation.objects.create(
        email=email,
        role=role,
        area=area,
        invited_by=by,
        secret_hash=hash_of(secret),
        expires_at=now + LIFETIME,
    )
    _mail(invitation, secret)
    log(instance=invitation, action="tsunagu.invitation.send", user=by)
    return invitation


def _mail(invitation: StaffInvitation, secret: str) -> None:
    post(
        to=[invitation.email],
        subject=_("職員としての招待"),
        template="members/mail/invitation.txt",
        context={"invitation": invitation, "path": reverse("members:invitation", args=[secret])},
        cause=f"invitation:{invitation.pk}",
        secret=True,
    )


@transaction.atomic
def withdraw(*, invitation: StaffInvitation, by: User) -> None:
    """Make the link useless. Raises PermissionDenied, and InvitationOver where it was accepted before."""
    if not may_grant(by, invitation.role, invitation.area):
        raise PermissionDenied
    if not open_invitations().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise InvitationOver
    log(instance=invitation, action="tsunagu.invitation.withdraw", user=by)


def find(secret: str) -> StaffInvitation:
    """The open invitation behind a link. Raises InvitationOver."""
    invitation = open_invitations().filter(secret_hash=hash_of(secret)).first()
    if invitation is None or not _still_granted(invitation):
        raise InvitationOver
    return invitation


def _still_granted(invitation: StaffInvitation) -> bool:
    """Whoever invited may have lost the right to since."""
    by = invitation.invited_by
    return by is not None and by.is_active and may_grant(by, invitation.role, invitation.area)


@transaction.atomic
def accept(*, secret: str, user: User) -> StaffAssignment:
    """Turn the invitation into an assignment, once. Raises InvitationOver; PermissionDenied for another address."""
    invitation = find(secret)
    if user.email != invitation.email:
        raise PermissionDenied
    taken = open_invitations().filter(pk=invitation.pk)
    # One conditional update decides between two presses at once.
    if not taken.update(accepted_at=timezone.now(), accepted_by=user):
        raise InvitationOver
    assignment = assign_staff(user=user, role=invitation.role, area=invitation.area)
    log(instance=invitation, action="tsunagu.invitation.accept", user=user)
    return assignment


@transaction.atomic
def accept_as_new(*, secret: str, name: str) -> User:
    """Make the account for the invited address, which the link proves, and accept. Raises InvitationOver."""
    invitation = find(secret)
    try:
        with transaction.atomic():
            user: Any = User.objects.create_user(invitation.email, None, name=name)
    except IntegrityError as error:
        raise InvitationOver from error
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    accept(secret=secret, user=user)
    return user
