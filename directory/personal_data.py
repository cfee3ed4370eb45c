"""What the register keeps of people, for 「自分のデータ」 and for the deletion of accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from members.registry import PersonalData, register_personal_data

from .choices import MemberRole
from .models import Organization, OrganizationMember


def _kept(user: Any) -> dict[str, Any]:
    favourites = user.favourites.select_related("resource")
    kinds = user.followed_kinds.select_related("category").order_by("category__order", "category_id")
    return {
        "favourites": [
            {"code": row.resource.code, "name": row.resource.name, "since": _iso(row.created_at)}
            for row in favourites
        ],
        "saved_searches": [
            {"name": row.name, "question": row.question, "since": _iso(row.created_at)}
            for row in user.saved_searches.all()
        ],
        "followed_kinds": [row.category.name for row in kinds],
    }


def _groups(user: Any) -> list[dict[str, Any]]:
    rows = user.memberships.select_related("organization").order_by("joined_at", "pk")
    return [
        {
            "organization": row.organization.name,
            "code": row.organization.code,
            "role": row.get_role_display(),
            "since": _iso(row.joined_at),
        }
        for row in rows
    ]


def only_owner_of(user: Any) -> list[Organization]:
    """Organizations that would be without an owner if `user` left."""
    others = OrganizationMember.objects.filter(~Q(user=user), role=MemberRole.OWNER)
    own = user.memberships.filter(role=MemberRole.OWNER)
    return list(
        Organization.objects.filter(pk__in=own.values("organization"))
        .exclude(pk__in=others.values("organization"))
        .order_by("kana", "pk")
    )


def _without_owner(user: Any) -> list[str]:
    words = _(
        "「%(name)s」の代表の担当者は、あなただけです。先に別の人へ引き継いでください。"
        "引き継がずに削除すると、地区の職員が次の担当者をさがします。"
    )
    return [words % {"name": organization.name} for organization in only_owner_of(user)]


def _iso(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))


def register() -> None:
    """Called once, when models can be imported. The rows go with the account: their keys cascade."""
    register_personal_data(PersonalData(key="kept", export=_kept))
    register_personal_data(PersonalData(key="groups", export=_groups, consequences=_without_owner))
