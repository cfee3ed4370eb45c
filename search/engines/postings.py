"""Which documents hold a token: places in a block as stored, places in the whole index as kept in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np

from ..analysis.analysed import AnalysedDocument
from ..analysis.terms import bigrams, grams
from .ragged import Array

MAX_BLOCK = 65_536
WRITTEN, SPOKEN = (
    "t",
    "s",
)  # pairs of characters of the title alone and of its reading: tokens of this engine's own


def pack_places(places: Sequence[int] | Array, size: int) -> bytes:
    """Ascending places in a block of `size` documents: two bytes each, or one bit a document where that is shorter."""
    if 2 * len(places) < bits_length(size):
        return np.asarray(places, "<u2").tobytes()
    mask = np.zeros(size, bool)
    mask[places] = True
    return np.packbits(mask).tobytes()


def unpack_places(data: bytes, size: int) -> Array:
    """The reverse of `pack_places`."""
    if len(data) == bits_length(size):
        return np.flatnonzero(np.unpackbits(np.frombuffer(data, np.uint8), count=size))
    return np.frombuffer(data, "<u2")


def bits_length(size: int) -> int:
    """Bytes of one bit a document."""
    return (size + 7) // 8


def title_tokens(document: AnalysedDocument) -> set[str]:
    """Pairs of the title and its reading, so that a piece of text in a title is known without reading it up."""
    written, spoken = (text.partition("\n")[0].split("\t") for text in (document.plain, document.readings))
    pairs = {WRITTEN + gram[1:] for gram in grams(written)}
    return pairs.union(*(bigrams(SPOKEN, variant) for variant in spoken))


def invert(token_sets: Sequence[Iterable[str]]) -> list[tuple[str, bytes]]:
    """Each token with the packed places of the documents that hold it, by token. `token_sets` has no token twice."""
    size = len(token_sets)
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    sets = [[numbers[token] for token in tokens] for tokens in token_sets]
    flat = np.fromiter(chain.from_iterable(sets), np.int64)
    pairs = flat << 16 | np.repeat(np.arange(size), [len(tokens) for tokens in sets])
    pairs.sort()  # by token, then by place: one sort instead of a list a token
    places = (pairs & 0xFFFF).astype("<u2")
    ends = np.cumsum(np.bincount(flat, minlength=len(numbers)))
    starts = (ends - np.bincount(flat, minlength=len(numbers))).tolist()
    data, few, ends = places.tobytes(), bits_length(size) / 2, ends.tolist()
    return [
        (token, data[2 * starts[n] : 2 * ends[n]])
        if ends[n] - starts[n] < few
        else (token, pack_places(places[starts[n] : ends[n]], size))
        for token, n in sorted(numbers.items())
    ]


@dataclass(frozen=True, slots=True)
class Posting:
    """Documents of the index, up to `end`, that hold a token: `places`, or `bits` where these are many."""

    end: int
    places: Array | None = None
    bits: Array | None = None

    @classmethod
    def of(cls, pieces: Sequence[Array], end: int) -> Posting:
        """From places in ascending pieces."""
        places = np.concatenate(pieces) if pieces else _NONE
        if len(places) * 32 < end:
            return cls(end, places=places.astype(np.int32))
        mask = np.zeros(end, bool)
        mask[places] = True
        return cls(end, bits=np.packbits(mask))

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        kept = self.places if self.places is not None else self.bits
        return 200 + (0 if kept is None else kept.nbytes)

    def __bool__(self) -> bool:
        return self.places is None or len(self.places) > 0

    def pieces(self) -> tuple[Array, ...]:
        """Its places, to be continued."""
        if self.places is not None:
            return (self.places,)
        return () if self.bits is None else (np.flatnonzero(np.unpackbits(self.bits, count=self.end)),)

    def cut(self, end: int) -> Posting:
        """What it says of the first `end` documents."""
        return Posting.of([piece[piece < end] for piece in self.pieces()], end)

    def mark(self, mask: Array) -> None:
        """Set the documents that hold the token."""
        if self.places is not None:
            mask[self.places] = True
        elif self.bits is not None:
            mask |= np.unpackbits(self.bits, count=len(mask)).view(bool)


_NONE = np.zeros(0, np.int32)
