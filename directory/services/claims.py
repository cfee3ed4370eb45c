"""「この登録は、わたしたちのものです」: said by a person with a login, decided once by staff of the place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from mailing.services import post
from members.models import User

from ..choices import ClaimState, MemberRole, OrganizationStatus
from ..models import Claim, Organization, Resource
from ..reviewers import reviewers_of
from .groups import make_owner


class AlreadyClaimed(Exception):
    """The same person waits for an answer already; `args[0]` is that claim."""


class AlreadyDecided(Exception):
    """Somebody else was first; `args[0]` is the claim as it stands."""


def waiting_claim(thing: Resource | Organization, user: Any) -> Claim | None:
    """The claim of `user` to `thing` that waits for an answer."""
    return Claim.objects.filter(user=user, state=ClaimState.WAITING, **_about(thing)).first()


@transaction.atomic
def make_claim(
    *, thing: Resource | Organization, user: User, relation: str, message: str, receipt: str
) -> Claim:
    """Say that `thing` is ours. Staff of the place and those who speak for it now hear of it.

    The same form sent twice is one claim. Raises `AlreadyClaimed` for another one while the first waits.
    """
    type(thing).objects.select_for_update().get(pk=thing.pk)  # two at once come one after the other
    waiting = waiting_claim(thing, user)
    if waiting is not None and waiting.receipt != receipt:
        raise AlreadyClaimed(waiting)
    claim, is_new = Claim.objects.get_or_create(
        receipt=receipt, user=user, defaults={"relation": relation, "message": message, **_about(thing)}
    )
    if is_new:
        log(instance=claim, action="tsunagu.claim.make", user=user)
        _tell_staff_and_owners(claim, thing)
    return claim


@transaction.atomic
def decide_claim(claim: Claim, *, approve: bool, by: User, reason: str = "") -> Claim:
    """Approve or reject, once. An entry without a group gets one named after it. Raises `AlreadyDecided`,
    `PermissionDenied` for whoever does not review the place.
    """
    thing = claim.resource or claim.organization
    policy = policy_registry.get_by_type(type(thing))
    if not policy.user_has_permission_for_instance(by, "publish", thing):
        raise PermissionDenied
    decided = Claim.objects.filter(pk=claim.pk, state=ClaimState.WAITING).update(
        state=ClaimState.APPROVED if approve else ClaimState.REJECTED,
        decided_by=by,
        decided_at=timezone.now(),
        reason=reason[:200],
    )
    claim.refresh_from_db()
    if not decided:
        raise AlreadyDecided(claim)
    group = _group_for(claim, by) if approve else None
    if group is not None:
        make_owner(organization=group, user=claim.user, by=by)
    verb = "approve" if approve else "reject"
    log(instance=claim, action=f"tsunagu.claim.{verb}", user=by, data={"reason": reason})
    _tell_claimer(claim, group)
    return claim


def _about(thing: Resource | Organization) -> dict[str, Any]:
    return {"resource": thing} if isinstance(thing, Resource) else {"organization": thing, "resource": None}


def _group_for(claim: Claim, by: User) -> Organization:
    """The group that is taken over: that of the entry, or a new one that takes its name."""
    if claim.resource is None:
        assert claim.organization is not None  # noqa: S101 - a constraint of the table
        return claim.organization
    resource = Resource.objects.select_for_update().get(pk=claim.resource.pk)
    if resource.organization is not None:
        return resource.organization
    group = Organization(name=resource.name, kana=resource.kana, status=OrganizationStatus.APPROVED)
    group.areas.set([resource.district] if resource.district is not None else [])
    group.save()
    group.save_revision(user=by, log_action=True).publish(user=by)
    Resource.objects.filter(pk=resource.pk).update(organization=group)
    revision = resource.latest_revision
    if revision is not None:  # a draft published later must not take the group away again
        revision.content["organization"] = group.pk
        revision.save(update_fields=["content"])
    return group


def _tell_staff_and_owners(claim: Claim, thing: Resource | Organization) -> None:
    group = thing if isinstance(thing, Organization) else thing.organization
    owners = User.objects.filter(memberships__organization=group, memberships__role=MemberRole.OWNER)
    owners = owners.filter(is_active=True) if group is not None else User.objects.none()
    path = reverse("directory_claims:decide", args=[claim.pk])
    for people, for_owner in ((reviewers_of(thing), False), (owners, True)):
        for person in people:
            _mail(
                claim, person.email, "claim_received", _("引き継ぎの申し出"), path=path, for_owner=for_owner
            )


def _tell_claimer(claim: Claim, group: Organization | None) -> None:
    path = reverse("directory:group_desk", args=[group.code]) if group is not None else ""
    subject = _("引き継ぎの申し出の結果")
    _mail(claim, claim.user.email, "claim_decided", subject, path=path, is_approved=group is not None)


def _mail(claim: Claim, address: str, template: str, subject: str, **context: Any) -> None:
    thing = claim.resource or claim.organization
    post(
        to=[address],
        subject=subject,
        template=f"directory/mail/{template}.txt",
        context={"claim": claim, "name": str(thing), **context},
        cause=f"claim:{claim.receipt}",
    )
