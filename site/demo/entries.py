"""Entries of the demo: every kind in every district over the whole, with all that can be true of an entry."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from django.core.files.base import ContentFile

from areas.models import Area
from directory.choices import (
    Answer,
    CapacityState,
    ContactAudience,
    FeeKind,
    LifeStatus,
    Pickup,
    PlaceVisibility,
    VerificationMethod,
)
from directory.models import (
    Audience,
    Category,
    Feature,
    Organization,
    Photo,
    Resource,
    ResourcePhoto,
    Venue,
)
from directory.schedules import parse
from directory.services.occurrences import rebuild_occurrences
from directory.services.verification import verify_resource
from tests.factories.directory import (
    PhotoFactory,
    ResourceContactFactory,
    ResourceFactory,
    ResourceFeatureFactory,
    ScheduleFactory,
)

from .content.kinds import KINDS, Kind
from .content.words import NICKNAMES
from .illustrations import SUBJECTS, TINTS, draw

ENTRIES_A_DISTRICT = 10
SOURCE = "見本データ(架空)"
_SUBJECT_OF_WISH = {
    "talk": "cup",
    "eat": "bowl",
    "move": "stretch",
    "children": "ball",
    "consult": "people",
    "living": "people",
    "room": "house",
    "help": "people",
}


@dataclass
class Shelf:
    """What entries are put together from."""

    today: date
    chance: random.Random
    categories: dict[str, Category]
    audiences: dict[str, Audience]
    features: dict[str, Feature]
    photos: dict[str, list[Photo]]


def make_photos(chance: random.Random) -> dict[str, list[Photo]]:
    """Two pictures of each subject, by subject."""
    photos: dict[str, list[Photo]] = {}
    for number, subject in enumerate(SUBJECTS * 2):
        tint = TINTS[0] if subject == "leaves" else TINTS[number % len(TINTS)]
        picture = ContentFile(draw(subject, tint, number), name=f"demo-{subject}-{number}.png")
        photo = PhotoFactory(
            title="活動のようす(絵)", description="活動のようすを描いた絵", credit="つなぐ", file=picture
        )
        photos.setdefault(subject, []).append(photo)
    return photos


def kinds_in_turn() -> Any:
    """The kinds over and over, common ones more often, so that all appear everywhere in the end."""
    return cycle([kind for kind in KINDS for _copy in range(kind.weight)])


def make_entry(
    kind: Kind, district: Area, venue: Venue, organization: Organization | None, shelf: Shelf, number: int
) -> Resource:
    """One entry. `number` decides which of the unusual states it is in, if any."""
    chance = shelf.chance
    nick, nick_kana = chance.choice(NICKNAMES)
    which = chance.randrange(len(kind.names))
    town, town_kana = (
        (venue.town.base_name, venue.town.kana) if venue.town else (district.short_name, district.kana)
    )
    category = shelf.categories[kind.code]
    resource = ResourceFactory(
        name=kind.names[which].format(nick=nick, town=town),
        kana=kind.kana[which].format(nick=nick_kana, town=town_kana),
        organization=organization,
        venue=venue,
        summary=kind.summary,
        description=kind.description,
        plain_description=kind.plain,
        categories=[category],
        audiences=[shelf.audiences[code] for code in kind.audiences],
        join_policy=chance.choice(kind.joins),
        bring=kind.bring,
        capacity=chance.choice([None, 10, 15, 20, 30]),
        capacity_state=chance.choice(
            [CapacityState.OPEN, CapacityState.OPEN, CapacityState.ASK, CapacityState.UNKNOWN]
        ),
        pickup=chance.choice([Pickup.NONE, Pickup.NONE, Pickup.UNKNOWN, Pickup.YES, Pickup.CONSULT]),
        source_name=SOURCE,
        **_fee(chance.choice(kind.fees), kind),
        **_state(number, shelf.today),
    )
    _timetable(resource, kind, shelf)
    _contacts(resource, chance)
    for feature in chance.sample(sorted(shelf.features.values(), key=lambda item: item.pk), 2):
        ResourceFeatureFactory(
            resource=resource, feature=feature, answer=chance.choice([Answer.YES, Answer.NO])
        )
    _verify(resource, number, shelf)
    if number % 3 == 0:
        subject = _SUBJECT_OF_WISH.get(category.wish, "leaves")
        ResourcePhoto.objects.create(resource=resource, photo=chance.choice(shelf.photos[subject]))
    return resource


def _fee(amount: int | None, kind: Kind) -> dict[str, Any]:
    if amount is None:
        return {"fee_kind": FeeKind.UNKNOWN}
    if amount == 0:
        return {"fee_kind": FeeKind.FREE, "fee_adult": 0}
    if kind.code == "childrens_cafeteria":
        return {"fee_kind": FeeKind.PAID, "fee_elementary": 0, "fee_junior_high": 0, "fee_adult": amount}
    return {"fee_kind": FeeKind.PAID, "fee_adult": amount}


def _state(number: int, today: date) -> dict[str, Any]:
    """A few of everything: paused, closed, not yet public, homes, shelters, with a notice."""
    if number % 41 == 7:
        return {"life_status": LifeStatus.PAUSED, "paused_note": "世話人の都合で、春までお休みします。"}
    if number % 67 == 11:
        return {"life_status": LifeStatus.CLOSED}
    if number % 37 == 5:
        return {"live": False, "has_unpublished_changes": True}
    if number % 29 == 3:
        return {
            "place_visibility": PlaceVisibility.DISTRICT,
            "who_may_come": "ご近所の方。場所は申込みのあとにお伝えします。",
        }
    if number % 83 == 13:
        return {"place_visibility": PlaceVisibility.HIDDEN}
    if number % 31 == 9:
        return {
            "notice": "今月は会場の工事のため、2階の部屋で開きます。",
            "notice_from": today - timedelta(days=5),
            "notice_until": today + timedelta(days=20),
        }
    return {}


def _timetable(resource: Resource, kind: Kind, shelf: Shelf) -> None:
    text = shelf.chance.choice(kind.schedules)
    result = parse(text, shelf.today)
    ScheduleFactory(resource=resource, rule=result.spec, original_text=text, status=str(result.status))
    rebuild_occurrences([resource], today=shelf.today)


def _contacts(resource: Resource, chance: random.Random) -> None:
    ResourceContactFactory(resource=resource, name="受付", audience=ContactAudience.PUBLIC)
    if chance.random() < 0.4:
        ResourceContactFactory(
            resource=resource,
            name="世話人(見本)",
            role="代表",
            phone="",
            email="daihyo@example.jp",
            hours="",
            audience=ContactAudience.STAFF,
        )


def _verify(resource: Resource, number: int, shelf: Shelf) -> None:
    """Most were confirmed within half a year; one in nine is stale, one in thirteen was never confirmed."""
    if number % 13 == 4:
        return
    days = shelf.chance.randint(200, 400) if number % 9 == 2 else shelf.chance.randint(3, 150)
    day = shelf.today - timedelta(days=days)
    method = shelf.chance.choice(
        [VerificationMethod.PHONE, VerificationMethod.VISIT, VerificationMethod.OWNER]
    )
    verify_resource(
        resource, method=method, result="confirmed", person=None, by_label="社会福祉協議会", on=day
    )
