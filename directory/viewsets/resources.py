"""Entries: list, form, and the screens beside it (timetable, one date, verification)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import InspectView

from ..admin_filters import ResourceFilterSet, publication_words, with_review
from ..models import Resource
from ..panels import RESOURCE
from .actions import ask_on_paper, change_date, verify
from .base import ScopedEditView, ScopedIndexView, ScopedViewSet
from .understanding import understand


def _kinds(resource: Resource) -> str:
    return "、".join(kind.name for kind in resource.categories.all())


def _verified(resource: Resource) -> str:
    if resource.verified_on is None:
        return str(_("未確認"))
    return f"{resource.verified_on:%Y/%m/%d} {resource.get_verified_how_display()}"


class ResourceIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return with_review(rows).select_related("district", "latest_revision").prefetch_related("categories")


class SideScreens:
    """Buttons to the screens beside the form, for those who may use them."""

    object: Resource
    request: Any

    @cached_property
    def header_buttons(self) -> list[Any]:
        policy = policy_registry.get_by_type(Resource)
        if not policy.user_has_permission_for_instance(self.request.user, "change", self.object):
            return list(super().header_buttons)  # type: ignore[misc]
        return [*super().header_buttons, *side_buttons(self.object)]  # type: ignore[misc]


def side_buttons(resource: Resource) -> list[HeaderButton]:
    """「確認を記録」 and 「1日だけの変更」."""
    return [
        HeaderButton(
            _("確認を記録"), url=reverse("directory_resources:verify", args=[resource.pk]), icon_name="check"
        ),
        HeaderButton(
            _("1日だけの変更"),
            url=reverse("directory_resources:change_date", args=[resource.pk]),
            icon_name="calendar",
        ),
    ]


class ResourceEditView(SideScreens, ScopedEditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if self.object.live:
            url = self.object.get_absolute_url()
            buttons.append(Button(_("公開のページを見る"), url=url, icon_name="view", priority=5))
        return buttons


class ResourceInspectView(SideScreens, InspectView):
    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """What is not there is a dash, not None."""
        value = super().get_field_display_value(field_name, field)
        return "—" if value in (None, "") else value


class ResourceViewSet(ScopedViewSet):
    model = Resource
    url_namespace = "directory_resources"
    url_prefix = "register/resources"
    icon = "pick"
    menu_label = _("地域資源")
    menu_order = 100
    index_view_class = ResourceIndexView
    edit_view_class = ResourceEditView
    inspect_view_class = ResourceInspectView
    inspect_view_enabled = True
    inspect_view_fields = (
        "name",
        "kana",
        "organization",
        "categories",
        "summary",
        "description",
        "audiences",
        "join_policy",
        "fee_kind",
        "venue",
        "district",
        "place_visibility",
        "life_status",
        "verified_on",
        "verified_by",
        "source_name",
    )
    edit_handler = RESOURCE
    filterset_class = ResourceFilterSet
    list_display = (
        "name",
        Column("kinds", label=_("種類"), accessor=_kinds),
        Column("district", label=_("地区"), accessor="district.short_name", sort_key="district__order"),
        "life_status",
        Column("verified_on", label=_("最後の確認"), accessor=_verified, sort_key="verified_on"),
        Column("publication", label=_("公開"), accessor=publication_words, sort_key="live"),
    )
    ordering = ("kana", "name", "pk")
    empty_message = _(
        "担当の地区には、まだ登録がありません。「地域資源を追加」で1つ入力するか、名簿のファイルを取り込んでください。"
    )

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("understand/", understand, name="understand"),
            path("verify/<int:pk>/", verify, name="verify"),
            path("ask/<int:pk>/", ask_on_paper, name="ask_on_paper"),
            path("dates/<int:pk>/", change_date, name="change_date"),
        ]
