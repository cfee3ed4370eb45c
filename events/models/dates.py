"""The dates of an event. Made from its timetables by `services.dates`; a date somebody signed up for never vanishes."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Venue

from ..choices import DateStatus
from ..querysets import EventDateQuerySet
from .events import Event


class EventDate(models.Model):
    """One date (of a consultation: one slot). `planned_*` is what the timetable said: by it the date is known again."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="dates")
    planned_date = models.DateField(editable=False)
    planned_start = models.TimeField(null=True, blank=True, editable=False)
    date = models.DateField(_("日にち"))
    start = models.TimeField(_("はじまり"), null=True, blank=True)
    end = models.TimeField(_("おわり"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("この日だけの会場"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    capacity = models.PositiveIntegerField(_("この日だけの定員"), null=True, blank=True)
    status = models.CharField(
        _("状態"), max_length=10, choices=DateStatus.choices, default=DateStatus.PLANNED
    )
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EventDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("開催日")
        verbose_name_plural = _("開催日")
        ordering = ["date", "start", "pk"]
        indexes = [models.Index(fields=["date", "status"]), models.Index(fields=["event", "date"])]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "planned_date", "planned_start"], name="event_date_once"
            ),
            models.UniqueConstraint(
                fields=["event", "planned_date"],
                condition=Q(planned_start__isnull=True),
                name="event_date_once_without_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.start or ''}".strip()

    @property
    def takes_place(self) -> bool:
        return self.status != DateStatus.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.status == DateStatus.MOVED

    @property
    def starts_at(self) -> dt.datetime:
        """When it begins, aware, Tokyo time; without a time the first minute of the day."""
        return timezone.make_aware(dt.datetime.combine(self.date, self.start or dt.time.min))

    @property
    def ends_at(self) -> dt.datetime:
        """When it is over; without an end one hour after the start, without a start the end of the day."""
        if self.end is not None:
            return timezone.make_aware(dt.datetime.combine(self.date, self.end))
        if self.start is not None:
            return self.starts_at + dt.timedelta(hours=1)
        return timezone.make_aware(dt.datetime.combine(self.date, dt.time.max))
