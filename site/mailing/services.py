"""Writing mail: text first, a short subject with the site's name, one template a mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .headers import CAUSE_HEADER, SECRET_HEADER


def post(
    *,
    to: Iterable[str],
    subject: str,
    template: str,
    context: Mapping[str, Any],
    cause: str = "",
    secret: bool = False,
) -> EmailMessage:
    """Send a text mail to each of `to` together. `template` is a text template; the subject gets the site's name.

    Call it inside the transaction of its cause: the mail is a row written with it and leaves after the commit.
    `secret` is for mails with a code or a link that opens something: the text is erased as soon as it is sent, and
    after two hours it is not sent any more. A mail without a cause is taken for one.
    """
    values = {"site_name": settings.WAGTAIL_SITE_NAME, "base_url": settings.WAGTAILADMIN_BASE_URL, **context}
    body = render_to_string(template, values)
    line = _("【%(site)s】%(subject)s") % {"site": settings.WAGTAIL_SITE_NAME, "subject": subject}
    headers = ({CAUSE_HEADER: cause} if cause else {}) | ({SECRET_HEADER: "yes"} if secret else {})
    message = EmailMessage(line.replace("\n", " "), body, to=list(to), headers=headers)
    message.send()
    return message
