"""The read-aloud edition of an entry: its facts as sentences, each question before its answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .choices import Answer
from .entries import Entry
from .facts import Fact
from .read_aloud import spoken, spoken_clock, spoken_date, spoken_phone
from .schedule_words import HeldDate

#: Dates said one by one; a listener cannot skim a longer list.
SPOKEN_DATES = 3


def edition(entry: Entry) -> list[str]:
    """Lines to be read aloud, top down. Holds no mark a voice could stumble over."""
    resource = entry.resource
    lines = [entry.kind.kana if entry.kind else "", resource.kana or resource.name]
    if resource.kana:
        lines.append(_("かんじでは、%(name)s。") % {"name": resource.name})
    for warning in entry.warnings:
        lines += [warning.title, warning.text]
    lines += [resource.summary, *_dates(entry.dates)]
    lines += [_fact(fact) for fact in entry.facts]
    lines += _contacts(entry)
    lines += resource.description.splitlines()
    lines.append(_("この場所の番号は、%(code)s。") % {"code": "、".join(entry.code)})
    said = (spoken(line) for line in lines)
    return [line if line.endswith("。") else f"{line}。" for line in said if line]


def script(entry: Entry) -> list[str]:
    """The same facts for a person who reads them out on the phone: as they are written."""
    rows = [(fact.word, fact.lines or tuple(tag.text for tag in fact.tags)) for fact in entry.facts]
    rows += [(contact.name or contact.role, (contact.phone, contact.hours)) for contact in entry.contacts]
    told = [(word, "、".join(part.rstrip("。") for part in parts if part)) for word, parts in rows]
    lines = [entry.resource.summary, *(f"{word}:{text}" if word else text for word, text in told if text)]
    return [line for line in lines if line]


def _dates(dates: list[HeldDate]) -> list[str]:
    lines = [_("つぎの開催日。")] if dates else []
    for held in dates[:SPOKEN_DATES]:
        times = ""
        if held.start is not None:
            times = _("%(start)sから") % {"start": spoken_clock(held.start.hour, held.start.minute)}
            if held.end is not None:
                times += _("%(end)sまで") % {"end": spoken_clock(held.end.hour, held.end.minute)}
        lines.append("、".join(part for part in (spoken_date(held.day), times, *held.notes) if part))
    return lines


def _fact(fact: Fact) -> str:
    if fact.tags:
        answers = [tag.text for tag in fact.tags if tag.answer != Answer.UNKNOWN]
        unknown = [tag.text for tag in fact.tags if tag.answer == Answer.UNKNOWN]
        return f"{fact.word}。{'、'.join(answers + unknown)}"
    return f"{fact.word}。{'。'.join(line.rstrip('。') for line in fact.lines)}"


def _contacts(entry: Entry) -> list[str]:
    lines = []
    for contact in entry.contacts:
        who = contact.name or contact.role
        if contact.phone:
            lines.append(_("でんわ、%(digits)s。") % {"digits": spoken_phone(contact.phone)})
            lines += [part for part in (who, contact.hours) if part]
        if contact.fax:
            lines.append(_("ファックス、%(digits)s。") % {"digits": spoken_phone(contact.fax)})
        if contact.email:
            lines.append(_("メール、%(address)s") % {"address": contact.email})
    return lines
