"""Choices of the tree of places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """The three levels every municipality has; what they are called there is a `MunicipalityProfile`."""

    MUNICIPALITY = "municipality", _("自治体")
    AREA = "area", _("地域")
    DISTRICT = "district", _("地区")


class Certainty(models.TextChoices):
    """How sure we are that a town belongs to its district (see the source named on the row)."""

    VERIFIED = "verified", _("確認済み")
    PARTLY = "partly", _("一部確認")
    UNVERIFIED = "unverified", _("未確認")


class Precision(models.TextChoices):
    """How closely `areas.locate` could place an address."""

    BLOCK = "block", _("番地まで")
    TOWN = "town", _("町丁目まで")
    POINT = "point", _("地点")
    POSTAL = "postal", _("郵便番号まで")
    MUNICIPALITY = "municipality", _("市区町村まで")
    NONE = "none", _("わかりません")
