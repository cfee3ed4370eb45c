"""Who speaks for a group: owners (代表) and editors, invitations by mail, hand-over, leaving.

A group that has an owner keeps one. Whatever changes owners locks the organization's row first, so that two people
doing so at once cannot leave it without any.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from mailing.services import post
from members.mail_address import normalise_address
from members.models import User

from ..choices import MemberRole, OrganizationStatus
from ..models import Organization, OrganizationInvitation, OrganizationMember

LIFETIME = timedelta(days=14)
#: Nobody needs more helpers; a stolen login cannot mail the whole town.
MOST_OPEN = 10


class InvitationOver(Exception):
    """Accepted, withdrawn, too old, or never made."""


class LastOwner(ValidationError):
    """The group would be left without anybody who answers for it."""

    def __init__(self) -> None:
        super().__init__(_("代表がいなくなります。先に、ほかの人に代表を引き継いでください。"))


def make_owner(*, organization: Organization, user: User, by: Any) -> OrganizationMember:
    """Let `user` answer for `organization`. An editor becomes an owner; an owner stays one."""
    return add_member(organization=organization, user=user, role=MemberRole.OWNER, by=by)


@transaction.atomic
def add_member(*, organization: Organization, user: User, role: str, by: Any) -> OrganizationMember:
    """Make `user` a member; never takes a role away. Called twice, it is one membership."""
    _lock(organization)
    member, is_new = OrganizationMember.objects.get_or_create(
        organization=organization, user=user, defaults={"role": role, "invited_by": by}
    )
    if not is_new and role == MemberRole.OWNER and member.role != role:
        member.role = role
        member.save(update_fields=["role"])
    if is_new or role == MemberRole.OWNER:
        _log(organization, "tsunagu.group.member", by, str(member.get_role_display()))
    return member


def hash_of(secret: str) -> str:
    """What is kept of the secret in the link."""
    return salted_hmac("directory.group-invitation", secret, algorithm="sha256").hexdigest()


def open_invitations() -> QuerySet[OrganizationInvitation]:
    """Those that can still be accepted."""
    rows = OrganizationInvitation.objects.filter(
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=timezone.now(),
        organization__merged_into__isnull=True,
    )
    rows = rows.exclude(organization__status=OrganizationStatus.CLOSED)
    return rows.select_related("organization", "invited_by")


@transaction.atomic
def invite(
    *,
    organization: Organization,
    email: str,
    by: User,
    role: str = MemberRole.EDITOR,
    is_handover: bool = False,
) -> OrganizationInvitation:
    """Mail the link. An open invitation to the same address is replaced.

    Raises PermissionDenied for who is no owner, ValidationError where it makes no sense.
    """
    _lock(organization)
    _needs_owner(organization, by)
    email, now, secret = normalise_address(email), timezone.now(), secrets.token_urlsafe(24)
    mine = open_invitations().filter(organization=organization)
    _refuse_idle(organization, email, role, is_handover)
    mine.filter(email=email).update(withdrawn_at=now)
    if mine.count() >= MOST_OPEN:
        raise ValidationError(_("招待が多すぎます。使わない招待を取り消してください。"))
    invitation = OrganizationInvitation.objects.create(
        organization=organization,
        email=email,
        role=MemberRole.OWNER if is_handover else role,
        is_handover=is_handover,
        invited_by=by,
        secret_hash=hash_of(secret),
        expires_at=now + LIFETIME,
    )
    _mail(invitation, secret)
    _log(organization, "tsunagu.group.invite", by)
    return invitation


def _refuse_idle(organization: Organization, email: str, role: str, is_handover: bool) -> None:
    member = OrganizationMember.objects.filter(organization=organization, user__email=email).first()
    wanted = MemberRole.OWNER if is_handover else role
    if member is not None and (member.role == MemberRole.OWNER or wanted == MemberRole.EDITOR):
        raise ValidationError(_("このアドレスの人は、もう担当者です。"))


def _mail(invitation: OrganizationInvitation, secret: str) -> None:
    subject = _("代表の引き継ぎのお願い") if invitation.is_handover else _("団体の担当者としての招待")
    post(
        to=[invitation.email],
        subject=subject,
        template="directory/mail/group_invitation.txt",
        context={
            "invitation": invitation,
            "path": reverse("directory:group_invitation", args=[secret]),
            "by": name_of(invitation.invited_by),
        },
        cause=f"organization:{invitation.organization.code}",
        secret=True,
    )


def name_of(user: Any) -> str:
    """A person as the others of the group see them: the name, never more than they know already."""
    return (user.name or user.email) if user is not None else _("担当者")


@transaction.atomic
def withdraw(*, invitation: OrganizationInvitation, by: User) -> None:
    """Make the link useless. Raises PermissionDenied, InvitationOver."""
    _needs_owner(invitation.organization, by)
    if not open_invitations().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise InvitationOver
    _log(invitation.organization, "tsunagu.group.withdraw", by)


def find(secret: str) -> OrganizationInvitation:
    """The open invitation behind a link. Raises InvitationOver; also when whoever invited is no owner any more."""
    found = open_invitations().filter(secret_hash=hash_of(secret)).first()
    if found is None or not _is_owner(found.organization, found.invited_by):
        raise InvitationOver
    return found


@transaction.atomic
def accept(*, secret: str, user: User) -> OrganizationMember:
    """Turn the invitation into a membership, once. Raises InvitationOver; PermissionDenied for another address."""
    seen = OrganizationInvitation.objects.filter(secret_hash=hash_of(secret)).first()
    if seen is None:
        raise InvitationOver
    _lock(seen.organization)  # before looking: two hand-overs at once come one after the other
    invitation = find(secret)
    if user.email != invitation.email:
        raise PermissionDenied
    if not open_invitations().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise InvitationOver
    member = add_member(
        organization=invitation.organization, user=user, role=invitation.role, by=invitation.invited_by
    )
    if invitation.is_handover and invitation.invited_by_id != user.pk:
        _step_back(invitation)
    return member


def _step_back(invitation: OrganizationInvitation) -> None:
    """The new owner is there: the one who handed over becomes an editor."""
    rows = OrganizationMember.objects.filter(organization=invitation.organization, user=invitation.invited_by)
    rows.update(role=MemberRole.EDITOR)
    _log(invitation.organization, "tsunagu.group.handover", invitation.invited_by)


@transaction.atomic
def remove_member(*, member: OrganizationMember, by: User) -> None:
    """Take somebody out. Raises PermissionDenied, `LastOwner`."""
    _lock(member.organization)
    _needs_owner(member.organization, by)
    _take_out(member, by, "tsunagu.group.remove")


@transaction.atomic
def leave(*, organization: Organization, user: User) -> None:
    """Leave of one's own will. Raises `LastOwner`."""
    _lock(organization)
    member = OrganizationMember.objects.filter(organization=organization, user=user).first()
    if member is not None:
        _take_out(member, user, "tsunagu.group.leave")


def _take_out(member: OrganizationMember, by: User, action: str) -> None:
    organization = member.organization
    fresh = OrganizationMember.objects.filter(pk=member.pk).first()
    if fresh is None:
        return
    owners = OrganizationMember.objects.filter(organization=organization, role=MemberRole.OWNER)
    if fresh.role == MemberRole.OWNER and not owners.exclude(pk=fresh.pk).exists():
        raise LastOwner
    fresh.delete()
    # What this person handed out goes with them.
    mine = open_invitations().filter(organization=organization, invited_by=fresh.user_id)
    mine.update(withdrawn_at=timezone.now())
    _log(organization, action, by)


def _is_owner(organization: Organization, user: Any) -> bool:
    if user is None or not user.is_active:
        return False
    rows = OrganizationMember.objects.filter(organization=organization, user=user, role=MemberRole.OWNER)
    return rows.exists()


def _needs_owner(organization: Organization, user: Any) -> None:
    if not _is_owner(organization, user):
        raise PermissionDenied


def _lock(organization: Organization) -> None:
    Organization.objects.select_for_update().get(pk=organization.pk)


def _log(organization: Organization, action: str, by: Any, reason: str = "") -> None:
    log(instance=organization, action=action, user=by, data={"reason": reason})
