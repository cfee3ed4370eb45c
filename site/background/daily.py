"""What is to be done once a day. Apps register it in `AppConfig.ready`; the worker does it after six in the morning."""

from __future__ import annotations

from collections.abc import Callable

#: Does a day's work and returns anything (it is not kept). It must bear being run again: one that was interrupted is.
Job = Callable[[], object]

_jobs: dict[str, Job] = {}


def register_daily_job(name: str, function: Job) -> None:
    """Have `function()` run once a day. `name` is unique, at most 60 letters, e.g. "occurrences".

    Jobs run in the order of their registration, each apart from the others: one that fails is tried again later and
    holds up no other.
    """
    if _jobs.get(name, function) is not function:
        raise ValueError(f"Two daily jobs are named {name!r}. Choose another name for one of them.")
    _jobs[name] = function


def daily_jobs() -> dict[str, Job]:
    """Name → function of everything registered."""
    return dict(_jobs)
