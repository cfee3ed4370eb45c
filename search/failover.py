"""Asking the configured engine while it answers in time, and the embedded one while it does not (rule 7).

Every question of the public site to an engine goes through `ask`:

    completions = ask(lambda engine, index: engine.complete(typed, index=index), seconds=COMPLETION_SECONDS)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TypeVar

from .breaker import SLOW_SECONDS, STRIKES, Breaker
from .engines import DEFAULT, get_engine
from .engines.base import ADOPTED, Engine, EngineUnavailable, QuestionRefused
from .engines.bounded import BoundedEngine
from .indexing import state_of
from .plan import Plan
from .request import SearchRequest

T = TypeVar("T")
Question = Callable[[Engine, str], T]

SEARCH_SECONDS = 2.0  # all calls of one search together, before the embedded engine is asked
COMPLETION_SECONDS = 0.3  # somebody is typing
REFUSALS = 8  # questions refused in a row that open the breaker


#: Inside `one_moment`: the embedded engine with the index it is asked, once somebody asked.
_moment: ContextVar[list[tuple[Engine, str]] | None] = ContextVar("search_moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """All questions asked inside see one state of the embedded index: for the making of one page.

    A page that finds nothing asks ten times or more; what is saved in between may wait for the next page.
    """
    token = _moment.set([])
    try:
        yield
    finally:
        _moment.reset(token)


def ask(question: Question[T], *, seconds: float = SEARCH_SECONDS) -> T:
    """What `question(engine, index)` returns. Calls to an engine outside the database take `seconds` in all.

    When that engine fails in the middle, the whole question is asked again of the embedded one: an answer comes from
    one engine only, and never from a part of one.
    """
    engine = get_engine()
    if not engine.transactional:
        breaker = breaker_of(engine.name)
        if breaker.allows():
            bounded = BoundedEngine(engine, seconds)
            try:
                answer = question(bounded, ADOPTED)
            except EngineUnavailable as error:
                breaker.failed(error, strikes=_strikes(error, bounded), seconds=bounded.spent)
            else:
                breaker.answered(bounded.spent)
                return answer
    return question(*_embedded())


def _embedded() -> tuple[Engine, str]:
    kept = _moment.get()
    if kept:
        return kept[0]
    engine = get_engine(DEFAULT)
    now = engine.at_one_moment(), state_of(engine).live
    if kept is not None:
        kept.append(now)
    return now


def _strikes(error: EngineUnavailable, bounded: BoundedEngine) -> float:
    """How much a failure says of the engine.

    Nobody shall wait for a whole search's time twice; a completion that came too late is one failure. A question that is
    refused says little: who asks such questions must not switch the cluster off, but an index that refuses all of them
    has to be noticed.
    """
    if isinstance(error, QuestionRefused):
        return STRIKES / REFUSALS
    return STRIKES if bounded.spent >= bounded.seconds > SLOW_SECONDS else 1


@lru_cache(maxsize=8)
def breaker_of(name: str) -> Breaker:
    """This process's breaker of an engine."""
    return Breaker(name, lambda: _probe(name))


def _probe(name: str) -> None:
    """A search like any other: an engine may answer to its name and still lack a part of the index."""
    engine = BoundedEngine(get_engine(name), SEARCH_SECONDS)
    engine.search(Plan(), SearchRequest(page_size=1), index=ADOPTED)
    if engine.spent > SLOW_SECONDS:
        raise EngineUnavailable("slow")
