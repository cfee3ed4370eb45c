"""Which of many spellings begins a word of a title: one question to the index, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from .analysis.normalise import compact
from .analysis.tokens import tokenize
from .engines import DEFAULT  # its index is kept beside that of any other engine

MAX_VARIANTS = 2_000
_LAST = "\U0010ffff"


def spelt_in_titles(variants: Sequence[str]) -> str:
    """The word of a title that one of the `variants` (folded, compact) begins; of several the shortest. "" for none."""
    if not variants:
        return ""
    words = {_word_of(title, variant) for variant, title in _begun(variants[:MAX_VARIANTS])}
    return min(words - {""}, key=lambda word: (len(word), word), default="")


def _begun(variants: Sequence[str]) -> list[tuple[str, str]]:
    """(variant, a title with a form that begins so): a short step along the index for each variant."""
    rows = ", ".join(["(%s)"] * len(variants))
    sql = f"""
WITH typed(form) AS (VALUES {rows}), begun AS (
  SELECT typed.form, (
    SELECT c.document_id FROM search_indexedcompletion c
    WHERE c.form >= typed.form AND c.form < typed.form || %s ORDER BY c.form, c.document_id LIMIT 1
  ) AS document FROM typed
)
SELECT begun.form, d.title FROM begun JOIN search_indexeddocument d ON d.id = begun.document
WHERE d."index" = (SELECT live FROM search_indexstate WHERE engine = %s)"""  # noqa: S608 - our own tables; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*variants, _LAST, DEFAULT])
        return list(cursor.fetchall())


def _word_of(title: str, variant: str) -> str:
    """The words of the title that are `variant` as written or as spoken; "" where it ends inside a word."""
    tokens = tokenize(title)
    for start in range(len(tokens)):
        written = spoken = surface = ""
        for token in tokens[start:]:
            surface += token.surface
            written, spoken = compact(surface), spoken + compact(token.reading)
            if variant in (written, spoken):
                return surface.strip()
            if len(written) > len(variant):
                break
    return ""
