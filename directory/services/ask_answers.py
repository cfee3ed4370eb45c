"""What a group answers: still true, changed, over. The first answer to an ask counts; the same again changes nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..choices import (
    OPEN_ASKS,
    AskAnswer,
    AskState,
    FieldGroup,
    MistakeState,
    VerificationMethod,
    VerificationResult,
)
from ..form_protection import receipt_of
from ..models import MistakeReport, VerificationAsk
from ..models.base import CODE_ALPHABET
from .mistakes import report_mistake
from .verification import verify_resource


def speaker(ask: VerificationAsk) -> str:
    """Whose word a confirmation is, as the public page names it."""
    organization = ask.resource.organization
    return organization.name[:60] if organization is not None else str(_("活動している方"))


@transaction.atomic
def confirm_unchanged(
    ask: VerificationAsk, *, method: str = VerificationMethod.OWNER, person: Any = None, by_label: str = ""
) -> bool:
    """「変わりありません」: one proof, whoever sends how often. False where the ask was answered before."""
    if not _take(ask, AskAnswer.SAME):
        return False
    verify_resource(
        ask.resource,
        method=method,
        result=VerificationResult.CONFIRMED,
        person=person,
        by_label=by_label or speaker(ask),
        on=timezone.localdate(),
    )
    _note(ask, AskAnswer.SAME, person)
    return True


@transaction.atomic
def tell_change(
    ask: VerificationAsk, *, field_group: str, message: str, reply_to: str = "", person: Any = None
) -> bool:
    """「変わりました」: work for staff. No proof: the entry does not say it yet. False where answered before."""
    if not _take(ask, AskAnswer.CHANGED):
        return False
    _report(ask, field_group, _("【団体からの返事】%(text)s") % {"text": message}, reply_to)
    _note(ask, AskAnswer.CHANGED, person)
    return True


@transaction.atomic
def tell_end(ask: VerificationAsk, *, reply_to: str = "", person: Any = None) -> bool:
    """「終わりました」: staff decide what becomes of the entry. False where answered before."""
    if not _take(ask, AskAnswer.ENDED):
        return False
    text = _("【団体からの返事】活動を終えたとのことです。確かめて、状態を「終了」にしてください。")
    _report(ask, FieldGroup.ALL, text, reply_to)
    _note(ask, AskAnswer.ENDED, person)
    return True


def report_of(ask: VerificationAsk) -> MistakeReport | None:
    """What staff work on because of the answer, while it is open."""
    return MistakeReport.objects.filter(receipt=_receipt(ask), state=MistakeState.NEW).first()


def _take(ask: VerificationAsk, answer: AskAnswer) -> bool:
    """Answer `ask`, once: of twenty at the same moment one gets True."""
    rows = VerificationAsk.objects.filter(pk=ask.pk, state__in=OPEN_ASKS)
    return bool(rows.update(state=AskState.ANSWERED, answer=answer, answered_at=timezone.now()))


def _report(ask: VerificationAsk, field_group: str, message: str, reply_to: str) -> None:
    report_mistake(
        resource=ask.resource,
        field_group=field_group,
        message=message[:1000],
        reply_to=reply_to[:120],
        receipt=_receipt(ask),
    )


def _receipt(ask: VerificationAsk) -> str:
    return receipt_of(f"ask:{ask.pk}", CODE_ALPHABET)


def _note(ask: VerificationAsk, answer: AskAnswer, person: Any) -> None:
    log(instance=ask.resource, action="tsunagu.ask.answer", user=person, data={"reason": str(answer.label)})
