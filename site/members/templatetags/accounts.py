"""Words of the account pages that come from the settings."""

from __future__ import annotations

from email.utils import parseaddr

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def mail_sender() -> str:
    """The address our mails come from, for those who must allow it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@register.simple_tag
def login_hint() -> str:
    """What stands below the login of a demo site; nothing elsewhere."""
    return str(getattr(settings, "LOGIN_HINT", ""))
