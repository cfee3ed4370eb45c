"""「つなぎ・掲示板」 in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .gatherings import GatheringViewSet
from .introductions import IntroductionViewSet
from .opportunities import OpportunityViewSet


class ExchangeGroup(SnippetViewSetGroup):
    menu_label = _("つなぎ・掲示板")
    menu_icon = "group"
    menu_name = "exchange"
    menu_order = 120
    items = (GatheringViewSet, IntroductionViewSet, OpportunityViewSet)
