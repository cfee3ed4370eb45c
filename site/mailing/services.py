"""Writing mail: text first, a short subject with the site's name, one template a mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

#: Names the thing a mail is about ("resource:7K3QF"), so that a bounced one leads back to it.
CAUSE_HEADER = "X-Tsunagu-Cause"


def post(
    *, to: Iterable[str], subject: str, template: str, context: Mapping[str, Any], cause: str = ""
) -> EmailMessage:
    """Send a text mail to each of `to` together. `template` is a text template; the subject gets the site's name.

    Call it inside the transaction of its cause: the mail is a row written with it and leaves after the commit.
    """
    values = {"site_name": settings.WAGTAIL_SITE_NAME, "base_url": settings.WAGTAILADMIN_BASE_URL, **context}
    body = render_to_string(template, values)
    line = _("【%(site)s】%(subject)s") % {"site": settings.WAGTAIL_SITE_NAME, "subject": subject}
    headers = {CAUSE_HEADER: cause} if cause else {}
    message = EmailMessage(line.replace("\n", " "), body, to=list(to), headers=headers)
    message.send()
    return message
