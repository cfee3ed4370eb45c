"""A register that never rests, in processes of its own: `python -c "import django; django.setup(); …"`.

Each function is one process's work. They end when their standard input does and print one line of JSON.
"""

from __future__ import annotations

import json
import random
import select
import sys
import time
from collections.abc import Callable

from directory.models import Organization
from search.engines import engines_in_use, get_engine
from search.indexing import BATCH
from search.request import SearchRequest
from search.services import search
from search.upkeep.rebuilding import rebuild
from tests.factories.directory import OrganizationFactory

WRITES_A_SECOND = 50
SLICE_PAUSE = 0.3  # a rebuild that takes its time, so that much changes behind it


def fill(slices: int) -> None:
    """Enough for a rebuild of so many slices, in the index of every engine."""
    Organization.objects.bulk_create(
        OrganizationFactory.build(code=f"R{number}") for number in range(slices * BATCH - BATCH // 2)
    )
    for engine in engines_in_use():
        rebuild(engine=engine)
    _tell({"filled": Organization.objects.count()})


def write() -> None:
    """Rename, add and remove, fifty times a second."""
    choose = random.Random(1)
    pks = list(Organization.objects.order_by("pk").values_list("pk", flat=True))
    count = 0

    def once() -> None:
        nonlocal count
        count += 1
        what = choose.random()
        if what < 0.1:
            pks.append(OrganizationFactory(name=f"ひだまりの新しい会{count}").pk)
        elif what < 0.2:
            Organization.objects.get(pk=pks.pop(choose.randrange(len(pks)))).delete()
        else:
            organization = Organization.objects.get(pk=choose.choice(pks))
            organization.name = f"ひだまりの会の{count}番目の名前"
            organization.save()

    _until_told(once, 1 / WRITES_A_SECOND)
    _tell({"writes": count})


def ask() -> None:
    """Search all the time; `least` is the fewest that were ever found."""
    totals = [_total()]
    print("asking", flush=True)  # noqa: T201
    _until_told(lambda: totals.append(_total()), 0.02)
    _tell({"searches": len(totals), "least": min(totals)})


def build(engine: str) -> None:
    """Rebuild, telling of each slice."""

    def progress(count: int) -> None:
        print("slice", flush=True)  # noqa: T201
        time.sleep(SLICE_PAUSE)

    _tell({"built": rebuild(engine=get_engine(engine), progress=progress, linger=3.0)})


def _total() -> int:
    return search(SearchRequest(text="ひだまり", page_size=5)).total


def _until_told(work: Callable[[], object], pause: float) -> None:
    due = time.monotonic()
    while not select.select([sys.stdin], [], [], max(0.0, due - time.monotonic()))[0]:
        work()
        due = max(due + pause, time.monotonic() - 1)


def _tell(result: dict[str, int]) -> None:
    print(json.dumps(result), flush=True)  # noqa: T201
