"""What the review before publication needs to remember beside Wagtail's own rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class ReviewEscalation(models.Model):
    """A review waited too long, and those above the reviewers were told. Once for each time it waits."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="escalation")
    escalated_at = models.DateTimeField(_("知らせた日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("審査の遅れの知らせ")
        verbose_name_plural = _("審査の遅れの知らせ")

    def __str__(self) -> str:
        return f"{self.task_state_id} {self.escalated_at:%Y-%m-%d}"
