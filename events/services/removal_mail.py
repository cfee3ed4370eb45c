"""What the group that wrote a report is told when it, or a photo of it, is hidden, shown again, or gone.

Who asked, and why, is not told: it may be a person in the picture.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from mailing.services import post

from ..group_addresses import addresses_of, full_address
from ..models import RemovalRequest


def tell_hidden(request: RemovalRequest) -> None:
    """Somebody asked; nobody has looked yet."""
    _tell(request, _("活動報告の公開を止めました"), "report_hidden", request.report.title)


def tell_decided(request: RemovalRequest, *, title: str) -> None:
    """Staff have looked. `title` is what the report was called before."""
    _tell(request, _("活動報告について、決まりました"), "report_decided", title)


def _tell(request: RemovalRequest, subject: str, template: str, title: str) -> None:
    organization = request.report.organization
    if organization is None:  # staff wrote it
        return
    for address in addresses_of(organization):
        post(
            to=[address],
            subject=subject,
            template=f"events/mail/{template}.txt",
            context={
                "asked": request,
                "title": title,
                "organization": organization,
                "url": full_address(request.report.get_absolute_url()),
            },
            cause=f"removal:{request.receipt}",
        )
