"""The first page. Editors choose its words; what it lists comes from the register (see `pages.home`)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from pages.blocks import ExampleBlock
from pages.home import find_url, home_context

from .articles import ArticlePage
from .base import BasePage

ARTICLES_SHOWN = 3


class HomePage(BasePage):
    """One question, one box, and what is on this week."""

    heading = models.CharField(_("見出し"), max_length=60, default="近くの集まりを、さがす。")
    lead = models.CharField(
        _("説明"),
        max_length=120,
        blank=True,
        default="サロン、カフェ、子ども食堂、体操、相談窓口。",
        help_text=_("件数は自動で続きます。"),
    )
    placeholder = models.CharField(_("検索らんの例"), max_length=60, blank=True)
    examples = StreamField(
        [("example", ExampleBlock())], verbose_name=_("よく探されていることば"), blank=True, max_num=8
    )
    desk_heading = models.CharField(
        _("相談窓口の見出し"), max_length=60, default="困ったら、まず地区の窓口へ"
    )

    template = "pages/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.ArticleIndexPage", "pages.ArticlePage", "pages.PolicyPage"]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("heading"), FieldPanel("lead"), FieldPanel("placeholder"), FieldPanel("examples")],
            heading=_("さがす"),
        ),
        FieldPanel("desk_heading"),
    ]

    class Meta:
        verbose_name = _("ホーム")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context(request, *args, **kwargs), **home_context(request)}
        articles = ArticlePage.objects.descendant_of(self).live().order_by("-date", "-pk")
        context["articles"] = list(articles[:ARTICLES_SHOWN])
        if self.examples:
            context["examples"] = [
                (block.value["word"], find_url(q=block.value["query"] or block.value["word"]))
                for block in self.examples
            ]
        return context
