"""「重複の候補」: two entries side by side, and what to do about them; what was merged, and taking it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
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
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from ..choices import DuplicateState
from ..merging_fields import differing_values
from ..models import DuplicateCandidate, Merge, Organization, Resource
from ..services.merging import CannotMerge, mark_different, merge, undo_merge
from .curation import RecordIndexView, RecordViewSet

_PER_PAGE = 50


class DuplicateFilterSet(WagtailFilterSet):
    """What waits, unless somebody asks for what was decided."""

    state = ChoiceFilter(label=_("状態"), choices=DuplicateState.choices)

    class Meta:
        model = DuplicateCandidate
        fields = ["state"]


class DuplicateIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related(
            "first_resource__district",
            "second_resource__district",
            "first_organization",
            "second_organization",
            "decided_by",
        )

    @property
    def header_buttons(self) -> list[HeaderButton]:
        pick, merged = (reverse(f"directory_duplicates:{name}") for name in ("pick", "merges"))
        return [
            HeaderButton(_("番号で比べる"), url=pick, icon_name="copy"),
            HeaderButton(_("まとめた登録"), url=merged, icon_name="history"),
        ]


class PickForm(forms.Form):
    """Two numbers, as they stand on the pages."""

    first = forms.CharField(label=_("1つめの番号"), max_length=8)
    second = forms.CharField(label=_("2つめの番号"), max_length=8)


def sides(candidate: DuplicateCandidate) -> tuple[Any, Any]:
    """The two things a candidate is about."""
    if candidate.first_resource is not None:
        return candidate.first_resource, candidate.second_resource
    return candidate.first_organization, candidate.second_organization


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side; POST decision=different, or decision=merge with keep=first|second and the values to take over."""
    candidate = get_object_or_404(DuplicateCandidate, pk=pk)
    if request.method == "POST" and request.POST.get("decision") == "different":
        return _said_different(request, candidate)
    kept, dropped = sides(candidate)
    if request.POST.get("keep", request.GET.get("keep")) == "second":
        kept, dropped = dropped, kept
    status = 200
    if request.method == "POST" and request.POST.get("decision") == "merge":
        try:
            merge(kept=kept, dropped=dropped, take=request.POST.getlist("take"), user=request.user)
        except CannotMerge as error:
            messages.error(request, str(error))
            status = 409
        else:
            messages.success(request, _t("「%(name)s」に、まとめました。") % {"name": kept})
            return redirect(edit_url(kept))
    return _compare_page(request, candidate, kept, dropped, status)


def _said_different(request: HttpRequest, candidate: DuplicateCandidate) -> HttpResponse:
    if mark_different(candidate, user=request.user):
        messages.success(request, _t("別のものとして記録しました。もう候補に出ません。"))
    else:
        messages.warning(request, _t("ほかの人が先に決めました。"))
    return redirect("directory_duplicates:list")


def _compare_page(
    request: HttpRequest, candidate: DuplicateCandidate, kept: Any, dropped: Any, status: int
) -> HttpResponse:
    first, _second = sides(candidate)
    context = {
        "candidate": candidate,
        "kept": kept,
        "dropped": dropped,
        "keep": "first" if kept == first else "second",
        "choices": differing_values(kept, dropped),
        "kept_url": edit_url(kept),
        "dropped_url": edit_url(dropped),
        "is_open": candidate.state == DuplicateState.OPEN,
        "page_title": _t("2つを比べる"),
        "header_title": _t("2つを比べる"),
        "breadcrumbs_items": _crumbs(_t("2つを比べる")),
    }
    return TemplateResponse(request, "directory/admin/duplicate.html", context, status=status)


def _crumbs(title: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
        {"url": reverse("directory_duplicates:list"), "label": _t("重複の候補")},
        {"url": "", "label": title},
    ]


def edit_url(thing: Any) -> str:
    """The screen that edits an entry or a group."""
    name = "resources" if isinstance(thing, Resource) else "organizations"
    return reverse(f"directory_{name}:edit", args=[thing.pk])


def pick(request: HttpRequest) -> HttpResponse:
    """POST first, second: two numbers somebody knows to be one thing; leads to the comparison."""
    form = PickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        candidate = _picked(request, form)
        if candidate is not None:
            return redirect("directory_duplicates:compare", candidate.pk)
    context = {
        "form": form,
        "page_title": _t("番号で比べる"),
        "header_title": _t("番号で比べる"),
        "breadcrumbs_items": _crumbs(_t("番号で比べる")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "directory/admin/duplicate_pick.html", context, status=status)


def _picked(request: HttpRequest, form: PickForm) -> DuplicateCandidate | None:
    codes = [form.cleaned_data[name].strip().upper() for name in ("first", "second")]
    for model in (Resource, Organization):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(request.user, ["publish"])
        rows = sorted(own.filter(code__in=codes, merged_into__isnull=True).distinct(), key=lambda row: row.pk)
        if len(rows) == 2:
            kind = model.__name__.lower()
            pair = {f"first_{kind}": rows[0], f"second_{kind}": rows[1]}
            candidate, _new = DuplicateCandidate.objects.get_or_create(
                **pair, defaults={"score": 100, "reasons": [_t("職員が選びました")]}
            )
            if candidate.state == DuplicateState.DIFFERENT:
                DuplicateCandidate.objects.filter(pk=candidate.pk).update(state=DuplicateState.OPEN)
            return candidate
    form.add_error(None, _t("担当の中に、その2つの番号の登録(または団体)が見つかりません。"))
    return None


def merges(request: HttpRequest) -> HttpResponse:
    """What was merged in the own places; POST undo=ID takes one back."""
    rows = _own_merges(request.user)
    if request.method == "POST":
        wanted = request.POST.get("undo", "")
        record = get_object_or_404(rows, pk=int(wanted) if wanted.isdecimal() else 0)
        return _undo(request, record)
    context = {
        "merges": Paginator(rows, _PER_PAGE).get_page(request.GET.get("p")),
        "page_title": _t("まとめた登録"),
        "header_title": _t("まとめた登録"),
        "breadcrumbs_items": _crumbs(_t("まとめた登録")),
    }
    return TemplateResponse(request, "directory/admin/merges.html", context)


def _undo(request: HttpRequest, record: Merge) -> HttpResponse:
    try:
        left = undo_merge(record, user=request.user)
    except CannotMerge as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _t("元に戻しました。"))
        if left:
            messages.warning(
                request, _t("あとから直したところは、そのまま残しました。内容を確かめてください。")
            )
    return redirect("directory_duplicates:merges")


def _own_merges(user: Any) -> QuerySet:
    own = {}
    for model in (Resource, Organization):
        policy = policy_registry.get_by_type(model)
        own[model] = policy.instances_user_has_any_permission_for(user, ["publish"]).values("pk")
    inside = Q(kept_resource__in=own[Resource], dropped_resource__in=own[Resource])
    inside |= Q(kept_organization__in=own[Organization], dropped_organization__in=own[Organization])
    return Merge.objects.filter(inside).select_related(
        "kept_resource",
        "dropped_resource",
        "kept_organization",
        "dropped_organization",
        "merged_by",
        "undone_by",
    )


class DuplicateViewSet(RecordViewSet):
    model = DuplicateCandidate
    url_namespace = "directory_duplicates"
    url_prefix = "register/duplicates"
    icon = "copy"
    menu_label = _("重複の候補")
    menu_order = 135
    readable = frozenset({"list", "list_results", "compare", "pick", "merges"})
    inspect_view_enabled = False
    index_view_class = DuplicateIndexView
    edit_handler = ObjectList([FieldPanel("state")])
    filterset_class = DuplicateFilterSet
    search_fields = (
        "first_resource__name",
        "second_resource__name",
        "first_organization__name",
        "second_organization__name",
    )
    list_display = (
        TitleColumn(
            "pair",
            label=_("2つの登録"),
            accessor=str,
            get_url=lambda row: reverse("directory_duplicates:compare", args=[row.pk]),
        ),
        Column(
            "kind",
            label=_("種類"),
            width="9%",
            accessor=lambda row: _t("団体") if row.first_organization_id else _t("活動"),
        ),
        Column("score", label=_("似ている度合い"), sort_key="score"),
        Column("reasons", label=_("似ているところ"), accessor=lambda row: "、".join(row.reasons)),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state", width="12%"),
    )
    ordering = ("state", "-score", "pk")
    empty_message = _("重複の候補は、いまありません。夜のあいだに自動で調べます。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("compare/<int:pk>/", compare, name="compare"),
            path("pick/", pick, name="pick"),
            path("merges/", merges, name="merges"),
        ]

    @property
    def url_finder_class(self) -> type:
        base = super(RecordViewSet, self).url_finder_class
        return type("DuplicateURLFinder", (base,), {"edit_url_name": self.get_url_name("compare")})
