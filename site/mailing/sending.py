"""Sending what is due: a round of the worker.

A mail is taken by one worker with a conditional update, sent outside any transaction, and its end is written down if it
is still that worker's. A worker killed between the server's 250 and that line makes one copy, with the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from background.working import AtWork

from .choices import MailState
from .models import OutgoingMail
from .transport import Answer, ServerAway, connected, hand_over

logger = logging.getLogger(__name__)

#: Minutes after the first, second … failure; the last goes for all later ones.
PAUSES = (1, 5, 15, 60, 180, 360)
#: Tried for so long, then given up. A code is of no use the next day.
PATIENCE = timedelta(days=3)
PATIENCE_WITH_SECRETS = timedelta(hours=2)
#: While the server is away one mail a minute asks for it; the others wait without a try being counted.
AWAY_PAUSE = timedelta(minutes=1)
BATCH = 50


def send_due(me: AtWork) -> int:
    """Send mails that are due over one connection, at most a batch. Returns how many were tried."""
    due = _due()
    if not due:
        return 0
    try:
        with connected() as server:
            return sum(_send(me, mail, server) for mail in due if not me.stopping())
    except ServerAway as away:
        logger.warning("mail: the server takes no mail (%s); mails wait", away)
        _let_all_wait(str(away))
        return 0


def give_back(living: Iterable[str]) -> int:
    """Let mails that killed workers had begun be sent by others. Returns how many."""
    begun = OutgoingMail.objects.begun_by_others_than(living)
    return begun.update(state=MailState.WAITING, worker_id="", next_try=timezone.now())


def overdue(since: datetime) -> int:
    """How many mails have been due since before then."""
    return OutgoingMail.objects.due(since).count()


def _due() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.due(timezone.now())[:BATCH])


def _send(me: AtWork, mail: OutgoingMail, server: BaseEmailBackend) -> bool:
    """Send one mail if it is still to be had. ServerAway when the conversation broke off; the mail waits then."""
    if not _take(me, mail):
        return False
    if mail.is_secret and _is_old(mail):
        _write_end(mail, Answer(never=dict.fromkeys(mail.left, "expired")))
        return True
    try:
        answer = hand_over(mail, server)
    except ServerAway as away:
        _write_end(mail, Answer(later=dict.fromkeys(mail.left, str(away))))
        raise
    _write_end(mail, answer)
    return True


def _take(me: AtWork, mail: OutgoingMail) -> bool:
    mine = OutgoingMail.objects.due(timezone.now()).filter(pk=mail.pk, tries=mail.tries).order_by()
    if not mine.update(state=MailState.SENDING, worker_id=me.id, tries=F("tries") + 1):
        return False
    mail.tries += 1
    mail.worker_id = me.id
    return True


def _let_all_wait(why: str) -> None:
    due = OutgoingMail.objects.due(timezone.now()).order_by()
    due.update(next_try=timezone.now() + AWAY_PAUSE, last_error=why)


def _write_end(mail: OutgoingMail, answer: Answer) -> None:
    """Whoever was served is done with; others are tried again, or stand among the refused."""
    later, refused = answer.later, {**mail.refused, **answer.never}
    if later and _is_old(mail):
        later, refused = {}, {**refused, **later}
    now = timezone.now()
    changes: dict[str, Any] = {"left": list(later), "refused": refused, "worker_id": ""}
    changes["last_error"] = next(iter([*later.values(), *refused.values()]), "")[:100]
    if later:
        changes |= {"state": MailState.WAITING, "next_try": now + _pause(mail.tries)}
    else:
        changes |= {"state": MailState.FAILED if refused else MailState.SENT, "ended": now}
    if mail.is_secret and not later:
        changes["content"] = None
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING, worker_id=mail.worker_id).update(
        **changes
    )


def _pause(tries: int) -> timedelta:
    return timedelta(minutes=PAUSES[min(tries, len(PAUSES)) - 1])


def _is_old(mail: OutgoingMail) -> bool:
    patience = PATIENCE_WITH_SECRETS if mail.is_secret else PATIENCE
    return timezone.now() - mail.written > patience
