"""Mail as rows: written in the transaction of its cause, sent by the worker, kept until its fate is known."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import MailState
from .querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """One mail to one group of recipients, as it goes over the wire."""

    #: With its angle brackets, fixed when the mail is written: a copy sent twice can be told from two mails.
    message_id = models.CharField(max_length=255, unique=True)
    #: What it is about, e.g. "resource:7K3QF"; "" where nothing leads back.
    cause = models.CharField(_("もとになったもの"), max_length=200, blank=True, db_index=True)
    subject = models.CharField(_("件名"), max_length=500)
    #: The sender on the envelope, an address.
    sender = models.CharField(max_length=320)
    #: Addresses as lists of text: all, those still to be served, and refused ones with the answer's code.
    recipients = models.JSONField(_("宛先"), default=list)
    left = models.JSONField(default=list)
    refused = models.JSONField(_("断られた宛先"), default=dict)
    #: Headers and body, CRLF line ends. Null when erased.
    content = models.BinaryField(null=True)
    #: Holds a code or a link that opens something: erased as soon as it is sent, and never sent late.
    is_secret = models.BooleanField(default=False)

    state = models.CharField(_("状態"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(_("送った回数"), default=0)
    next_try = models.DateTimeField(_("次に送る日時"))
    worker_id = models.CharField(max_length=64, blank=True)
    #: The kind of the last failure, e.g. "451" or "ConnectionRefusedError"; never words of the server.
    last_error = models.CharField(_("理由"), max_length=100, blank=True)
    #: From when its patience counts: when it was written, or put back by hand.
    written = models.DateTimeField(_("書いた日時"), default=timezone.now)
    ended = models.DateTimeField(_("済んだ日時"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("メール")
        verbose_name_plural = _("メール")
        ordering = ["-written", "-pk"]
        indexes = [models.Index(fields=["state", "next_try"], name="mailing_due")]

    def __str__(self) -> str:
        return self.subject

    @property
    def can_be_sent_again(self) -> bool:
        """Failed, and its text is still there. A code or link of yesterday is asked for anew instead."""
        return self.state == MailState.FAILED and self.content is not None and bool(self.refused)
