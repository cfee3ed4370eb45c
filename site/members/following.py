"""Following districts: what is on there stands on one's own page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.models import Area

from .models import FollowedDistrict, User
from .wishes import Granted, WishRefused, register_wish

#: More than there are districts in one municipality; fewer than would make the own page slow.
MAX_FOLLOWED = 40


def follow(*, user: User, district: Area) -> bool:
    """Follow `district`; True when that is new. The same again, or at once, changes nothing."""
    if user.followed_districts.exclude(district=district).count() >= MAX_FOLLOWED:
        raise WishRefused(_("「わたしの地区」は%(count)sまでです。") % {"count": MAX_FOLLOWED})
    _row, is_new = FollowedDistrict.objects.get_or_create(user=user, district=district)
    return is_new


def unfollow(*, user: User, district: Area) -> None:
    """Follow `district` no longer."""
    FollowedDistrict.objects.filter(user=user, district=district).delete()


def district_at(uuid: str) -> Area:
    """The district with this uuid. Raises `WishRefused`."""
    try:
        district = Area.objects.districts().filter(uuid=uuid).first()
    except (ValueError, ValidationError):  # no uuid at all
        district = None
    if district is None:
        raise WishRefused(_("この地区は見つかりません。"))
    return district


def _follow(user: User, uuid: str) -> Granted:
    district = district_at(uuid)
    follow(user=user, district=district)
    return Granted(
        _("%(district)sを「わたしの地区」に加えました。マイページに予定が出ます。")
        % {"district": district.name}
    )


def _unfollow(user: User, uuid: str) -> Granted:
    district = district_at(uuid)
    unfollow(user=user, district=district)
    return Granted(_("%(district)sを「わたしの地区」から外しました。") % {"district": district.name})


def register() -> None:
    """Called once, when models can be imported."""
    register_wish("follow", _follow)
    register_wish("unfollow", _unfollow)
