"""How long mails are kept, and sending one again."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .choices import MailState
from .models import OutgoingMail

#: Rows without their text, for the question whether something was sent.
KEEP_ROWS = timedelta(days=365)


def erase_old_mail() -> int:
    """Erase texts after MAIL_KEEP_DAYS and rows after a year. Returns how many rows were touched."""
    now = timezone.now()
    ended = OutgoingMail.objects.filter(state__in=[MailState.SENT, MailState.FAILED])
    old = ended.filter(ended__lt=now - timedelta(days=settings.MAIL_KEEP_DAYS), content__isnull=False)
    erased = old.update(content=None)
    return erased + ended.filter(ended__lt=now - KEEP_ROWS).delete()[0]


def send_again(mail: OutgoingMail) -> bool:
    """Have a failed mail sent again to those who did not get it. False when somebody was quicker or its text is gone."""
    if not mail.can_be_sent_again:
        return False
    return bool(
        OutgoingMail.objects.failed()
        .filter(pk=mail.pk, content__isnull=False)
        .update(
            state=MailState.WAITING,
            left=[*mail.refused],
            refused={},
            tries=0,
            next_try=timezone.now(),
            written=timezone.now(),
            ended=None,
        )
    )
