"""What one asks of an event, in the words of cards, facts and paper: how much, for whom, how to take part, when."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from directory.choices import FeeKind
from directory.facts import age_words
from directory.japanese_dates import short_date, time_span

from .choices import SignUpPolicy
from .models import Event, EventDate
from .signup_opening import Closed, closed_words, is_for_all_dates, why_closed


def fee_words(event: Event) -> str:
    """「無料」, 「300円」, 「有料」; "" where nobody knows."""
    if event.fee_kind == FeeKind.FREE:
        return _("無料")
    if event.fee:
        return _("%(amount)s円") % {"amount": f"{event.fee:,}"}
    return event.fee_note or (_("有料") if event.fee_kind == FeeKind.PAID else "")


def fee_lines(event: Event) -> list[str]:
    """The same with what was added in words."""
    words = fee_words(event)
    lines = [words, event.fee_note if event.fee_note != words else ""]
    return [line for line in lines if line] or [_("わかりません。お問い合わせください。")]


def audience_words(event: Event) -> str:
    """「親子、高齢の方、6歳から」: two audiences at most; "" where nobody said."""
    names = [audience.name for audience in event.audiences.all()]
    ages = age_words(event.min_age, event.max_age)
    return _("、").join([*names[:2], *([ages] if ages else [])])


def audience_lines(event: Event) -> list[str]:
    """Who may come: audiences, ages, what was added."""
    names = _("、").join(audience.name for audience in event.audiences.all())
    lines = [names, age_words(event.min_age, event.max_age), event.who_may_come]
    return [line for line in lines if line] or [_("どなたでも")]


def how_to_join(event: Event) -> str:
    """How to take part, without what changes by the hour: for the index and for paper."""
    return {
        SignUpPolicy.NONE: _("申込みはいりません"),
        SignUpPolicy.PHONE: _("電話で申込み"),
        SignUpPolicy.OUTSIDE: _("ほかのホームページで申込み"),
    }.get(SignUpPolicy(event.signup_policy), _("要申込み"))


def join_words(event: Event, row: EventDate, left: int | None, now: datetime) -> str:
    """How to take part in the date `row`, as a card says it; `left` seats are free, None for no limit."""
    words = how_to_join(event)
    if not event.takes_signups_here:
        return words
    # Whether a whole course is still open, its page says: a card knows one date of it.
    closed = None if is_for_all_dates(event) else why_closed(event, [row], now=now)
    if closed in (Closed.NOT_YET, Closed.TOO_LATE):
        return closed_words(closed, event).rstrip("。")
    seats = seats_words(event, left)
    is_open = closed is None or closed is Closed.PHONE
    return _("%(words)s(%(seats)s)") % {"words": words, "seats": seats} if seats and is_open else words


def seats_words(event: Event, left: int | None) -> str:
    """「のこり3人」, 「満員・空き待ちできます」; "" without a limit."""
    if left is None:
        return ""
    if left:
        return _("のこり%(count)d人") % {"count": left}
    return _("満員・空き待ちできます") if event.has_waiting_list else _("満員")


def is_over(row: EventDate, now: datetime) -> bool:
    """Is that date over?"""
    return row.ends_at <= now


def when_words(row: EventDate) -> str:
    """「11月20日(金) 10:00〜12:00」."""
    return f"{short_date(row.date)} {time_span(row.start, row.end)}".strip()


def span_words(first: date, last: date, count: int) -> str:
    """「11月20日(金)〜12月18日(金)(全5回)」."""
    return _("%(first)s〜%(last)s(全%(count)d回)") % {
        "first": short_date(first),
        "last": short_date(last),
        "count": count,
    }
