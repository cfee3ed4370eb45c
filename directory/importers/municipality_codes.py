"""Municipality codes as lists hold them: without the check digit, without the leading zero, or simply wrong."""

from __future__ import annotations

import re
import unicodedata

from areas.municipality_codes import full_code


def is_valid(code: str) -> bool:
    """Six digits of which the last fits the others."""
    return bool(re.fullmatch(r"\d{6}", code)) and full_code(code[:5]) == code


def repair(text: str) -> tuple[str, bool]:
    """A code as written → (six-digit code or "", was it repaired).

    Five digits get their check digit; a lost leading zero comes back. What stays wrong is "".
    """
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text).split(".")[0])
    if is_valid(digits):
        return digits, False
    candidates = []
    if len(digits) == 5:
        # A lost leading zero first: that its check digit fits by chance happens once in eleven.
        candidates += ["0" + digits, full_code(digits)]
    if len(digits) == 4:
        candidates.append(full_code("0" + digits))
    for candidate in candidates:
        if is_valid(candidate) and 1 <= int(candidate[:2]) <= 47:
            return candidate, True
    return "", False
