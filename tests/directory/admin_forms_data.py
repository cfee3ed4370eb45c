"""What a browser posts from the edit screens."""

from __future__ import annotations

from typing import Any

from directory.models import Category
from tests.factories.directory import CategoryFactory

_INLINES = ("contacts", "feature_answers", "photos", "schedules")


def inline(prefix: str, rows: list[dict[str, Any]], *, initial: int = 0) -> dict[str, Any]:
    """The fields of one list of rows."""
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": str(len(rows)),
        f"{prefix}-INITIAL_FORMS": str(initial),
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": "1000",
    }
    for number, row in enumerate(rows):
        data |= {
            f"{prefix}-{number}-{name}": value for name, value in {"id": "", "DELETE": "", **row}.items()
        }
        data[f"{prefix}-{number}-ORDER"] = str(number + 1)
    return data


def resource_data(**changes: Any) -> dict[str, Any]:
    """A whole form of an entry; lists of rows under their names."""
    kind = Category.objects.kinds().first() or CategoryFactory(parent=CategoryFactory(code="element"))
    data: dict[str, Any] = {
        "name": "あたらしいサロン",
        "kana": "あたらしいさろん",
        "categories": [str(kind.pk)],
        "join_policy": "open",
        "pickup": "unknown",
        "capacity_state": "unknown",
        "fee_kind": "free",
        "place_visibility": "exact",
        "life_status": "active",
        "is_for_everyone": "unknown",
        "is_low_cost": "unknown",
        "needs_no_purpose": "unknown",
        "has_host": "unknown",
        "gives_points": "unknown",
    }
    for name in _INLINES:
        data |= inline(name, changes.pop(name, []))
    return data | {name: value for name, value in changes.items() if value is not None}


#: 第2・第4木曜 13:30〜15:30、祝日は休み, ticked.
THURSDAYS = {
    "entry": "pick",
    "how": "nth",
    "ordinals": ["2", "4"],
    "weekdays": ["3"],
    "start_1": "13:30",
    "end_1": "15:30",
    "holidays": "off",
}
