"""Documents into the cluster: what is stored, and bulk writing in bounded pieces with bounded retries."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from ...analysis.analysed import AnalysedDocument
from ..base import DocumentKey, DocumentRefused, EngineUnavailable
from .connection import Connection, Refused

MAX_BYTES = 5_000_000  # a request; servers take 100 MB and do better with less
MAX_VALUE = 200
IN_TEXTS = "gr"  # tokens of one or two characters: the texts hold them already, in their order; plans want only words
TRIES = 6
PAUSE = 0.1  # seconds, doubled each time
_BUSY = {429, 503}
_NEVER = {400, 413}  # cannot be understood, or too large
_OUTDATED = 409

Operation = tuple[dict[str, Any], bytes]  # action, lines as sent


def document_id(key: DocumentKey) -> str:
    """The cluster's own id of a document. A type is one of our identifiers and holds no colon."""
    return ":".join(key)


def pairs(text: str) -> str:
    """Neighbouring characters two by two, parted by spaces: 子ども食 → 子ど ども も食. One character stays."""
    return " ".join(map("".join, pairwise(text))) if len(text) > 1 else text


def stored(analysed: AnalysedDocument) -> dict[str, Any]:
    """A document as `mapping.IndexedDocument` has it."""
    document = analysed.document
    title, *others = analysed.plain.split("\n")
    read_title, *read_others = analysed.readings.split("\n")
    days = [day.isoformat() for day in sorted(set(document.dates))]
    return {
        "type": document.type, "id": document.id, "title": document.title, "title_key": analysed.title_key,
        "sort_key": analysed.sort_key, "fingerprint": analysed.fingerprint,
        "verified_on": document.verified_on and document.verified_on.isoformat(),
        "tokens": sorted(token for token in analysed.tokens if token[0] not in IN_TEXTS),
        "title_text": _lines([title]), "other_text": _lines(others),
        "title_readings": _lines([read_title]), "other_readings": _lines(read_others),
        "completions": list(analysed.completions), "keywords": _keywords(document.keywords.items()),
        "dates": days, "days": [{"day": day} for day in days], "card": dict(document.card),
        **_place(document.location),
    }  # fmt: skip


def _lines(lines: Iterable[str]) -> list[str]:
    """Each spelling of each line as pairs, and the single characters of all, for questions of one character."""
    texts = [text for line in lines for text in line.split("\t") if text]
    singles = " ".join(dict.fromkeys("".join(texts)))
    return [pairs(text) for text in texts] + [singles] * bool(singles)


def _keywords(items: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    return {
        name: list(dict.fromkeys(value[:MAX_VALUE] for value in values)) for name, values in items if name
    }


def _place(location: tuple[float, float] | None) -> dict[str, Any]:
    if location is None:
        return {}
    lat, lng = location
    if not (math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180):
        return {}  # a point that is nowhere must not keep the entry from being found
    return {"lat": lat, "lng": lng, "point": {"lat": lat, "lon": lng}}


def putting(analysed: AnalysedDocument, token: int | None) -> Operation:
    """The operation that adds or replaces a document."""
    action = {"index": _head(analysed.document.key, token)}
    return action, _line(action) + _line(stored(analysed))


def removing(key: DocumentKey, token: int | None) -> Operation:
    """The operation that takes a document out."""
    action = {"delete": _head(key, token)}
    return action, _line(action)


def _head(key: DocumentKey, token: int | None) -> dict[str, Any]:
    head: dict[str, Any] = {"_id": document_id(key)}
    return head if token is None else head | {"version": token, "version_type": "external_gte"}


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write(connection: Connection, alias: str, operations: Iterable[Operation]) -> None:
    """Carry out all operations. DocumentRefused when one can never be, EngineUnavailable when one
    could not be now; some may be done then.

    `require_alias`: an index that was dropped meanwhile is not made anew, without its fields, by a late write.
    """
    for piece in _pieces(operations):
        waiting, pause = piece, PAUSE
        for attempt in range(1, TRIES + 1):
            waiting = _send(connection, alias, waiting)
            if not waiting:
                break
            if attempt == TRIES or connection.left() < pause:
                raise EngineUnavailable(f"the search cluster is too busy for {len(waiting)} documents")
            time.sleep(pause)
            pause *= 2


def _pieces(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    piece: list[Operation] = []
    size = 0
    for operation in operations:
        if piece and size + len(operation[1]) > MAX_BYTES:
            yield piece
            piece, size = [], 0
        piece.append(operation)
        size += len(operation[1])
    if piece:
        yield piece


def _send(connection: Connection, alias: str, piece: Sequence[Operation]) -> list[Operation]:
    """Returns what has to be sent again because the cluster was busy."""
    lines: list[Any] = [lines.rstrip(b"\n") for _, lines in piece]
    try:
        answer = connection.call(
            lambda client: client.bulk(index=alias, operations=lines, require_alias=True)
        )
    except Refused as error:
        if error.status in _BUSY:
            return list(piece)
        if error.status in _NEVER:
            raise DocumentRefused(str(error)) from error
        raise
    items = answer["items"]
    if len(items) != len(piece):
        raise EngineUnavailable("the search cluster answered for other documents than it was sent")
    return [operation for operation, item in zip(piece, items, strict=True) if _is_busy(item)]


def _is_busy(item: dict[str, Any]) -> bool:
    """Whether to send it again. A newer write that came before is no error; anything else is."""
    [(kind, outcome)] = item.items()
    status = outcome.get("status")
    if status in _BUSY:
        return True
    gone = kind == "delete" and status == 404 and "error" not in outcome
    if status in _NEVER:
        raise DocumentRefused(f"the search cluster refused {outcome.get('_id')}: {status} {_kind(outcome)}")
    if not (gone or status == _OUTDATED or 200 <= status < 300):
        raise EngineUnavailable(f"the search cluster failed: {status} {_kind(outcome)}")
    return False


def _kind(outcome: dict[str, Any]) -> str:
    error = outcome.get("error")
    return str(error.get("type")) if isinstance(error, dict) else ""
