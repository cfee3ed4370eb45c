"""Events in the staff screens: list, form, and what counts at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from directory.admin_filters import publication_words, with_review
from directory.japanese_dates import full_date
from directory.viewsets.base import ScopedCopyView, ScopedEditView, ScopedIndexView, ScopedViewSet

from ..admin_filters import EventFilterSet
from ..models import Event
from ..panels import EVENT
from ..seats_over import over_words
from ..services.posting import event_like
from .event_now import event_now


def _when(event: Event) -> str:
    if event.first_date is None:
        return "—"
    if event.last_date in (None, event.first_date):
        return full_date(event.first_date)
    return f"{full_date(event.first_date)}〜{full_date(event.last_date)}"


class EventIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return with_review(rows).select_related("district", "organization", "latest_revision")


class EventEditView(ScopedEditView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        """The way to what counts at once, for what the public sees."""
        buttons = list(super().header_buttons)
        policy = policy_registry.get_by_type(Event)
        if self.object.live and policy.user_has_permission_for_instance(
            self.request.user, "change", self.object
        ):
            url = reverse("events_events:change_date", args=[self.object.pk])
            buttons.append(HeaderButton(_("中止・変更・お知らせ"), url=url, icon_name="calendar"))
            url = reverse("events_signups:show", args=[self.object.pk])
            buttons.append(HeaderButton(_("申込み・当日"), url=url, icon_name="group"))
        return buttons

    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        if over := over_words(form.instance):
            messages.warning(self.request, over)
        return response

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if self.object.live:
            url = self.object.get_absolute_url()
            buttons.append(Button(_("公開のページを見る"), url=url, icon_name="view", priority=5))
        return buttons


class EventCopyView(ScopedCopyView):
    """The next one like it: everything but when."""

    def get_initial_form_instance(self) -> Event:
        return event_like(self.get_object())


class EventViewSet(ScopedViewSet):
    model = Event
    url_namespace = "events_events"
    url_prefix = "register/events"
    icon = "calendar"
    menu_label = _("催し")
    menu_name = "events"
    menu_order = 110
    add_to_admin_menu = True
    index_view_class = EventIndexView
    edit_view_class = EventEditView
    copy_view_class = EventCopyView
    inspect_view_enabled = True
    inspect_view_fields = (
        "title",
        "kind",
        "organization",
        "summary",
        "body",
        "venue",
        "district",
        "first_date",
        "last_date",
        "signup_policy",
        "capacity",
        "status",
    )
    edit_handler = EVENT
    filterset_class = EventFilterSet
    list_display = (
        "title",
        Column("kind", label=_("種類"), accessor="get_kind_display", sort_key="kind"),
        Column("when", label=_("いつ"), accessor=_when, sort_key="first_date"),
        Column("organization", label=_("主催"), accessor="organization"),
        Column("district", label=_("地区"), accessor="district.short_name", sort_key="district__order"),
        Column("status", label=_("状態"), accessor="get_status_display", sort_key="status"),
        Column("publication", label=_("公開"), accessor=publication_words, sort_key="live"),
    )
    ordering = ("-first_date", "-pk")
    empty_message = _(
        "担当の地区には、まだ催しがありません。「催しを追加」で入力するか、団体に載せてもらってください。"
    )

    def own_urlpatterns(self) -> list[URLPattern]:
        return [path("dates/<int:pk>/", event_now, name="change_date")]
