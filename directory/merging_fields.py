"""What two entries, or two groups, are made of when one goes into the other: single values, lists, rows of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from .models import Organization, Resource


@dataclass(frozen=True)
class Parts:
    """How a kind of thing is merged. `values` may be chosen from either side; `lists` and `rows` are joined.

    `rows` maps the name of child rows to what makes two of them the same.
    """

    values: tuple[str, ...]
    lists: tuple[str, ...]
    rows: dict[str, Callable[[Any], str]]


def _contact(row: Any) -> str:
    return "|".join((row.phone, row.fax, row.email, row.line_url, row.url))


def _schedule(row: Any) -> str:
    return f"{row.original_text}|{json.dumps(row.spec, sort_keys=True, ensure_ascii=False)}|{row.venue_id}"


PARTS: dict[type[Model], Parts] = {
    Resource: Parts(
        values=(
            "name",
            "kana",
            "organization",
            "summary",
            "description",
            "plain_description",
            "website",
            "min_age",
            "max_age",
            "who_may_come",
            "join_policy",
            "join_note",
            "languages",
            "fee_kind",
            "fee_infant",
            "fee_elementary",
            "fee_junior_high",
            "fee_high_school",
            "fee_adult",
            "fee_note",
            "capacity",
            "capacity_state",
            "pickup",
            "pickup_note",
            "meals_note",
            "bring",
            "venue",
            "district",
            "place_visibility",
            "is_online",
            "life_status",
        ),
        lists=("categories", "audiences", "areas_served"),
        rows={
            "contacts": _contact,
            "schedules": _schedule,
            "photos": lambda row: str(row.photo_id),
            "feature_answers": lambda row: str(row.feature_id),
        },
    ),
    Organization: Parts(
        values=(
            "name",
            "kana",
            "legal_form",
            "description",
            "plain_description",
            "website",
            "logo",
            "corporate_number",
            "council_number",
            "parent",
            "status",
        ),
        lists=("areas",),
        rows={"contacts": _contact},
    ),
}


@dataclass(frozen=True)
class Choice:
    """One value that differs, in words: what the kept one says and what the other one says."""

    name: str
    label: str
    kept: str
    dropped: str
    #: The other one has something where the kept one has nothing.
    fills_a_gap: bool


def differing_values(kept: Any, dropped: Any) -> list[Choice]:
    """The single values that differ, in the order of the form. Rows that are open to choice, nothing else."""
    found = []
    for name in PARTS[type(kept)].values:
        field = kept._meta.get_field(name)
        mine, other = getattr(kept, field.attname), getattr(dropped, field.attname)
        if mine == other or other in (None, "", []):
            continue
        found.append(
            Choice(
                name,
                str(field.verbose_name),
                in_words(kept, name),
                in_words(dropped, name),
                fills_a_gap=mine in (None, "", []),
            )
        )
    return found


def in_words(thing: Any, name: str) -> str:
    """A value as people read it; 「—」 where nothing is said."""
    shown = getattr(thing, f"get_{name}_display", None)
    value = shown() if shown else getattr(thing, name)
    if isinstance(value, bool):
        return str(_("はい") if value else _("いいえ"))
    if isinstance(value, list):
        return "、".join(map(str, value)) or "—"
    return str(value) if value not in (None, "") else "—"


def copy_of(row: Any, parent_field: str) -> Any:
    """An unsaved twin of a child row, without its parent."""
    names = {field.name for field in row._meta.fields} - {"id", parent_field, "sort_order"}
    return type(row)(**{name: getattr(row, name) for name in names})
