"""Choices about people who use the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """What a member of staff may do inside the place the assignment names."""

    DISTRICT_STAFF = "district_staff", _("地区担当")
    AREA_STAFF = "area_staff", _("地域担当")
    CURATOR = "curator", _("登録情報の管理者")
    CSW = "csw", _("コミュニティソーシャルワーカー")
    VIEWER = "viewer", _("閲覧のみ(区・市の職員)")
    ADMINISTRATOR = "administrator", _("システム管理者")


#: Roles that may change entries inside their place.
EDITING_ROLES = (
    StaffRole.DISTRICT_STAFF,
    StaffRole.AREA_STAFF,
    StaffRole.CURATOR,
    StaffRole.CSW,
    StaffRole.ADMINISTRATOR,
)


class ContactMeans(models.TextChoices):
    """How a person wants to hear from us."""

    MAIL = "mail", _("メール")
    PHONE = "phone", _("電話")
    LETTER = "letter", _("手紙")
    NONE = "none", _("連絡はいりません")
