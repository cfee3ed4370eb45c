"""A resource as it stands in a list: made once, when it is indexed, and shown without asking the database again.

`card_data` is the part that is stored (public facts only, JSON-safe); `Card` is what a template shows on a given day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .choices import JoinPolicy, LifeStatus, PlaceVisibility
from .facts import fee_lines
from .freshness import is_long_ago, trust_of
from .models import Category, Resource, Schedule
from .related import related
from .schedule_words import card_line
from .visibility import Place, place_of

#: Code of the audience that takes in all others.
EVERYONE = "everyone"
#: Metres a minute on foot (不動産の表示に関する公正競争規約施行規則), rounded up.
METRES_A_MINUTE = 80
#: Nobody asks how long it takes to walk farther.
MAX_WALK_MINUTES = 60


@dataclass(frozen=True)
class Card:
    """What `includes/_resource_card.html` shows. `facts` are (name of an icon, text)."""

    url: str
    name: str
    kana: str = ""
    kind: str = ""
    name_html: SafeString | None = None
    next_date: date | None = None
    next_cancelled: bool = False
    notice: str = ""
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    distance: str = ""
    walk: int | None = None
    verified: str = ""
    stale: bool = False
    #: Of an entry that can be kept as a favourite.
    code: str = ""


def card_data(
    resource: Resource, place: Place | None = None, schedules: Iterable[Schedule] | None = None
) -> dict[str, Any]:
    """The public facts of `resource` for a list, as JSON. Costs no query for one loaded `with_card_data`.

    Whoever has its `place` or its `schedules` at hand passes them on.
    """
    place = place or place_of(resource)
    kind = main_category(related(resource, "categories"))
    return {
        "code": resource.code,
        "name": resource.name,
        "kana": resource.kana,
        "kind": kind.name if kind else "",
        "schedule": card_line(related(resource, "schedules") if schedules is None else schedules),
        "place": place_words(place),
        "fee": fee_lines(resource)[0] if resource.fee_kind != "unknown" else "",
        "audience": audience_words(resource),
        "join": join_words(resource),
        "join_policy": resource.join_policy,
        "paused": resource.life_status == LifeStatus.PAUSED,
        "paused_note": resource.paused_note if resource.life_status == LifeStatus.PAUSED else "",
        "notice": resource.notice,
        "notice_from": _iso(resource.notice_from),
        "notice_until": _iso(resource.notice_until),
        "verified_on": _iso(resource.verified_on),
        "verified_how": resource.verified_how,
        "stale_on": _iso(resource.stale_on),
        "point": [place.lat, place.lng] if place.has_point else None,
        "rough": place.visibility != PlaceVisibility.EXACT,
    }


def card_from(
    data: Mapping[str, Any],
    *,
    today: date,
    next_date: date | None = None,
    name_html: SafeString | None = None,
    distance_m: float | None = None,
    url: str | None = None,
) -> Card:
    """The card of stored `data` as it is shown on `today`. Understands data of an older form by leaving gaps.

    `url` is the page of the entry unless said otherwise.
    """
    verified_on, stale_on = _date(data.get("verified_on")), _date(data.get("stale_on"))
    is_old = is_long_ago(verified_on, today, stale_on=stale_on)
    return Card(
        url=url or reverse("directory:resource", kwargs={"code": data["code"]}),
        name=data["name"],
        kana=data.get("kana", ""),
        kind=data.get("kind", ""),
        name_html=name_html,
        next_date=None if data.get("paused") else next_date,
        notice=notice_words(data, today),
        facts=tuple(_facts(data)),
        distance=distance_words(distance_m),
        walk=walk_minutes(distance_m),
        verified=verified_words(verified_on, today, data.get("verified_how", ""), is_old)
        if "verified_on" in data
        else "",
        stale="verified_on" in data and is_old,
        code=data["code"] if url is None else "",
    )


def card_of(resource: Resource, *, today: date) -> Card:
    """The card of a resource loaded `with_card_data(today)`."""
    coming = getattr(resource, "coming", [])
    return card_from(card_data(resource), today=today, next_date=coming[0].date if coming else None)


def main_category(categories: Iterable[Category]) -> Category | None:
    """What an entry is, in one word: its first kind, else its first element."""
    found = sorted(categories, key=lambda category: (category.parent_id is None, category.order, category.pk))
    return found[0] if found else None


def place_words(place: Place) -> str:
    """「南烏山六丁目 区民ひろば」, as closely as the place may be known."""
    if place.name and place.town and place.town not in place.name:
        words = f"{place.town} {place.name}"
        return _("%(place)s・オンライン") % {"place": words} if place.is_online else words
    return place.words


def audience_words(resource: Resource) -> str:
    """「高齢の方、子ども」: two at most; who may come as everybody needs no other word."""
    audiences = related(resource, "audiences")
    everyone = [audience.name for audience in audiences if audience.code == EVERYONE]
    names = everyone or [audience.name for audience in audiences]
    if len(names) > 2:
        return _("%(first)s、%(second)sなど") % {"first": names[0], "second": names[1]}
    return _("、").join(names)


def join_words(resource: Resource) -> str:
    """How to join, where that is known."""
    if resource.join_policy == JoinPolicy.OPEN:
        return _("予約不要")
    if resource.join_policy == JoinPolicy.RESERVATION:
        return _("要予約")
    return _("紹介が必要") if resource.join_policy == JoinPolicy.REFERRAL else ""


def notice_words(data: Mapping[str, Any], today: date) -> str:
    """What stands above everything: a pause, or a notice that is in force on `today`."""
    if data.get("paused"):
        words = _("現在はお休みしています")
        note = data.get("paused_note")
        return _("%(words)s。%(note)s") % {"words": words, "note": note} if note else words
    first, last = _date(data.get("notice_from")), _date(data.get("notice_until"))
    in_force = (first is None or first <= today) and (last is None or today <= last)
    return data.get("notice", "") if in_force else ""


def verified_words(day: date | None, today: date, how: str, is_old: bool) -> str:
    """「10月3日 電話で確認」, with the year when it is another one; says in words that the proof is old or missing."""
    if day is None:
        return _("まだ確認していません")
    if is_old:
        return _("確認が古い情報です(%(year)d年%(month)d月)") % {"year": day.year, "month": day.month}
    trust = trust_of(day, how, is_old)
    if day.year == today.year:
        return _("%(month)d月%(day)d日 %(trust)s") % {"month": day.month, "day": day.day, "trust": trust}
    return _("%(year)d年%(month)d月 %(trust)s") % {"year": day.year, "month": day.month, "trust": trust}


def distance_words(metres: float | None) -> str:
    """「420m」, 「1.3km」: as exact as it helps."""
    if metres is None:
        return ""
    if metres < 995:
        return _("%(metres)dm") % {"metres": max(10, round(metres / 10) * 10)}
    return _("%(kilometres).1fkm") % {"kilometres": metres / 1000}


def walk_minutes(metres: float | None) -> int | None:
    """Minutes on foot; None when that is no help."""
    if metres is None:
        return None
    minutes = max(1, math.ceil(metres / METRES_A_MINUTE))
    return minutes if minutes <= MAX_WALK_MINUTES else None


def _facts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [
        ("calendar", data.get("schedule")),
        ("pin", data.get("place")),
        ("yen", data.get("fee")),
        ("people", data.get("audience")),
        ("check" if data.get("join_policy") == JoinPolicy.OPEN else "edit", data.get("join")),
        ("info", data.get("summary")),
    ]
    return [(icon, text) for icon, text in rows if text]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
