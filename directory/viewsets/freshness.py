"""「確認・訪問」 in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from ..freshness_forms import PolicyForm
from ..models import FreshnessPolicy
from .asks import AskViewSet
from .base import ScopedViewSet
from .campaigns import CampaignViewSet
from .visits import VisitViewSet


class RhythmViewSet(ScopedViewSet):
    """「確認の間隔」 of a municipality."""

    model = FreshnessPolicy
    url_namespace = "directory_rhythm"
    url_prefix = "register/rhythm"
    icon = "time"
    menu_label = _("確認の間隔")
    menu_order = 140
    copy_view_enabled = False
    list_display = ("municipality", "ask_after", "remind_after", "call_after", "warn_after", "hide_after")
    edit_handler = ObjectList(
        [
            FieldPanel("municipality"),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("ask_after"), FieldPanel("remind_after"), FieldPanel("call_after")]
                    ),
                    FieldRowPanel([FieldPanel("warn_after"), FieldPanel("hide_after")]),
                ],
                heading=_("日数"),
            ),
        ],
        base_form_class=PolicyForm,
    )
    empty_message = _("まだ決めていません。決めるまでは、183日でお願いし、214日で「確認が古い」と出します。")


class FreshnessGroup(SnippetViewSetGroup):
    """What keeps the register true."""

    menu_label = _("確認・訪問")
    menu_icon = "check"
    menu_name = "freshness"
    menu_order = 110
    items = (AskViewSet, CampaignViewSet, VisitViewSet, RhythmViewSet)
