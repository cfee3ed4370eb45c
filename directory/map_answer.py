"""What a map asks and is told: a part of the earth and how close one looks; pins, and circles with a number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from search.engines.base import Cell, Cells
from search.tiles import FINEST

from .cards import card_from
from .find_query import FindQuery

#: What somebody on a train waits for. A pin beyond it is told as a circle with a 1: pressing it comes closer.
MAX_BYTES = 18_000
#: A map on a desktop shows about a hundred.
MAX_CELLS = 150
#: A tile of the map is 256 pixels wide, a cell 64: room for a circle to press.
_CELLS_IN_A_TILE = 2
#: Where a map without a box begins: a municipality fills the screen.
_FIRST_ZOOM = 11

Box = tuple[float, float, float, float]


class NotOnAMap(ValueError):
    """A box or a zoom that no map has. The message is for the visitor."""


@dataclass(frozen=True, slots=True)
class MapPart:
    """The part of the map on the screen: `box` (south, west, north, east; None: wherever something is), `zoom`."""

    box: Box | None = None
    zoom: int = _FIRST_ZOOM

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        """Read `box=35.6,139.5,35.7,139.6` and `zoom=12`. `NotOnAMap` for what cannot be meant."""
        return cls(_read_box(params.get("box", "")), _read_zoom(params.get("zoom", "")))

    @property
    def cell_zoom(self) -> int:
        """The zoom whose tiles are the cells counted."""
        return min(self.zoom + _CELLS_IN_A_TILE, FINEST)


def _read_box(raw: str) -> Box | None:
    if not raw:
        return None
    try:
        south, west, north, east = (float(part) for part in raw[:200].split(","))
    except ValueError:
        raise NotOnAMap(_("地図の範囲がわかりませんでした。地図を閉じて、もう一度開いてください。")) from None
    # Written so that NaN fails as well.
    if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
        raise NotOnAMap(_("地図の範囲がわかりませんでした。地図を閉じて、もう一度開いてください。"))
    return south, west, north, east


def _read_zoom(raw: str) -> int:
    if not raw:
        return _FIRST_ZOOM
    if raw.isascii() and raw.isdigit() and len(raw) <= 2 and int(raw) <= FINEST:
        return int(raw)
    raise NotOnAMap(_("地図の大きさがわかりませんでした。地図を閉じて、もう一度開いてください。"))


def answer_of(found: Cells, query: FindQuery, part: MapPart) -> dict[str, Any]:
    """`{"total", "shown", "cells": [{"lat", "lng", "count"} or a pin], "message"}`, never more than 20 KB."""
    shown = sum(cell.count for cell in found.cells)
    return {
        "total": found.total,
        "shown": shown,
        "cells": list(_within_budget(found.cells, query)),
        "message": _message(found.total, shown, part),
    }


def pin_of(card: Mapping[str, Any], lat: float, lng: float, query: FindQuery) -> dict[str, Any]:
    """`{"lat", "lng", "name", "kind", "place", "when", "url", "rough"}` of one entry."""
    shown = card_from(card, today=query.today)
    return {
        "lat": round(lat, 6),
        "lng": round(lng, 6),
        "count": 1,
        "name": shown.name,
        "kind": shown.kind,
        "place": card.get("place", "")[:80],
        "when": card.get("schedule", "")[:80],
        "url": shown.url,
        "rough": bool(card.get("rough")),
    }


def as_json(data: Any) -> bytes:
    """JSON as it is sent: kana and kanji in three bytes, not in six."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _within_budget(cells: Iterable[Cell], query: FindQuery) -> Iterable[dict[str, Any]]:
    """Cells as JSON objects. There is room for every circle; pins come as long as they fit."""
    cells = list(cells)
    circle_size = len(as_json(_circle(1, -89.12345, -179.12345))) + 6
    left = MAX_BYTES - circle_size * len(cells)
    for cell in cells:
        circle = _circle(cell.count, cell.lat, cell.lng)
        if cell.type and left > 0:
            pin = pin_of(cell.card, cell.lat, cell.lng, query)
            left -= len(as_json(pin)) - circle_size
            yield pin if left > 0 else circle
        else:
            yield circle


def _circle(count: int, lat: float, lng: float) -> dict[str, Any]:
    return {"lat": round(lat, 5), "lng": round(lng, 5), "count": count}


def _message(total: int, shown: int, part: MapPart) -> str:
    if shown < total:
        return _(
            "この範囲の%(total)s件のうち%(shown)s件を地図に出しています。大きくすると、残りも見えます。"
        ) % {
            "total": f"{total:,}",
            "shown": f"{shown:,}",
        }
    if part.box is None:
        return _("%(total)s件を地図に出しています。") % {"total": f"{total:,}"}
    return _("この範囲に%(total)s件あります。") % {"total": f"{total:,}"}
