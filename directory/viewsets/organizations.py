"""Groups and places."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from ..admin_filters import OrganizationFilterSet, VenueFilterSet, publication_words, with_review
from ..models import Organization, Venue
from ..panels import ORGANIZATION, VENUE
from .base import ScopedIndexView, ScopedViewSet


def _areas(organization: Organization) -> str:
    return "、".join(area.short_name for area in organization.areas.all())


class OrganizationIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return with_review(rows).select_related("latest_revision").prefetch_related("areas")

    @property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            url = f"{reverse('directory:join_start')}?for=group"
            buttons.append(HeaderButton(_("団体に代わって登録する"), url=url, icon_name="edit"))
        return buttons


class OrganizationViewSet(ScopedViewSet):
    model = Organization
    url_namespace = "directory_organizations"
    url_prefix = "register/organizations"
    icon = "group"
    menu_label = _("団体")
    menu_order = 110
    index_view_class = OrganizationIndexView
    inspect_view_enabled = True
    inspect_view_fields = ("name", "kana", "legal_form", "description", "areas", "status", "website")
    edit_handler = ORGANIZATION
    filterset_class = OrganizationFilterSet
    list_display = (
        "name",
        Column("legal_form", label=_("団体の種類"), accessor="get_legal_form_display", sort_key="legal_form"),
        Column("areas", label=_("活動する地域"), accessor=_areas),
        "status",
        Column("publication", label=_("公開"), accessor=publication_words, sort_key="live"),
    )
    ordering = ("kana", "name", "pk")
    empty_message = _("団体は、まだ登録されていません。「団体を追加」で入力してください。")


class VenueIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("district").annotate(used=Count("resources", distinct=True))


class VenueViewSet(ScopedViewSet):
    model = Venue
    url_namespace = "directory_venues"
    url_prefix = "register/venues"
    icon = "home"
    menu_label = _("場所・会場")
    menu_order = 120
    index_view_class = VenueIndexView
    inspect_view_enabled = True
    inspect_view_fields = ("name", "kana", "address", "district", "visibility", "is_lendable", "lend_rules")
    edit_handler = VENUE
    filterset_class = VenueFilterSet
    list_display = (
        "__str__",
        Column("address", label=_("住所")),
        Column("district", label=_("地区"), accessor="district.short_name", sort_key="district__order"),
        Column("visibility", label=_("場所の公開"), accessor="get_visibility_display"),
        Column("used", label=_("使っている数"), sort_key="used"),
    )
    ordering = ("kana", "name", "pk")
    empty_message = _("場所は、まだ登録されていません。「場所・会場を追加」で入力してください。")
