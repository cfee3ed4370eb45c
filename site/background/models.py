"""Who is at work, and which daily jobs are done. The tasks themselves are rows of django-tasks-db."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process at work. It writes `beat` every few seconds; one whose beat stands still is given up as killed."""

    id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    started = models.DateTimeField()
    #: Counted, not timed: whoever watches measures with a clock of its own, so machines need not agree on the time.
    beat = models.PositiveBigIntegerField(default=0)
    seen = models.DateTimeField()

    class Meta:
        verbose_name = _("裏の仕事をするもの")
        verbose_name_plural = _("裏の仕事をするもの")

    def __str__(self) -> str:
        return self.id


class DailyRun(models.Model):
    """One daily job on one day."""

    job = models.CharField(_("仕事"), max_length=60)
    date = models.DateField(_("日付"))
    #: The worker that is at it; "" while nobody is.
    worker_id = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(_("回数"), default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    done = models.DateTimeField(_("済んだ日時"), null=True, blank=True)
    #: The class of the last error. Its words may hold personal data and are kept nowhere.
    last_error = models.CharField(_("最後の失敗"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("毎日の仕事")
        verbose_name_plural = _("毎日の仕事")
        constraints = [models.UniqueConstraint(fields=["job", "date"], name="background_job_once_a_day")]

    def __str__(self) -> str:
        return f"{self.job} {self.date:%Y-%m-%d}"
