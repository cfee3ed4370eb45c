"""The words of the search: staff's groups, the shipped ones, the try-it box, questions that found nothing."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from search.admin_forms import SynonymForm
from search.analysis.normalise import key
from search.analysis.synonyms import WordGroup, shipped_groups
from search.models import SynonymGroup

from ..admin_filters import SynonymFilterSet
from .base import ScopedCreateView, ScopedIndexView, ScopedViewSet
from .search_questions import note, questions
from .search_trial import try_box

_PER_PAGE = 50


def _finds(row: SynonymGroup) -> str:
    return "、".join(row.finds.splitlines()) or "—"


def _state(row: SynonymGroup) -> str:
    if row.active:
        return str(_("使う(はじめからの言葉を直した)") if row.shipped else _("使う"))
    return str(_("使わない"))


def beside_the_list() -> list[HeaderButton]:
    """The other screens of the search's words."""
    return [
        HeaderButton(_("ためす"), url=reverse("search_words:try"), icon_name="search"),
        HeaderButton(_("はじめからの言葉"), url=reverse("search_words:shipped"), icon_name="list-ul"),
        HeaderButton(_("見つからなかった言葉"), url=reverse("search_words:questions"), icon_name="help"),
    ]


class WordsIndexView(ScopedIndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        return [*super().header_buttons, *beside_the_list()]


class WordsCreateView(ScopedCreateView):
    """May begin with words asked for in vain (`?words=`) or with a shipped group to correct (`?shipped=`)."""

    def get_initial(self) -> dict[str, Any]:
        group = shipped_group(self.request.GET.get("shipped", ""))
        if group is not None:
            return super().get_initial() | values_of(group)
        return super().get_initial() | {"words": self.request.GET.get("words", "")[:200]}


def shipped_group(name: str) -> WordGroup | None:
    """The shipped group of that name."""
    return next((group for group in shipped_groups() if group.name == name), None)


def values_of(group: WordGroup) -> dict[str, str]:
    """A shipped group as the fields of a row."""
    direction = SynonymGroup.Direction.FINDS if group.finds else SynonymGroup.Direction.SAME
    return {
        "kind": group.kind,
        "direction": direction,
        "words": "\n".join(group.words),
        "finds": "\n".join(group.finds),
        "shipped": group.name,
    }


def shipped(request: HttpRequest) -> HttpResponse:
    """What comes with the platform; each group can be corrected or switched off."""
    asked, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    stands_in = {row.shipped: row for row in SynonymGroup.objects.exclude(shipped="")}
    groups = [group for group in shipped_groups() if _is_asked_for(group, asked, kind)]
    page = Paginator(groups, _PER_PAGE).get_page(request.GET.get("p", "1"))
    context = {
        "page": page,
        "rows": [(group, values_of(group), stands_in.get(group.name)) for group in page],
        "q": asked,
        "kind": kind,
        "kinds": SynonymGroup.Kind.choices,
        "kind_names": dict(SynonymGroup.Kind.choices),
        "may_change": policy_registry.get_by_type(SynonymGroup).user_has_permission(request.user, "change"),
        "header_title": _t("はじめから入っている言葉"),
        "page_title": _t("はじめから入っている言葉"),
        "header_icon": "list-ul",
    }
    return TemplateResponse(request, "search/admin/shipped.html", context)


def _is_asked_for(group: WordGroup, asked: str, kind: str) -> bool:
    if kind and group.kind != kind:
        return False
    form = key(asked)
    return not form or any(form in key(word) for word in (*group.words, *group.finds))


def switch_off(request: HttpRequest) -> HttpResponse:
    """POST shipped=name: this shipped group is no longer used. Deleting the row takes it back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    group = shipped_group(request.POST.get("shipped", ""))
    if group is None:
        return HttpResponseBadRequest(_t("その言葉は、はじめからの辞書にありません。"))
    with transaction.atomic():
        row, is_new = SynonymGroup.objects.get_or_create(
            shipped=group.name, defaults=values_of(group) | {"active": False}
        )
        if is_new:
            log(row, "wagtail.create", user=request.user)
    if is_new:
        messages.success(request, _t("「%(words)s」を使わないようにしました。") % {"words": row})
    else:
        messages.warning(request, _t("「%(words)s」は、もう直してあります。") % {"words": row})
    return redirect("search_words:list")


class SynonymViewSet(ScopedViewSet):
    model = SynonymGroup
    url_namespace = "search_words"
    url_prefix = "search-words"
    icon = "search"
    menu_label = _("検索の言葉")
    menu_name = "search-words"
    menu_order = 150
    add_to_admin_menu = True
    index_view_class = WordsIndexView
    add_view_class = WordsCreateView
    copy_view_enabled = False
    search_backend_name = None
    form_class = SynonymForm
    create_template_name = "search/admin/create.html"
    edit_template_name = "search/admin/edit.html"
    filterset_class = SynonymFilterSet
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("direction")]),
            FieldPanel("words"),
            FieldPanel("finds"),
            FieldPanel("is_wide_meant"),
            FieldPanel("note"),
            FieldPanel("active"),
            FieldPanel("shipped"),
        ],
        base_form_class=SynonymForm,
    )
    search_fields = ("words", "finds", "note")
    list_display = (
        "__str__",
        Column("direction", label=_("向き"), accessor="get_direction_display", sort_key="direction"),
        Column("finds", label=_("見つかる言葉"), accessor=_finds),
        Column("kind", label=_("種類"), accessor="get_kind_display", sort_key="kind"),
        Column("active", label=_("状態"), accessor=_state, sort_key="active"),
    )
    ordering = ("-updated", "pk")
    empty_message = _(
        "職員が加えた言葉は、まだありません。はじめから入っている言葉は「はじめからの言葉」で見られます。"
    )

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("shipped/", shipped, name="shipped"),
            path("shipped/off/", switch_off, name="switch_off"),
            path("try/", try_box, name="try"),
            path("questions/", questions, name="questions"),
            path("questions/note/", note, name="note"),
        ]
