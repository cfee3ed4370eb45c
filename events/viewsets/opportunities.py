"""Posts on the board in the staff screens."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from directory.admin_filters import DistrictFilter, publication_filter, publication_words, with_review
from directory.japanese_dates import full_date
from directory.viewsets.base import ScopedEditView, ScopedIndexView, ScopedViewSet

from ..board_admin import POST
from ..choices import OpportunityKind, OpportunityState
from ..models import Opportunity
from ..visibility import is_public_post
from .board_answers import act, answers


class OpportunityFilterSet(WagtailFilterSet):
    """Where, what, how it stands."""

    district = DistrictFilter()
    kind = django_filters.ChoiceFilter(
        label=_("種類"), choices=OpportunityKind.choices, widget=forms.RadioSelect
    )
    state = django_filters.ChoiceFilter(
        label=_("状態"), choices=OpportunityState.choices, widget=forms.RadioSelect
    )
    publication = publication_filter()

    class Meta:
        model = Opportunity
        fields: list[str] = []


class OpportunityIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return with_review(rows).select_related("district", "organization", "latest_revision")


class OpportunityEditView(ScopedEditView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        """The way to who answered, and to what counts at once."""
        url = reverse("events_opportunities:answers", args=[self.object.pk])
        return [*super().header_buttons, HeaderButton(_("返事・決まりました"), url=url, icon_name="mail")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if is_public_post(self.object):
            url = self.object.get_absolute_url()
            buttons.append(Button(_("公開のページを見る"), url=url, icon_name="view", priority=5))
        return buttons


class OpportunityViewSet(ScopedViewSet):
    model = Opportunity
    url_namespace = "events_opportunities"
    url_prefix = "register/board"
    icon = "comment"
    menu_label = _("掲示板")
    menu_order = 20
    index_view_class = OpportunityIndexView
    edit_view_class = OpportunityEditView
    inspect_view_enabled = True
    inspect_view_fields = (
        "kind",
        "topic",
        "title",
        "body",
        "organization",
        "district",
        "when_text",
        "open_until",
        "state",
    )
    edit_handler = POST
    filterset_class = OpportunityFilterSet
    list_display = (
        "title",
        Column("kind", label=_("種類"), accessor="get_kind_display", sort_key="kind"),
        Column("topic", label=_("何を"), accessor="get_topic_display", sort_key="topic"),
        Column("organization", label=_("団体"), accessor="organization.name"),
        Column("district", label=_("地区"), accessor="district.short_name", sort_key="district__order"),
        Column(
            "until",
            label=_("いつまで"),
            accessor=lambda post: full_date(post.open_until),
            sort_key="open_until",
        ),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state"),
        Column("publication", label=_("公開"), accessor=publication_words, sort_key="live"),
    )
    ordering = ("-pk",)
    empty_message = _(
        "掲示板の書き込みは、まだありません。団体が「募集・できること」の画面から書き込みます。"
    )

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("answers/<int:pk>/", answers, name="answers"),
            path("act/<int:pk>/", act, name="act"),
        ]
