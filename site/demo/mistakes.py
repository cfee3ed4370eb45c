"""What visitors of the demo say is wrong: three reports that wait, in the district of the demo's member of staff."""

from __future__ import annotations

from areas.models import Area
from directory.choices import FieldGroup
from directory.models import Resource
from directory.services.mistakes import report_mistake

_SAID = (
    (FieldGroup.SCHEDULE, "先月から、はじまりが30分おそくなっています。(見本)", ""),
    (FieldGroup.CONTACT, "電話がつながりません。番号が変わったのかもしれません。(見本)", "03-0000-0000"),
    (FieldGroup.PLACE, "入口は表通りではなく、うらの駐車場の側です。(見本)", "visitor@example.jp"),
)


def make_mistakes(home: Area) -> None:
    """Nothing where they wait already: each has a receipt of its own."""
    entries = Resource.objects.published().filter(district=home).order_by("-pk")
    for number, (resource, (group, message, reply_to)) in enumerate(
        zip(entries, _SAID, strict=False), start=1
    ):
        report_mistake(
            resource=resource,
            field_group=group,
            message=message,
            reply_to=reply_to,
            receipt=f"MIHON{number:03d}",
        )
