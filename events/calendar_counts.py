"""How many events each choice of the calendar's filters would leave: exact, and with respect to the other filters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from directory.choices import FeeKind, PlaceVisibility
from directory.find_words import FindWords

from .choices import AttendanceMode
from .filters import COUNTED, HowToJoin
from .models import Event
from .questions import EventQuestion

#: What is known of each event.
_COLUMNS = (
    "event_id",
    "event__kind",
    "event__district_id",
    "event__fee_kind",
    "event__signup_policy",
    "event__attendance_mode",
    "event__place_visibility",
    "event__venue__visibility",
)
Values = dict[str, frozenset[str]]


class Counts:
    """The counts of one question. Three queries at most, whatever the number of events."""

    def __init__(self, question: EventQuestion) -> None:
        self.question = question

    def of(self, param: str, value: str) -> int:
        """How many events there are with `value`, under all filters but its own."""
        return self._counted[param][value]

    @cached_property
    def _counted(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {item.param: Counter() for item in COUNTED}
        chosen = {param: set(values) for param, values in self.question.values.items() if param in found}
        for values in self._events():
            missed = {param for param, wanted in chosen.items() if not wanted & values[param]}
            for param, counter in found.items():
                if missed <= {param}:
                    counter.update(values[param])
        return found

    def _events(self) -> Iterator[Values]:
        """The values by parameter of each event: one that is held ten times is one event."""
        dates = self.question.coming(but=[item.param for item in COUNTED]).order_by()
        rows = list(dates.values(*_COLUMNS).distinct())
        audiences = _codes_by_event(row["event_id"] for row in rows)
        served = _served(row["event_id"] for row in rows if row["event__district_id"] is None)
        paths = {key: path for path, key in self.question.words.area_keys.items()}
        for row in rows:
            values = _values(row)
            values["audience"] = frozenset(audiences[row["event_id"]])
            if not _is_hidden(row):
                values["area"] = _places(row, served, paths, self.question.words)
            yield values


def _values(row: dict[str, Any]) -> Values:
    policies = HowToJoin.POLICIES.items()
    return {
        "area": frozenset(),
        "kind": frozenset([row["event__kind"]]),
        "free": _yes(row["event__fee_kind"] == FeeKind.FREE),
        "signup": frozenset(value for value, those in policies if row["event__signup_policy"] in those),
        "online": _yes(row["event__attendance_mode"] != AttendanceMode.ONSITE),
    }


def _yes(is_so: bool) -> frozenset[str]:
    return frozenset(["yes"]) if is_so else frozenset()


def _is_hidden(row: dict[str, Any]) -> bool:
    """The same rule as `visibility.listed_events`."""
    return PlaceVisibility.HIDDEN in (row["event__place_visibility"], row["event__venue__visibility"])


def _places(
    row: dict[str, Any], served: dict[int, list[int]], paths: dict[int, str], words: FindWords
) -> frozenset[str]:
    """Where it is, with what that lies in; what has no place is where it is for. The same rule as `filters.Where`."""
    if row["event__district_id"] is not None:
        return frozenset(_upwards(paths.get(row["event__district_id"], "")))
    found: set[str] = set()
    for path in (paths[key] for key in served[row["event_id"]] if key in paths):
        found.update(_upwards(path))
        found.update(other for other in words.area_keys if other.startswith(f"{path}/"))
    return frozenset(found)


def _upwards(path: str) -> list[str]:
    """`path` and what it lies in."""
    slugs = path.split("/") if path else []
    return ["/".join(slugs[:length]) for length in range(1, len(slugs) + 1)]


def _codes_by_event(events: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Event.audiences.through.objects.filter(event__in=list(events))
    for event, code in rows.values_list("event_id", "audience__code"):
        found[event].append(code)
    return found


def _served(events: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    asked = list(events)
    if asked:
        rows = Event.areas_served.through.objects.filter(event__in=asked)
        for event, area in rows.values_list("event_id", "area_id"):
            found[event].append(area)
    return found
