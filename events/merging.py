"""What of events, reports, the board and the exchange goes along when an entry or a group goes into another one.

Only rows that would stand twice, or mean a group and itself, stay behind with the one that is no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from directory.merging_followers import Follower, register_follower
from directory.models import Organization

from .choices import UNDECIDED
from .merging_cards import bring_back, put_aside
from .models import Card, Event, Introduction, Opportunity, OpportunityAnswer, Report, SignUp
from .services.reindexing import reindex_opportunities, reindex_reports
from .signals import event_changed

Moved = dict[str, list[Any]]

_CARDS = "cards put aside"


@dataclass(frozen=True)
class Column:
    """A column that names the merged one. `may_move(rows, kept)` leaves out what stays behind."""

    model: type[Model]
    field: str
    may_move: Callable[[QuerySet, Any], QuerySet] = lambda rows, kept: rows
    is_drafted: bool = False

    @property
    def key(self) -> str:
        return f"{self.model._meta.model_name}.{self.field}"

    def of(self, thing: Any) -> QuerySet:
        return self.model._default_manager.filter(**{self.field: thing})


def _one_an_answer(rows: QuerySet, kept: Organization) -> QuerySet:
    answered = OpportunityAnswer.objects.filter(organization=kept).values("opportunity")
    return rows.exclude(opportunity__in=answered).exclude(opportunity__organization=kept)


def _not_oneself(own: str, other: str) -> Callable[[QuerySet, Any], QuerySet]:
    def may_move(rows: QuerySet, kept: Organization) -> QuerySet:
        same = Introduction.objects.filter(**{own: kept}, state__in=UNDECIDED).values(other)
        return rows.exclude(**{other: kept}).exclude(Q(state__in=UNDECIDED) & Q(**{f"{other}__in": same}))

    return may_move


_FROM, _TO = "from_organization", "to_organization"
#: What names an organization. Events and reports of partners are lists: see `_partners`.
_OF_ORGANIZATION = (
    *(Column(model, "organization", is_drafted=True) for model in (Event, Report, Opportunity)),
    Column(SignUp, "organization"),
    Column(OpportunityAnswer, "organization", _one_an_answer),
    Column(Card, "organization"),
    Column(Introduction, _FROM, _not_oneself(_FROM, _TO)),
    Column(Introduction, _TO, _not_oneself(_TO, _FROM)),
)
_OF_RESOURCE = tuple(Column(model, "resource", is_drafted=True) for model in (Event, Report, Opportunity))


def register() -> None:
    """Called once, when Django is ready."""
    register_follower(Follower("events", move, move_back))


def move(kept: Any, dropped: Any) -> Moved:
    """Everything that may goes over to `kept`; returns the keys of what went."""
    is_group = isinstance(kept, Organization)
    aside: Moved = {_CARDS: put_aside(kept, dropped)} if is_group else {}
    moved = aside | {
        column.key: _over(column, column.may_move(column.of(dropped), kept), kept)
        for column in _columns(kept)
    }
    if is_group:
        moved |= {model._meta.label: _partners(model, kept, dropped) for model in (Event, Report)}
    _tell(kept)
    return moved


def move_back(kept: Any, dropped: Any, moved: Moved) -> None:
    """What went over and is still there goes back."""
    for column in _columns(kept):
        _over(column, column.of(kept).filter(pk__in=moved.get(column.key, [])), dropped)
    if isinstance(kept, Organization):
        for model in (Event, Report):
            _swap_partner(model, moved.get(model._meta.label, []), kept, dropped)
        bring_back(kept, dropped, moved.get(_CARDS, []))
    _tell(kept)
    _tell(dropped)


def _columns(thing: Any) -> tuple[Column, ...]:
    return _OF_ORGANIZATION if isinstance(thing, Organization) else _OF_RESOURCE


def _over(column: Column, rows: QuerySet, to: Any) -> list[int]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    column.model._default_manager.filter(pk__in=keys).update(**{column.field: to})
    if column.is_drafted:
        _in_drafts(column.model, keys, lambda content: content.__setitem__(column.field, to.pk))
    return keys


def _partners(model: type[Any], kept: Organization, dropped: Organization) -> list[int]:
    """Events and reports `dropped` took part in name `kept`, unless it stands there already, or holds it itself."""
    rows = model.objects.filter(partners=dropped).exclude(partners=kept).exclude(organization=kept)
    keys = list(rows.order_by("pk").values_list("pk", flat=True).distinct())
    _swap_partner(model, keys, dropped, kept)
    return keys


def _swap_partner(model: type[Any], keys: list[int], before: Organization, after: Organization) -> None:
    column = model._meta.model_name
    through = model.partners.through.objects.filter(**{f"{column}__in": keys}, organization=before)
    through.update(organization=after)
    _in_drafts(model, keys, lambda content: _swap(content.get("partners") or [], before.pk, after.pk))


def _swap(partners: list[int], before: int, after: int) -> None:
    partners[:] = dict.fromkeys(after if key == before else key for key in partners)


def _in_drafts(model: type[Any], keys: Iterable[int], change: Callable[[dict[str, Any]], object]) -> None:
    """In the newest version as well: published later, it would lead back to what is no more."""
    for row in model.objects.filter(pk__in=list(keys)).select_related("latest_revision"):
        if row.latest_revision is not None:
            change(row.latest_revision.content)
            row.latest_revision.save(update_fields=["content"])


def _tell(thing: Any) -> None:
    field = "organization" if isinstance(thing, Organization) else "resource"
    for event in Event.objects.filter(**{field: thing}):
        event_changed.send(Event, event=event)
    reindex_reports(Report.objects.filter(**{field: thing}))
    reindex_opportunities(Opportunity.objects.filter(**{field: thing}))
