"""Two cards at one gathering when a group goes into another: one stays, the other is kept in the record of the merge.

A group that is no more would otherwise stand among those that come. Wishes go over to the card that stays.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core import serializers
from django.db.models import Model

from directory.models import Organization

from .choices import CardState
from .models import Card, ConnectionWish, Gathering

#: A card put aside: {"rows": the card and the wishes that went with it, "from": keys of wishes that went over, "to": …}.
Aside = dict[str, Any]
_SIDES = ("from", "to")
#: Of two cards the words of the later one stand.
_RANKS: list[str] = [CardState.CANCELLED, CardState.ASKED, CardState.CONFIRMED]


def put_aside(kept: Organization, dropped: Organization) -> list[Aside]:
    """Leave one card a gathering; returns what `bring_back` needs. Who comes goes before who takes it back."""
    own = {card.gathering_id: card for card in kept.cards.all()}
    twice = [card for card in dropped.cards.all() if card.gathering_id in own]
    return [_one(own[card.gathering_id], card) for card in twice]


def _one(stays: Card, goes: Card) -> Aside:
    if _RANKS.index(goes.state) > _RANKS.index(stays.state):
        # The words of the one that comes, on the row that stays: what points at it goes on pointing.
        before = _as_json(stays)
        _take_words(stays, goes)
        return {"before": before, **_away(stays, goes)}
    return _away(stays, goes)


def _away(stays: Card, goes: Card) -> Aside:
    moved = {side: _wishes_over(stays, goes, side) for side in _SIDES}
    left = [*goes.wishes.all(), *goes.wished_by.all()]
    aside = {"rows": _as_json(goes, *left), **moved}
    goes.delete()
    return aside


def _wishes_over(stays: Card, goes: Card, side: str) -> list[int]:
    """Wishes of `goes` (or to it) that would neither stand twice nor mean itself become those of `stays`."""
    here, other = f"{side}_card", "to_card" if side == "from" else "from_card"
    there = ConnectionWish.objects.filter(**{here: stays}).values(other)
    rows = ConnectionWish.objects.filter(**{here: goes})
    rows = rows.exclude(**{other: stays}).exclude(**{f"{other}__in": there})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    ConnectionWish.objects.filter(pk__in=keys).update(**{here: stays})
    return keys


def _take_words(stays: Card, goes: Card) -> None:
    own = {"id", "gathering", "organization", "version", "created_at", "updated_at"}
    for field in Card._meta.concrete_fields:
        if field.name not in own:
            setattr(stays, field.attname, getattr(goes, field.attname))
    stays.version += 1
    stays.save()


def bring_back(kept: Organization, dropped: Organization, put_away: list[Aside]) -> None:
    """The cards put aside stand again, where their gathering and the other groups' cards still do."""
    for aside in put_away:
        for row in _read(aside.get("before", [])):
            if Card.objects.filter(pk=row.object.pk, organization=kept).exists():
                row.save()
        rows = _read(aside["rows"])
        if rows and _may_stand(rows[0].object, dropped):
            _stand(rows, aside)


def _may_stand(card: Card, dropped: Organization) -> bool:
    if not Gathering.objects.filter(pk=card.gathering_id).exists():
        return False
    return not dropped.cards.filter(gathering=card.gathering_id).exists()


def _stand(rows: list[Any], aside: Aside) -> None:
    card, wishes = rows[0], rows[1:]
    card.save()
    for side in _SIDES:
        ConnectionWish.objects.filter(pk__in=aside[side]).update(**{f"{side}_card": card.object})
    for wish in wishes:
        pair = (wish.object.from_card_id, wish.object.to_card_id)
        if Card.objects.filter(pk__in=pair).count() == len(pair):
            wish.save()


def _as_json(*rows: Model) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(serializers.serialize("json", rows))
    return found


def _read(said: list[dict[str, Any]]) -> list[Any]:
    """The rows again, to be saved as they were; who wrote them may have no account any more."""
    known = set(get_user_model().objects.filter(pk__in=_persons(said)).values_list("pk", flat=True))
    for row in said:
        fields = row["fields"]
        for name in ("written_by", "created_by"):
            if fields.get(name) not in known and name in fields:
                fields[name] = None
    return list(serializers.deserialize("json", json.dumps(said)))


def _persons(said: list[dict[str, Any]]) -> set[Any]:
    return {row["fields"].get(name) for row in said for name in ("written_by", "created_by")} - {None}
