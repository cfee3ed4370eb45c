"""What an import tells: counts, and every row with what was made of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from ..choices import RowDecision


@dataclass
class RowReport:
    """One row of the report. `precision` is how closely the place was found; `schedule` the timetable's status."""

    line: int
    status: str
    name: str = ""
    source_id: str = ""
    code: str = ""
    municipality: str = ""
    district: str = ""
    precision: str = "none"
    schedule: str = "none"
    schedule_text: str = ""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class ImportReport:
    """The whole of an import. `counts` by `RowDecision`, `schedules` by `ParseStatus`, `placed` by `Precision`."""

    file: str
    layout: str
    encoding: str
    municipality: str
    dry_run: bool
    published: bool
    notes: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    rows: list[RowReport] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        tally = Counter(row.status for row in self.rows)
        return {str(decision): tally[decision] for decision in RowDecision}

    def as_dict(self) -> dict[str, Any]:
        """The shape written by `import_resources --report`."""
        return {
            "file": self.file,
            "layout": self.layout,
            "encoding": self.encoding,
            "municipality": self.municipality,
            "dry_run": self.dry_run,
            "published": self.published,
            "notes": self.notes,
            "unknown_columns": self.unknown_columns,
            "total": len(self.rows),
            "counts": self.counts,
            "schedules": dict(Counter(row.schedule for row in self.rows)),
            "placed": dict(Counter(row.precision for row in self.rows)),
            "errors": sum(len(row.errors) for row in self.rows),
            "warnings": sum(len(row.warnings) for row in self.rows),
            "rows": [asdict(row) for row in self.rows],
        }
