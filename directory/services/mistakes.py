"""Take in what visitors say is wrong."""

from __future__ import annotations

from django.db import transaction

from ..models import MistakeReport, Resource


class AlreadyReported(Exception):
    """This receipt was given to another text; the sender has to be told, not to lose the new one."""


@transaction.atomic
def report_mistake(
    *, resource: Resource, field_group: str, message: str, reply_to: str, receipt: str
) -> MistakeReport:
    """Store a report under its receipt. Sending the same again gives the same row (double click).

    Raises `AlreadyReported` where the receipt stands for something else.
    """
    said = {"field_group": field_group, "message": message, "reply_to": reply_to}
    report, is_new = MistakeReport.objects.get_or_create(
        receipt=receipt, defaults={"resource": resource, **said}
    )
    same = report.resource_id == resource.pk and all(
        getattr(report, name) == text for name, text in said.items()
    )
    if not is_new and not same:
        raise AlreadyReported(receipt)
    return report
