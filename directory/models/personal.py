"""What people with a login keep of the register, and how often entries are seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import CountKind
from .resources import Resource
from .vocabulary import Category


class Favourite(models.Model):
    """お気に入り: an entry a person wants to find again."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="favourites")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("お気に入り")
        verbose_name_plural = _("お気に入り")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "resource"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.resource}"


class FollowedKind(models.Model):
    """A person wants to hear of a kind of resource."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_kinds"
    )
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("興味のある種類")
        verbose_name_plural = _("興味のある種類")
        constraints = [models.UniqueConstraint(fields=["user", "category"], name="follow_kind_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.category}"


class SavedSearch(models.Model):
    """A question to ask again. `question` is the query string of the find page, which holds all of it."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("名前"), max_length=80)
    question = models.CharField(_("条件"), max_length=1000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("保存した条件")
        verbose_name_plural = _("保存した条件")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "question"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name


class DailyCount(models.Model):
    """How often something happened to an entry on a day. Counts only: nobody who looked is stored."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="daily_counts")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=CountKind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("日ごとの回数")
        verbose_name_plural = _("日ごとの回数")
        constraints = [models.UniqueConstraint(fields=["resource", "date", "kind"], name="daily_count_once")]

    def __str__(self) -> str:
        return f"{self.resource} {self.date} {self.kind} {self.count}"
