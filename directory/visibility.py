"""What the public, registered people and staff may see, field by field. The only place that decides.

Pages, print, feeds, JSON-LD, search documents, exports: everything asks here and shows what it gets. The rules:

- An entry is public when it is live and listed, active or paused, not merged into another one, and not hidden because
  nobody could be reached for too long.
- The place is shown as closely as the stricter of the entry and its venue allows: exact; 町丁目 ("block"); the
  district only (private homes); nothing at all, not even the district (shelters).
- A place by itself (a list of venues) is shown as closely as its most open public entry shows it.
- A contact is shown to its audience and to staff of the place.
- A photo is shown when the people on it agreed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from members.scope import NoScope, Scope

from .choices import PUBLIC_STATUSES, ContactAudience, LifeStatus, OrganizationStatus, PlaceVisibility
from .photo_uses import further_photos

if TYPE_CHECKING:
    from areas.models import Area

    from .models import Organization, Photo, Resource, ResourcePhoto, Venue
    from .models.contacts import Contact


class Viewer(IntEnum):
    """Who looks; each sees what the ones before see."""

    PUBLIC = 0
    REGISTERED = 1
    STAFF = 2


_NEEDED = {
    ContactAudience.PUBLIC: Viewer.PUBLIC,
    ContactAudience.REGISTERED: Viewer.REGISTERED,
    ContactAudience.STAFF: Viewer.STAFF,
}
_STRICTNESS = list(PlaceVisibility.values)
PUBLIC_ORGANIZATION_STATUSES = (OrganizationStatus.APPROVED, OrganizationStatus.PAUSED)


@dataclass(frozen=True)
class Place:
    """As much of a place as somebody may see. `lat`/`lng` are None where no pin may be shown."""

    visibility: PlaceVisibility
    name: str = ""
    kana: str = ""
    address: str = ""
    floor: str = ""
    access_note: str = ""
    postal_code: str = ""
    town: str = ""
    district: Area | None = None
    lat: float | None = None
    lng: float | None = None
    is_online: bool = False

    @property
    def has_point(self) -> bool:
        return self.lat is not None and self.lng is not None

    @property
    def words(self) -> str:
        """The place in one line, for lists and for reading aloud."""
        if self.visibility == PlaceVisibility.HIDDEN and not (self.name or self.address):
            return _("場所は公開していません")
        where = self.name or self.address or self.town
        if not where and self.district is not None:
            where = _("%(district)s(くわしい場所はお問い合わせください)") % {"district": self.district.name}
        if self.is_online:
            return _("%(place)s・オンライン") % {"place": where} if where else _("オンライン")
        return where


def public_resources() -> Q:
    """The condition that makes a resource public."""
    return Q(live=True, life_status__in=PUBLIC_STATUSES, hidden_on__isnull=True, merged_into__isnull=True)


def is_public(resource: Resource) -> bool:
    """May everybody see `resource`? The same rule as `public_resources`, for an object in hand."""
    is_kept = resource.hidden_on is None and resource.merged_into_id is None
    return resource.live and is_kept and resource.life_status in PUBLIC_STATUSES


def viewer_of(user: Any, resource: Resource | None = None) -> Viewer:
    """Who `user` is, as to `resource`: staff only for entries of their own places."""
    if user is None or not getattr(user, "is_authenticated", False):
        return Viewer.PUBLIC
    try:
        scope = Scope.of(user)
    except NoScope:
        return Viewer.REGISTERED
    if resource is not None and not scope.includes(resource.district):
        return Viewer.REGISTERED
    return Viewer.STAFF


def can_see(user: Any, resource: Resource) -> bool:
    """May `user` open the page of `resource`?"""
    return is_public(resource) or viewer_of(user, resource) is Viewer.STAFF


def has_ended(resource: Resource) -> bool:
    """Was `resource` public and is over? Then everybody may be told that, by its name, and nothing else."""
    return resource.live and resource.life_status == LifeStatus.CLOSED


def public_places() -> Q:
    """The condition under which the district of a resource may be known; others are in no list of a district."""
    hidden = PlaceVisibility.HIDDEN
    return ~Q(place_visibility=hidden) & (Q(venue__isnull=True) | ~Q(venue__visibility=hidden))


def is_public_organization(organization: Organization) -> bool:
    """May everybody see `organization`?"""
    is_listed = organization.live and organization.status in PUBLIC_ORGANIZATION_STATUSES
    return is_listed and organization.merged_into_id is None


def public_organizations() -> Q:
    """The condition that makes an organization public."""
    return Q(live=True, status__in=PUBLIC_ORGANIZATION_STATUSES, merged_into__isnull=True)


def public_organization(thing: Any) -> Organization | None:
    """Who runs `thing` (an entry, an event, a report), where everybody may know it."""
    organization = thing.organization
    return organization if organization is not None and is_public_organization(organization) else None


def viewer_of_organization(user: Any, organization: Organization) -> Viewer:
    """Who `user` is, as to `organization`: staff for those of their own places, and for those without any."""
    viewer = viewer_of(user)
    if viewer is not Viewer.STAFF:
        return viewer
    scope, areas = Scope.of(user), list(organization.areas.all())
    own = not areas or any(scope.includes(area) for area in areas)
    return Viewer.STAFF if own else Viewer.REGISTERED


def effective_visibility(resource: Resource, venue: Venue | None) -> PlaceVisibility:
    """The stricter of what the entry and its venue say."""
    said = [resource.place_visibility]
    if venue is not None:
        said.append(venue.visibility)
    return PlaceVisibility(max(said, key=_STRICTNESS.index))


def place_of(resource: Resource, viewer: Viewer = Viewer.PUBLIC, venue: Venue | None = None) -> Place:
    """The place of `resource` (or of one of its dates, `venue`) as `viewer` may see it."""
    venue = venue or resource.venue
    visibility = effective_visibility(resource, venue)
    shown = PlaceVisibility.EXACT if viewer is Viewer.STAFF else visibility
    district = venue.district if venue is not None and venue.district_id else resource.district
    return _shown(venue, shown, Place(visibility=visibility, district=district, is_online=resource.is_online))


def place_of_venue(venue: Venue) -> Place:
    """`venue` by itself as everybody may see it. A house whose entries all withhold it is withheld."""
    entries = [*venue.resources.all(), *(item.resource for item in venue.schedules.all())]
    public = [PlaceVisibility(item.place_visibility) for item in entries if is_public(item)]
    others = [PlaceVisibility(item.place_visibility) for item in entries]
    said = min(public, key=_STRICTNESS.index) if public else max(others, key=_STRICTNESS.index, default=None)
    known = PlaceVisibility(venue.visibility)
    visibility = max(known, said or known, key=_STRICTNESS.index)
    return _shown(venue, visibility, Place(visibility=visibility, district=venue.district))


def _shown(venue: Venue | None, shown: PlaceVisibility, frame: Place) -> Place:
    """As much of `venue` as `shown` allows. `frame` is its district, and what is said of it in any case."""
    if shown == PlaceVisibility.HIDDEN:
        return replace(frame, district=None)
    if venue is None or shown == PlaceVisibility.DISTRICT:
        return frame
    town = venue.town.name if venue.town is not None else venue.town_name
    if shown == PlaceVisibility.BLOCK:
        # The point of the town, not of the house: a pin would give the house away.
        lat, lng = (venue.town.lat, venue.town.lng) if venue.town is not None else (None, None)
        return replace(frame, town=town, address=town, lat=lat, lng=lng)
    return replace(
        frame,
        name=venue.name,
        kana=venue.kana,
        address=venue.address,
        floor=venue.floor,
        access_note=venue.access_note,
        postal_code=venue.postal_code,
        town=town,
        lat=venue.lat,
        lng=venue.lng,
    )


def served_areas(resource: Resource, place: Place) -> list[Area]:
    """The areas `resource` is for. Of a hidden place not even that: it would give the place away."""
    is_hidden = place.visibility == PlaceVisibility.HIDDEN and place.district is None
    return [] if is_hidden else list(resource.areas_served.all())


def contacts_of(contacts: Iterable[Contact], viewer: Viewer = Viewer.PUBLIC) -> list[Contact]:
    """Those of `contacts` that `viewer` may see."""
    return [contact for contact in contacts if viewer >= _NEEDED[ContactAudience(contact.audience)]]


def photos_of(resource: Resource) -> list[ResourcePhoto]:
    """The photos of `resource` that may be shown: those without people, or with their consent."""
    return [item for item in resource.photos.all() if item.photo.may_be_shown]


def photos_for(user: Any) -> Q:
    """The condition of the photos `user` works with: those taken in by them, and those of entries they may see."""
    model = apps.get_model  # by name: models import this module, not the other way round
    entries = model("directory", "Resource").objects.visible_to(user)
    items = model("directory", "ResourcePhoto").objects.filter(resource__in=entries)
    return Q(uploaded_by_user=user) | Q(pk__in=items.values("photo")) | further_photos(user)


def may_open_photo(user: Any, photo: Photo) -> bool:
    """May `user` open a photo, or the file as it was taken in, that the public may not see?"""
    if viewer_of(user) is not Viewer.STAFF:
        return False
    return Scope.of(user).is_everywhere or type(photo).objects.filter(photos_for(user), pk=photo.pk).exists()
