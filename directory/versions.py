"""Which version of a row somebody has seen: one mark for the editor, the desk of groups and the review."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Model


def version_of(model: type[Model], pk: Any) -> str:
    """A mark that changes whenever the row, or its latest draft, changes."""
    rows = model._default_manager.filter(pk=pk)
    if hasattr(model, "latest_revision"):
        revision, created = rows.values_list("latest_revision", "latest_revision__created_at").get()
        return f"{revision}@{created.isoformat()}" if revision else "first"
    values = repr(sorted(rows.values().get().items()))
    return hashlib.sha256(values.encode()).hexdigest()[:16]


def revision_in(mark: str) -> int | None:
    """The key of the draft a mark names; None where it names none, or is no mark at all."""
    number = mark.split("@")[0]
    return int(number) if number.isdecimal() and len(number) < 19 else None
