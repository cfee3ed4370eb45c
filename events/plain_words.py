"""Words typed into a field no form reads: without what a database refuses, and no longer than its column."""

from __future__ import annotations


def typed(text: str, most: int = 200) -> str:
    """`text` without NUL and outer spaces, at most `most` characters."""
    return text.replace("\x00", "").strip()[:most]
