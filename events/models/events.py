"""What is held: once, on several dates, or again and again. [schema.org Event, EventSeries]"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable
from wagtail.search import index

from areas.models import Area
from directory.choices import FeeKind, PlaceVisibility
from directory.models import Audience, Category, Organization, Resource, Venue
from directory.models.contacts import Contact
from directory.models.timetables import Timetable

from ..choices import (
    SEATED,
    STANDING,
    AttendanceMode,
    EventKind,
    EventStatus,
    Need,
    SignUpChannel,
    SignUpPolicy,
    SignUpUnit,
)
from ..querysets import EventQuerySet
from .base import Reviewed


class Event(Reviewed):
    """An event, a course, a consultation … What the public sees of it is decided in `events.visibility` only."""

    # What it is
    kind = models.CharField(_("種類"), max_length=14, choices=EventKind.choices, default=EventKind.EVENT)
    title = models.CharField(_("題名"), max_length=120)
    kana = models.CharField(_("ふりがな"), max_length=200, blank=True)
    summary = models.CharField(_("ひとこと紹介"), max_length=200, blank=True)
    body = models.TextField(_("くわしい内容"), blank=True)
    categories = ParentalManyToManyField(
        Category, verbose_name=_("テーマ"), blank=True, related_name="events"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("主催の団体"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    partners = ParentalManyToManyField(
        Organization, verbose_name=_("いっしょに開く団体"), blank=True, related_name="partner_events"
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("もとの活動"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    minutes = models.TextField(_("公開する会議の要約"), blank=True)

    # Who may come, what it costs (yen a person), what to bring
    audiences = ParentalManyToManyField(Audience, verbose_name=_("対象"), blank=True, related_name="events")
    min_age = models.PositiveSmallIntegerField(_("何歳から"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("何歳まで"), null=True, blank=True)
    who_may_come = models.CharField(_("対象の補足"), max_length=200, blank=True)
    fee_kind = models.CharField(_("費用"), max_length=8, choices=FeeKind.choices, default=FeeKind.FREE)
    fee = models.PositiveIntegerField(_("参加費(円)"), null=True, blank=True)
    fee_note = models.CharField(_("費用の補足"), max_length=200, blank=True)
    bring = models.CharField(_("持ち物"), max_length=200, blank=True)

    # Where
    attendance_mode = models.CharField(
        _("参加する場所"), max_length=8, choices=AttendanceMode.choices, default=AttendanceMode.ONSITE
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("会場"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    place_note = models.CharField(_("会場の補足"), max_length=100, blank=True)
    place_visibility = models.CharField(
        _("場所の公開"), max_length=10, choices=PlaceVisibility.choices, default=PlaceVisibility.EXACT
    )
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_("会場があれば、その地区になります。"),
    )
    areas_served = ParentalManyToManyField(
        Area, verbose_name=_("対象の地域"), blank=True, related_name="events_for"
    )
    joining_text = models.TextField(
        _("申し込んだ人だけに知らせること"),
        blank=True,
        help_text=_("オンラインの入り方、集合場所など。申込みのあとに出ます。"),
    )

    # Signing up
    signup_policy = models.CharField(
        _("申込み"), max_length=8, choices=SignUpPolicy.choices, default=SignUpPolicy.NONE
    )
    signup_unit = models.CharField(
        _("申し込む単位"), max_length=6, choices=SignUpUnit.choices, default=SignUpUnit.DATE
    )
    signup_url = models.URLField(_("申込みのホームページ"), max_length=500, blank=True)
    signup_opens_at = models.DateTimeField(_("申込みのはじめ"), null=True, blank=True)
    signup_closes_at = models.DateTimeField(_("申込みのおわり"), null=True, blank=True)
    closes_days_before = models.PositiveSmallIntegerField(
        _("何日前に締め切るか"), null=True, blank=True, help_text=_("空のときは、はじまる時刻まで。")
    )
    capacity = models.PositiveIntegerField(
        _("定員"), null=True, blank=True, help_text=_("1回の人数。空のときは、定員なし。")
    )
    has_waiting_list = models.BooleanField(_("満員のとき、空き待ちを受ける"), default=True)
    max_party = models.PositiveSmallIntegerField(_("1回の申込みで何人まで"), default=4)
    needs_asked = models.JSONField(_("申込みのときに聞く配慮"), default=list, blank=True)
    sends_reminder = models.BooleanField(_("前の日にお知らせを送る"), default=True)
    erase_after_days = models.PositiveSmallIntegerField(
        _("申込みの個人情報を消すまでの日数"),
        null=True,
        blank=True,
        help_text=_("終わってからの日数。空のときは、全体の決まりの日数。"),
    )

    # What becomes of it: not part of a draft, it counts at once (`services.date_changes`)
    status = models.CharField(
        _("状態"), max_length=10, choices=EventStatus.choices, default=EventStatus.PLANNED, editable=False
    )
    status_reason = models.CharField(_("中止・延期の理由"), max_length=200, blank=True, editable=False)
    notice = models.CharField(_("お知らせ(臨時)"), max_length=200, blank=True)
    notice_until = models.DateField(_("お知らせのおわり"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    first_date = models.DateField(null=True, blank=True, editable=False, db_index=True)
    last_date = models.DateField(null=True, blank=True, editable=False, db_index=True)

    objects = EventQuerySet.as_manager()

    OUTSIDE_VERSIONS: ClassVar[tuple[str, ...]] = ("notice", "notice_until")
    WRITTEN_BY_SERVICES: ClassVar[tuple[str, ...]] = (
        *Reviewed.WRITTEN_BY_SERVICES,
        "status",
        "status_reason",
        "sequence",
        "first_date",
        "last_date",
    )

    search_fields = [
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.SearchField("kana", boost=5),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("code"),
        index.FilterField("kind"),
        index.FilterField("status"),
        index.FilterField("live"),
        index.FilterField("district"),
    ]

    class Meta:
        verbose_name = _("催し")
        verbose_name_plural = _("催し")
        ordering = ["-first_date", "-pk"]
        indexes = [models.Index(fields=["live", "last_date", "district"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="event_ages_in_order",
            ),
            models.CheckConstraint(condition=Q(max_party__gte=1), name="event_party_of_one_at_least"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="event_capacity_of_one_at_least"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        errors = {}
        if self.min_age is not None and self.max_age is not None and self.max_age < self.min_age:
            errors["max_age"] = _("「何歳まで」は「何歳から」より上にしてください。")
        if self.signup_policy == SignUpPolicy.OUTSIDE and not self.signup_url:
            errors["signup_url"] = _("申込みのホームページを入力してください。")
        opens, closes = self.signup_opens_at, self.signup_closes_at
        if opens and closes and closes <= opens:
            errors["signup_closes_at"] = _("申込みのおわりは、はじめより後にしてください。")
        if not set(self.needs_asked or []) <= set(Need.values):
            errors["needs_asked"] = _("選べない配慮があります。")
        if self.capacity == 0:
            errors["capacity"] = _("定員は1人以上にしてください。定員がないときは、空にします。")
        if self.max_party == 0:
            errors["max_party"] = _("1人以上にしてください。")
        if self._has_signups_of_the_other_unit():
            errors["signup_unit"] = _(
                "もう申込みがあるので、申し込む単位(1回ごと・全部まとめて)は変えられません。変えるときは、新しい催しとして出してください。"
            )
        if errors:
            raise ValidationError(errors)

    def save(self, *args: object, **kwargs: object) -> None:
        # As with entries: what has a place is in the district of that place.
        if self.venue is not None and self.venue.district_id is not None:
            self.district_id = self.venue.district_id
        super().save(*args, **kwargs)

    def _has_signups_of_the_other_unit(self) -> bool:
        """Is this a change from single dates to a whole course, or back, after people signed up?

        Asked in `clean`, which forms run, and reviews once more before they publish (with the row locked): a draft that
        switches may be older than the first sign-up. Who came in at the door of a course has a date, and is none of these.
        """
        if self.pk is None:
            return False
        kept = self.signups.filter(state__in={*SEATED, *STANDING}).exclude(channel=SignUpChannel.DOOR)
        return bool(kept.exclude(event__signup_unit=self.signup_unit).exists())

    def get_absolute_url(self) -> str:
        return reverse("events:event", kwargs={"code": self.code})

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/admin/preview_event.html"

    @property
    def is_online(self) -> bool:
        """Can one take part from home?"""
        return self.attendance_mode != AttendanceMode.ONSITE

    @property
    def takes_signups_here(self) -> bool:
        """Does the site itself take sign-ups (also those typed in by staff)?"""
        return self.signup_policy in (SignUpPolicy.OPEN, SignUpPolicy.APPROVAL, SignUpPolicy.PHONE)


class EventSchedule(Timetable):
    """When an event is held: the same engine, the same rules as the timetables of entries."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="schedules")
    slot_minutes = models.PositiveSmallIntegerField(
        _("1組の時間(分)"),
        null=True,
        blank=True,
        help_text=_("相談会のとき。この長さに分けて、1組ずつ受けます。"),
    )

    class Meta(Timetable.Meta):
        abstract = False
        verbose_name = _("日時")
        verbose_name_plural = _("日時")


class EventContact(Contact):
    """Whom to ask about an event."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="contacts")

    class Meta(Contact.Meta):
        abstract = False
        verbose_name = _("連絡先")
        verbose_name_plural = _("連絡先")


class EventPhoto(Orderable):
    """A photo of an event, in order."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("写真"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("説明"), max_length=100, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("写真")
        verbose_name_plural = _("写真")

    def __str__(self) -> str:
        return self.caption or str(self.photo)
