"""The parts of an entry a group edits one at a time, and what a part looked like when somebody opened it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .group_forms import ContactsForm, ContentForm, JoinForm, PlaceForm
from .group_schedule_form import WhenForm
from .models import Organization, Resource


@dataclass(frozen=True)
class Part:
    """A part: its name, its form, and which values of the entry are its own."""

    key: str
    title: str | Promise
    form: Callable[..., Any]
    values: tuple[str, ...]
    icon: str


PARTS = {
    part.key: part
    for part in (
        Part(
            "content",
            _("内容"),
            ContentForm,
            ("name", "kana", "categories", "summary", "description", "plain_description"),
            "speech",
        ),
        Part("when", _("いつ"), WhenForm, ("schedules",), "calendar"),
        Part("where", _("どこ"), PlaceForm, ("venue", "place_visibility", "is_online", "district"), "pin"),
        Part("join", _("参加のしかた・費用"), JoinForm, tuple(JoinForm.Meta.fields), "people"),
        Part("contact", _("連絡先"), ContactsForm, ("contacts",), "phone"),
    )
}


def mark_of(draft: Resource | Organization, part: Part) -> str:
    """A mark that changes when this part of the draft does: two people in two parts do not disturb each other."""
    data = draft.serializable_data()
    own = [data.get(name) for name in part.values]
    text = json.dumps(own, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
