"""A hard end for calls to an engine outside the database, whatever the network does.

Time limits of sockets count from byte to byte: a server that sends one a second, a name server that says nothing and
a proxy that keeps the line open outlast them all. So each call runs in a thread that nobody waits for any longer than
the time there is. Calls left behind end by themselves; while too many of them hang, new ones are refused at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from ..analysis.analysed import AnalysedDocument
from ..plan import Plan
from ..request import SearchRequest
from .base import Answer, Cells, Completion, DocumentKey, Engine, EngineUnavailable

T = TypeVar("T")
MOST_AT_ONCE = 64
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def run_within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` returns or raises. EngineUnavailable after `seconds`, or when too many calls hang already."""
    if seconds <= 0:
        raise EngineUnavailable("no time left")
    places = _places
    if not places.acquire(blocking=False):
        raise EngineUnavailable("too many calls without an answer")
    outcome: list[tuple[bool, Any]] = []
    ended = threading.Event()

    def run() -> None:
        try:
            outcome.append((True, call()))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            outcome.append((False, error))
        finally:
            places.release()
            ended.set()

    # A daemon: a call that hangs must not keep the process from ending.
    threading.Thread(target=run, name="search-engine-call", daemon=True).start()
    if not ended.wait(seconds):
        raise EngineUnavailable("no answer in time")
    good, result = outcome[0]
    if good:
        return result
    raise result


class BoundedEngine(Engine):
    """`engine` for as long as all calls together take `seconds`: what is done between them does not count.

    Whatever goes wrong with a question is `EngineUnavailable`. `spent` says how much of the time is used.
    """

    transactional = False

    def __init__(self, engine: Engine, seconds: float) -> None:
        self.name = engine.name
        self.seconds = seconds
        self.spent = 0.0
        self._engine = engine

    def _do(self, method: str, *args: Any, **kwargs: Any) -> Any:
        began, left = time.monotonic(), self.seconds - self.spent
        bound = getattr(self._engine.within(began + left), method)
        try:
            return run_within(left, lambda: bound(*args, **kwargs))
        finally:
            self.spent += time.monotonic() - began

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return self._do(method, *args, **kwargs)
        except EngineUnavailable:
            raise
        except Exception as error:
            # An answer nobody thought of. The message may hold what was asked; the kind of error does not.
            raise EngineUnavailable(type(error).__name__) from error

    def search(self, plan: Plan, request: SearchRequest, *, index: str) -> Answer:
        return cast(Answer, self._ask("search", plan, request, index=index))

    def count_groups(self, plan: Plan, request: SearchRequest, *, index: str) -> tuple[int, ...]:
        return cast(tuple[int, ...], self._ask("count_groups", plan, request, index=index))

    def complete(
        self, typed: str, *, index: str, types: Sequence[str] = (), limit: int = 10
    ) -> tuple[Completion, ...]:
        return cast(
            tuple[Completion, ...], self._ask("complete", typed, index=index, types=types, limit=limit)
        )

    def cells(self, plan: Plan, request: SearchRequest, *, index: str, zoom: int, limit: int) -> Cells:
        return cast(Cells, self._ask("cells", plan, request, index=index, zoom=zoom, limit=limit))

    def indexes(self) -> set[str]:
        return cast(set[str], self._ask("indexes"))

    def fingerprints(self, *, index: str) -> Iterator[tuple[DocumentKey, str]]:
        return iter(self._ask("fingerprints", index=index))

    def put(self, documents: Sequence[AnalysedDocument], *, index: str) -> None:
        self._do("put", documents, index=index)

    def remove(self, keys: Iterable[DocumentKey], *, index: str) -> None:
        self._do("remove", list(keys), index=index)

    def create(self, index: str) -> None:
        self._do("create", index)

    def settle(self, index: str) -> None:
        self._do("settle", index)

    def adopt(self, index: str) -> None:
        self._do("adopt", index)

    def drop(self, index: str) -> None:
        self._do("drop", index)
