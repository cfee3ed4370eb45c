"""Pages that stay: policies, guides, about, contact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import BodyBlock

from .base import BasePage


class PolicyPage(BasePage):
    """A lasting text: accessibility policy, privacy, about this site. Shows when it was last changed."""

    body = StreamField(BodyBlock(), verbose_name=_("本文"), blank=True)

    template = "pages/policy_page.html"
    parent_page_types = ["pages.HomePage", "pages.PolicyPage"]
    subpage_types = ["pages.PolicyPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("案内・方針のページ")
        verbose_name_plural = _("案内・方針のページ")
