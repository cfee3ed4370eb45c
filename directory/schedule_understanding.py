"""What the platform makes of a timetable somebody ticked or pasted: shown before saving, and stored on saving."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .choices import ParseStatus
from .schedule_choices import IncompleteChoices, spec_from_choices
from .schedules.occurrences import next_dates
from .schedules.parser import parse
from .schedules.spec import Kind, ScheduleSpec
from .schedules.wording import describe

#: Dates shown so that a person can hold them against a calendar.
SHOWN_DATES = 6


@dataclass(frozen=True)
class Understanding:
    """A timetable as understood. `said` tells the person, in sentences, what was not."""

    spec: ScheduleSpec
    status: ParseStatus
    wording: str
    dates: tuple[date, ...] = ()
    said: tuple[str, ...] = field(default=())


def understand_text(text: str, today: date) -> Understanding:
    """Read a pasted text. What is not understood stays as text, and is said."""
    result = parse(text, today=today)
    status = ParseStatus(str(result.status))
    return Understanding(
        spec=result.spec,
        status=status,
        wording=describe(result.spec) if status != ParseStatus.UNPARSED else text.strip(),
        dates=tuple(next_dates(result.spec, today, SHOWN_DATES)),
        said=tuple(_said_of_text(status, result)),
    )


def _said_of_text(status: ParseStatus, result: Any) -> list[str]:
    if status == ParseStatus.UNPARSED:
        return [
            _(
                "文から日にちを計算できませんでした。文はこのまま掲載します。下の「えらんで入力する」も使えます。"
            )
        ]
    if status == ParseStatus.PARTIAL:
        rest = "、".join(result.leftovers)
        if rest:
            return [_("「%(rest)s」は理解できませんでした。文はこのまま残ります。") % {"rest": rest}]
        return [_("一部だけ理解できました。文はこのまま残ります。")]
    return []


def understand_choices(values: dict[str, Any], today: date) -> Understanding:
    """Read ticked boxes. Raises `IncompleteChoices`."""
    spec = spec_from_choices(values)
    return understand_spec(spec, today)


def understand_spec(spec: ScheduleSpec, today: date) -> Understanding:
    """Say what a timetable means."""
    vague = spec.kind == Kind.REGULAR and not spec.is_dated
    said = (
        (
            _(
                "何週間おきかはわかりましたが、はじまりの日がわからないので、日にちは計算しません。「開くとわかっている日」を1つ入力してください。"
            ),
        )
        if vague
        else ()
    )
    return Understanding(
        spec=spec,
        status=ParseStatus.PARTIAL if vague else ParseStatus.PARSED,
        wording=describe(spec),
        dates=tuple(next_dates(spec, today, SHOWN_DATES)),
        said=said,
    )


def read_dates(text: str, today: date) -> list[date]:
    """Dates typed one by one, any usual way of writing. Raises `IncompleteChoices` naming the line."""
    found: list[date] = []
    for line in re.split(r"[\n,、]+", unicodedata.normalize("NFKC", text)):
        if line.strip():
            found += _dates_in(line.strip(), today)
    return sorted(set(found))


def _dates_in(line: str, today: date) -> list[date]:
    try:
        return [date.fromisoformat(line)]
    except ValueError:
        result = parse(line, today=today)
    if not result.spec.dates or result.spec.rules:
        raise IncompleteChoices(
            "dates", _("「%(line)s」は日にちとして読めません。例:2026年12月5日") % {"line": line}
        )
    return list(result.spec.dates)


_DAY = re.compile(r"(\d{1,2})日?$")


def read_monthdays(text: str) -> list[int]:
    """「15、29、末日」 → [15, 29, -1]. Raises `IncompleteChoices`."""
    found = []
    for word in re.split(r"[\s,、・と]+", unicodedata.normalize("NFKC", text).strip()):
        match = _DAY.match(word)
        if word in ("末日", "月末"):
            found.append(-1)
        elif match and 1 <= int(match[1]) <= 31:
            found.append(int(match[1]))
        elif word:
            raise IncompleteChoices(
                "monthdays",
                _("「%(word)s」は日にちとして読めません。1から31の数か「末日」を入力してください。")
                % {"word": word},
            )
    return found
