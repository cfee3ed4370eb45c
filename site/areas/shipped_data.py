"""The facts about places that come with the project (`data/`, sources in its README)."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

DATA_DIR = Path(__file__).parent / "data"


def shipped_rows(name: str, municipality_code: str | None = None) -> list[dict[str, str]]:
    """Rows of `data/<name>.csv`, of one municipality if its code is given."""
    with (DATA_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    column = "code" if name == "municipalities" else "municipality_code"
    return [row for row in rows if municipality_code in (None, row[column])]


def shipped_outlines() -> dict[tuple[str, str], Any]:
    """GeoJSON geometry by (municipality code, slug of the district): simplified, for drawing."""
    features = json.loads((DATA_DIR / "outlines.json").read_text(encoding="utf-8"))["features"]
    return {
        (feature["properties"]["municipality_code"], feature["properties"]["district"]): feature["geometry"]
        for feature in features
    }
