"""「一覧を出す」: any list of the register, with its filters, as XLSX or CSV that no spreadsheet calculates with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from spreadsheets.cells import safe_cell

from ..exporters.register_lists import COLUMNS, with_export_data

_AT_ONCE = 500
#: Without it spreadsheets in Japan read UTF-8 as Shift_JIS.
_BOM = "\ufeff"


class ExportMixin:
    """For lists of models in `exporters.register_lists.COLUMNS`; others offer no file."""

    model: Any

    @property
    def FORMATS(self) -> tuple[str, ...]:
        """The kinds of file one may ask for; none where no columns are declared: then the list itself answers."""
        return ("xlsx", "csv") if self.list_export else ()

    @property
    def list_export(self) -> list[str]:
        return list(COLUMNS.get(self.model, ()))

    @property
    def export_headings(self) -> dict[str, str]:
        return {name: str(heading) for name, (heading, _value) in COLUMNS.get(self.model, {}).items()}

    def get_filename(self) -> str:
        return f"{self.model._meta.model_name}-{timezone.localdate():%Y%m%d}"

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: value(item) for name, (_heading, value) in COLUMNS[self.model].items()}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if value is None:
            return ""
        return value if isinstance(value, (dt.date, int, float)) else safe_cell(str(value))

    def stream_csv(self, queryset: QuerySet) -> Iterator[str]:
        yield _BOM
        yield from super().stream_csv(_in_portions(queryset))  # type: ignore[misc]

    def write_xlsx(self, queryset: QuerySet, output: Any) -> None:
        super().write_xlsx(_in_portions(queryset), output)  # type: ignore[misc]


class _Portions:
    """The rows a portion at a time: 10,000 entries with their lists need not lie in memory together."""

    def __init__(self, rows: QuerySet) -> None:
        self.model, self._rows = rows.model, with_export_data(rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows.iterator(chunk_size=_AT_ONCE)


def _in_portions(rows: Any) -> _Portions:
    return _Portions(rows)
