"""The facts of an event, in the order people ask for them. Page, print and feeds show these and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import PlaceVisibility
from directory.facts import Fact, place_lines
from directory.japanese_dates import clock, short_date
from directory.models import Organization
from directory.schedule_words import schedule_lines
from directory.visibility import Place, is_public_organization, served_areas

from .choices import SignUpPolicy
from .event_words import audience_lines, fee_lines, span_words, when_words
from .models import Event, EventDate
from .signup_opening import closes_at, is_for_all_dates


def facts_of(event: Event, place: Place, dates: Sequence[EventDate]) -> list[Fact]:
    """The facts of `event` as whoever may see `place` may know them. Rows without an answer are left out."""
    organizer = organizer_of(event)
    rows = [
        Fact("when", _("いつ"), tuple(when_lines(event, dates)), is_strong=True),
        Fact("where", _("どこで"), tuple(where_lines(event, place))),
        Fact("fee", _("費用"), tuple(fee_lines(event))),
        Fact("audience", _("対象"), tuple(_audience(event, place))),
        Fact("join", _("参加のしかた"), tuple(join_lines(event, dates))),
        Fact("bring", _("持ち物"), (event.bring,) if event.bring else ()),
    ]
    if organizer is not None:
        rows.append(Fact("organization", _("主催"), (organizer.name,), url=organizer.get_absolute_url()))
    return [fact for fact in rows if fact.lines]


def when_lines(event: Event, dates: Sequence[EventDate]) -> list[str]:
    """One date as it is; of several the rule, and from when to when."""
    held = [item for item in dates if item.takes_place] or list(dates)
    if not held:
        return [_("日にちは、決まりしだいお知らせします。")]
    if len(held) == 1:
        return [when_words(held[0])]
    # Explicit dates stand below one by one; a rule is what people keep in mind.
    ruled = [schedule for schedule in event.schedules.all() if schedule.rule.rules]
    rules = schedule_lines(cast(Any, ruled)) if ruled else []
    return [*rules, span_words(held[0].date, held[-1].date, len(held))]


def where_lines(event: Event, place: Place) -> list[str]:
    """The place; a note on it only where it may be known exactly."""
    is_exact = place.visibility == PlaceVisibility.EXACT
    lines = [*place_lines(place), event.place_note if is_exact else ""]
    if event.joining_text:
        lines.append(_("くわしいことは、申込みのあとにお知らせします。"))
    return [line for line in lines if line]


def join_lines(event: Event, dates: Sequence[EventDate]) -> list[str]:
    """How to take part, how many, until when."""
    policy = SignUpPolicy(event.signup_policy)
    sentence = {
        SignUpPolicy.NONE: _("申込みはいりません。そのままお越しください。"),
        SignUpPolicy.OPEN: _("申込みがいります。"),
        SignUpPolicy.APPROVAL: _("申込みがいります。参加できるかは、主催者がお返事します。"),
        SignUpPolicy.PHONE: _("電話で申し込んでください。"),
        SignUpPolicy.OUTSIDE: _("ほかのホームページで申し込んでください。"),
    }[policy]
    lines = [sentence]
    if is_for_all_dates(event) and policy != SignUpPolicy.NONE and len(dates) > 1:
        lines.append(_("全部の回をまとめて申し込みます。"))
    if event.capacity:
        lines.append(_("定員%(count)d人") % {"count": event.capacity})
    return [*lines, *_deadline(event, dates)]


def organizer_of(event: Event) -> Organization | None:
    """Who holds it, where everybody may know it."""
    organization = event.organization
    return organization if organization is not None and is_public_organization(organization) else None


def _audience(event: Event, place: Place) -> list[str]:
    served = _("、").join(area.name for area in served_areas(event, place))
    return [*audience_lines(event), *([_("対象の地域:%(areas)s") % {"areas": served}] if served else [])]


def _deadline(event: Event, dates: Sequence[EventDate]) -> list[str]:
    """Until when, where the organiser said so; of single dates the rule, of all together the day."""
    from_start = event.closes_days_before
    if not event.takes_signups_here or (from_start is None and event.signup_closes_at is None):
        return []
    held = [item for item in dates if item.takes_place]
    if from_start is not None and len(held) > 1 and not is_for_all_dates(event):
        return [_("申込みは、それぞれの%(days)d日前まで") % {"days": from_start}]
    return [_("申込みは%(day)sまで") % {"day": _moment(closes_at(event, held))}] if held else []


def _moment(moment: datetime) -> str:
    """「11月19日(木)」, with the hour where it is not the end of the day."""
    local = timezone.localtime(moment)
    day = short_date(local.date())
    return (
        day
        if local.time().replace(second=0, microsecond=0) == time(23, 59)
        else f"{day} {clock(local.time())}"
    )
