"""News, explanations, stories: an index and its articles."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import BodyBlock

from .base import BasePage

ARTICLES_PER_PAGE = 20


class ArticleKind(models.TextChoices):
    """What an article is; stands above its title."""

    NEWS = "news", _("お知らせ")
    GUIDE = "guide", _("使いかた")
    STORY = "story", _("まちの話")


class ArticleIndexPage(BasePage):
    """A list of articles, newest first."""

    template = "pages/article_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ArticlePage"]

    class Meta:
        verbose_name = _("記事の一覧")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.child_of(self).live().order_by("-date", "-pk")
        page = Paginator(articles, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
        return {**context, "articles": page}


class ArticlePage(BasePage):
    """One article."""

    kind = models.CharField(_("種類"), max_length=8, choices=ArticleKind.choices, default=ArticleKind.NEWS)
    date = models.DateField(_("日付"), default=timezone.localdate)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("写真"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("本文"), blank=True)

    template = "pages/article_page.html"
    parent_page_types = ["pages.ArticleIndexPage", "pages.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("date"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("kind")]

    @property
    def index_url(self) -> str:
        """The list this article stands in: one step up, without a query."""
        return (self.url or "/").rstrip("/").rpartition("/")[0] + "/"

    class Meta:
        verbose_name = _("記事")
        verbose_name_plural = _("記事")
