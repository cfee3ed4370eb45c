"""What becomes of a mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailState(TextChoices):
    WAITING = "waiting", _("これから送る")
    SENDING = "sending", _("送っている")
    SENT = "sent", _("送った")
    FAILED = "failed", _("届かなかった")
