"""What a reviewer reads of an event, a report and a post on the board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory.choices import FeeKind
from directory.review_fields import (
    ShownField,
    age_lines,
    contact_lines,
    named_field,
    place_lines,
    simple_fields,
    timetable_lines,
)

from .choices import Need, SignUpPolicy
from .models import Event, Opportunity, Report

_SIGNUP = (
    "signup_policy",
    "signup_unit",
    "signup_url",
    "signup_opens_at",
    "signup_closes_at",
    "closes_days_before",
    "capacity",
    "has_waiting_list",
    "max_party",
    "needs_asked",
    "sends_reminder",
)


def event_fields() -> Iterable[ShownField]:
    yield from simple_fields(Event, "title", "kana", "kind", "organization")
    yield ShownField(_("日時"), timetable_lines, ("schedules",))
    yield ShownField(_("会場"), place_lines, ("venue", "place_visibility"))
    yield from simple_fields(Event, "place_note", "attendance_mode", "district", "summary", "body")
    yield named_field(_("いっしょに開く団体"), "partners")
    yield named_field(_("テーマ"), "categories")
    yield from simple_fields(Event, "resource")
    yield named_field(_("対象"), "audiences")
    yield ShownField(_("年齢"), age_lines, ("min_age", "max_age"))
    yield from simple_fields(Event, "who_may_come")
    yield named_field(_("対象の地域"), "areas_served")
    yield ShownField(_("費用"), fee_lines, ("fee_kind", "fee", "fee_note"))
    yield from simple_fields(Event, "bring")
    yield ShownField(_("申込み"), signup_lines, _SIGNUP)
    yield from simple_fields(Event, "joining_text", "erase_after_days")
    yield ShownField(_("連絡先"), contact_lines, ("contacts",))
    yield from simple_fields(Event, "notice", "notice_until", "minutes")


def report_fields() -> Iterable[ShownField]:
    yield from simple_fields(Report, "title", "kana", "date", "organization", "summary")
    yield ShownField(_("本文"), _text, ("body",))
    yield named_field(_("いっしょに活動した団体"), "partners")
    yield from simple_fields(Report, "event", "resource", "district")
    yield named_field(_("関わった地域"), "areas_served")
    yield named_field(_("テーマ"), "themes")
    yield from simple_fields(Report, "participants", "volunteers", "is_case")


def opportunity_fields() -> Iterable[ShownField]:
    yield from simple_fields(Opportunity, "kind", "topic", "title", "body", "organization", "resource")
    yield named_field(_("テーマ"), "categories")
    yield from simple_fields(Opportunity, "district")
    yield named_field(_("対象の地域"), "areas_served")
    yield from simple_fields(Opportunity, "when_text", "open_from", "open_until")


def fee_lines(event: Event) -> list[str]:
    """What it costs, in words."""
    said = str(event.get_fee_kind_display())
    if event.fee_kind != FeeKind.FREE and event.fee is not None:
        said = _("%(yen)s円") % {"yen": f"{event.fee:,}"}
    return [said, event.fee_note]


def signup_lines(event: Event) -> list[str]:
    """How one signs up, in lines."""
    lines = [str(event.get_signup_policy_display())]
    if event.signup_policy == SignUpPolicy.NONE:
        return lines
    lines += [event.signup_url, str(event.get_signup_unit_display())]
    if event.capacity is not None:
        lines.append(_("定員 %(count)d人") % {"count": event.capacity})
        lines.append(_("空き待ちを受ける") if event.has_waiting_list else _("空き待ちは受けない"))
    lines.append(_("1回の申込みで%(count)d人まで") % {"count": event.max_party})
    for words, moment in ((_("はじめ"), event.signup_opens_at), (_("おわり"), event.signup_closes_at)):
        if moment is not None:
            at = localtime(moment)
            lines.append(f"{words}:{at.year}/{at.month}/{at.day} {at:%H:%M}")
    if event.closes_days_before is not None:
        lines.append(_("%(days)d日前に締め切り") % {"days": event.closes_days_before})
    if event.needs_asked:
        asked = dict(Need.choices)
        lines.append(_("聞く配慮:%(needs)s") % {"needs": "、".join(str(asked[n]) for n in event.needs_asked)})
    lines.append(_("前の日にお知らせを送る") if event.sends_reminder else _("前の日のお知らせは送らない"))
    return lines


def _text(report: Report) -> list[str]:
    """The blocks as plain text, a photo by its words."""
    return [line for block in report.body for line in _words_of(block.value)]


def _words_of(value: Any) -> list[str]:
    if hasattr(value, "items"):  # a block of several values
        return [str(part) for name, part in value.items() if part and name != "image"]
    return strip_tags(str(value)).strip().splitlines()
