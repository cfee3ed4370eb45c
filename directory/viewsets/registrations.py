"""What groups ask of staff: registrations on their way, and claims to be decided."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..choices import ClaimState, RegistrationState
from ..models import Claim, Registration
from ..registration_answers import summary_of
from ..services.claims import AlreadyDecided, decide_claim
from .curation import RecordIndexView, RecordInspectView, RecordViewSet


class RegistrationFilterSet(WagtailFilterSet):
    state = ChoiceFilter(label=_("状態"), choices=RegistrationState.choices)

    class Meta:
        model = Registration
        fields = ["state"]


class RegistrationIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("district", "organization", "typed_by")


class RegistrationInspectView(RecordInspectView):
    """What was typed, and the way to the drafts it became."""

    labels = {"organization": _("団体"), "resource": _("活動")}

    template_name = "directory/admin/registration.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"parts": summary_of(self.object), "review_url": _review_url(self.object)}
        return super().get_context_data(**kwargs) | found


def _review_url(registration: Registration) -> str:
    """Where a registration that waits is decided; empty where nothing waits."""
    if registration.state != RegistrationState.SUBMITTED or registration.organization_id is None:
        return ""
    return reverse("directory_review:organization", args=[registration.organization_id])


def _name_of(row: Registration) -> str:
    return str(row.answers.get("who", {}).get("name", "")) or str(row.organization or "—")


class RegistrationViewSet(RecordViewSet):
    model = Registration
    url_namespace = "directory_registrations"
    url_prefix = "register/registrations"
    icon = "group"
    menu_label = _("団体の登録の申込み")
    menu_order = 115
    index_view_class = RegistrationIndexView
    inspect_view_class = RegistrationInspectView
    inspect_view_fields = (
        "receipt",
        "state",
        "email",
        "submitted_at",
        "typed_by",
        "organization",
        "resource",
    )
    edit_handler = ObjectList([FieldPanel("state")])
    filterset_class = RegistrationFilterSet
    search_fields = ("receipt", "organization__name", "resource__name")
    list_display = (
        TitleColumn(
            "receipt",
            label=_("受付番号"),
            get_url=lambda row: reverse("directory_registrations:inspect", args=[row.pk]),
        ),
        Column("name", label=_("団体の名前"), accessor=_name_of),
        Column("district", label=_("地区"), accessor="district.short_name"),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state"),
        Column("typed_by", label=_("代わりに入力した職員")),
        DateColumn("submitted_at", label=_("申し込んだ日時"), sort_key="submitted_at"),
    )
    ordering = ("-submitted_at", "-pk")
    empty_message = _("団体の登録の申込みは、まだありません。")


class ClaimFilterSet(WagtailFilterSet):
    state = ChoiceFilter(label=_("状態"), choices=ClaimState.choices)

    class Meta:
        model = Claim
        fields = ["state"]


class ClaimIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("resource__district", "organization", "user", "decided_by")


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The claim with what it says; POST decision=approve|reject, reason."""
    claim = get_object_or_404(
        Claim.objects.select_related("resource__organization", "organization", "user"), pk=pk
    )
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "").strip()
    problem = ""
    if request.method == "POST":
        if decision == "reject" and not reason:
            problem = _t("認めないときは、理由を書いてください。相手にメールで伝わります。")
        elif decision in ("approve", "reject"):
            return _decided(request, claim, decision == "approve", reason)
        else:
            problem = _t("「認める」か「認めない」を選んでください。")
    group = claim.organization or (claim.resource and claim.resource.organization)
    context = {
        "claim": claim,
        "thing": claim.resource or claim.organization,
        "members": group.members.select_related("user") if group else [],
        "group": group,
        "is_waiting": claim.state == ClaimState.WAITING,
        "problem": problem,
        "reason": reason,
        "page_title": _t("引き継ぎの申し出"),
        "header_title": _t("引き継ぎの申し出"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
            {"url": reverse("directory_claims:list"), "label": _t("引き継ぎの申し出")},
            {"url": "", "label": claim.receipt},
        ],
    }
    return TemplateResponse(request, "directory/admin/claim.html", context, status=422 if problem else 200)


def _decided(request: HttpRequest, claim: Claim, approve: bool, reason: str) -> HttpResponse:
    try:
        decide_claim(claim, approve=approve, by=request.user, reason=reason)  # type: ignore[arg-type]
    except AlreadyDecided as error:
        other: Claim = error.args[0]
        messages.warning(
            request,
            _t("ほかの人が先に決めました:%(state)s(%(who)s)")
            % {"state": other.get_state_display(), "who": other.decided_by},
        )
    else:
        messages.success(request, _t("記録して、申し出た人にメールで知らせました。"))
    return redirect("directory_claims:list")


class ClaimViewSet(RecordViewSet):
    model = Claim
    url_namespace = "directory_claims"
    url_prefix = "register/claims"
    icon = "key"
    menu_label = _("引き継ぎの申し出")
    menu_order = 116
    inspect_view_enabled = False
    readable = frozenset({"list", "list_results", "decide"})
    index_view_class = ClaimIndexView
    edit_handler = ObjectList([FieldPanel("state")])
    filterset_class = ClaimFilterSet
    search_fields = ("receipt", "resource__name", "organization__name")
    list_display = (
        TitleColumn(
            "receipt",
            label=_("受付番号"),
            get_url=lambda row: reverse("directory_claims:decide", args=[row.pk]),
        ),
        Column("thing", label=_("登録"), accessor=lambda row: row.resource or row.organization),
        Column("relation", label=_("団体での役割")),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state"),
        Column("decided_by", label=_("決めた人")),
        DateColumn("created_at", label=_("申し出た日時"), sort_key="created_at"),
    )
    ordering = ("-created_at", "-pk")
    empty_message = _("引き継ぎの申し出は、いまありません。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [path("decide/<int:pk>/", decide, name="decide")]

    @property
    def url_finder_class(self) -> type:
        base = super(RecordViewSet, self).url_finder_class
        return type("ClaimURLFinder", (base,), {"edit_url_name": self.get_url_name("decide")})
