"""The archive of 報告会: years against districts, and the years the project ships for 世田谷区."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from areas.choices import AreaKind
from areas.models import Area

from .models import Presentation
from .visibility import is_public

SHIPPED = Path(__file__).resolve().parent / "data" / "presentations.csv"


@dataclass(frozen=True)
class Told:
    """One presentation, with the report it leads to where that is public."""

    presentation: Presentation
    report_url: str
    video_url: str


@dataclass(frozen=True)
class ArchiveRow:
    """A district and what it presented, year by year; an empty list where it did not."""

    district: Area
    cells: list[list[Told]]


@dataclass(frozen=True)
class Archive:
    """The table of one municipality. `sources` says where the facts come from."""

    municipality: Area
    years: list[int]
    rows: list[ArchiveRow]
    sources: list[str]

    @property
    def by_year(self) -> list[tuple[int, list[tuple[Area, list[Told]]]]]:
        """The same as a list: (year, districts with what they presented), for narrow screens."""
        return [
            (year, [(row.district, row.cells[at]) for row in self.rows if row.cells[at]])
            for at, year in enumerate(self.years)
        ]


def archive_of(presentations: Iterable[Presentation]) -> list[Archive]:
    """One table a municipality; districts in their order, the latest year first. No query of its own."""
    found: dict[Area, list[Presentation]] = {}
    for row in presentations:
        found.setdefault(row.district.municipality, []).append(row)
    return [_archive(municipality, rows) for municipality, rows in found.items()]


def _archive(municipality: Area, rows: list[Presentation]) -> Archive:
    years = sorted({row.year for row in rows}, reverse=True)
    at: dict[tuple[int, int], list[Told]] = {}
    for row in rows:
        at.setdefault((row.district_id, row.year), []).append(_told(row))
    districts = sorted({row.district for row in rows}, key=lambda area: (area.order, area.pk))
    return Archive(
        municipality=municipality,
        years=years,
        rows=[ArchiveRow(area, [at.get((area.pk, year), []) for year in years]) for area in districts],
        sources=list(dict.fromkeys(row.source_name for row in rows if row.source_name)),
    )


def _told(row: Presentation) -> Told:
    shown = row.report is not None and is_public(row.report)
    return Told(row, row.report.get_absolute_url() if shown and row.report else "", row.video_url)


def load_presentations(**kwargs: Any) -> int:
    """Add the shipped presentations of the districts that are loaded. Returns how many are new; safe to call again.

    Connected to `areas.signals.places_loaded`. Facts: years and names of districts, source named in each row.
    """
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {
        (area.municipality.code, area.short_name): area
        for area in Area.objects.filter(kind=AreaKind.DISTRICT)
        .select_related("parent__parent")
        .defer("boundary")
    }
    known = set(Presentation.objects.values_list("year", "district"))
    new = []
    for row in rows:
        area = places.get((row["municipality_code"], row["district"]))
        if area is not None and (int(row["year"]), area.pk) not in known:
            new.append(Presentation(year=int(row["year"]), district=area, source_name=row["source"]))
    return len(Presentation.objects.bulk_create(new))
