"""Times of many questions in few figures."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds. `cpu_…` is the processor's time of this process: what is left when the machine does other things
    too. `late` counts questions cut off at the limit; they count as having taken that long."""

    count: int
    mean: float
    p50: float
    p95: float
    p99: float
    cpu_p50: float
    cpu_p95: float
    late: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def summary(times: Sequence[tuple[float, float]], late: int = 0) -> Times:
    """Percentiles by rank of (wall, processor) milliseconds: p99 of 100 questions is the slowest but one."""
    wall, cpu = (sorted(column) for column in zip(*times, strict=True)) if times else ([0.0], [0.0])
    return Times(
        len(times), round(sum(wall) / len(wall), 2), _at(wall, 0.5), _at(wall, 0.95), _at(wall, 0.99),
        _at(cpu, 0.5), _at(cpu, 0.95), late,
    )  # fmt: skip


def _at(ordered: Sequence[float], share: float) -> float:
    return round(ordered[max(0, math.ceil(len(ordered) * share) - 1)], 2)


def timed(ask: Callable[[T], object], questions: Iterable[T]) -> list[tuple[float, float]]:
    """Milliseconds of each question, one after the other: by the clock, and of the processor."""
    times = []
    for question in questions:
        started, cpu = time.perf_counter(), time.process_time()
        ask(question)
        times.append(((time.perf_counter() - started) * 1000, (time.process_time() - cpu) * 1000))
    return times


def peak_memory_mb() -> float:
    """The most memory this process ever had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
