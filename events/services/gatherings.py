"""Gatherings: a group takes part with a card, marks whom it would like to meet, and asks to be brought together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Organization

from ..choices import CardState, EventKind, EventStatus
from ..models import Card, ConnectionWish, Event, Gathering, Introduction
from .introductions import request_introduction

#: How long after a gathering one may still say whom one would like to meet, where nothing else was set.
WISHES_STAY = dt.timedelta(days=30)
#: What a group writes on its card.
CARD_FIELDS = ("does", "seeks", "gives", "people", "speaker", "consents")


class NewerCard(Exception):
    """Somebody else changed the card meanwhile; `card` is it as it stands."""

    def __init__(self, card: Card) -> None:
        super().__init__(_("このカードは、ほかの人が先に直しました。"))
        self.card = card


def gathering_of(event: Event) -> Gathering:
    """What belongs to a gathering besides the event. Made when it is first asked for."""
    if event.kind != EventKind.GATHERING:
        raise ValueError(f"{event.code} is no gathering")
    gathering, _new = Gathering.objects.get_or_create(event=event)
    return gathering


def cards_closed_because(gathering: Gathering, today: dt.date | None = None) -> str:
    """Why no group can write its card any more; "" where it can."""
    today, event = today or timezone.localdate(), gathering.event
    if event.status != EventStatus.PLANNED:
        return _("この交流会は、中止か延期になりました。")
    if event.last_date is not None and event.last_date < today:
        return _("この交流会は終わりました。")
    if gathering.cards_until is not None and gathering.cards_until < today:
        return _("カードの締切りをすぎました。変えたいときは、主催者に連絡してください。")
    return ""


def wishes_until(gathering: Gathering) -> dt.date | None:
    """The last day on which wishes are taken; None while the gathering has no date."""
    if gathering.wishes_until is not None:
        return gathering.wishes_until
    last = gathering.event.last_date
    return last + WISHES_STAY if last is not None else None


def takes_wishes(gathering: Gathering, today: dt.date | None = None) -> bool:
    """Before the gathering, on the day and for some weeks after it."""
    last = wishes_until(gathering)
    return gathering.event.status != EventStatus.CANCELLED and (
        last is None or last >= (today or timezone.localdate())
    )


def write_card(
    *,
    gathering: Gathering,
    organization: Organization,
    values: dict[str, Any],
    seen: int | None,
    by: Any,
    by_staff: bool = False,
) -> Card:
    """Take part, or change the card. `seen` is the version that was on the screen (None: there was none).

    Raises `ValidationError` where it is closed (staff may still), `NewerCard` where somebody else was first.
    """
    closed = "" if by_staff else cards_closed_because(gathering)
    if closed:
        raise ValidationError(closed)
    known = {name: values[name] for name in CARD_FIELDS if name in values}
    try:
        with transaction.atomic():
            return _written(gathering, organization, known, seen, by)
    except IntegrityError as error:
        raise NewerCard(Card.objects.get(gathering=gathering, organization=organization)) from error


def _written(
    gathering: Gathering, organization: Organization, values: dict[str, Any], seen: int | None, by: Any
) -> Card:
    mine = Card.objects.filter(gathering=gathering, organization=organization)
    if seen is None:
        left = mine.filter(state=CardState.CANCELLED)
        if not left.update(**values, state=CardState.CONFIRMED, version=F("version") + 1, written_by=by):
            return Card.objects.create(
                gathering=gathering, organization=organization, written_by=by, **values
            )
        return mine.get()
    changed = {**values, "state": CardState.CONFIRMED, "written_by": by, "updated_at": timezone.now()}
    if not mine.filter(version=seen).update(**changed, version=F("version") + 1):
        raise NewerCard(mine.get())
    return mine.get()


@transaction.atomic
def leave(*, card: Card, by: Any) -> None:
    """Not take part after all. The card stays, and comes back when the group writes it again. Its wishes go."""
    changed = Card.objects.filter(pk=card.pk).exclude(state=CardState.CANCELLED)
    if changed.update(state=CardState.CANCELLED, version=F("version") + 1, updated_at=timezone.now()):
        ConnectionWish.objects.filter(from_card=card).delete()
        ConnectionWish.objects.filter(to_card=card).delete()
        log(
            instance=card.gathering.event,
            action="tsunagu.gathering.leave",
            user=by,
            data={"reason": str(card)},
        )


def wish_for(*, from_card: Card, to_card: Card, note: str = "", by: Any = None) -> ConnectionWish:
    """「つながりたい」. A second press changes the words only. Raises `ValidationError`."""
    if from_card.gathering_id != to_card.gathering_id or from_card.pk == to_card.pk:
        raise ValidationError(_("この団体は選べません。"))
    if not takes_wishes(from_card.gathering):
        raise ValidationError(_("「つながりたい」の受付は終わりました。"))
    if CardState.CANCELLED in (from_card.state, to_card.state) or not to_card.consents:
        raise ValidationError(_("この団体は選べません。"))
    last = from_card.gathering.event.last_date
    wish, _new = ConnectionWish.objects.update_or_create(
        from_card=from_card,
        to_card=to_card,
        defaults={"note": note[:200]},
        create_defaults={
            "note": note[:200],
            "created_by": by,
            "is_after": last is not None and last <= timezone.localdate(),
        },
    )
    return wish


def take_wish_back(*, from_card: Card, to_card: Card) -> None:
    """No longer."""
    ConnectionWish.objects.filter(from_card=from_card, to_card=to_card).delete()


def introduce(*, wish: ConnectionWish, by: Any) -> Introduction:
    """Make an introduction of a wish: staff of the place take it from there. Raises `ValidationError`."""
    first, second = wish.from_card, wish.to_card
    words = {"event": first.gathering.event.title, "name": second.organization.name}
    purpose = wish.note or _("「%(event)s」で、%(name)sとつながりたいと思いました。") % words
    return request_introduction(
        from_organization=first.organization,
        to_organization=second.organization,
        purpose=purpose,
        by=by,
        gathering=first.gathering,
    )
