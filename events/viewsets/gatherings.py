"""「交流会」: the groups that come, their tables, who would like to meet whom, and what is printed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permissions import policy_registry

from directory.models import Organization
from directory.viewsets.curation import RecordIndexView, RecordViewSet

from ..choices import CardState, EventKind
from ..gathering_forms import SettingsForm, StaffCardForm
from ..gathering_web import web_of
from ..models import ConnectionWish, Event, Gathering
from ..services import gatherings as services
from .gathering_paper import name_cards, table_signs

_STANDING = ~Q(cards__state=CardState.CANCELLED)


class GatheringIndexView(RecordIndexView):
    def get_base_queryset(self) -> QuerySet:
        _make_missing()
        return super().get_base_queryset()

    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("event__district").annotate(groups=Count("cards", filter=_STANDING))


def _make_missing() -> None:
    """A gathering somebody posted as an event has no row of its own before anybody took part."""
    for event in Event.objects.filter(kind=EventKind.GATHERING, gathering__isnull=True)[:100]:
        services.gathering_of(event)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings, the groups with their tables, and a card typed in for a group."""
    return _page(request, _load(pk))


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """POST action=settings|tables|card|leave."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    gathering = _load(pk)
    action = _ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        return HttpResponseBadRequest(_t("ボタンを選んでください。"))
    refused: dict[str, Any] | None = action(request, gathering)
    if refused is not None:
        return _page(request, gathering, status=422, **refused)
    return redirect("events_gatherings:show", gathering.pk)


def _settings(request: HttpRequest, gathering: Gathering) -> dict[str, Any] | None:
    form = SettingsForm(request.POST, instance=gathering)
    if not form.is_valid():
        return {"settings_form": form}
    form.save()
    messages.success(request, _t("保存しました。"))
    return None


def _tables(request: HttpRequest, gathering: Gathering) -> None:
    for card in gathering.cards.all():
        table = request.POST.get(f"table-{card.pk}")
        if table is not None and table.replace("\x00", "")[:20] != card.table:
            gathering.cards.filter(pk=card.pk).update(table=table.replace("\x00", "").strip()[:20])
    messages.success(request, _t("テーブルを保存しました。"))


def _card(request: HttpRequest, gathering: Gathering) -> dict[str, Any] | None:
    form = StaffCardForm(request.POST, organizations=_choosable(request, gathering))
    if not form.is_valid():
        return {"card_form": form}
    group = form.cleaned_data["organization"]
    try:
        services.write_card(
            gathering=gathering,
            organization=group,
            values=form.values,
            seen=None,
            by=request.user,
            by_staff=True,
        )
    except services.NewerCard:
        form.add_error("organization", _t("この団体のカードは、もうあります。"))
        return {"card_form": form}
    messages.success(request, _t("「%(name)s」のカードを加えました。") % {"name": group})
    return None


def _leave(request: HttpRequest, gathering: Gathering) -> None:
    key = request.POST.get("card", "")
    card = gathering.cards.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if card is not None:
        services.leave(card=card, by=request.user)
        messages.success(request, _t("「%(name)s」を参加から外しました。") % {"name": card})


_ACTIONS: dict[str, Any] = {"settings": _settings, "tables": _tables, "card": _card, "leave": _leave}


def web(request: HttpRequest, pk: int) -> HttpResponse:
    """Who would like to meet whom; POST wish=<pk> asks for an introduction."""
    gathering = _load(pk)
    if request.method == "POST":
        return _introduce(request, gathering)
    context = _frame(gathering, _t("つながりたい")) | {"web": web_of(gathering)}
    return TemplateResponse(request, "events/admin/gathering_web.html", context)


def _introduce(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    policy = policy_registry.get(gathering)
    key = request.POST.get("wish", "")
    wishes = ConnectionWish.objects.filter(from_card__gathering=gathering)
    wish = wishes.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if wish is None or not policy.user_has_permission_for_instance(request.user, "change", gathering):
        return HttpResponseBadRequest(_t("ボタンを選んでください。"))
    try:
        introduction = services.introduce(wish=wish, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("events_gatherings:web", gathering.pk)
    messages.success(request, _t("「つなぎ」に加えました。双方にたずねるところから始めます。"))
    return redirect("events_introductions:show", introduction.pk)


def _choosable(request: HttpRequest, gathering: Gathering) -> QuerySet:
    policy: Any = policy_registry.get_by_type(Organization)
    taken = gathering.cards.exclude(state=CardState.CANCELLED).values("organization")
    return policy.choosable(request.user).exclude(pk__in=taken).order_by("kana", "name")


def _load(pk: int) -> Gathering:
    return get_object_or_404(Gathering.objects.select_related("event__district"), pk=pk)


def _page(request: HttpRequest, gathering: Gathering, status: int = 200, **context: Any) -> HttpResponse:
    may_act = policy_registry.get(gathering).user_has_permission_for_instance(
        request.user, "change", gathering
    )
    cards = gathering.cards.exclude(state=CardState.CANCELLED).select_related("organization")
    values = {
        "cards": cards,
        "people": sum(card.people for card in cards),
        "may_act": may_act,
        "settings_form": SettingsForm(instance=gathering),
        "card_form": StaffCardForm(organizations=_choosable(request, gathering)),
        **_frame(gathering),
        **context,
    }
    return TemplateResponse(request, "events/admin/gathering.html", values, status=status)


def _frame(gathering: Gathering, title: str = "") -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
        {"url": reverse("events_gatherings:list"), "label": _t("交流会")},
    ]
    if title:
        crumbs.append(
            {"url": reverse("events_gatherings:show", args=[gathering.pk]), "label": str(gathering)}
        )
    crumbs.append({"url": "", "label": title or str(gathering)})
    return {
        "gathering": gathering,
        "event": gathering.event,
        "page_title": title or str(gathering),
        "header_title": title or str(gathering),
        "breadcrumbs_items": crumbs,
    }


class GatheringViewSet(RecordViewSet):
    model = Gathering
    url_namespace = "events_gatherings"
    url_prefix = "register/gatherings"
    icon = "group"
    menu_label = _("交流会")
    menu_order = 130
    readable = frozenset({"list", "list_results", "show", "act", "web", "name_cards", "table_signs"})
    index_view_class = GatheringIndexView
    inspect_view_enabled = False
    edit_handler = ObjectList([FieldPanel("directory_is_open")])
    search_fields = ("event__title",)
    list_display = (
        TitleColumn(
            "event",
            label=_("題名"),
            accessor="event.title",
            get_url=lambda row: reverse("events_gatherings:show", args=[row.pk]),
        ),
        DateColumn("date", label=_("日にち"), accessor="event.first_date"),
        Column("district", label=_("地区"), accessor="event.district.short_name"),
        Column("groups", label=_("参加する団体"), accessor="groups"),
    )
    ordering = ("-event__first_date", "-pk")
    empty_message = _("交流会は、まだありません。催しを「交流会」として載せると、ここに出ます。")

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**kwargs) | {"inspect_url_name": None}

    @property
    def url_finder_class(self) -> type:
        """Links from elsewhere lead to the screen of the gathering."""
        name = self.get_url_name("show")
        return type("GatheringURLFinder", (super().url_finder_class,), {"edit_url_name": name})

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("show/<int:pk>/", show, name="show"),
            path("act/<int:pk>/", act, name="act"),
            path("web/<int:pk>/", web, name="web"),
            path("cards/<int:pk>/", name_cards, name="name_cards"),
            path("signs/<int:pk>/", table_signs, name="table_signs"),
        ]
