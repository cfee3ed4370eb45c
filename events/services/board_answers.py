"""Answers to posts on the board: a person or a group answers, the group that wrote the post agrees, contacts pass on.

Who answers agrees by answering; the group agrees by saying what it lets the other know. Until then it reads the name
and the words only. Each step is one conditional update: of two who press at once one is first.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Organization

from ..choices import AnswerState, OpportunityState
from ..models import Opportunity, OpportunityAnswer
from ..plain_words import typed
from ..visibility import is_open
from . import board_mail as mail

#: What was answered and decided is forgotten after this; what nobody confirmed, after this.
KEPT_FOR = timedelta(days=90)
UNCONFIRMED_FOR = timedelta(days=7)
_OPEN = (AnswerState.TYPED, AnswerState.WAITING)


class AlreadyDecided(Exception):
    """Somebody else was first; `args[0]` is the answer as it stands."""


@transaction.atomic
def answer_post(
    *,
    opportunity: Opportunity,
    name: str,
    message: str,
    email: str,
    phone: str,
    once: str,
    user: Any = None,
    organization: Organization | None = None,
) -> OpportunityAnswer:
    """Answer `opportunity`. An address nobody has proven is asked by mail first; the group hears of it afterwards.

    The same form sent twice (`once`) is one answer. Raises `ValidationError` in words for whoever answers.
    """
    post = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    found = OpportunityAnswer.objects.filter(once=once, opportunity=post).first()
    if found is not None:
        return found
    _check(post, organization)
    is_proven = user is not None and user.email.lower() == email.lower()
    answer = OpportunityAnswer.objects.create(
        opportunity=post,
        organization=organization,
        user=user,
        name=name,
        message=message,
        email=email,
        phone=phone,
        once=once,
        state=AnswerState.WAITING if is_proven else AnswerState.TYPED,
    )
    if is_proven:
        mail.tell_group(answer)
    else:
        mail.ask_to_confirm(answer)
    return answer


@transaction.atomic
def confirm_answer(*, answer: OpportunityAnswer) -> None:
    """The address is proven: now the group hears of it. Nothing happens the second time."""
    if _moved(answer, AnswerState.TYPED, AnswerState.WAITING):
        mail.tell_group(answer)


@transaction.atomic
def agree_to_answer(*, answer: OpportunityAnswer, contact: str) -> None:
    """The group agrees: both get the contact of the other. Raises `AlreadyDecided`, `ValidationError`."""
    if not typed(contact):
        raise ValidationError({"contact": _("相手に伝える連絡先を書いてください。")})
    said = {"group_contact": typed(contact), "decided_at": timezone.now()}
    _move(answer, AnswerState.WAITING, AnswerState.AGREED, **said)
    mail.tell_contacts(answer)


@transaction.atomic
def decline_answer(*, answer: OpportunityAnswer) -> None:
    """The group would rather not. Raises `AlreadyDecided`."""
    _move(answer, AnswerState.WAITING, AnswerState.DECLINED, decided_at=timezone.now())
    mail.tell_declined(answer)


@transaction.atomic
def withdraw_answer(*, answer: OpportunityAnswer) -> None:
    """Whoever answered takes it back, before contacts passed on. Raises `AlreadyDecided`."""
    if answer.state not in _OPEN:
        raise AlreadyDecided(answer)
    _move(answer, answer.state, AnswerState.WITHDRAWN, decided_at=timezone.now())


def forget_answers() -> int:
    """Once a day: what was decided long ago loses its persons, what nobody confirmed goes. Returns how many."""
    now = timezone.now()
    old = OpportunityAnswer.objects.filter(decided_at__lt=now - KEPT_FOR, erased_at__isnull=True)
    empty = {"message": "", "email": "", "phone": "", "group_contact": "", "user": None}
    erased = old.update(name=_("(消しました)"), erased_at=now, **empty)
    typed = OpportunityAnswer.objects.filter(state=AnswerState.TYPED, created_at__lt=now - UNCONFIRMED_FOR)
    return erased + typed.delete()[0]


def _check(post: Opportunity, organization: Organization | None) -> None:
    if post.state != OpportunityState.OPEN or not is_open(post, timezone.localdate()):
        raise ValidationError(_("この書き込みは、もう受け付けていません。"))
    if organization is not None and organization.pk == post.organization_id:
        raise ValidationError(_("自分の団体の書き込みです。"))
    if organization is not None and post.answers.filter(organization=organization).exists():
        raise ValidationError(_("この団体は、もう返事をしています。"))


def _move(answer: OpportunityAnswer, before: str, after: str, **values: Any) -> None:
    if not _moved(answer, before, after, **values):
        answer.refresh_from_db()
        raise AlreadyDecided(answer)


def _moved(answer: OpportunityAnswer, before: str, after: str, **values: Any) -> bool:
    rows = OpportunityAnswer.objects.filter(pk=answer.pk, state=before)
    moved = bool(rows.update(state=after, **values))
    if moved:
        answer.refresh_from_db()
    return moved
