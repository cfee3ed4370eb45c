"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

#: What spreadsheets begin to calculate at, also in full width, and what they skip before it.
_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r")


def safe_cell(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would calculate."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_STARTS) or text.startswith(("\t", "\r")) else text
