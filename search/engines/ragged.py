"""Many short runs of values in one array: row n is `flat[ends[n] : ends[n + 1]]`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ragged:
    """`ends` has one figure more than there are rows and begins with 0."""

    flat: Array
    ends: Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], dtype: str) -> Ragged:
        """Rows of numbers."""
        flat = np.fromiter(chain.from_iterable(rows), dtype)
        return cls(flat, _ends([len(row) for row in rows]))

    @classmethod
    def of_texts(cls, rows: Iterable[str]) -> Ragged:
        """Texts as UTF-8, each closed by a line break."""
        encoded = [row.encode() + b"\n" for row in rows]
        return cls(np.frombuffer(b"".join(encoded), np.uint8), _ends([len(row) for row in encoded]))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def text(self, row: int) -> bytes:
        """Row of texts, without the line break."""
        found: bytes = self.flat[self.ends[row] : self.ends[row + 1] - 1].tobytes()
        return found

    def texts(self) -> list[bytes]:
        """All texts; none of them has a line break inside."""
        return self.flat.tobytes().split(b"\n")[:-1]

    def cut(self, rows: int) -> Ragged:
        """The first `rows` rows."""
        return Ragged(self.flat[: self.ends[rows]], self.ends[: rows + 1])

    def joined(self, others: Sequence[Ragged]) -> Ragged:
        """These rows and those of `others` after them."""
        parts = [self, *others]
        starts = np.cumsum([0, *(part.ends[-1] for part in parts[:-1])])
        ends = [part.ends[1:] + start for part, start in zip(parts, starts, strict=True)]
        return Ragged(
            np.concatenate([part.flat for part in parts]),
            np.concatenate([self.ends[:1], *ends]).astype(np.int64),
        )

    def taken(self, rows: Array) -> Ragged:
        """Only these rows (their numbers, ascending)."""
        lengths = self.ends[rows + 1] - self.ends[rows]
        ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.repeat(self.ends[rows] - ends[:-1], lengths) + np.arange(ends[-1])
        return Ragged(self.flat[places], ends)


def _ends(lengths: Sequence[int]) -> Array:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def pack(arrays: Sequence[Array]) -> bytes:
    """Arrays as bytes, one after the other: type and length of each, then its values."""
    parts: list[bytes] = []
    for array in arrays:
        little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        parts += [little.dtype.str.encode().ljust(4), len(little).to_bytes(8, "little"), little.tobytes()]
    return b"".join(parts)


def unpack(data: bytes) -> list[Array]:
    """What was packed, in its order. The arrays are views of `data` and cannot be written to."""
    arrays: list[Array] = []
    at = 0
    while at < len(data):
        dtype = np.dtype(data[at : at + 4].strip().decode())
        length = int.from_bytes(data[at + 4 : at + 12], "little")
        arrays.append(np.frombuffer(data, dtype, length, at + 12))
        at += 12 + length * dtype.itemsize
    return arrays
