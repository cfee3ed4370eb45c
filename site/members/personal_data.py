"""「自分のデータ」: everything kept about a person in one JSON value, and the end of an account."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import User
from .registry import PersonalData, personal_data, register_personal_data


class StaffAccount(Exception):
    """Accounts of staff are ended by whoever manages them: reviews and duties hang on them."""


def export_of(user: User) -> dict[str, Any]:
    """Everything kept about `user`, part by part, JSON-safe."""
    parts = {part.key: part.export(user) for part in personal_data()}
    return {"site": _("つなぐ"), "exported_at": timezone.now().isoformat(timespec="seconds"), **parts}


def is_staff_account(user: User) -> bool:
    """Does `user` work for the site? Such an account is not deleted by its owner."""
    return user.is_staff or user.is_superuser or user.assignments.exists()


def consequences_for(user: User) -> list[str]:
    """What `user` should read before deleting the account."""
    return [sentence for part in personal_data() for sentence in part.consequences(user)]


@transaction.atomic
def delete_account(user: User) -> None:
    """Erase the person. Content of groups stays without a name; the 区民登録 stays as a number.

    Raises `StaffAccount`. Sessions end with the row they speak of.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if is_staff_account(locked):
        raise StaffAccount
    for part in personal_data():
        part.erase(locked)
    locked.delete()


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "contact_means": user.contact_means,
        "phone": user.phone,
        "postal_address": user.postal_address,
        "display_settings": user.display_settings,
        "joined_at": user.date_joined.isoformat(timespec="seconds"),
        "last_login": user.last_login.isoformat(timespec="seconds") if user.last_login else None,
        "email_addresses": list(user.emailaddress_set.values("email", "verified", "primary")),
        "ways_to_log_in": _ways(user),
    }


def _ways(user: User) -> list[dict[str, Any]]:
    rows = user.authenticator_set.all()
    return [{"type": row.get_type_display(), "created_at": row.created_at.isoformat()} for row in rows]


def _places(user: User) -> dict[str, Any]:
    rows = user.residencies.select_related("district").order_by("started_on", "pk")
    followed = user.followed_districts.select_related("district").order_by("created_at", "pk")
    return {
        "home_district": user.home_district.name if user.home_district else None,
        "residencies": [
            {
                "district": row.district.name,
                "started_on": row.started_on.isoformat(),
                "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            }
            for row in rows
        ],
        "followed_districts": [
            {"district": row.district.name, "since": row.created_at.isoformat(timespec="seconds")}
            for row in followed
        ],
    }


def _duties(user: User) -> list[dict[str, str]]:
    rows = user.assignments.select_related("area")
    return [{"role": row.get_role_display(), "area": row.area.name} for row in rows]


def register() -> None:
    """Called once, when models can be imported."""
    register_personal_data(PersonalData(key="account", export=_account))
    register_personal_data(PersonalData(key="places", export=_places))
    register_personal_data(PersonalData(key="staff_duties", export=_duties))
