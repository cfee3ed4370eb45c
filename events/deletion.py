"""What whoever deletes a group, an entry or a place is told about events, reports and the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from directory.deletion_notes import DeletionNote, register_deletion_notes
from directory.models import Organization, Resource, Venue

from .models import Card, Event, Introduction, Opportunity, Report


def register() -> None:
    """Called once, when Django is ready."""
    register_deletion_notes("events", notes_of)


def notes_of(thing: Any) -> Iterator[DeletionNote]:
    """Sentences about what hangs on `thing`; one question a kind."""
    if isinstance(thing, Organization):
        yield from _of_organization(thing)
    elif isinstance(thing, Resource):
        yield from _of_resource(thing)
    elif isinstance(thing, Venue):
        number = Event.objects.filter(venue=thing).count()
        if number:
            yield DeletionNote(
                _("この場所で開く催しが%(n)d件あります。先に会場を変えてください。") % {"n": number}, True
            )


def _of_organization(organization: Organization) -> Iterator[DeletionNote]:
    for model, name in ((Event, _("催し")), (Report, _("活動報告"))):
        number = model.objects.filter(organization=organization).count()
        if number:
            said = _(
                "この団体の%(name)sが%(n)d件あります。ほかの団体とまとめるか、主催を変えてから、削除してください。"
            )
            yield DeletionNote(said % {"name": name, "n": number}, True)
    counts = (
        (_("掲示板の書き込み"), Opportunity.objects.filter(organization=organization).count()),
        (_("つなぎの記録"), Introduction.objects.concerning(organization).count()),
        (_("交流会のカード"), Card.objects.filter(organization=organization).count()),
    )
    yield from (
        DeletionNote(_("%(name)s%(n)d件も、いっしょに削除されます。") % {"name": name, "n": number})
        for name, number in counts
        if number
    )


def _of_resource(resource: Resource) -> Iterator[DeletionNote]:
    counts = (
        (_("催し"), resource.events.count()),
        (_("活動報告"), resource.reports.count()),
        (_("掲示板の書き込み"), resource.opportunities.count()),
    )
    yield from (
        DeletionNote(
            _("%(name)s%(n)d件は残りますが、この活動との結びつきは消えます。") % {"name": name, "n": number}
        )
        for name, number in counts
        if number
    )
