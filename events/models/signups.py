"""Who signed up, and how many seats are left. Nothing here is public."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..choices import SignUpChannel, SignUpState
from ..querysets import SignUpQuerySet
from .dates import EventDate
from .events import Event


class Seats(models.Model):
    """How many seats of one date, or of a whole course, are taken. Changed by conditional updates only."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="seats")
    date = models.OneToOneField(
        EventDate, null=True, blank=True, on_delete=models.CASCADE, related_name="seats"
    )
    limit = models.PositiveIntegerField(_("定員"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("申込みの人数"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(date__isnull=True), name="seats_of_a_course_once"
            ),
            # The database has the last word: never one seat too many.
            models.CheckConstraint(
                condition=Q(limit__isnull=True) | Q(taken__lte=F("limit")), name="seats_never_too_many"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken}/{self.limit if self.limit is not None else '-'}"


class SignUp(models.Model):
    """One sign-up, of one person or a party. The personal part is erased after the event; the counts stay."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt = models.CharField(_("受付番号"), max_length=12, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="signups")
    date = models.ForeignKey(
        EventDate, null=True, blank=True, on_delete=models.CASCADE, related_name="signups"
    )
    seats = models.ForeignKey(Seats, on_delete=models.PROTECT, related_name="signups")
    name = models.CharField(_("お名前(ニックネームでもかまいません)"), max_length=60, blank=True)
    email = models.CharField(_("メール"), max_length=254, blank=True)
    phone = models.CharField(_("電話"), max_length=20, blank=True)
    party_size = models.PositiveSmallIntegerField(_("人数"), default=1)
    needs = models.JSONField(_("必要な配慮"), default=list, blank=True)
    needs_note = models.CharField(_("配慮の補足"), max_length=200, blank=True)
    note = models.CharField(_("ひとこと"), max_length=200, blank=True)
    channel = models.CharField(
        _("受付の方法"), max_length=6, choices=SignUpChannel.choices, default=SignUpChannel.WEB
    )
    state = models.CharField(_("状態"), max_length=10, choices=SignUpState.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="signups"
    )
    organization = models.ForeignKey(
        "directory.Organization",
        verbose_name=_("団体"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signups",
    )
    token_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)
    typed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("申込みの日時"), auto_now_add=True)
    promoted_at = models.DateTimeField(_("空きが出た日時"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消しの日時"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: `Event.sequence` of the last mail about the event as a whole; a mail about one date clears it.
    told_whole = models.PositiveIntegerField(null=True, blank=True, editable=False)
    checked_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("申込み")
        verbose_name_plural = _("申込み")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["seats", "state", "created_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(party_size__gte=1), name="signup_party_of_one_at_least")
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def has_seat(self) -> bool:
        return self.state in (SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.ABSENT)


class CourseCheckIn(models.Model):
    """Who signed up for a whole course came to one of its dates, or not. Of a single date the state says it."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    signup = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="check_ins")
    date = models.ForeignKey(EventDate, on_delete=models.CASCADE, related_name="check_ins")
    came = models.BooleanField(_("来た"))
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("講座の出席")
        verbose_name_plural = _("講座の出席")
        constraints = [models.UniqueConstraint(fields=["signup", "date"], name="course_check_in_once")]

    def __str__(self) -> str:
        return f"{self.signup} {self.date}"


class Attendance(models.Model):
    """How many came to one date, by age. Numbers only."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    date = models.OneToOneField(EventDate, on_delete=models.CASCADE, related_name="attendance")
    preschool = models.PositiveSmallIntegerField(_("乳幼児"), default=0)
    school = models.PositiveSmallIntegerField(_("小学生〜高校生"), default=0)
    adult = models.PositiveSmallIntegerField(_("大人(64歳まで)"), default=0)
    older = models.PositiveSmallIntegerField(_("65〜74歳"), default=0)
    old = models.PositiveSmallIntegerField(_("75歳以上"), default=0)
    unknown = models.PositiveSmallIntegerField(_("年齢はわからない"), default=0)
    volunteers = models.PositiveSmallIntegerField(_("手伝った人"), default=0)
    note = models.CharField(_("メモ"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("来た人の数")
        verbose_name_plural = _("来た人の数")

    def __str__(self) -> str:
        return str(self.total)

    @property
    def total(self) -> int:
        """Participants of all ages, without those who helped."""
        return self.preschool + self.school + self.adult + self.older + self.old + self.unknown


class EventMessage(models.Model):
    """What an organiser wrote to everybody signed up. The addresses stand in the outbox only."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="messages")
    date = models.ForeignKey(EventDate, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(_("件名"), max_length=100)
    body = models.TextField(_("本文"))
    sent_to = models.PositiveIntegerField(_("送った数"), default=0)
    to_call = models.PositiveIntegerField(_("メールのない人の数"), default=0)
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("送った日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("申し込んだ人へのお知らせ")
        verbose_name_plural = _("申し込んだ人へのお知らせ")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
