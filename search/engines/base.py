"""What every engine can do. Engines receive tokens and plans; they know nothing of Japanese, apps or pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..analysis.analysed import AnalysedDocument
from ..plan import Plan
from ..request import SearchRequest

DocumentKey = tuple[str, str]  # (type, id)
EXACT_TITLE = 40.0  # what a title equal to the whole question is worth, on every engine


@dataclass(frozen=True, slots=True)
class Found:
    """One document an engine found."""

    type: str
    id: str
    score: float
    title: str
    card: Mapping[str, Any]
    location: tuple[float, float] | None = None
    next_date: date | None = None
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of what was found. `total` and `facets` are exact; a facet ignores the filter on its own field."""

    found: tuple[Found, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


#: What an engine outside the database is asked for instead of a name in `IndexState`: the index adopted last. Nobody
#: writes under this name.
ADOPTED = "adopted"


class EngineUnavailable(Exception):
    """The engine cannot give a whole answer now: down, too slow, overloaded, an index or a part of it missing.

    Its message is logged: it says what is wrong with the engine, never what was asked.
    """


class QuestionRefused(EngineUnavailable):
    """The engine cannot answer this question; others it may."""


class DocumentRefused(Exception):
    """The engine will never take one of these documents as it is, however often it is sent."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A title that begins, or has a word that begins, as what is typed. `form` is what matched, folded.

    `alone` is off where other documents bear the same title: it does not say which of them is meant.
    """

    type: str
    id: str
    title: str
    form: str
    alone: bool = True


def best_completions(rows: Iterable[tuple[str, str, str, str, str]], limit: int) -> tuple[Completion, ...]:
    """Rows of (form, type, id, title, sort key) as completions: the shortest form first, each title once."""
    of_title: dict[str, list[tuple[str, str, str, str, str]]] = {}
    for row in sorted(rows, key=lambda row: (len(row[0]), row[4], row[1], row[2], row[0])):
        of_title.setdefault(row[3], []).append(row)
    return tuple(
        Completion(same[0][1], same[0][2], title, same[0][0], len({row[1:3] for row in same}) == 1)
        for title, same in list(of_title.items())[:limit]
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """Documents of one tile of a map: how many, their middle (degrees). One alone comes with its key and card."""

    count: int
    lat: float
    lng: float
    type: str = ""
    id: str = ""
    title: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cells:
    """The map's answer: `total` documents with a point within the filters and the box, `cells` with the most first."""

    total: int
    cells: tuple[Cell, ...]


class Engine(ABC):
    """Contract of all engines; `tests/search/test_engine_contract.py` holds each of them to it.

    `index` names one of several indexes that live side by side (live, being built, scratch). Engines that are not in
    the project's database are not `transactional`; any of their methods may raise `EngineUnavailable`.
    """

    name: str
    transactional: bool = True
    batch: int = 500  # how many documents `put` takes best at a time

    def within(self, deadline: float) -> Engine:
        """The same engine, whose calls end before `deadline` (`time.monotonic()`) or raise `EngineUnavailable`."""
        return self

    def as_of(self, token: int) -> Engine:
        """The same engine, whose writes (`put`, `remove`) give way to what was written with a higher token.

        Tokens grow with each batch (`search.upkeep.writing`). A write held up on its way, and one of a worker that was
        stopped while another took over, must not undo what was written after it. A transaction needs no token.
        """
        return self

    def at_one_moment(self) -> Engine:
        """The same engine for the questions of one page, which need not see what is saved while it is made."""
        return self

    def create(self, index: str) -> None:  # noqa: B027 - tables are there already
        """Make an index ready to be filled. Harmless when it is there."""

    def settle(self, index: str) -> None:  # noqa: B027 - a commit is enough
        """Make everything put into the index findable from now on."""

    def adopt(self, index: str) -> None:  # noqa: B027 - the name in `IndexState` is enough
        """From now on this index is the one the site asks (a cluster's alias `ADOPTED` moves to it in one step).

        Asked for often: harmless, and cheap, when it is the adopted one already.
        """

    @abstractmethod
    def search(self, plan: Plan, request: SearchRequest, *, index: str) -> Answer:
        """Answer a plan. Two documents of one score are ordered the same way every time."""

    @abstractmethod
    def count_groups(self, plan: Plan, request: SearchRequest, *, index: str) -> tuple[int, ...]:
        """For each group alone, how many documents hold it within the request's filters."""

    @abstractmethod
    def put(self, documents: Sequence[AnalysedDocument], *, index: str) -> None:
        """Add or replace documents, all or none. Outside a database some may be in when `EngineUnavailable` or
        `DocumentRefused` is raised; the caller repeats them. A missing index is not made."""

    @abstractmethod
    def remove(self, keys: Iterable[DocumentKey], *, index: str) -> None:
        """Take documents out; unknown keys are ignored."""

    @abstractmethod
    def fingerprints(self, *, index: str) -> Iterator[tuple[DocumentKey, str]]:
        """Every document's key and fingerprint."""

    @abstractmethod
    def drop(self, index: str) -> None:
        """Remove an index with all it holds; an unknown name is ignored."""

    @abstractmethod
    def indexes(self) -> set[str]:
        """Names of all indexes there are (of this site; an engine in the database need not name empty ones)."""

    @abstractmethod
    def complete(
        self, typed: str, *, index: str, types: Sequence[str] = (), limit: int = 10
    ) -> tuple[Completion, ...]:
        """Titles with a form (`AnalysedDocument.completions`) that begins with `typed`, folded and compact."""

    @abstractmethod
    def cells(self, plan: Plan, request: SearchRequest, *, index: str, zoom: int, limit: int) -> Cells:
        """Everything found that has a point, counted by web-mercator tiles of this zoom (`search.tiles`)."""
