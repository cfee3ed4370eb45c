"""What waits on staff's first screen besides the register. One generator a part; own places only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.work_counts import Counted, own
from directory.work_list import WorkItem, register_work_items

from .choices import IntroductionState, RemovalState
from .models import Introduction, RemovalRequest
from .services.introductions import STALE_AFTER


def register() -> None:
    """Called once, when Django is ready."""
    register_work_items("introductions", introduction_items)
    register_work_items("removals", removal_items)


def introduction_items(user: Any) -> Iterator[WorkItem]:
    """New requests, and what was left lying or is to be asked after by now."""
    rows = own(Introduction, user)
    yield WorkItem(
        "introduction",
        by_district(rows.filter(state=IntroductionState.REQUESTED)),
        _("つなぎの申込み"),
        _("引き受けて、双方の団体にたずねます。"),
        "events_introductions:list",
        {"state": IntroductionState.REQUESTED},
    )
    stale = Introduction.objects.stale(timezone.localdate(), STALE_AFTER)
    yield WorkItem(
        "introduction_stale",
        by_district(rows.filter(pk__in=stale.values("pk"))),
        _("進んでいないつなぎ"),
        _("もう一度たずねるか、様子を聞いて、結果を記録します。"),
        "events_introductions:list",
        {"stale": "true"},
    )


def removal_items(user: Any) -> Iterator[WorkItem]:
    """What was hidden because somebody asked, and nobody has looked at yet."""
    yield WorkItem(
        "removal",
        by_district(own(RemovalRequest, user).filter(state=RemovalState.WAITING), "report__district"),
        _("取り除いてほしい連絡"),
        _("公開は止めてあります。確かめて、取り除くか、公開に戻します。"),
        "events_removals:list",
        {"state": RemovalState.WAITING},
        place="",
    )


def by_district(rows: QuerySet, place: str = "district") -> Counted:
    """How many of `rows` there are, in all and by district. One question."""
    counted = rows.order_by().values_list(place).annotate(n=Count("pk", distinct=True))
    found: Counter[int | None] = Counter(dict(counted))
    return Counted(sum(found.values()), found)
