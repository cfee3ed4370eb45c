"""「区民登録の数」 and its targets in Wagtail's menu; `members.wagtail_hooks` registers them."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import RegistrationTarget
from .resident_report import resident_report
from .scope import NoScope, Scope


class ResidentsMenuItem(MenuItem):
    """For everybody who works in some place."""

    def is_shown(self, request: Any) -> bool:
        try:
            Scope.of(request.user)
        except NoScope:
            return False
        return True


class RegistrationTargetViewSet(SnippetViewSet):
    """The plan's figures, kept by administrators."""

    model = RegistrationTarget
    icon = "group"
    menu_label = _("登録者数の目標")
    add_to_settings_menu = True
    list_display = ["municipality", "fiscal_year", "number", "source"]
    panels = [
        FieldPanel("municipality"),
        FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("number")]),
        FieldPanel("source"),
    ]


def report_urls() -> list[URLPattern]:
    return [path("residents/", resident_report, name="resident_report")]


def report_menu_item() -> MenuItem:
    return ResidentsMenuItem(_("区民登録の数"), reverse("resident_report"), icon_name="group", order=800)
