"""From a text to a schedule. Never a wrong rule: what is doubtful stays text.

`parsed`: the text answers for every day whether something is held. `partial`: something was understood, but
days are missing or may differ; rules are kept only when what they say is right as far as it goes
(第2水曜日**他**, 夏季は30分後ろ倒し), otherwise they are only `candidates` for a person to accept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .assembly import assemble
from .normalise import normalise
from .phrases import Sign
from .reading import Reading, read
from .rules import Rule, Slot
from .spec import Kind, ScheduleSpec


class ParseStatus(StrEnum):
    PARSED = "parsed"
    PARTIAL = "partial"
    UNPARSED = "unparsed"


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What a text says. `original` is exactly what was given; `leftovers` are words nobody understood.

    `doubts` name why the days are not believed (`choice`, `varies`, `words`, `days`, `holidays` …);
    `candidates` are rules that were read but not trusted: to be offered to an editor, never to be shown.
    """

    status: ParseStatus
    spec: ScheduleSpec
    original: str
    leftovers: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    candidates: tuple[Rule, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.spec.all_slots


def parse(text: str, today: date | None = None) -> ParseResult:
    """Read a free text such as 「第2・第4木曜 13:30〜15:30(祝日休み)」. Never raises, whatever the text.

    `today` decides the year of dates written without one; the default is the day of the call.
    """
    plain = normalise(text)
    reading = read(plain, today or date.today())
    return conclude(reading, text, plain)


def conclude(reading: Reading, original: str, plain: str, doubts: Sequence[str] = ()) -> ParseResult:
    """Judge a complete reading. `plain` is the normalised text, kept as the note of what has no rule.

    `doubts` found by the caller keep the rules from being believed.
    """
    leftovers = tuple(dict.fromkeys([*reading.unknown, *reading.doubtful_times]))
    if Sign.ENDED in reading.signs or not reading.understood_anything:
        return ParseResult(ParseStatus.UNPARSED, ScheduleSpec(note=plain), original, leftovers)
    found = assemble(reading, doubts)
    spec = found.spec
    if spec.kind in (Kind.REGULAR, Kind.DATES, Kind.ALWAYS):
        spec = replace(spec, note=" ".join(dict.fromkeys(reading.remarks)))
    else:
        spec = replace(spec, note=plain)
    status = ParseStatus.PARSED if found.complete else ParseStatus.PARTIAL
    return ParseResult(status, spec, original, leftovers, found.doubts, found.candidates)
