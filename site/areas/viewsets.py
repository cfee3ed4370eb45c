"""Admin screens of the tree of places."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Area, MunicipalityProfile, Town


class AreaViewSet(SnippetViewSet):
    model = Area
    icon = "site"
    menu_label = _("地域・地区")
    list_display = ["name", "kana", "kind", "parent", "certainty"]
    list_filter = ["kind", "parent", "certainty"]
    search_fields = ["name", "kana", "romaji"]
    ordering = ["-kind", "parent__pk", "order"]  # municipalities, then districts side by side, then areas
    list_per_page = 50
    # No panel for the boundary: it is megabytes of coordinates and comes by `import_boundaries`.
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
                FieldRowPanel([FieldPanel("kana"), FieldPanel("romaji")]),
                FieldRowPanel([FieldPanel("slug"), FieldPanel("code")]),
                FieldPanel("order"),
                FieldPanel("description"),
            ],
            heading=_("名前"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("predecessor"),
            ],
            heading=_("設置と廃止"),
        ),
        FieldRowPanel([FieldPanel("lat"), FieldPanel("lng")], heading=_("代表地点")),
        MultiFieldPanel([FieldPanel("certainty"), FieldPanel("source")], heading=_("確かさ")),
    ]


class TownViewSet(SnippetViewSet):
    model = Town
    icon = "home"
    menu_label = _("町丁目")
    list_display = ["name", "kana", "postal_code", "district", "certainty"]
    list_filter = ["municipality", "district", "certainty"]
    search_fields = ["name", "kana", "postal_code"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("municipality"), FieldPanel("district")]),
        FieldPanel("certainty"),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("base_name"), FieldPanel("chome")]),
                FieldRowPanel([FieldPanel("kana"), FieldPanel("postal_code")]),
                FieldRowPanel([FieldPanel("lat"), FieldPanel("lng")]),
            ],
            heading=_("名前と位置"),
        ),
        InlinePanel(
            "blocks",
            heading=_("番地ごとの例外"),
            label=_("例外"),
            help_text=_("町丁目の一部の番だけが別の地区に属するときに入力します。"),
            panels=[
                FieldRowPanel([FieldPanel("first_block"), FieldPanel("last_block")]),
                FieldPanel("district"),
                FieldPanel("source"),
            ],
        ),
    ]


class MunicipalityProfileViewSet(SnippetViewSet):
    model = MunicipalityProfile
    icon = "cog"
    menu_label = _("自治体の設定")
    list_display = ["municipality", "area_label", "district_label", "residents_label", "council_name"]
    panels = [
        FieldPanel("municipality"),
        MultiFieldPanel([FieldPanel("site_name"), FieldPanel("site_tagline")], heading=_("サイト")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("area_label"), FieldPanel("district_label")]),
                FieldRowPanel([FieldPanel("residents_label"), FieldPanel("disability_word")]),
            ],
            heading=_("ことば"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("council_name"),
                FieldPanel("desk_label"),
                FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_email")]),
            ],
            heading=_("相談と連絡先"),
        ),
    ]


class PlacesViewSetGroup(SnippetViewSetGroup):
    items = (AreaViewSet, TownViewSet, MunicipalityProfileViewSet)
    menu_label = _("地域と地区")
    menu_icon = "site"
    menu_order = 700
