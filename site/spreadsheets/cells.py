"""Cells that no spreadsheet takes for a formula, and the way back."""

from __future__ import annotations

import re

#: What spreadsheets begin to calculate at, also in full width, and what they skip before it.
_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r")
#: What a sheet (XML 1.0) cannot hold: a file with one of them does not open.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would calculate."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_STARTS) or text.startswith(("\t", "\r")) else text


def plain_cell(text: str) -> str:
    """`text` without the apostrophe that `safe_cell` put in front of it."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def without_controls(text: str) -> str:
    """`text` without the characters no sheet can hold."""
    return _CONTROLS.sub("", text)
