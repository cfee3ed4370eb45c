"""Answers of a registration: kept as JSON, put into forms again, and shown in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area

from .japanese_dates import plain_date
from .models import Category, Registration
from .registration_forms import STEPS
from .schedule_picker import PICKED, is_of_picks
from .schedule_understanding import understand_text

#: Not shown, and not kept: files lie elsewhere, consent is a record of its own.
_LEFT_OUT = frozenset({"photo"})


@dataclass(frozen=True)
class Part:
    """One step as the person sees it before sending: its number, its title, (question, answer)."""

    number: int
    title: str
    answers: list[tuple[str, str]]


def said_of(form: Any) -> dict[str, Any]:
    """The cleaned answers of a form as JSON-safe values."""
    said = {name: value for name, value in form.cleaned_data.items() if name not in _LEFT_OUT}
    said = {name: getattr(value, "pk", value) for name, value in said.items()}
    area = getattr(form, "area", None)
    return said | ({"area": area.pk} if area is not None else {})


def initial_of(registration: Registration, step: str) -> dict[str, Any]:
    """What stands in the form of `step`: what was typed, else what the steps before suggest."""
    said = dict(registration.answers.get(step, {}))
    if step == "reach":
        said.setdefault("email", registration.email)
        said.pop("consent", None)  # asked anew whenever the form is sent
    if step == "what" and is_of_picks(said):
        said.pop("schedule")  # else it would count for more than the picks somebody comes back to change
    return said


def first_open_step(registration: Registration) -> int | None:
    """The first step nobody has filled in yet; None when all are."""
    return next((number for number, (name, _form) in STEPS.items() if name not in registration.answers), None)


def summary_of(registration: Registration) -> list[Part]:
    """Every answer in words, step by step."""
    titles = {1: _("団体のこと"), 2: _("活動のこと"), 3: _("連絡先のこと")}
    return [
        Part(number, titles[number], _in_words(registration, name, form_class()))
        for number, (name, form_class) in STEPS.items()
        if name in registration.answers
    ]


def _in_words(registration: Registration, step: str, form: Any) -> list[tuple[str, str]]:
    said = registration.answers[step]
    special = _special(registration, step)
    rows: list[tuple[str, str]] = []
    for name, field in form.fields.items():
        if name in special:
            rows += special[name]
        elif name in said:
            rows.append((str(field.label), _word(field, said[name])))
    return [(label, word) for label, word in rows if word]


def _special(registration: Registration, step: str) -> dict[str, list[tuple[str, str]]]:
    """Fields that are shown in other words than they were typed, in their place among the others."""
    said = registration.answers[step]
    if step == "what":
        return _of_activity(said)
    if step == "reach":
        rows: dict[str, list[tuple[str, str]]] = {"consent": [], "people_consent": []}
        rows["photo"] = [(_("写真"), _("1枚") if registration.photo else _("なし"))]
        return rows if registration.photo else rows | {"photo_description": []}
    return {}


def _of_activity(said: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    kind = Category.objects.filter(pk=said["category"]).first()
    area = Area.objects.filter(pk=said["area"]).first()
    wording, dates = understood_words(said["schedule"])
    # What was picked is in the engine's own words: once is enough.
    read = "" if wording == said["schedule"] else wording or _("文のまま掲載します。")
    home = [] if not said["is_private_home"] else [(_("個人の家です"), _("はい(住所は公開しません)"))]
    return {name: [] for name in PICKED} | {
        "category": [(_("活動の種類"), str(kind or ""))],
        "schedule": [
            (_("いつ"), said["schedule"]),
            (_("このように読みました"), read),
            (_("次の開催日"), dates),
        ],
        "is_private_home": home,
        "district": [(_("地区"), area.name if area else "")],
    }


def understood_words(text: str) -> tuple[str, str]:
    """How a sentence of days was read and the next dates of it; both empty without dates."""
    understood = understand_text(text, timezone.localdate())
    dates = "、".join(plain_date(day) for day in understood.dates[:3])
    return (understood.wording if dates else "", dates)


def _word(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    choices = dict(getattr(field, "choices", ()) or ())
    return str(choices.get(value, value) or "")
