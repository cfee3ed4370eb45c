"""The stored index: blocks of documents, each with its columns and the places that hold each token.

A block is never changed but for who is gone from it. New documents make a new block; small blocks at the end are
merged as they add up, and then lose what is gone. Blocks are ordered by their lowest row id. Writers of one index take
turns (`IndexState`'s lock, a rebuild's own name); PostgreSQL is told so besides.
"""

from __future__ import annotations

import secrets
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection

from ..analysis.analysed import AnalysedDocument
from ..models import IndexedBlock, IndexedPosting
from .bulk_rows import insert_rows
from .columns import Columns
from .postings import MAX_BLOCK, invert, pack_places, title_tokens, unpack_places
from .ragged import Array

MERGED = 16  # so many blocks of a size become one
SIZES = (16, 256, 2_000)


def add(index: str, rows: Sequence[int], documents: Sequence[AnalysedDocument]) -> None:
    """Add documents with these ascending row ids, higher than all before."""
    for start in range(0, len(rows), MAX_BLOCK):
        part = slice(start, start + MAX_BLOCK)
        places = invert([(*document.tokens, *title_tokens(document)) for document in documents[part]])
        _write(index, Columns.of(rows[part], documents[part]), places)
    _merge_small(index)


def forget(index: str, rows: Iterable[int]) -> None:
    """Documents with these row ids are gone. A block without any left goes with its postings."""
    blocks = list(IndexedBlock.objects.filter(index=index).order_by("first").values_list("first", "id"))
    firsts = [first for first, _ in blocks]
    by_block: dict[int, list[int]] = {}
    for row in rows:
        at = bisect_right(firsts, row) - 1
        if at >= 0:
            by_block.setdefault(blocks[at][1], []).append(row)
    for block in IndexedBlock.objects.filter(id__in=by_block).defer("columns"):
        _mark_gone(block, by_block[block.id])


def _mark_gone(block: IndexedBlock, rows: Sequence[int]) -> None:
    held = np.frombuffer(bytes(block.rows), "<i8")
    gone = gone_of(bytes(block.gone), len(held))
    gone[np.isin(held, rows)] = True
    if gone.all():
        drop_blocks([block.id])
        return
    IndexedBlock.objects.filter(id=block.id).update(gone=np.packbits(gone).tobytes(), stamp=_random())


def gone_of(data: bytes, size: int) -> Array:
    """Which documents of a block are gone."""
    if not data:
        return np.zeros(size, bool)
    return np.unpackbits(np.frombuffer(data, np.uint8), count=size).astype(bool)


def drop_blocks(ids: Sequence[int]) -> None:
    """Remove blocks with their postings."""
    IndexedPosting.objects.filter(block__in=ids)._raw_delete(IndexedPosting.objects.db)
    IndexedBlock.objects.filter(id__in=ids)._raw_delete(IndexedBlock.objects.db)


def take_turns(index: str) -> None:
    """One writer of an index at a time, until the transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"search index {index}"])


def _write(index: str, columns: Columns, places: Iterable[tuple[str, bytes]]) -> None:
    size = len(columns)
    block = IndexedBlock(
        id=_random(), index=index, first=int(columns.rows[0]), stamp=_random(), documents=size,
        rows=columns.rows.astype("<i8").tobytes(), gone=b"", columns=columns.pack(),
    )  # fmt: skip
    block.save(force_insert=True)
    rows = [(block.id, token, data) for token, data in places]
    insert_rows(IndexedPosting, ("block", "token", "places"), rows)


def _merge_small(index: str) -> None:
    """Sixteen blocks of one document become one of sixteen, sixteen of these one of 256, and so on."""
    for size in SIZES:
        small: list[int] = []
        newest = IndexedBlock.objects.filter(index=index).order_by("-first")
        for id_, documents in newest.values_list("id", "documents"):
            if documents >= size:
                break
            small.append(id_)
        if len(small) >= MERGED:
            _merge(index, small)


def _merge(index: str, ids: Sequence[int]) -> None:
    parts: list[Columns] = []
    places: dict[str, list[int]] = {}
    for block in IndexedBlock.objects.filter(id__in=ids).order_by("first"):
        living = np.flatnonzero(~gone_of(bytes(block.gone), block.documents))
        new = np.full(block.documents, -1)
        new[living] = np.arange(len(living)) + sum(map(len, parts))
        for token, data in IndexedPosting.objects.filter(block=block.id).values_list("token", "places"):
            kept = [
                place for place in new[unpack_places(bytes(data), block.documents)].tolist() if place >= 0
            ]
            if kept:
                places.setdefault(token, []).extend(kept)
        parts.append(Columns.unpack(bytes(block.columns)).taken(living))
    drop_blocks(ids)
    merged = parts[0].joined(parts[1:])
    _write(index, merged, ((token, pack_places(held, len(merged))) for token, held in sorted(places.items())))


def _random() -> int:
    """A name that is never given twice, not even after a rollback."""
    return secrets.randbits(62) + 1
