"""What documents are filtered, counted and ordered by: one array a fact, the document's place in all of them.

The same arrays are what a block of the index stores and what a process keeps in memory, joined.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import numpy as np

from ..analysis.analysed import AnalysedDocument
from ..tiles import tile_number
from .ragged import Array, Ragged, pack, unpack

EPOCH = date(2000, 1, 1).toordinal()
LAST_DAY = 65_535  # in the year 2179; also "no day"
TYPE = ""  # the type of a document is a value like any other, of this field
MAX_KEPT_DAYS = 8
Value = tuple[str, str]  # (field, value)


@dataclass(frozen=True, slots=True)
class Columns:
    """Facts of documents. `rows` are their row ids, ascending; `alive` says which have not been removed since.

    `names` (sort key and id) decide between equals, by code point; `head` is their beginning as a number. `codes` are
    numbers of `values`. `days` count from `EPOCH`, ascending. `plain` and `spoken` are the title lines, folded.
    """

    rows: Array
    lat: Array
    lng: Array
    tile: Array
    verified: Array
    title: Array
    head: Array
    names: Ragged
    plain: Ragged
    spoken: Ragged
    codes: Ragged
    days: Ragged
    alive: Array
    values: tuple[Value, ...] = ()
    kept: dict[object, Array] = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def of(cls, rows: Sequence[int], documents: Sequence[AnalysedDocument]) -> Columns:
        """Columns of analysed documents with these row ids."""
        numbers: dict[Value, int] = {}
        codes = [[numbers.setdefault(value, len(numbers)) for value in _values(item)] for item in documents]
        points = [item.document.location for item in documents]
        names = Ragged.of_texts(f"{item.sort_key}\0{item.document.id}" for item in documents)
        return cls(
            rows=np.array(rows, np.int64),
            lat=np.array([point[0] if point else np.nan for point in points], np.float64),
            lng=np.array([point[1] if point else np.nan for point in points], np.float64),
            tile=np.array([tile_number(*point) if point else -1 for point in points], np.int64),
            verified=np.array([_ordinal(item.document.verified_on) for item in documents], np.int32),
            title=np.array([title_hash(item.title_key) for item in documents], np.int64),
            head=np.array([_head(names.text(number)) for number in range(len(names))], np.int64),
            names=names,
            plain=Ragged.of_texts(item.plain.partition("\n")[0] for item in documents),
            spoken=Ragged.of_texts(item.readings.partition("\n")[0] for item in documents),
            codes=Ragged.of(codes, "<i4"),
            days=Ragged.of([_days(item) for item in documents], "<u2"),
            alive=np.ones(len(rows), bool),
            values=tuple(numbers),
        )

    def pack(self) -> bytes:
        """Everything but who is alive."""
        arrays: list[Array] = [np.frombuffer(_written(self.values), np.uint8)]
        for name in _STORED:
            column = getattr(self, name)
            arrays += [column.flat, column.ends] if isinstance(column, Ragged) else [column]
        return pack(arrays)

    @classmethod
    def unpack(cls, data: bytes) -> Columns:
        """The reverse of `pack`; everybody is alive."""
        arrays = iter(unpack(bytes(data)))
        values = _read(next(arrays).tobytes())
        columns: dict[str, Any] = {
            name: Ragged(next(arrays), next(arrays)) if name in _RAGGED else next(arrays) for name in _STORED
        }
        return cls(**columns, alive=np.ones(len(columns["rows"]), bool), values=values)

    def cut(self, count: int) -> Columns:
        """The first `count` documents."""
        changes: dict[str, Any] = {
            name: column.cut(count) if isinstance(column, Ragged) else column[:count]
            for name, column in self._columns()
        }
        return replace(self, **changes, kept={})

    def taken(self, places: Array) -> Columns:
        """Only the documents at these places (ascending)."""
        changes: dict[str, Any] = {
            name: column.taken(places) if isinstance(column, Ragged) else column[places]
            for name, column in self._columns()
        }
        return replace(self, **changes, kept={})

    def joined(self, others: Sequence[Columns]) -> Columns:
        """These documents and those of `others` after them. Values keep their numbers; new ones come behind."""
        numbers = {value: number for number, value in enumerate(self.values)}
        same = [other._renumbered(numbers) for other in others]
        changes: dict[str, Any] = {
            name: column.joined([getattr(other, name) for other in same])
            if isinstance(column, Ragged)
            else np.concatenate([column, *(getattr(other, name) for other in same)])
            for name, column in self._columns()
        }
        return replace(self, **changes, values=tuple(numbers), kept={})

    def _renumbered(self, numbers: dict[Value, int]) -> Columns:
        new = np.array([numbers.setdefault(value, len(numbers)) for value in self.values], np.int32)
        flat = new[self.codes.flat] if len(new) else self.codes.flat
        return replace(self, codes=Ragged(flat, self.codes.ends))

    def _columns(self) -> list[tuple[str, Array | Ragged]]:
        return [(name, getattr(self, name)) for name in (*_STORED, "alive")]

    def point(self, place: int) -> tuple[float, float] | None:
        """Latitude and longitude of the document at a place."""
        lat = float(self.lat[place])
        return None if lat != lat else (lat, float(self.lng[place]))

    def next_days(self, first: date) -> Array:
        """Of each document, its first day from `first` on (counted from `EPOCH`); `LAST_DAY` for none."""
        start = min(max(first.toordinal() - EPOCH, 0), LAST_DAY)
        found = self.kept.get(start)
        if found is None:
            found = np.full(len(self), LAST_DAY, np.uint16)
            some = np.flatnonzero(np.diff(self.days.ends))
            if len(some):
                later = np.where(self.days.flat >= start, self.days.flat, np.uint16(LAST_DAY))
                found[some] = np.minimum.reduceat(later, self.days.ends[some])
            for old in [name for name in list(self.kept) if isinstance(name, int)][: 1 - MAX_KEPT_DAYS]:
                self.kept.pop(old, None)
            self.kept[start] = found
        return found

    def having(self, name: str, wanted: Sequence[str]) -> Array:
        """Which documents have any of these values of a field."""
        mask = np.zeros(len(self), bool)
        for value in wanted:
            mask[self._places_of((name, value))] = True
        return mask

    def _places_of(self, value: Value) -> Array:
        found = self.kept.get(value)
        if found is None:
            number = self.values.index(value) if value in self.values else -1
            at = np.flatnonzero(self.codes.flat == number)
            found = (np.searchsorted(self.codes.ends, at, "right") - 1).astype(np.int32)
            self.kept[value] = found
        return found

    def counts(self, mask: Array) -> Array:
        """How often each value is held by the documents of a mask."""
        places = np.flatnonzero(mask)
        few = len(places) * 6 < len(self)
        codes = self.codes.taken(places) if few else None
        held = codes.flat if codes else self.codes.flat[np.repeat(mask, np.diff(self.codes.ends))]
        return np.bincount(held, minlength=len(self.values))


_RAGGED = ("names", "plain", "spoken", "codes", "days")
_STORED = tuple(item.name for item in fields(Columns) if item.name not in ("alive", "values", "kept"))


def no_columns() -> Columns:
    """Columns of nothing."""
    return Columns.of([], [])


def title_hash(title_key: str) -> int:
    """64 bits of a title: two different ones are never met."""
    return int.from_bytes(hashlib.blake2b(title_key.encode(), digest_size=8).digest(), "little", signed=True)


def _values(item: AnalysedDocument) -> dict[Value, None]:
    held = ((name, value[:200]) for name, values in item.document.keywords.items() for value in values)
    return dict.fromkeys([(TYPE, item.document.type), *held])


def _days(item: AnalysedDocument) -> list[int]:
    days = sorted({day.toordinal() - EPOCH for day in item.document.dates})
    if days and not 0 <= days[0] <= days[-1] < LAST_DAY:
        return sorted({min(max(day, 0), LAST_DAY - 1) for day in days})
    return days


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _head(name: bytes) -> int:
    return int.from_bytes(name[:7].ljust(7, b"\0"), "big")


def _written(values: Sequence[Value]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()


def _read(text: bytes) -> tuple[Value, ...]:
    return tuple((name, value) for name, value in json.loads(text))
