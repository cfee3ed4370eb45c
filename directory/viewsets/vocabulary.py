"""The lists all districts share: kinds, audiences, features. Those who curate the register change them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from ..models import Audience, Category, Feature
from .base import ScopedIndexView, ScopedViewSet

_WORDS = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("kana")]),
    FieldPanel("synonyms"),
    FieldPanel("order"),
]


def _offered(feature: Feature) -> str:
    return str(_("出す") if feature.is_filter else _("出さない"))


class CategoryIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("parent")


class CategoryViewSet(ScopedViewSet):
    model = Category
    url_namespace = "directory_categories"
    url_prefix = "register/categories"
    icon = "list-ul"
    menu_label = _("種類")
    menu_order = 200
    index_view_class = CategoryIndexView
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("parent"),
            FieldPanel("code"),
            *_WORDS,
            FieldPanel("plain_name"),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("wish"), FieldPanel("icon")]),
        ]
    )
    list_display = (
        "name",
        Column("parent", label=_("上位"), accessor="parent.name", sort_key="parent__order"),
        Column("plain_name", label=_("やさしい言い方")),
        Column("wish", label=_("したいこと"), accessor="get_wish_display"),
    )
    ordering = ("order", "pk")
    empty_message = _("種類がありません。はじめの一覧を読み込むよう、システム管理者に頼んでください。")


class AudienceViewSet(ScopedViewSet):
    model = Audience
    url_namespace = "directory_audiences"
    url_prefix = "register/audiences"
    icon = "user"
    menu_label = _("対象")
    menu_order = 210
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("code"), *_WORDS])
    list_display = ("name", "kana", "code")
    ordering = ("order", "pk")
    empty_message = _("対象がありません。「対象を追加」で入力してください。")


class FeatureViewSet(ScopedViewSet):
    model = Feature
    url_namespace = "directory_features"
    url_prefix = "register/features"
    icon = "check"
    menu_label = _("設備・行きやすさ")
    menu_order = 220
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("group"),
            *_WORDS,
            FieldPanel("absent_name"),
            FieldRowPanel([FieldPanel("icon"), FieldPanel("is_filter")]),
        ]
    )
    list_display = (
        "name",
        "absent_name",
        "group",
        Column("is_filter", label=_("しぼりこみ"), accessor=_offered, sort_key="is_filter"),
    )
    ordering = ("group", "order", "pk")
    empty_message = _("項目がありません。「設備・行きやすさを追加」で入力してください。")
