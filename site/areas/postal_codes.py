"""Postal codes as they are typed: 「154-0001」「１５４０００１」「〒154-0001」."""

from __future__ import annotations

import re
import unicodedata

_POSTAL = re.compile(r"〒?\s*([0-9]{3})\s*[-‐‑‒–—―−ーｰ－]?\s*([0-9]{4})")
MAX_LENGTH = 20


def read_postal_code(text: str) -> str | None:
    """Seven digits, or None when `text` is no postal code and nothing but one."""
    if len(text) > MAX_LENGTH:
        return None
    found = _POSTAL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found[1] + found[2] if found else None
