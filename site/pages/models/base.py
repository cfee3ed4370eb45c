"""What all editorial pages have in common."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index


class BasePage(Page):
    """A page with a short summary, which also describes it to search engines and in shared links."""

    summary = models.CharField(
        _("要約"), max_length=200, blank=True, help_text=_("1〜2文で。一覧と共有に使います。")
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "og_title": self.title, "og_description": self.summary, "crumbs": self.crumbs()}

    def crumbs(self) -> list[tuple[str, str]]:
        """(word, address) of the pages between the home page and this one."""
        # Depth 1 is Wagtail's root, 2 the home page; a page directly below has nothing in between.
        if self.depth <= 3:
            return []
        return [(page.title, page.url or "") for page in self.get_ancestors().filter(depth__gt=2)]
