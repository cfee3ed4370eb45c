"""When things happen: the rule, what happens to single dates, and the dates that follow. [HSDS schedule]"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..choices import ChangeAction, OccurrenceStatus, ParseStatus, ScheduleKind
from ..querysets import OccurrenceQuerySet
from ..schedules import ScheduleSpec
from .resources import Resource
from .venues import Venue


class Timetable(models.Model):
    """When something happens. `spec` is a `ScheduleSpec` as JSON; everything else is derived or kept beside it."""

    kind = models.CharField(
        _("種別"), max_length=12, choices=ScheduleKind.choices, default=ScheduleKind.UNKNOWN, editable=False
    )
    spec = models.JSONField(_("決まり"), default=dict, blank=True)
    original_text = models.TextField(_("書かれていた文"), blank=True)
    status = models.CharField(
        _("理解の度合い"),
        max_length=10,
        choices=ParseStatus.choices,
        default=ParseStatus.PARSED,
        editable=False,
    )
    note = models.CharField(_("日時の補足"), max_length=200, blank=True)
    timezone = models.CharField(max_length=40, default="Asia/Tokyo", editable=False)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.original_text or self.get_kind_display()

    def clean(self) -> None:
        try:
            self.kind = self.rule.kind
        except (ValueError, KeyError, TypeError) as error:
            raise ValidationError({"spec": _("開催日時の形が正しくありません。")}) from error

    @property
    def rule(self) -> ScheduleSpec:
        """The rule as the schedule engine reads it."""
        return ScheduleSpec.from_dict(self.spec)

    @rule.setter
    def rule(self, value: ScheduleSpec) -> None:
        self.spec = value.to_dict()
        self.kind = str(value.kind)


class Schedule(Timetable):
    """One timetable of a resource."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="schedules")
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("場所"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="schedules",
        help_text=_("いつもの場所と違うときだけ"),
    )

    class Meta(Timetable.Meta):
        abstract = False
        verbose_name = _("開催日時")
        verbose_name_plural = _("開催日時")


class ScheduleException(models.Model):
    """What happens to one date. Not part of the draft of an entry: a cancellation counts at once."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(_("日にち"))
    action = models.CharField(_("変更"), max_length=8, choices=ChangeAction.choices)
    new_date = models.DateField(_("新しい日にち"), null=True, blank=True)
    start = models.TimeField(_("はじまり"), null=True, blank=True)
    end = models.TimeField(_("おわり"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue, verbose_name=_("新しい場所"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("理由"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("日程の変更")
        verbose_name_plural = _("日程の変更")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "date"], name="schedule_exception_once_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_action_display()}"

    def clean(self) -> None:
        if self.action == ChangeAction.MOVE and not (self.new_date or self.start or self.venue):
            raise ValidationError({"new_date": _("新しい日にち、時間、場所のどれかを入力してください。")})


class Occurrence(models.Model):
    """One date of a resource. Rebuilt for 13 months ahead by `services.occurrences`; never edited by hand."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="occurrences")
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="occurrences")
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    date = models.DateField(_("日にち"))
    start = models.TimeField(_("はじまり"), null=True, blank=True)
    end = models.TimeField(_("おわり"), null=True, blank=True)
    status = models.CharField(
        _("状態"), max_length=10, choices=OccurrenceStatus.choices, default=OccurrenceStatus.SCHEDULED
    )
    moved_from = models.DateField(_("もとの日にち"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=100, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("開催日")
        verbose_name_plural = _("開催日")
        ordering = ["date", "start"]
        indexes = [models.Index(fields=["date", "status"]), models.Index(fields=["resource", "date"])]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "date", "start"], name="occurrence_once"),
            models.UniqueConstraint(
                fields=["schedule", "date"],
                condition=Q(start__isnull=True),
                name="occurrence_once_without_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.start or ''}"

    @property
    def takes_place(self) -> bool:
        return self.status != OccurrenceStatus.CANCELLED
