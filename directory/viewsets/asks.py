"""What groups are asked: the list, the calls of today with a script, sheets that came back."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from ..admin_filters import DistrictFilter
from ..choices import OPEN_ASKS, AskAnswer, AskChannel, AskState, VerificationMethod, VerificationResult
from ..confirm_forms import code_in_two
from ..freshness_forms import CallForm, ReturnedForm
from ..models import Verification, VerificationAsk
from ..read_aloud_edition import script
from ..services.staff_answers import record_answer
from ..views.access import for_everybody, load
from .curation import RecordIndexView, RecordViewSet
from .once import once, token_of

_CALLS_ON_PAPER = 200


class AskFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("状態"), choices=AskState.choices, widget=forms.CheckboxSelectMultiple
    )
    channel = django_filters.MultipleChoiceFilter(
        label=_("方法"), choices=AskChannel.choices, widget=forms.CheckboxSelectMultiple
    )
    answer = django_filters.MultipleChoiceFilter(
        label=_("答え"), choices=AskAnswer.choices, widget=forms.CheckboxSelectMultiple
    )
    district = DistrictFilter(field_name="resource__district")

    class Meta:
        model = VerificationAsk
        fields: list[str] = []


class AskIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("resource__district", "campaign")

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            *super().header_buttons,
            HeaderButton(_("電話の一覧"), url=reverse("directory_asks:calls"), icon_name="mobile-alt"),
            HeaderButton(_("戻った紙を入力"), url=reverse("directory_asks:returned"), icon_name="edit"),
        ]


def calls(request: HttpRequest) -> HttpResponse:
    """「電話の一覧」: whom to call, with number and what was tried; prints on A4."""
    rows = _own(request).filter(state=AskState.CALL)
    rows = with_ways_to_ask_of(rows).order_by("resource__district__order", "called_at", "pk")
    tries = Count(
        "resource__verifications", filter=Q(resource__verifications__result=VerificationResult.UNREACHED)
    )
    asks = list(rows.annotate(tries=tries)[:_CALLS_ON_PAPER])
    return _page(request, "directory/admin/calls.html", _t("電話の一覧"), asks=asks)


def with_ways_to_ask_of(asks: QuerySet) -> QuerySet:
    return asks.select_related("resource__district", "resource__organization").prefetch_related(
        "resource__contacts", "resource__organization__contacts"
    )


def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """「電話の台本」: what to say, the facts to read out, one form for the answer."""
    ask = get_object_or_404(VerificationAsk.objects.select_related("resource__organization"), pk=pk)
    form = CallForm(request.POST or None, initial={"by_label": _usual_label(request.user)})
    if request.method == "POST" and form.is_valid():
        with once(request, f"call {pk}") as sent:
            if sent.is_first:
                _record(request, ask, VerificationMethod.PHONE, form.cleaned_data)
        return redirect("directory_asks:calls")
    resource = load(ask.resource.code)
    context = {
        "ask": ask,
        "entry": for_everybody(resource),
        "lines": script(for_everybody(resource)),
        "contacts": [*resource.contacts.all(), *_contacts_of_group(resource)],
        "form": form,
        "is_open": ask.state in OPEN_ASKS,
        "records": resource.verifications.all()[:5],
        "sheet_url": reverse("directory:ask_sheet", args=[ask.code]),
    }
    return _page(request, "directory/admin/phone.html", _t("電話の台本"), **context)


def returned(request: HttpRequest) -> HttpResponse:
    """Sheets that came back, one after the other: code, answer, next."""
    initial = {"by_label": _usual_label(request.user)}
    form = ReturnedForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        ask = _own(request).filter(code=said.pop("code")).select_related("resource__organization").first()
        if ask is None:
            form.add_error("code", _t("この番号のお願いは、担当の地区にありません。"))
        else:
            _record(request, ask, VerificationMethod.PAPER, said)
            return redirect("directory_asks:returned")
    return _page(request, "directory/admin/returned.html", _t("戻った紙を入力"), form=form)


def _record(request: HttpRequest, ask: VerificationAsk, method: str, said: dict[str, Any]) -> None:
    if record_answer(ask, method=method, person=request.user, **said):
        messages.success(request, _t("「%(name)s」の答えを記録しました。") % {"name": ask.resource})
    else:
        messages.warning(request, _t("「%(name)s」は、もう答えがあります。") % {"name": ask.resource})


def _own(request: HttpRequest) -> QuerySet:
    policy = policy_registry.get_by_type(VerificationAsk)
    return policy.instances_user_has_any_permission_for(request.user, ["view"])


def _contacts_of_group(resource: Any) -> list[Any]:
    return list(resource.organization.contacts.all()) if resource.organization is not None else []


def _usual_label(user: Any) -> str:
    last = Verification.objects.filter(person=user).exclude(by_label="").first()
    return last.by_label if last else ""


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
        {"url": reverse("directory_asks:list"), "label": _t("確認のお願い")},
        {"url": "", "label": title},
    ]
    status = 422 if "form" in context and context["form"].errors else 200
    titles = {"page_title": title, "header_title": title}
    values = {**titles, "breadcrumbs_items": crumbs, "form_token": token_of(request), **context}
    return TemplateResponse(request, template, values, status=status)


class AskViewSet(RecordViewSet):
    model = VerificationAsk
    url_namespace = "directory_asks"
    url_prefix = "register/asks"
    icon = "mail"
    menu_label = _("確認のお願い")
    menu_order = 100
    readable = frozenset({"list", "list_results", "calls", "phone", "returned"})
    index_view_class = AskIndexView
    inspect_view_enabled = False
    edit_handler = ObjectList([FieldPanel("state")])
    filterset_class = AskFilterSet
    search_fields = ("resource__name", "code")
    list_display = (
        TitleColumn(
            "resource",
            label=_("名前"),
            accessor="resource.name",
            get_url=lambda row: reverse("directory_asks:phone", args=[row.pk]),
        ),
        Column("district", label=_("地区"), accessor="resource.district.short_name"),
        Column("channel", label=_("方法"), accessor="get_channel_display"),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state"),
        Column("answer", label=_("答え"), accessor="get_answer_display"),
        Column("campaign", label=_("一斉の確認")),
        Column("code", label=_("番号"), accessor=lambda row: code_in_two(row.code)),
        DateColumn("created_at", label=_("お願いした日時"), sort_key="created_at"),
    )
    ordering = ("-created_at", "-pk")
    empty_message = _("確認のお願いは、まだありません。半年たった登録から、毎朝、自動でお願いします。")

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**kwargs) | {"inspect_url_name": None}

    @property
    def url_finder_class(self) -> type:
        """Links from elsewhere lead to the script of the call."""
        return type(
            "AskURLFinder", (super().url_finder_class,), {"edit_url_name": self.get_url_name("phone")}
        )

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("calls/", calls, name="calls"),
            path("phone/<int:pk>/", phone, name="phone"),
            path("returned/", returned, name="returned"),
        ]
