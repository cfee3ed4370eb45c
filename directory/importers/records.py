"""What an importer makes of one row. Values are JSON-safe, so that a preview can store and compare them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from django.utils.translation import gettext as _

from ..schedules import ParseResult
from .cells import point
from .municipality_codes import repair
from .tables import Row


@dataclass
class ParsedRow:
    """One row understood: what becomes of the entry, its place, its organization, its timetable.

    `fields` are fields of `Resource` by name. `is_addition` means: a further place or time of the entry with the
    same `source_id`. `code` is our own, of an entry that was given out and comes back, and `listed` its cells by
    column. Errors stop the row; warnings are for whoever reviews it. `differences` are what the import changes, or
    would: [in words, before, after].
    """

    line: int
    raw: dict[str, str]
    source_id: str = ""
    municipality_code: str = ""
    municipality_name: str = ""
    is_addition: bool = False
    is_place_withheld: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    venue: dict[str, Any] = field(default_factory=dict)
    organization: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    features: dict[str, str] = field(default_factory=dict)
    contacts: list[dict[str, str]] = field(default_factory=list)
    schedule: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    listed: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    differences: list[list[str]] = field(default_factory=list)

    def content(self) -> dict[str, Any]:
        """What would be written, without line number and remarks: equal content means nothing to do."""
        return {name: getattr(self, name) for name in _CONTENT}

    @property
    def name(self) -> str:
        return str(self.fields.get("name", ""))


_BESIDE = ("line", "raw", "code", "listed", "errors", "warnings", "differences")
_CONTENT = [item.name for item in fields(ParsedRow) if item.name not in _BESIDE]


class Layout(Protocol):
    """One way a file is laid out. Parsing is pure: no database, no clock."""

    name: str
    headers: frozenset[str]

    def parse(self, row: Row) -> ParsedRow:
        """Understand one row. Never raises for what a cell holds: errors are in the result."""
        ...


def set_municipality(parsed: ParsedRow, code_text: str, name: str) -> None:
    """Fill in the municipality from its code and name; say what was repaired or does not fit."""
    code, was_repaired = repair(code_text)
    parsed.municipality_code = code
    parsed.municipality_name = name
    if was_repaired:
        parsed.warnings.append(
            _("自治体コード「%(before)s」を「%(after)s」に直しました。")
            % {"before": code_text, "after": code}
        )
    elif code_text and not code:
        parsed.warnings.append(
            _("自治体コード「%(code)s」は正しくありません。自治体名から判断します。") % {"code": code_text}
        )


def set_point(parsed: ParsedRow, lat_text: str, lng_text: str) -> None:
    """Fill in the position of the venue; say what was repaired or is impossible."""
    found, problem = point(lat_text, lng_text)
    if found:
        parsed.venue["lat"], parsed.venue["lng"] = round(found[0], 6), round(found[1], 6)
    message = {
        "swapped": _("緯度と経度が入れ替わっていたので直しました。"),
        "no_decimal_point": _("緯度・経度の小数点が抜けていたので直しました。"),
        "impossible": _("緯度・経度「%(lat)s, %(lng)s」は使えません。") % {"lat": lat_text, "lng": lng_text},
    }.get(problem)
    if message:
        parsed.warnings.append(message)


def set_schedule(parsed: ParsedRow, result: ParseResult) -> None:
    """Fill in the timetable; what was not understood stays as its original text, with a remark."""
    if not result.original:
        return
    parsed.schedule = {
        "spec": result.spec.to_dict(),
        "status": str(result.status),
        "original_text": result.original,
        "note": result.spec.note[:200],
    }
    if str(result.status) != "parsed":
        parsed.warnings.append(_("開催日時「%(text)s」を確かめてください。") % {"text": result.original})
