"""Settings of the site that editors change: the emergency banner, the menu, the footer."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from pages.blocks import MenuWordBlock
from pages.menus import MenuItem


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """One row per site."""

    emergency_on = models.BooleanField(_("緊急のお知らせを出す"), default=False)
    emergency_title = models.CharField(_("見出し"), max_length=80, blank=True)
    emergency_at = models.DateTimeField(_("日時"), null=True, blank=True)
    emergency_text = models.TextField(_("本文"), max_length=400, blank=True)
    emergency_url = models.URLField(_("くわしい情報のURL"), blank=True)
    standing_notice = models.CharField(
        _("いつも出す一言"),
        max_length=120,
        blank=True,
        help_text=_("すべてのページの一番上に、小さく出ます。例:これは見本のサイトです。"),
    )
    main_menu = StreamField(
        [("word", MenuWordBlock())],
        verbose_name=_("メニューのことば"),
        blank=True,
        max_num=7,
        help_text=_("空のときは、はじめから用意されたメニューを使います。"),
    )
    footer_note = models.CharField(_("ページの下に出す一言"), max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("emergency_on"),
                FieldPanel("emergency_title"),
                FieldPanel("emergency_at"),
                FieldPanel("emergency_text"),
                FieldPanel("emergency_url"),
            ],
            heading=_("緊急のお知らせ(すべてのページの一番上に出ます)"),
        ),
        FieldPanel("standing_notice"),
        FieldPanel("main_menu"),
        FieldPanel("footer_note"),
    ]

    class Meta:
        verbose_name = _("サイトの設定")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        if self.emergency_on and not self.emergency_title:
            raise ValidationError(
                {"emergency_title": _("緊急のお知らせを出すときは、見出しを入力してください。")}
            )

    @property
    def emergency_shown(self) -> bool:
        return self.emergency_on and bool(self.emergency_title)

    def menu_items(self) -> list[MenuItem]:
        """The editors' own menu, empty when they have made none."""
        return [MenuItem(word=block.value["word"], url=block.value["url"]) for block in self.main_menu]
