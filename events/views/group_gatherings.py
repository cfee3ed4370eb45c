"""A group and the gatherings: the list, its card, and whom it would like to meet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.group_access import group_view, is_over
from directory.models import OrganizationMember
from directory.typed_before import typed_before

from ..choices import CardState, EventKind
from ..gathering_forms import CardForm, WishForm
from ..models import Card, ConnectionWish, Event, Gathering
from ..services import gatherings as services

_MOST = 20


@group_view
def group_gatherings(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """Gatherings to come, and those the group took part in."""
    organization = membership.organization
    today = timezone.localdate()
    mine = Card.objects.filter(organization=organization).exclude(state=CardState.CANCELLED)
    cards = {card.gathering.event_id: card for card in mine.select_related("gathering")}
    rows = Event.objects.published().filter(kind=EventKind.GATHERING)
    rows = rows.filter(Q(last_date__gte=today) | Q(pk__in=cards)).order_by("-last_date", "-pk")[:_MOST]
    items = [{"event": event, "card": cards.get(event.pk), "is_over": _is_over(event)} for event in rows]
    context = {"organization": organization, "items": items, "is_over": is_over(organization)}
    return render(request, "events/gatherings/group_list.html", context)


@group_view(changes=True)
def group_gathering(request: HttpRequest, membership: OrganizationMember, event: str) -> HttpResponse:
    """The group's card: write it, change it, or not take part after all."""
    organization, gathering = membership.organization, _gathering(event)
    card = _card(gathering, membership)
    if request.method == "POST" and "leave" in request.POST:
        if card is not None:
            services.leave(card=card, by=request.user)
            messages.success(request, _("参加を取りやめました。また参加するときは、カードを書いてください。"))
        return redirect("events:group_gathering", organization.code, event)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = CardForm(typed, instance=card)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            services.write_card(
                gathering=gathering,
                organization=organization,
                values=form.values,
                seen=form.seen,
                by=request.user,
            )
            messages.success(request, _("カードを出しました。当日お会いしましょう。"))
            return redirect("events:group_gathering", organization.code, event)
        except services.NewerCard as error:
            newer = error.card
            # Sent again, what was typed takes the place of what was just shown.
            form.data = {**request.POST.dict(), "version": str(newer.version)}
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "organization": organization,
        "gathering": gathering,
        "event": gathering.event,
        "card": card,
        "form": form,
        "newer": newer,
        "closed": services.cards_closed_because(gathering),
    }
    status = 409 if newer is not None else 422 if request.method == "POST" else 200
    return render(request, "events/gatherings/card.html", context, status=status)


@group_view
def group_gathering_people(request: HttpRequest, membership: OrganizationMember, event: str) -> HttpResponse:
    """The other groups, by consent, each with a mark 「つながりたい」."""
    gathering = _gathering(event)
    card = _card(gathering, membership)
    if card is None:
        return redirect("events:group_gathering", membership.organization.code, event)
    if request.method == "POST":
        return _mark(request, membership, gathering, card)
    context = {
        "organization": membership.organization,
        "event": gathering.event,
        "card": card,
        "rows": _rows(card),
        "takes_wishes": services.takes_wishes(gathering),
        "until": services.wishes_until(gathering),
    }
    return render(request, "events/gatherings/people.html", context)


def _mark(
    request: HttpRequest, membership: OrganizationMember, gathering: Gathering, card: Card
) -> HttpResponse:
    form = WishForm(request.POST)
    others = Card.objects.filter(gathering=gathering).exclude(pk=card.pk).select_related("organization")
    other = others.filter(pk=form.cleaned_data["to"]).first() if form.is_valid() else None
    if other is None:
        messages.error(request, _("団体を選んでください。話したいことは、200字までです。"))
    elif "back" in request.POST:
        services.take_wish_back(from_card=card, to_card=other)
        messages.success(request, _("印を消しました。"))
    else:
        _wish(request, card, other, form.cleaned_data["note"])
    return redirect("events:group_gathering_people", membership.organization.code, gathering.event.code)


def _wish(request: HttpRequest, card: Card, other: Card, note: str) -> None:
    try:
        wish = services.wish_for(from_card=card, to_card=other, note=note, by=request.user)
        words = _("「%(name)s」に「つながりたい」の印をつけました。")
        if "introduce" in request.POST:
            services.introduce(wish=wish, by=request.user)
            words = _("「%(name)s」とのつなぎを、地区の担当者にお願いしました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    messages.success(request, words % {"name": other.organization.name})


def _rows(card: Card) -> list[dict[str, Any]]:
    others = Card.objects.filter(gathering=card.gathering_id, consents=True).exclude(pk=card.pk)
    others = others.exclude(state=CardState.CANCELLED).select_related("organization")
    mine = {wish.to_card_id: wish for wish in ConnectionWish.objects.filter(from_card=card)}
    theirs = set(ConnectionWish.objects.filter(to_card=card).values_list("from_card", flat=True))
    return [
        {"card": other, "wish": mine.get(other.pk), "is_mutual": other.pk in mine and other.pk in theirs}
        for other in others
    ]


def _gathering(code: str) -> Gathering:
    event = Event.objects.published().filter(code=code, kind=EventKind.GATHERING).first()
    if event is None:
        raise Http404(_("このページはありません。"))
    return services.gathering_of(event)


def _card(gathering: Gathering, membership: OrganizationMember) -> Card | None:
    mine = Card.objects.filter(gathering=gathering, organization=membership.organization_id)
    return mine.exclude(state=CardState.CANCELLED).select_related("gathering__event", "organization").first()


def _is_over(event: Event) -> bool:
    return event.last_date is not None and event.last_date < timezone.localdate()
