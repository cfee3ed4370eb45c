"""What a process keeps of an index in memory, brought up to date at every question by one statement.

The statement names the blocks there are and sends what is not here yet: columns of new blocks, who is gone, the
postings of tokens never asked for. A change is therefore seen at once by every process, and nothing is sent twice.
"""

# ruff: noqa: S608 - table and column names are ours; numbers and parameters alone come from outside
from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
from django.db import connection

from .blocks import gone_of
from .columns import Columns, no_columns
from .postings import Posting, unpack_places

MAX_POSTINGS = 96 * 1024 * 1024  # bytes of memory an index may take for the tokens asked for lately
MAX_MIRRORS = 4


@dataclass(frozen=True, slots=True)
class View:
    """An index as it was at one moment, with the postings of the tokens asked for. Nothing in it changes."""

    columns: Columns
    postings: Mapping[str, Posting]


@dataclass(frozen=True, slots=True)
class _Block:
    id: int
    first: int
    stamp: int
    size: int
    columns: bytes | None
    gone: bytes | None


class Mirror:
    """One index in memory."""

    def __init__(self, index: str) -> None:
        self.index = index
        self._lock = threading.Lock()
        self._blocks: list[_Block] = []
        self._columns = no_columns()
        self._postings: OrderedDict[str, Posting] = OrderedDict()
        self._weight = 0

    def view(self, tokens: Collection[str], *, look: bool = True) -> View:
        """The index as it is now; one query. Without `look`, as it was when last looked at, where that is all here."""
        with self._lock:
            asked = list(dict.fromkeys(tokens))
            if not look and self._blocks and all(self._is_here(token) for token in asked):
                return View(self._columns, self._collect(asked, []))
            blocks, pieces = self._read(asked)
            while not self._apply(blocks):
                blocks, pieces = self._read(asked)
            return View(self._columns, self._collect(asked, pieces))

    def _is_here(self, token: str) -> bool:
        """Whether the token's places are known up to the last document."""
        return token in self._postings and self._postings[token].end == len(self._columns)

    def _read(self, tokens: list[str]) -> tuple[list[_Block], list[tuple[int, str, bytes]]]:
        end = len(self._columns)
        here = [token for token in tokens if token in self._postings and self._postings[token].end == end]
        unknown = [token for token in tokens if token not in here]
        ids = ", ".join(str(block.id) for block in self._blocks) or "0"
        stamps = ", ".join(str(block.stamp) for block in self._blocks) or "0"
        parts = [
            "SELECT 0, b.id, b.first, b.stamp, b.documents, '', "
            f"CASE WHEN b.id IN ({ids}) THEN NULL ELSE b.columns END, "
            f"CASE WHEN b.stamp IN ({stamps}) THEN NULL ELSE b.gone END "
            'FROM search_indexedblock b WHERE b."index" = %s'
        ]
        params: list[Any] = [self.index]
        for names, besides in ((unknown, ""), (here, f" AND b.id NOT IN ({ids})")):
            if names:
                parts.append(
                    "SELECT 1, p.block, 0, 0, 0, p.token, p.places, NULL FROM search_indexedposting p "
                    f'WHERE p.block IN (SELECT b.id FROM search_indexedblock b WHERE b."index" = %s{besides}) '
                    f"AND p.token IN ({', '.join(['%s'] * len(names))})"
                )
                params += [self.index, *names]
        for token in unknown:
            self._drop(token)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            rows = cursor.fetchall()
        blocks = [_Block(*row[1:5], *row[6:8]) for row in rows if row[0] == 0]
        pieces = [(row[1], row[5], bytes(row[6])) for row in rows if row[0] == 1]
        return sorted(blocks, key=lambda block: block.first), pieces

    def _apply(self, blocks: list[_Block]) -> bool:
        """Make the columns those of `blocks`: usually nothing, or something at the end, has to be done.

        False when more went than was at the end: what is kept was forgotten, and has to be read again.
        """
        begins_as_before = [b.id for b in blocks[: len(self._blocks)]] == [b.id for b in self._blocks]
        if not begins_as_before and not self._rearrange({block.id for block in blocks}):
            return False
        new = blocks[len(self._blocks) :]
        if any(block.columns is None for block in new):
            self._forget()
            return False
        if new:
            self._columns = self._columns.joined(
                [Columns.unpack(bytes(block.columns or b"")) for block in new]
            )
        if new or any(block.gone is not None for block in blocks):
            self._mark_gone(blocks)
            self._blocks = [replace(block, columns=None, gone=None) for block in blocks]
        return True

    def _rearrange(self, ids: set[int]) -> bool:
        """Some blocks were merged or dropped: keep those that are left, with their postings if none is missing between."""
        ends = accumulate(block.size for block in self._blocks)
        kept = [(block, end) for block, end in zip(self._blocks, ends, strict=True) if block.id in ids]
        is_beginning = [block for block, _ in kept] == self._blocks[: len(kept)]
        places = [np.arange(end - block.size, end) for block, end in kept]
        self._columns = self._columns.taken(np.concatenate([np.zeros(0, np.int64), *places]))
        self._blocks = [block for block, _ in kept]
        for token, posting in list(self._postings.items()):
            if not is_beginning:
                self._drop(token)
            elif posting.end > len(self._columns):
                self._keep(token, posting.cut(len(self._columns)))
        return is_beginning

    def _mark_gone(self, blocks: list[_Block]) -> None:
        news = [
            (block, end)
            for block, end in zip(blocks, accumulate(b.size for b in blocks), strict=True)
            if block.gone is not None
        ]
        if news:
            alive = self._columns.alive.copy()
            for block, end in news:
                alive[end - block.size : end] = ~gone_of(bytes(block.gone or b""), block.size)
            self._columns = replace(self._columns, alive=alive)

    def _collect(self, tokens: list[str], pieces: list[tuple[int, str, bytes]]) -> dict[str, Posting]:
        """The postings of `tokens`: what is kept, with what was just read behind it."""
        starts = dict(
            zip(
                (block.id for block in self._blocks),
                (
                    (end - block.size, block.size)
                    for block, end in zip(self._blocks, accumulate(b.size for b in self._blocks), strict=True)
                ),
                strict=True,
            )
        )
        read: dict[str, list[tuple[int, Any]]] = {token: [] for token in tokens}
        for block, token, data in pieces:
            if block in starts:
                start, size = starts[block]
                read[token].append((start, unpack_places(data, size) + np.int32(start)))
        end = len(self._columns)
        for token, parts in read.items():
            old = self._postings.get(token)
            if old is None or old.end < end:
                found = [places for _, places in sorted(parts, key=lambda part: part[0])]
                self._keep(token, Posting.of([*(old.pieces() if old else ()), *found], end))
            self._postings.move_to_end(token)
        asked = {token: self._postings[token] for token in tokens}
        while self._weight > MAX_POSTINGS and self._postings:
            self._drop(next(iter(self._postings)))
        return asked

    def _keep(self, token: str, posting: Posting) -> None:
        self._drop(token)
        self._postings[token] = posting
        self._weight += posting.weight

    def _drop(self, token: str) -> None:
        old = self._postings.pop(token, None)
        if old is not None:
            self._weight -= old.weight

    def _forget(self) -> None:
        self._blocks, self._columns, self._weight = [], no_columns(), 0
        self._postings.clear()


_mirrors: OrderedDict[tuple[str, str], Mirror] = OrderedDict()
_mirrors_lock = threading.Lock()


def mirror_of(index: str) -> Mirror:
    """This process's mirror of an index of the database in use."""
    name = str(connection.settings_dict["NAME"]), index
    with _mirrors_lock:
        found = _mirrors.get(name) or Mirror(index)
        _mirrors[name] = found
        _mirrors.move_to_end(name)
        while len(_mirrors) > MAX_MIRRORS:
            _mirrors.popitem(last=False)
        return found


def forget_mirror(index: str) -> None:
    """The index is no more: give its memory back."""
    with _mirrors_lock:
        _mirrors.pop((str(connection.settings_dict["NAME"]), index), None)
