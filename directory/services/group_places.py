"""The place a group names for its entry: the one it has, one that is known, or a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.locate import Location, locate_address
from areas.models import Area

from ..choices import PlaceVisibility
from ..models import Resource, Venue


@dataclass(frozen=True)
class NamedPlace:
    """A place not yet written. `venue` is a known one; else `values` make one; both empty: only the district."""

    venue: Venue | None
    values: dict[str, Any]
    district: Area | None

    def write_into(self, draft: Resource, user: Any) -> None:
        """Put the place into `draft`; a new one becomes a row."""
        venue = self.venue
        if venue is None and self.values:
            venue = Venue.objects.create(**self.values, created_by=user)
        draft.venue = venue
        draft.district = venue.district if venue is not None and venue.district else self.district


def place_for(draft: Resource, *, name: str, address: str, access_note: str, home: Area | None) -> NamedPlace:
    """What was typed as a place. Raises `ValidationError` where the district stays unknown."""
    venue = draft.venue
    if venue is not None and (venue.name, venue.address, venue.access_note) == (name, address, access_note):
        return NamedPlace(venue, {}, venue.district)
    if not name and not address:
        return NamedPlace(None, {}, _needed(home or draft.district))
    known = Venue.objects.filter(
        name=name, address=address, access_note=access_note, visibility=PlaceVisibility.EXACT
    ).exclude(district=None)
    found = known.select_related("district").first()
    if found is not None:
        return NamedPlace(found, {}, found.district)
    return _new(draft, name, address, access_note, home)


def _new(draft: Resource, name: str, address: str, access_note: str, home: Area | None) -> NamedPlace:
    near = home or draft.district
    where = locate_address(address, near.municipality if near else None) if address else None
    district = home or (where.district if where else None) or (draft.district if not address else None)
    values: dict[str, Any] = {"name": name, "address": address, "access_note": access_note}
    if where is not None:
        values |= _point(where)
    return NamedPlace(None, values | {"district": _needed(district)}, district)


def _point(where: Location) -> dict[str, Any]:
    is_town = where.point_of == "town"  # that of a district would put the pin far from the house
    return {
        "lat": where.lat if is_town else None,
        "lng": where.lng if is_town else None,
        "block": where.number[:60],
        "town": where.town,
        "town_name": where.town.name if where.town else "",
        "precision": where.precision,
    }


def _needed(district: Area | None) -> Area:
    if district is None:
        raise ValidationError(_("住所から地区がわかりませんでした。地区を選んでください。"))
    return district
