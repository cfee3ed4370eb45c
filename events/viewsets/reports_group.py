"""「活動報告」 in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .removals import RemovalViewSet
from .reports import PresentationViewSet, ReportViewSet


class ReportsGroup(SnippetViewSetGroup):
    menu_label = _("活動報告")
    menu_icon = "doc-full"
    menu_name = "activity-reports"
    menu_order = 115
    items = (ReportViewSet, RemovalViewSet, PresentationViewSet)
