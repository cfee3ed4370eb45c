"""「一斉の確認」: prepare, look how many, start, follow the answers, remind the rest, take the table along, close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import InspectView

from spreadsheets.answers import KINDS, table_file

from ..choices import AskChannel
from ..confirm_forms import code_in_two
from ..freshness_forms import CampaignForm
from ..freshness_tasks import prepare_campaign
from ..models import VerificationCampaign
from ..services import campaigns
from ..visibility import place_of
from .base import ScopedCreateView, ScopedIndexView, ScopedViewSet


def _state(campaign: VerificationCampaign) -> str:
    if campaign.closed_at:
        return _t("終わりました")
    if campaign.prepared_at:
        return _t("返事を待っています")
    return _t("送っています") if campaign.started_at else _t("まだ始めていません")


class CampaignIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("area")


class CampaignCreateView(ScopedCreateView):
    """What is set up is looked at next, and cannot be changed afterwards: those asked were told the last day."""

    def save_instance(self) -> Any:
        self.form.instance.created_by = self.request.user
        return super().save_instance()

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_edit_url(self) -> str:
        return reverse("directory_campaigns:inspect", args=[self.object.pk])


class CampaignInspectView(InspectView):
    """Before the start: how many in which way. Afterwards: who answered."""

    template_name = "directory/admin/campaign.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign = self.object
        policy = policy_registry.get_by_type(VerificationCampaign)
        context = super().get_context_data(**kwargs) | {
            "campaign": campaign,
            "state": _state(campaign),
            "may_act": policy.user_has_permission_for_instance(self.request.user, "change", campaign),
            "channels": dict(AskChannel.choices),
        }
        return context | (
            _figures(campaign) if campaign.started_at else {"plan": campaigns.how_many(campaign)}
        )


def _figures(campaign: VerificationCampaign) -> dict[str, Any]:
    made, total = campaigns.progress(campaign)
    return {
        "made": made,
        "total": total,
        "tables": [
            (_t("方法ごと"), campaigns.by_channel(campaign)),
            (_t("地区ごと"), campaigns.by_district(campaign)),
            (_t("種類ごと"), campaigns.by_kind(campaign)),
        ],
        "answers": campaigns.answers(campaign),
        "paper": campaign.asks.filter(channel=AskChannel.PAPER).select_related("resource"),
    }


def start(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: begin in the background."""
    return _act(request, pk, _start)


def remind_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: a second mail to those who have not answered."""
    return _act(request, pk, _remind)


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: end it."""
    return _act(request, pk, _close)


def _act(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    action(request, get_object_or_404(VerificationCampaign.objects.select_related("area"), pk=pk))
    return redirect("directory_campaigns:inspect", pk)


def _start(request: HttpRequest, campaign: VerificationCampaign) -> None:
    if campaigns.start(campaign, prepare_campaign.enqueue):
        messages.success(request, _t("お願いを送り始めました。進みぐあいは、この画面で見られます。"))
    else:
        messages.warning(request, _t("この一斉の確認は、もう始まっています。"))


def _remind(request: HttpRequest, campaign: VerificationCampaign) -> None:
    number = campaigns.remind_rest(campaign)
    messages.success(request, _t("%(number)d件に、もう一度お願いしました。") % {"number": number})


def _close(request: HttpRequest, campaign: VerificationCampaign) -> None:
    campaigns.close(campaign)
    messages.success(request, _t("一斉の確認を終えました。返事のないものは、ふだんの確認に続きます。"))


def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers as a file, one line an entry: ?file=xlsx or csv."""
    campaign = get_object_or_404(VerificationCampaign, pk=pk)
    asked = request.GET.get("file", "")
    kind = asked if asked in KINDS else "csv"
    return table_file(_answer_rows(campaign), name=f"campaign-{pk}", kind=kind, widths=(10, 40))


def _answer_rows(campaign: VerificationCampaign) -> Iterator[list[str]]:
    yield [_t("番号"), _t("名前"), _t("地区"), _t("方法"), _t("状態"), _t("答え"), _t("確認の番号")]
    asks = campaign.asks.select_related(
        "resource__district", "resource__venue__district", "resource__venue__town"
    )
    for ask in asks.order_by("resource__kana", "pk"):
        entry = ask.resource
        district = place_of(entry).district  # the table travels: what is withheld does not
        yield [
            entry.code,
            entry.name,
            district.short_name if district else "",
            ask.get_channel_display(),
            ask.get_state_display(),
            ask.get_answer_display() if ask.answer else "",
            code_in_two(ask.code),
        ]


class CampaignViewSet(ScopedViewSet):
    model = VerificationCampaign
    url_namespace = "directory_campaigns"
    url_prefix = "register/campaigns"
    icon = "group"
    menu_label = _("一斉の確認")
    menu_order = 110
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = CampaignInspectView
    index_view_class = CampaignIndexView
    add_view_class = CampaignCreateView
    readable = frozenset(
        {"list", "list_results", "add", "inspect", "start", "remind_rest", "close", "answers"}
    )
    edit_handler = ObjectList(
        [
            FieldPanel("name", help_text=_("例:烏山地区 秋の確認")),
            FieldPanel("area"),
            FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
            FieldPanel("message", help_text=_("メールと確認のページの、はじめに出ます。")),
        ],
        base_form_class=CampaignForm,
    )
    list_display = (
        TitleColumn(
            "name",
            label=_("名前"),
            get_url=lambda row: reverse("directory_campaigns:inspect", args=[row.pk]),
        ),
        Column("area", label=_("地域・地区")),
        DateColumn("first_day", label=_("はじめの日"), sort_key="first_day"),
        DateColumn("last_day", label=_("しめきり"), sort_key="last_day"),
        Column("state", label=_("状態"), accessor=_state),
    )
    ordering = ("-first_day", "-pk")
    empty_message = _("一斉の確認は、まだありません。右上のボタンから、地区を選んで始めます。")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.readable]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = ("edit", "delete", "history", "usage")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in gone}

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("start/<int:pk>/", start, name="start"),
            path("remind/<int:pk>/", remind_rest, name="remind_rest"),
            path("close/<int:pk>/", close, name="close"),
            path("answers/<int:pk>/", answers, name="answers"),
        ]
