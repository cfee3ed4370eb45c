"""Entries that stand in a second list under another spelling: what staff find in a register that grew."""

from __future__ import annotations

from areas.models import Area
from directory.choices import LifeStatus
from directory.models import Resource
from directory.services.duplicate_finding import find_duplicates
from tests.factories.directory import ResourceFactory

from .entries import SOURCE

#: How a second list writes the name of the first, the second, the third.
_SPELLINGS = ("NPO法人 {name}", "{name}(無料)", "{name}")


def make_duplicates(district: Area) -> None:
    """A few drafts in `district` that are there already, and the candidates found from them."""
    entries = Resource.objects.published().filter(district=district, venue__isnull=False)
    for spelling, entry in zip(_SPELLINGS, entries.order_by("pk"), strict=False):
        twin = ResourceFactory(
            name=spelling.format(name=entry.name),
            kana=entry.kana,
            organization=None,
            venue=entry.venue,
            summary="別の名簿から取り込んだ見本です。",
            categories=list(entry.categories.all()),
            life_status=LifeStatus.ACTIVE,
            live=False,
            source_name=SOURCE,
        )
        twin.save_revision()
    find_duplicates()
