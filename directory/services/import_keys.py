"""How an imported row is known again: the key that makes a second import of the same file change nothing."""

from __future__ import annotations

import hashlib
from collections import Counter

from ..importers.cells import fold
from ..importers.records import ParsedRow


def source_keys(parsed: list[ParsedRow], layout: str) -> list[str]:
    """A key for each row: its municipality and its ID. Where the file's IDs are missing or given twice, the name and
    the address decide."""
    ids = Counter(_id_key(row) for row in parsed if row.source_id and not row.is_addition)
    keys = []
    seen: Counter[str] = Counter()
    for row in parsed:
        is_known_by_id = bool(row.source_id) and ids[_id_key(row)] <= 1
        key = f"{layout}:{_id_key(row)}" if is_known_by_id else f"{layout}:{_id_key(row)}:{_digest(row)}"
        if not row.is_addition:
            seen[key] += 1
            if seen[key] > 1:
                # The very same name and address again: several timetables of one place, each a row of its own.
                key = f"{key}:{seen[key]}"
        keys.append(key)
    return keys


def _id_key(row: ParsedRow) -> str:
    return f"{row.municipality_code or row.municipality_name}:{row.source_id}"[:120]


def _digest(row: ParsedRow) -> str:
    text = f"{fold(row.name)}|{fold(str(row.venue.get('address', '')))}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
