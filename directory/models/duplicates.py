"""The same thing entered twice: candidates, merges, and the old codes that lead on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from ..choices import DuplicateState
from .organizations import Organization
from .resources import Resource


class DuplicateCandidate(models.Model):
    """Two entries, or two organizations, that may be one. The smaller key is `first`, so that a pair is there once."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    first_resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    second_resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    first_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    second_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    score = models.PositiveSmallIntegerField(_("似ている度合い"), help_text=_("0〜100"))
    reasons = models.JSONField(_("似ているところ"), default=list)
    state = models.CharField(
        _("状態"), max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    found_at = models.DateTimeField(_("見つけた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("重複の候補")
        verbose_name_plural = _("重複の候補")
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    first_resource__lt=F("second_resource"),
                    first_organization__isnull=True,
                    second_organization__isnull=True,
                )
                | Q(
                    first_organization__lt=F("second_organization"),
                    first_resource__isnull=True,
                    second_resource__isnull=True,
                ),
                name="candidate_is_one_ordered_pair",
            ),
            models.UniqueConstraint(
                fields=["first_resource", "second_resource"], name="candidate_resources_once"
            ),
            models.UniqueConstraint(
                fields=["first_organization", "second_organization"], name="candidate_organizations_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_resource or self.first_organization} / {self.second_resource or self.second_organization}"


class Merge(models.Model):
    """One entry went into another: the dropped row stays (`merged_into`), its code leads on, and it can be undone."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    kept_resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    dropped_resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kept_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    dropped_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    before = models.JSONField(_("まとめる前"), default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField(_("まとめた日時"), auto_now_add=True)
    undone_at = models.DateTimeField(_("元に戻した日時"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("重複のまとめ")
        verbose_name_plural = _("重複のまとめ")
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dropped_resource"], condition=Q(undone_at__isnull=True), name="resource_merged_once"
            ),
            models.UniqueConstraint(
                fields=["dropped_organization"],
                condition=Q(undone_at__isnull=True),
                name="organization_merged_once",
            ),
        ]

    def __str__(self) -> str:
        dropped, kept = self.dropped_resource, self.kept_resource
        return f"{dropped or self.dropped_organization} → {kept or self.kept_organization}"


class DeletedEntry(models.Model):
    """What a deletion removed, kept so that it can be brought back."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    model = models.CharField(_("種類"), max_length=40)
    object_id = models.CharField(max_length=40)
    code = models.CharField(_("番号"), max_length=60, blank=True)
    name = models.CharField(_("名前"), max_length=200)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("地区")
    )
    snapshot = models.JSONField(_("もとの内容"), default=dict)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deleted_at = models.DateTimeField(_("削除した日時"), auto_now_add=True)
    restored_at = models.DateTimeField(_("元に戻した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("削除した登録")
        verbose_name_plural = _("削除した登録")
        ordering = ["-deleted_at"]

    def __str__(self) -> str:
        return self.name
