"""Times of many questions in few figures."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds. `late` counts questions cut off at the limit; they count as having taken that long."""

    count: int
    mean: float
    p50: float
    p95: float
    p99: float
    late: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def summary(milliseconds: Sequence[float], late: int = 0) -> Times:
    """Percentiles by rank: p99 of 100 questions is the second slowest."""
    ordered = sorted(milliseconds)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2) if ordered else 0.0

    mean = round(sum(ordered) / max(1, len(ordered)), 2)
    return Times(len(ordered), mean, at(0.5), at(0.95), at(0.99), late)


def timed(ask: Callable[[T], object], questions: Iterable[T]) -> list[float]:
    """Milliseconds of each question, one after the other."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    return times


def peak_memory_mb() -> float:
    """The most memory this process ever had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
