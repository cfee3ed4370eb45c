"""Answers on the board in 「自分のデータ」, and what becomes of them when an account is deleted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from members.registry import PersonalData, register_personal_data

from .choices import AnswerState
from .models import OpportunityAnswer

_OPEN = (AnswerState.TYPED, AnswerState.WAITING)


def register() -> None:
    """Called once, when Django is ready."""
    register_personal_data(
        PersonalData(key="board_answers", export=_export, erase=_erase, consequences=_consequences)
    )


def _export(user: Any) -> list[dict[str, Any]]:
    rows = OpportunityAnswer.objects.filter(user=user).select_related("opportunity", "organization")
    return [
        {
            "post": row.opportunity.code,
            "title": row.opportunity.title,
            "organization": row.organization.name if row.organization is not None else "",
            "name": row.name,
            "message": row.message,
            "email": row.email,
            "phone": row.phone,
            "state": str(row.get_state_display()),
            "since": row.created_at.isoformat(timespec="seconds"),
        }
        for row in rows
    ]


def _erase(user: Any) -> None:
    """What waits is taken back; the person goes out of all of them, that there was an answer stays."""
    rows = OpportunityAnswer.objects.filter(user=user)
    now = timezone.now()
    rows.filter(state__in=_OPEN).update(state=AnswerState.WITHDRAWN, decided_at=now)
    rows.update(name=_("(消しました)"), message="", email="", phone="", erased_at=now)


def _consequences(user: Any) -> list[str]:
    number = OpportunityAnswer.objects.filter(user=user, state__in=_OPEN).count()
    return [_("掲示板への返事%(n)d件を取り下げます。") % {"n": number}] if number else []
