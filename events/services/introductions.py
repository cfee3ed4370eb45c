"""つなぎ: a group asks for another one, staff of the place brings them together, with the consent of both.

Every step is one conditional update of the row: of two people who press at once, one is first and the other one is
told so (`AlreadyDecided`). Contacts pass from one side to the other in one mail only, after both agreed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from areas.models import Area
from directory.models import Organization
from directory.visibility import is_public_organization

from ..choices import UNDECIDED, IntroductionState
from ..models import Gathering, Introduction, Opportunity
from ..plain_words import typed
from . import introduction_mail as mail

#: When somebody asks how it went, unless the broker says another day.
FOLLOW_UP_AFTER = timedelta(weeks=getattr(settings, "INTRODUCTION_FOLLOW_UP_WEEKS", 6))
#: What waits longer is shown to brokers as left lying.
STALE_AFTER = timedelta(days=14)
SIDES = ("from", "to")


class AlreadyDecided(Exception):
    """Somebody else was first; `args[0]` is the introduction as it stands."""


@transaction.atomic
def request_introduction(
    *,
    from_organization: Organization,
    to_organization: Organization,
    purpose: str,
    by: Any,
    opportunity: Opportunity | None = None,
    gathering: Gathering | None = None,
) -> Introduction:
    """Ask staff of the place to bring two groups together. The same pair asked again while it waits is one request.

    Raises `ValidationError` in words for the group.
    """
    _check_pair(from_organization, to_organization)
    if not purpose.strip():
        raise ValidationError({"purpose": _("つないでほしいわけを書いてください。")})
    # Two members of one group at once come one after the other.
    Organization.objects.select_for_update().get(pk=from_organization.pk)
    pair = {"from_organization": from_organization, "to_organization": to_organization}
    waiting = Introduction.objects.filter(**pair, state__in=UNDECIDED).first()
    if waiting is not None:
        return waiting
    introduction = Introduction.objects.create(
        **pair,
        purpose=purpose.strip(),
        opportunity=opportunity,
        gathering=gathering,
        district=_district_of(from_organization, to_organization),
        created_by=by,
    )
    log(instance=introduction, action="tsunagu.introduction.request", user=by)
    mail.tell_brokers(introduction)
    return introduction


@transaction.atomic
def take_over(*, introduction: Introduction, by: Any) -> Introduction:
    """`by` is the broker now; from a colleague too, where the screen showed that colleague."""
    _changed(introduction, {"broker": introduction.broker_id}, state__in=_OPEN, broker=by)
    log(instance=introduction, action="tsunagu.introduction.take", user=by)
    return introduction


@transaction.atomic
def ask_both(*, introduction: Introduction, by: Any) -> list[str]:
    """Ask both sides. Returns the sides nobody can write to: staff call them."""
    _changed(
        introduction,
        {"broker": introduction.broker_id},
        state__in=[IntroductionState.REQUESTED],
        state=IntroductionState.ASKING,
        broker=introduction.broker or by,
        asked_at=timezone.now(),
    )
    log(instance=introduction, action="tsunagu.introduction.ask", user=by)
    return [side for side in SIDES if not mail.ask_side(introduction, side)]


@transaction.atomic
def ask_again(*, introduction: Introduction, by: Any) -> list[str]:
    """Remind the sides that have not answered. Returns those nobody can write to."""
    _changed(introduction, {}, state__in=[IntroductionState.ASKING])
    log(instance=introduction, action="tsunagu.introduction.remind", user=by)
    silent = [side for side in SIDES if introduction.consent_of(side) is None]
    return [side for side in silent if not mail.ask_side(introduction, side)]


@transaction.atomic
def agree(*, introduction: Introduction, side: str, contact: str, by: Any, way: str) -> Introduction:
    """One side agrees, and says what the other one may know. The second one to agree makes the introduction.

    `way` is how it was said: "desk", "mail" or "phone" (then `by` is the member of staff).
    """
    if not typed(contact):
        raise ValidationError({"contact": _("相手に伝える連絡先を書いてください。")})
    said = {f"{side}_consents": True, f"{side}_contact": typed(contact)}
    _changed(introduction, {f"{side}_consents__isnull": True}, state__in=[IntroductionState.ASKING], **said)
    log(instance=introduction, action="tsunagu.introduction.agree", user=by, data={"side": side, "way": way})
    _introduce_if_both(introduction)
    return introduction


@transaction.atomic
def decline(*, introduction: Introduction, side: str, reason: str, by: Any, way: str) -> Introduction:
    """One side would rather not. The broker reads why, the other side does not."""
    _changed(
        introduction,
        {f"{side}_consents__isnull": True},
        state__in=[IntroductionState.ASKING],
        **{f"{side}_consents": False},
        **_over(IntroductionState.DECLINED, reason),
    )
    data = {"side": side, "way": way}
    log(instance=introduction, action="tsunagu.introduction.decline", user=by, data=data)
    mail.tell_broker(introduction, what=_("一方の団体が、今回は見送りました。"))
    mail.tell_closed(introduction, tuple(other for other in SIDES if other != side))
    return introduction


@transaction.atomic
def call_off(*, introduction: Introduction, reason: str, by: Any) -> Introduction:
    """The broker ends it before both agreed."""
    was_asking = introduction.state == IntroductionState.ASKING
    over = _over(IntroductionState.DECLINED, reason)
    _changed(introduction, {"state": introduction.state}, state__in=UNDECIDED, **over)
    log(instance=introduction, action="tsunagu.introduction.call_off", user=by, data={"reason": reason})
    mail.tell_closed(introduction, SIDES if was_asking else ("from",))
    return introduction


@transaction.atomic
def withdraw(*, introduction: Introduction, by: Any) -> Introduction:
    """The group that asked takes it back."""
    was_asking = introduction.state == IntroductionState.ASKING
    over = _over(IntroductionState.WITHDRAWN)
    _changed(introduction, {"state": introduction.state}, state__in=UNDECIDED, **over)
    log(instance=introduction, action="tsunagu.introduction.withdraw", user=by)
    mail.tell_broker(introduction, what=_("申し込んだ団体が、取り下げました。"))
    mail.tell_closed(introduction, ("to",) if was_asking else ())
    return introduction


@transaction.atomic
def ask_how_it_went_on(*, introduction: Introduction, day: date, by: Any) -> Introduction:
    """Another day on which the broker asks how it went."""
    _changed(introduction, {}, state__in=[IntroductionState.INTRODUCED], follow_up_on=day)
    data = {"reason": day.isoformat()}
    log(instance=introduction, action="tsunagu.introduction.follow_up", user=by, data=data)
    return introduction


@transaction.atomic
def record_outcome(*, introduction: Introduction, outcome: str, note: str, by: Any) -> Introduction:
    """What came of it: the last step."""
    _changed(
        introduction,
        {},
        state__in=[IntroductionState.INTRODUCED],
        state=IntroductionState.DONE,
        outcome=outcome,
        outcome_note=note,
        closed_at=timezone.now(),
    )
    log(instance=introduction, action="tsunagu.introduction.outcome", user=by)
    return introduction


_OPEN = (*UNDECIDED, IntroductionState.INTRODUCED)


def _introduce_if_both(introduction: Introduction) -> None:
    """Exactly one of two that agree at once finds both consents: its update makes the introduction."""
    rows = Introduction.objects.filter(pk=introduction.pk, state=IntroductionState.ASKING)
    now = timezone.now()
    made = rows.filter(from_consents=True, to_consents=True).update(
        state=IntroductionState.INTRODUCED,
        introduced_at=now,
        follow_up_on=timezone.localdate() + FOLLOW_UP_AFTER,
        updated_at=now,
    )
    introduction.refresh_from_db()
    if made:
        log(instance=introduction, action="tsunagu.introduction.introduce")
        mail.tell_introduced(introduction)
        mail.tell_broker(introduction, what=_("双方の同意がそろい、連絡先を伝えました。"))


def _changed(introduction: Introduction, only_if: dict[str, Any], *, state__in: Any, **values: Any) -> None:
    """Write `values` where the row is in one of the states and as `only_if` says; `introduction` follows it.

    Raises `AlreadyDecided`.
    """
    rows = Introduction.objects.filter(pk=introduction.pk, state__in=state__in, **only_if)
    done = rows.update(**values, updated_at=timezone.now())
    introduction.refresh_from_db()
    if not done:
        raise AlreadyDecided(introduction)


def _over(state: IntroductionState, reason: str = "") -> dict[str, Any]:
    return {"state": state, "decline_reason": typed(reason), "closed_at": timezone.now()}


def _check_pair(asker: Organization, asked: Organization) -> None:
    if asker.pk == asked.pk:
        raise ValidationError(_("自分の団体には、つなげません。"))
    if asked.merged_into_id or not is_public_organization(asked):
        raise ValidationError(_("この団体は、いま掲載していません。"))
    if asker.merged_into_id or not is_public_organization(asker):
        raise ValidationError(_("あなたの団体が公開されてから、申し込めます。"))


def _district_of(asker: Organization, asked: Organization) -> Area | None:
    """Where both are active; else where the one that asks is. Staff of this place are the brokers."""
    own, theirs = list(asker.areas.all()), set(asked.areas.all())
    return next((area for area in own if area in theirs), own[0] if own else None)
