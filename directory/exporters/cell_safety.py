"""Cells that no spreadsheet takes for a formula, and the way back."""

from __future__ import annotations

#: What spreadsheets begin to calculate at, also in full width, and what they skip before it.
_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r")


def safe_cell(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would calculate."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_STARTS) or text.startswith(("\t", "\r")) else text


def plain_cell(text: str) -> str:
    """`text` without the apostrophe that `safe_cell` put in front of it."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text
