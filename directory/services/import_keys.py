"""How an imported row is known again: the key that makes a second import of the same file change nothing."""

from __future__ import annotations

import hashlib
from collections import Counter

from ..importers.cells import fold
from ..importers.generic import Generic
from ..importers.records import ParsedRow


def is_numbered_by_its_list(layout: str) -> bool:
    """Do the numbers of such files mean something in their own list only? Official layouts give IDs of a municipality."""
    return layout == Generic.name


def source_keys(parsed: list[ParsedRow], layout: str, list_id: int | None = None) -> list[str]:
    """A key for each row: its list, its municipality and its ID. Where the file's IDs are missing or given twice, the
    name and the address decide.

    `list_id` is the key of the `ImportSource`, not its name: a list may be renamed. None for layouts whose IDs are
    the municipality's own (`is_numbered_by_its_list`).
    """
    codes = {row.municipality_name: row.municipality_code for row in parsed if row.municipality_code}
    id_keys = [_id_key(row, codes) for row in parsed]
    ids = Counter(
        key for row, key in zip(parsed, id_keys, strict=True) if row.source_id and not row.is_addition
    )
    whose = f"{layout}:{list_id}" if list_id else layout
    keys = []
    seen: Counter[str] = Counter()
    for row, id_key in zip(parsed, id_keys, strict=True):
        is_known_by_id = bool(row.source_id) and ids[id_key] <= 1
        key = f"{whose}:{id_key}" if is_known_by_id else f"{whose}:{id_key}:{_digest(row)}"
        if not row.is_addition:
            seen[key] += 1
            if seen[key] > 1:
                # The very same name and address again: several timetables of one place, each a row of its own.
                key = f"{key}:{seen[key]}"
        keys.append(key)
    return keys


def _id_key(row: ParsedRow, codes: dict[str, str]) -> str:
    """`codes`: what the file's other rows say is the code of a municipality that this row only names."""
    code = row.municipality_code or codes.get(row.municipality_name, row.municipality_name)
    return f"{code}:{row.source_id}"[:120]


def _digest(row: ParsedRow) -> str:
    text = f"{fold(row.name)}|{fold(str(row.venue.get('address', '')))}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
