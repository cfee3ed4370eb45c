"""What is picked on a phone becomes the sentence that the schedule engine reads as just that."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from directory.schedule_choices import IncompleteChoices
from directory.schedule_picker import is_of_picks, text_of_picks
from directory.schedules.parser import parse

DAYS = ([3], [0, 4], [5, 6], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6])
WEEKS = ([], [0], [2, 4], [-1], [1, 3, 5], [4, -1])
TIMES = (("", ""), ("13:30", "15:30"), ("09:00", ""))


@pytest.mark.parametrize(("days", "weeks", "times"), list(product(DAYS, WEEKS, TIMES)))
def test_every_pick_is_read_as_picked(days, weeks, times) -> None:
    text = text_of_picks({"weekdays": days, "ordinals": weeks, "start": times[0], "end": times[1]})
    read = parse(text, today=date(2026, 11, 21))
    assert (str(read.status), read.leftovers) == ("parsed", ()), text
    picked: set[Any] = {(week, day) for week in weeks if week for day in days} or set(days)
    assert {item for rule in read.spec.rules for item in (rule.nth or rule.weekdays)} == picked
    slots = [(f"{slot.start:%H:%M}", f"{slot.end:%H:%M}" if slot.end else "") for slot in read.spec.all_slots]
    assert slots == ([times] if times[0] else [])


def test_it_reads_as_one_would_write_it() -> None:
    picks = {"weekdays": [3], "ordinals": [4, 2], "start": "13:30", "end": "15:30"}
    assert text_of_picks(picks) == "第2・第4木曜日 13:30〜15:30"
    assert is_of_picks(picks | {"schedule": "第2・第4木曜日 13:30〜15:30"})
    assert not is_of_picks(picks | {"schedule": "毎週木曜"})
    assert text_of_picks({"weekdays": [], "ordinals": []}) == ""


@pytest.mark.parametrize(
    ("picks", "field"),
    [
        ({"ordinals": [2]}, "weekdays"),
        ({"start": "10:00"}, "weekdays"),
        ({"weekdays": [1], "ordinals": [0, 2]}, "ordinals"),
        ({"weekdays": [1], "end": "10:00"}, "start_1"),
        ({"weekdays": [1], "start": "12:00", "end": "10:00"}, "end_1"),
    ],
)
def test_what_is_missing_is_asked_for_where_it_is_missing(picks, field) -> None:
    with pytest.raises(IncompleteChoices) as caught:
        text_of_picks(picks)
    assert caught.value.field == field
