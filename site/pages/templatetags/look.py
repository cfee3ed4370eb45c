"""Template tags of the look: icons, dates as people write them, line breaks at phrases, the month."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import budoux
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

SPRITE = Path(__file__).resolve().parents[2] / "static" / "icons" / "sprite.svg"
BREAK = mark_safe("<wbr>")
WEEKDAYS = "月火水木金土日"
SUNDAY_FIRST = calendar.Calendar(firstweekday=6)


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """Names of the icons that are drawn."""
    return frozenset(part.split('"', 1)[0] for part in SPRITE.read_text().split('symbol id="')[1:])


@lru_cache(maxsize=1)
def _sprite() -> str:
    """The address of the icons. Asked once: a page of a month has 2,000 of them."""
    return static("icons/sprite.svg")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon by name, always beside words, so it is hidden from readers. An unknown name shows the leaf."""
    # Names come from editors' categories too: a typing mistake must not break a page.
    wanted = str(name).replace("_", "-")
    known = wanted if wanted in icon_names() else "leaf"
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        _sprite(),
        known,
    )


@lru_cache(maxsize=4096)
def _phrases(text: str) -> tuple[str, ...]:
    return tuple(_parser().parse(text))


@lru_cache(maxsize=1)
def _parser() -> Any:
    return budoux.load_default_japanese_parser()


@register.filter
def phrases(value: object) -> SafeString:
    """A heading that breaks only between phrases: 困ったら、<wbr>まず<wbr>地区の<wbr>窓口へ."""
    parts = _phrases(str(value))
    return format_html(
        '<span class="phrases">{}</span>', format_html_join(BREAK, "{}", ((part,) for part in parts))
    )


@register.filter
def jp_date(day: date) -> str:
    """11月20日(金)."""
    return _("%(month)d月%(day)d日(%(weekday)s)") % {
        "month": day.month,
        "day": day.day,
        "weekday": WEEKDAYS[day.weekday()],
    }


@register.filter
def jp_full_date(day: date) -> str:
    """2026年11月20日(金)."""
    return _("%(year)d年%(rest)s") % {"year": day.year, "rest": jp_date(day)}


def nearness(day: date, today: date) -> tuple[bool, str]:
    """(is it this week, which ends on Sunday; the word for today or tomorrow)."""
    days = (day - today).days
    word = {0: _("今日"), 1: _("あす")}.get(days, "")
    end_of_week = today + timedelta(days=6 - today.weekday())
    return bool(word) or today <= day <= end_of_week, word


@register.inclusion_tag("includes/_date_block.html")
def date_block(day: date, cancelled: bool = False, url: str = "") -> dict[str, Any]:
    """A date as a block: month, day, weekday; warm colours when it is this week."""
    soon, word = nearness(day, timezone.localdate())
    return {
        "day": day,
        "weekday": WEEKDAYS[day.weekday()],
        "word": word,
        "soon": soon and not cancelled,
        "cancelled": cancelled,
        "url": url,
    }


@dataclass(frozen=True)
class MonthDay:
    """One cell of the month; `day` is None before the first and after the last."""

    day: date | None
    open: bool = False
    cancelled: bool = False
    today: bool = False


@register.inclusion_tag("includes/_month_calendar.html")
def month_calendar(month: date, open_days: Iterable[date], cancelled: Iterable[date] = ()) -> dict[str, Any]:
    """The month `month` lies in, Sunday first, with the days it is open. The same dates stand as text above it."""
    opened, off, today = set(open_days), set(cancelled), timezone.localdate()
    weeks = [
        [
            MonthDay(day, day in opened and day not in off, day in off, day == today)
            if day.month == month.month
            else MonthDay(None)
            for day in week
        ]
        for week in SUNDAY_FIRST.monthdatescalendar(month.year, month.month)
    ]
    return {"month": month, "weeks": weeks, "weekdays": [WEEKDAYS[-1], *WEEKDAYS[:-1]]}


@register.inclusion_tag("includes/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to the pages of a list that keep the rest of the address. `page` is a Django paginator page."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(around), "gap": page.paginator.ELLIPSIS, "query": query.urlencode()}
