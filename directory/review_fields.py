"""What a reviewer reads of what was sent in: each field with its label and its value in lines of words.

Reviewers are staff of the place, so nothing is held back here; what the public will see is said beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from .facts import fee_lines
from .find_words import LANGUAGE_LABELS
from .japanese_dates import plain_date
from .models import Organization, Resource
from .reviewed import kind_of
from .schedule_words import schedule_lines
from .visibility import PlaceVisibility, effective_visibility

Lines = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class ShownField:
    """One row of the review. `covers` are the fields and relations of the model it shows."""

    label: str
    lines: Lines
    covers: tuple[str, ...]

    def of(self, row: Any) -> tuple[str, ...]:
        """The value of `row` in lines; none where nothing is said."""
        return tuple(line for line in self.lines(row) if line)


def fields_of(row: Any) -> list[ShownField]:
    """What is shown of `row`, in the order in which one asks."""
    return list(kind_of(row).fields())


def simple_fields(model: Any, *names: str) -> Iterable[ShownField]:
    """Fields whose value is one piece of text, a choice, a day, a yes or no."""
    for name in names:
        field = model._meta.get_field(name)
        yield ShownField(str(field.verbose_name), partial(_plain, name=name), (name,))


def _plain(row: Any, name: str) -> list[str]:
    value = getattr(row, name)
    if getattr(row._meta.get_field(name), "choices", None):
        return [str(getattr(row, f"get_{name}_display")())]
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return [_("はい") if value else _("いいえ")]
    return [plain_date(value)] if hasattr(value, "year") else str(value).splitlines()


def named_field(label: str, relation: str) -> ShownField:
    """A list of other rows, by their names."""
    return ShownField(
        label,
        lambda row: ["、".join(sorted(str(item) for item in getattr(row, relation).all()))],
        (relation,),
    )


def resource_fields() -> Iterable[ShownField]:
    simple = Resource
    yield from simple_fields(simple, "name", "kana")
    yield named_field(_("種類"), "categories")
    yield from simple_fields(simple, "organization", "summary", "description", "plain_description", "website")
    yield ShownField(_("開催日時"), timetable_lines, ("schedules",))
    yield ShownField(_("場所"), place_lines, ("venue", "place_visibility", "is_online"))
    yield from simple_fields(simple, "district")
    yield ShownField(_("設備・行きやすさ"), feature_lines, ("feature_answers",))
    yield named_field(_("対象"), "audiences")
    yield ShownField(_("年齢"), age_lines, ("min_age", "max_age"))
    yield from simple_fields(simple, "who_may_come")
    yield named_field(_("対象の地域"), "areas_served")
    yield from simple_fields(simple, "join_policy", "join_note")
    yield ShownField(_("費用"), fee_lines, _FEES)
    yield from simple_fields(simple, "gives_points", "capacity", "capacity_state", "pickup", "pickup_note")
    yield from simple_fields(simple, "bring", "meals_note")
    yield ShownField(_("使える言葉"), _languages, ("languages",))
    yield from simple_fields(simple, "is_for_everyone", "is_low_cost", "needs_no_purpose", "has_host")
    yield ShownField(_("連絡先"), contact_lines, ("contacts",))
    yield from simple_fields(simple, "life_status", "paused_note", "notice", "notice_from", "notice_until")
    yield named_field(_("タグ・SDGs"), "tags")
    yield from simple_fields(simple, "source_name", "source_url", "source_licence")


def organization_fields() -> Iterable[ShownField]:
    simple = Organization
    yield from simple_fields(
        simple, "name", "kana", "legal_form", "description", "plain_description", "website"
    )
    yield ShownField(_("SNS"), lambda row: [str(link) for link in row.sns_links], ("sns_links",))
    yield named_field(_("活動する地域"), "areas")
    yield ShownField(_("連絡先"), contact_lines, ("contacts",))
    yield from simple_fields(
        simple, "status", "is_trusted", "consented_on", "corporate_number", "council_number"
    )
    yield from simple_fields(simple, "parent")


_FEES = (
    "fee_kind",
    "fee_infant",
    "fee_elementary",
    "fee_junior_high",
    "fee_high_school",
    "fee_adult",
    "fee_note",
)


def timetable_lines(row: Any) -> list[str]:
    """Each timetable in words, and where one is held elsewhere."""
    schedules = list(row.schedules.all())
    lines = schedule_lines(schedules) if schedules else []
    return [
        *lines,
        *(_("場所:%(venue)s") % {"venue": item.venue} for item in schedules if getattr(item, "venue", None)),
    ]


def place_lines(resource: Any) -> list[str]:
    """The place as staff see it, and how much of it will be public."""
    venue = resource.venue
    shown = effective_visibility(resource, venue)
    lines = [venue.name, venue.address, venue.access_note] if venue is not None else []
    if resource.is_online:
        lines.append(_("オンラインで参加できる"))
    return [*lines, _("公開:%(how)s") % {"how": PlaceVisibility(shown).label}] if lines else []


def feature_lines(resource: Resource) -> list[str]:
    answers = sorted(resource.feature_answers.all(), key=lambda item: item.feature_id)
    return [f"{item.feature}:{item.get_answer_display()} {item.note}".strip() for item in answers]


def age_lines(resource: Any) -> list[str]:
    """「3歳から6歳まで」."""
    if resource.min_age is None and resource.max_age is None:
        return []
    words = {"youngest": resource.min_age, "oldest": resource.max_age}
    if resource.max_age is None:
        return [_("%(youngest)s歳から") % words]
    if resource.min_age is None:
        return [_("%(oldest)s歳まで") % words]
    return [_("%(youngest)s歳から%(oldest)s歳まで") % words]


def _languages(resource: Resource) -> list[str]:
    return ["、".join(str(LANGUAGE_LABELS.get(code, code)) for code in resource.languages)]


def contact_lines(row: Any) -> list[str]:
    """Each contact in one line, with whom it is for."""
    return [_contact(contact) for contact in row.contacts.all()]


def _contact(contact: Any) -> str:
    """「受付 03-0000-0000 平日 9:00〜17:00(見せる相手:だれでも)」."""
    who = " ".join(filter(None, (contact.role, contact.name, contact.kana and f"({contact.kana})")))
    fax = contact.fax and _("FAX %(number)s") % {"number": contact.fax}
    means = (who, contact.phone, fax, contact.email, contact.line_url, contact.url, contact.hours)
    return _("%(contact)s(見せる相手:%(audience)s)") % {
        "contact": " ".join(filter(None, means)),
        "audience": contact.get_audience_display(),
    }
