"""What a changed cell of an exported list does to the draft of its entry: one function a column."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from spreadsheets.cells import plain_cell

from ..choices import ContactAudience, FeeKind, JoinPolicy, LifeStatus
from ..exporters.register_lists import line_of_schedule
from ..importers.cells import day, emails, first_url, fold, phones, reading, whole_number, yen
from ..importers.fees import AGE_FIELDS
from ..importers.records import ParsedRow, set_schedule
from ..importers.register_list import HEADINGS, labelled
from ..importers.tables import MAX_CELL
from ..models import Organization, Resource, ResourceContact
from ..schedules import parse
from .import_vocabulary import Vocabulary
from .import_writing import build_schedule

#: Told by the register itself, or decided on a screen of its own.
READ_ONLY = frozenset({"district", "live", "verified_on", "verified_how", "next_due"})
#: Written together, by whoever knows where places are.
PLACE = frozenset({"place", "address"})
#: Ways to reach somebody: the first that everybody may know stands in the list.
MEANS = frozenset({"phone", "email"})

_CHOICES: dict[str, Any] = {"fee_kind": FeeKind, "join_policy": JoinPolicy, "life_status": LifeStatus}
_AMOUNTS = (*AGE_FIELDS, "capacity")
_DAYS = ("verified_on", "next_due")


class CellRefused(Exception):
    """A cell that cannot be written. The message is for people, in Japanese."""


def is_same(name: str, cell: str, current: Any) -> bool:
    """Does the cell say what the register says? Line ends, and what spreadsheets make of dates and numbers, differ."""
    return _compared(name, cell) == _compared(name, _text(current))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _compared(name: str, text: str) -> Any:
    plain = plain_cell(re.sub(r"\r\n?", "\n", text).strip()).strip()[:MAX_CELL]
    if name in _DAYS:
        return day(plain) or plain
    if name in _AMOUNTS:
        number = _number(name, plain)
        return plain if number is None else number
    if name == "phone":
        return re.sub(r"\D", "", fold(plain)).lstrip("0") if plain else ""
    if name == "kana":
        return reading(plain)
    if name == "schedules":
        return lines_of(plain)
    return plain


def lines_of(text: str) -> list[str]:
    """The lines that say something, as they can be compared."""
    return [line for line in map(fold, text.split("\n")) if line]


def write_cell(name: str, draft: Resource, row: ParsedRow, *, before: Any, vocabulary: Vocabulary) -> None:
    """Bring one column of `row` into `draft`; `before` is what the draft says. Raises `CellRefused`."""
    cell = row.listed[name].strip()
    check_length(name, cell, MAX_CELL - 1)  # a longer one was cut when it was read
    if name == "organization":
        draft.organization = _organization(cell)
    elif name == "categories":
        draft.categories.set(_categories(cell, vocabulary))
    elif name == "schedules":
        _put_schedules(draft, row, cell)
    elif name in MEANS:
        _put_contact(draft, name, cell, _text(before))
    else:
        setattr(draft, name, _VALUES.get(name, _plain)(name, cell))


def _refused(name: str, cell: str) -> CellRefused:
    return CellRefused(
        _("「%(column)s」に「%(text)s」は使えません。") % {"column": HEADINGS[name], "text": cell[:40]}
    )


def check_length(name: str, cell: str, limit: int | None) -> None:
    """Raises `CellRefused` where the database takes no text of that length."""
    if limit and len(cell) > limit:
        raise CellRefused(
            _("「%(column)s」が長すぎます(%(limit)s字まで)。") % {"column": HEADINGS[name], "limit": limit}
        )


def _plain(name: str, cell: str) -> str:
    check_length(name, cell, getattr(Resource._meta.get_field(name), "max_length", None))
    return re.sub(r"\r\n?", "\n", cell)


def _kana(name: str, cell: str) -> str:
    return _plain(name, reading(cell))


def _website(name: str, cell: str) -> str:
    if cell and first_url(cell) != cell:
        raise _refused(name, cell)
    return _plain(name, cell)


def _choice(name: str, cell: str) -> str:
    value = labelled(_CHOICES[name], cell)
    if value is None:
        raise _refused(name, cell)
    return value


def _amount(name: str, cell: str) -> int | None:
    value = _number(name, cell)
    if cell and value is None:
        raise _refused(name, cell)
    return value


def _number(name: str, cell: str) -> int | None:
    if not cell:
        return None
    return whole_number(cell) if name == "capacity" else yen(cell)


_VALUES: dict[str, Callable[[str, str], Any]] = {
    "kana": _kana,
    "website": _website,
    **dict.fromkeys(_CHOICES, _choice),
    **dict.fromkeys(_AMOUNTS, _amount),
}


def _organization(cell: str) -> Organization | None:
    if not cell:
        return None
    found = list(Organization.objects.published().filter(name=cell)[:2])
    if len(found) != 1:
        raise CellRefused(
            _("団体「%(name)s」は登録にないか、いくつもあります。登録の画面で選んでください。")
            % {"name": cell[:40]}
        )
    return found[0]


def _categories(cell: str, vocabulary: Vocabulary) -> list[Any]:
    words = [word for word in map(str.strip, re.split(r"[、,]", cell)) if word]
    known = ParsedRow(line=0, raw={}, categories=words)
    found = vocabulary.categories(known)
    if known.warnings:
        raise _refused("categories", cell)
    return found


def _put_schedules(draft: Resource, row: ParsedRow, cell: str) -> None:
    """Timetables whose line still stands there stay, with what happens to their dates; the other lines are new."""
    wanted = lines_of(cell)
    kept = []
    for schedule in draft.schedules.all():
        said = fold(line_of_schedule(schedule))
        if said in wanted:
            wanted.remove(said)
            kept.append(schedule)
    for line in wanted:
        understood = ParsedRow(line=row.line, raw={})
        set_schedule(understood, parse(line))
        row.warnings += understood.warnings
        kept.append(build_schedule(understood, draft))
    draft.schedules.set(kept)


def _put_contact(draft: Resource, name: str, cell: str, before: str) -> None:
    """Change the contact that was given out, for the same people as before. A new one is for staff alone."""
    found = list(dict.fromkeys((phones if name == "phone" else emails)(cell)))
    if cell and len(found) != 1:
        raise _refused(name, cell)
    contacts = list(draft.contacts.all())
    known = next((row for row in contacts if before and getattr(row, name) == before), None)
    if known is not None:
        setattr(known, name, found[0] if found else "")
        if not any((known.phone, known.fax, known.email, known.line_url, known.url)):
            contacts.remove(known)
    elif found and not any(getattr(row, name) == found[0] for row in contacts):
        contacts.append(ResourceContact(audience=ContactAudience.STAFF, **{name: found[0]}))
    draft.contacts.set(contacts)
