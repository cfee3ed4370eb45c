"""The question for completions as SQL: a fixed number of short steps along the index, however many titles match."""

# ruff: noqa: S608 - table and column names are ours; every value is a parameter
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FORMS = 40  # of one beginning, in the order of the index: enough to choose the shortest ones from
SAME = 2  # documents of one form: beyond that the title alone says too little
LOOKED_AT = 60  # of them, in all indexes: the limit also keeps a planner from beginning with the documents
_LAST = "\U0010ffff"


def completion_statement(typed: str, types: Sequence[str], *, index: str) -> tuple[str, list[Any]]:
    """Rows of (form, type, id, title, sort key). Forms compare by code point: see migration 0005 for PostgreSQL.

    Each step asks the index for the next *different* form, so that a title borne by a thousand documents costs no
    more than one borne by one, and a single letter no more than a word.
    """
    of_type = f" AND d.type IN ({', '.join(['%s'] * len(types))})" if types else ""
    forms, documents = "search_indexedcompletion", "search_indexeddocument"
    # One SELECT for each: SQLite knows no LATERAL, and PostgreSQL would try a correlated IN on every document.
    picked = " UNION ALL ".join(
        f"""SELECT forms.form, (
    SELECT d.id FROM (
      SELECT c.document_id FROM {forms} c WHERE c.form = forms.form ORDER BY c.document_id LIMIT {LOOKED_AT}
    ) AS of_form JOIN {documents} d ON d.id = of_form.document_id
    WHERE d."index" = %s{of_type} ORDER BY d.id LIMIT 1 OFFSET {place}
  ) FROM forms"""
        for place in range(SAME)
    )
    sql = f"""
WITH RECURSIVE forms(form, number) AS (
  SELECT * FROM (SELECT form, 1 FROM {forms} WHERE form >= %s AND form < %s ORDER BY form LIMIT 1) AS first
  UNION ALL
  SELECT (SELECT c.form FROM {forms} c WHERE c.form > forms.form AND c.form < %s ORDER BY c.form LIMIT 1), number + 1
  FROM forms WHERE forms.form IS NOT NULL AND number < {FORMS}
), picked(form, id) AS ({picked})
SELECT picked.form, document.type, document.document_id, document.title, document.sort_key
FROM picked JOIN {documents} document ON document.id = picked.id"""
    return sql, [typed, typed + _LAST, typed + _LAST, *[index, *types] * SAME]
