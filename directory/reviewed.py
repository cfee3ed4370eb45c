"""What is reviewed before the public sees it. `directory` knows entries and groups; other apps register their models.

A registered model has Wagtail's drafts and workflow, a `code`, an `organization` (or is one), a place, and `str(row)`
is its name. Everything of the review asks here: queue, comparison, decisions, mails, the desk of groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    from .review_fields import ShownField

Words = str | Promise


def _nothing(_value: Any) -> None:
    """Nobody has to hear of it."""


@dataclass(frozen=True)
class ReviewedKind:
    """One model that is reviewed.

    `fields()` is what a reviewer reads, in order; `cautions(draft)` what to look at twice; `missing(draft)` what a
    valid draft still lacks before anybody can decide ("" for nothing). `place` is the field of the row's district(s).
    `follow` are columns of a row that was never public which its draft carries along; `followed(rows)` hears of it.
    `desk(row)` is where its group mends it. `namespace` is that of its staff screens. `trusts_new`: does a trusted
    group publish also what nobody of the staff saw before?
    """

    model: type[Model]
    new: Words
    changed: Words
    fields: Callable[[], Iterable[ShownField]]
    cautions: Callable[[Any], Iterable[str]] = lambda draft: ()
    missing: Callable[[Any], str] = lambda draft: ""
    place: str = "district"
    follow: tuple[str, ...] = ()
    followed: Callable[[QuerySet], None] = _nothing
    desk: Callable[[Any], str] | None = None
    namespace: str = ""
    trusts_new: bool = False

    @property
    def name(self) -> str:
        """How addresses and keys name the model: "resource"."""
        return self.model._meta.model_name or ""

    def staff_url(self, screen: str, *args: Any) -> str:
        """The address of a staff screen; "" where the model has no such screen."""
        try:
            return reverse(f"{self.namespace}:{screen}", args=args) if self.namespace else ""
        except NoReverseMatch:
            return ""


_kinds: dict[type[Model], ReviewedKind] = {}


def register_reviewed(kind: ReviewedKind) -> None:
    """Let rows of a model go through the review. Called from an app's `ready`; a second time it takes its place."""
    _kinds[kind.model] = kind


def reviewed_kinds() -> list[ReviewedKind]:
    """All of them, in the order they were registered."""
    return list(_kinds.values())


def is_reviewed(thing: Any) -> bool:
    """Is `thing` a row, or a model, of the review?"""
    return (thing if isinstance(thing, type) else type(thing)) in _kinds


def kind_of(thing: Any) -> ReviewedKind:
    """The kind of a row or a model. KeyError for what is not reviewed."""
    return _kinds[thing if isinstance(thing, type) else type(thing)]


def kind_named(name: str) -> ReviewedKind | None:
    """The kind an address or a key names; None for any other word."""
    return next((kind for kind in _kinds.values() if kind.name == name), None)
