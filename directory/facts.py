"""The facts of an entry, in the order people ask for them: when, where, how much, for whom, how to join …

Page, print sheet and read-aloud edition show these and nothing else, so they always say the same. What may be said
of the place comes from `visibility`; nothing here looks at a venue's address itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .choices import Answer, CapacityState, FeatureGroup, FeeKind, JoinPolicy, Pickup, PlaceVisibility
from .find_words import LANGUAGE_LABELS
from .freshness import verified_sentence
from .models import Resource
from .models.venues import FeatureAnswer
from .schedule_words import schedule_lines
from .visibility import Place, public_organization, served_areas


@dataclass(frozen=True)
class Tag:
    """A feature that is there, is not there, or nobody has looked (`answer`), said in words (`text`)."""

    text: str
    answer: Answer
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One row: a question in a word, and its answer as lines of text or as tags."""

    key: str
    word: str
    lines: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    url: str = ""
    is_strong: bool = False

    @property
    def is_outside(self) -> bool:
        """Does `url` leave this site?"""
        return self.url.startswith("http")


def facts_of(resource: Resource, place: Place) -> list[Fact]:
    """The facts of `resource` as whoever may see `place` may know them. Rows without an answer are left out,
    except the four everybody asks for (when, where, cost, for whom): there "unknown" is said."""
    rows = [
        Fact("when", _("いつ"), tuple(schedule_lines(resource.schedules.all())), is_strong=True),
        Fact("where", _("どこで"), tuple(place_lines(place))),
        Fact("fee", _("費用"), tuple(fee_lines(resource))),
        Fact("audience", _("対象"), tuple(audience_lines(resource, place))),
        Fact("join", _("参加のしかた"), tuple(_join_lines(resource))),
        Fact("bring", _("持ち物"), _given(resource.bring)),
        Fact("meals", _("食事"), _given(resource.meals_note)),
        Fact("languages", _("使える言葉"), tuple(_language_lines(resource.languages))),
        Fact("pickup", _("送迎"), tuple(_pickup_lines(resource))),
        Fact("access", _("行きやすさ"), tags=_tags(resource, place, FeatureGroup.ACCESS)),
        Fact("amenity", _("設備・サービス"), tags=_tags(resource, place, FeatureGroup.AMENITY)),
        _organizer(resource),
        Fact("verified", _("確認"), (verified_sentence(resource),)),
        _source(resource),
    ]
    return [fact for fact in rows if fact.lines or fact.tags]


def place_lines(place: Place) -> list[str]:
    """Where, as closely as `place` says: name and floor, address, how to get there."""
    if place.visibility == PlaceVisibility.HIDDEN and not (place.name or place.address):
        return [_("場所は公開していません。お問い合わせください。")]
    first = " ".join(part for part in (place.name, place.floor if place.name else "") if part)
    lines = [first, place.address, place.access_note]
    if place.visibility == PlaceVisibility.BLOCK and not place.name:
        lines.append(_("くわしい場所はお問い合わせください。"))
    if place.is_online:
        lines.append(_("オンラインでも参加できます。") if any(lines) else _("オンラインです。"))
    found = [line for line in lines if line]
    return found if place.is_online or place.name or place.address else [place.words or _unknown(), *found]


def fee_lines(resource: Resource) -> list[str]:
    """「無料」, 「100円」, 「小学生 100円 / 大人 300円」, and what was added in words."""
    amounts = [
        (_("幼児"), resource.fee_infant),
        (_("小学生"), resource.fee_elementary),
        (_("中学生"), resource.fee_junior_high),
        (_("高校生"), resource.fee_high_school),
        (_("大人"), resource.fee_adult),
    ]
    stated = [(who, yen) for who, yen in amounts if yen is not None]
    lines = [resource.fee_note] if resource.fee_note else []
    if resource.fee_kind == FeeKind.FREE:
        return [_("無料"), *lines]
    if stated:
        return [_amount_words(stated), *lines]
    if resource.fee_kind == FeeKind.PAID:
        return lines or [_("有料")]
    return lines or [_unknown()]


def audience_lines(resource: Resource, place: Place) -> list[str]:
    """Who may come: audiences, ages, what was added, the areas it is for."""
    lines = [_("、").join(audience.name for audience in resource.audiences.all())]
    lines.append(age_words(resource.min_age, resource.max_age))
    lines.append(resource.who_may_come)
    served = _("、").join(area.name for area in served_areas(resource, place))
    if served:
        lines.append(_("対象の地域:%(areas)s") % {"areas": served})
    return [line for line in lines if line] or [_("どなたでも") if resource.is_for_everyone else _unknown()]


def _amount_words(stated: list[tuple[str, int]]) -> str:
    if len(stated) == 1 or (len(stated) == 5 and len({yen for _who, yen in stated}) == 1):
        return _yen(stated[-1][1])
    return " / ".join(f"{who} {_yen(yen)}" for who, yen in stated)


def _yen(amount: int) -> str:
    return _("%(amount)s円") % {"amount": f"{amount:,}"} if amount else _("無料")


def age_words(youngest: int | None, oldest: int | None) -> str:
    """「18歳から」, 「6歳から12歳まで」; "" where nobody said."""
    if youngest is not None and oldest is not None:
        return _("%(youngest)d歳から%(oldest)d歳まで") % {"youngest": youngest, "oldest": oldest}
    if youngest is not None:
        return _("%(youngest)d歳から") % {"youngest": youngest}
    return _("%(oldest)d歳まで") % {"oldest": oldest} if oldest is not None else ""


def _join_lines(resource: Resource) -> list[str]:
    sentence = {
        JoinPolicy.OPEN: _("予約はいりません。そのままお越しください。"),
        JoinPolicy.RESERVATION: _("予約がいります。"),
        JoinPolicy.REFERRAL: _("紹介がいります。"),
        JoinPolicy.UNKNOWN: "" if resource.join_note else _("お問い合わせください。"),
    }[JoinPolicy(resource.join_policy)]
    room = {
        CapacityState.OPEN: _("いま受付中です。"),
        CapacityState.ASK: _("受け入れは、ご相談ください。"),
        CapacityState.FULL: _("いまは満員です。"),
    }.get(CapacityState(resource.capacity_state), "")
    capacity = _("定員%(count)d人") % {"count": resource.capacity} if resource.capacity else ""
    return [line for line in (sentence, resource.join_note, capacity, room) if line]


def _pickup_lines(resource: Resource) -> list[str]:
    if resource.pickup == Pickup.UNKNOWN:
        return list(_given(resource.pickup_note))
    return [f"{resource.get_pickup_display()}。", *_given(resource.pickup_note)]


def _language_lines(codes: Iterable[str]) -> list[str]:
    names = [str(LANGUAGE_LABELS[code]) for code in codes if code in LANGUAGE_LABELS]
    return [_("、").join(names)] if names else []


def _tags(resource: Resource, place: Place, group: FeatureGroup) -> tuple[Tag, ...]:
    """What the activity says of itself counts before what its place says. A place that is not shown stays silent;
    one shown roughly says what it has, without the notes that could name it."""
    answers: dict[int, FeatureAnswer] = {}
    hides_notes: set[int] = set()
    if resource.venue is not None and place.visibility != PlaceVisibility.HIDDEN:
        for item in resource.venue.feature_answers.all():
            answers[item.feature_id] = item
            if place.visibility != PlaceVisibility.EXACT:
                hides_notes.add(item.feature_id)
    for own in resource.feature_answers.all():
        if own.answer != Answer.UNKNOWN or own.feature_id not in answers:
            answers[own.feature_id] = own
            hides_notes.discard(own.feature_id)
    found = [item for item in answers.values() if item.feature.group == group]
    found.sort(key=lambda item: (_ANSWER_ORDER[Answer(item.answer)], item.feature.order, item.feature_id))
    return tuple(_tag(item, "" if item.feature_id in hides_notes else item.note) for item in found)


_ANSWER_ORDER = {Answer.YES: 0, Answer.NO: 1, Answer.UNKNOWN: 2}


def _tag(item: FeatureAnswer, note: str) -> Tag:
    feature, answer = item.feature, Answer(item.answer)
    if answer == Answer.YES:
        text = feature.name
    elif answer == Answer.NO:
        text = feature.absent_name or _("%(feature)s:ない") % {"feature": feature.name}
    else:
        text = _("%(feature)sかは、わかりません") % {"feature": feature.name}
    return Tag(text=text, answer=answer, note=note)


def _organizer(resource: Resource) -> Fact:
    organization = public_organization(resource)
    if organization is None:
        return Fact("organization", _("主催"))
    return Fact("organization", _("主催"), (organization.name,), url=organization.get_absolute_url())


def _source(resource: Resource) -> Fact:
    words = " ".join(part for part in (resource.source_name, resource.source_licence) if part)
    return Fact("source", _("情報のもと"), _given(words), url=resource.source_url if words else "")


def _given(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _unknown() -> str:
    return _("わかりません。お問い合わせください。")
