"""What the public, registered people and staff may see of events, reports and the board. The only place that decides.

- Live, and not hidden: nothing else is public. A cancelled event stays public, and says so.
- The place follows `directory.visibility.place_of`: the stricter of the event and its venue.
- What only those may know who signed up (`Event.joining_text`) is shown by `joining_text_for`, nowhere else.
- Sign-ups, answers and introductions are never public.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

from directory.choices import PlaceVisibility
from directory.visibility import (
    Place,
    Viewer,
    effective_visibility,
    is_public_organization,
    public_organizations,
)
from directory.visibility import place_of as place_of_entry
from directory.visibility import public_places as places_in_lists
from members.scope import NoScope, Scope

from .choices import OpportunityState, SignUpState

if TYPE_CHECKING:
    from areas.models import Area
    from directory.models import Photo, Venue

    from .models import Event, Opportunity, Report, SignUp
    from .models.base import Reviewed

#: Those who may know how to get in.
_KNOWING = (SignUpState.CONFIRMED, SignUpState.ATTENDED)


def public_texts() -> Q:
    """Events and reports everybody may see."""
    return Q(live=True, hidden_on__isnull=True)


def public_opportunities() -> Q:
    """Posts everybody may see: those of organizations that are public themselves."""
    organizations = apps.get_model("directory", "Organization").objects.filter(public_organizations())
    return public_texts() & Q(organization__in=organizations.values("pk"))


def listed_events() -> Q:
    """Events that may stand in a public list of a district: one at a hidden place is in none."""
    return public_texts() & places_in_lists()


def listed_reports() -> Q:
    """Reports that may stand in a list of a district: what is told of a hidden place gives the district away too."""
    hidden = PlaceVisibility.HIDDEN
    told_of = Q()
    for about in ("resource", "event"):
        told_of |= Q(**{f"{about}__place_visibility": hidden}) | Q(**{f"{about}__venue__visibility": hidden})
    return public_texts() & ~told_of


def district_of(report: Report) -> Area | None:
    """The district of `report`, where it may be told."""
    told_of = [thing for thing in (report.resource, report.event) if thing is not None]
    hidden = any(effective_visibility(thing, thing.venue) == PlaceVisibility.HIDDEN for thing in told_of)
    return None if hidden else report.district


def is_public(thing: Reviewed) -> bool:
    """May everybody see `thing`? The same rule as `public_texts`, for one in hand."""
    return thing.live and thing.hidden_on is None


def is_public_post(post: Opportunity) -> bool:
    """The same rule as `public_opportunities`, for one in hand."""
    return is_public(post) and is_public_organization(post.organization)


def is_open(post: Opportunity, day: date) -> bool:
    """Public, still wanted on `day`, and not run out: what lists and the search show."""
    return is_public_post(post) and post.state == OpportunityState.OPEN and post.open_until >= day


def viewer_of(user: Any, thing: Any) -> Viewer:
    """Who `user` is, as to `thing`: staff only inside the own places; without a district it is everybody's work."""
    if user is None or not getattr(user, "is_authenticated", False):
        return Viewer.PUBLIC
    try:
        scope = Scope.of(user)
    except NoScope:
        return Viewer.REGISTERED
    return Viewer.STAFF if thing.district is None or scope.includes(thing.district) else Viewer.REGISTERED


def place_of(event: Event, viewer: Viewer = Viewer.PUBLIC, venue: Venue | None = None) -> Place:
    """The place of `event` (or of one of its dates, `venue`) as `viewer` may see it."""
    return place_of_entry(event, viewer, venue)


def joining_text_for(event: Event, signup: SignUp | None) -> str:
    """The joining text for somebody with a seat; "" for everybody else."""
    may_know = signup is not None and signup.event_id == event.pk and signup.state in _KNOWING
    return event.joining_text if may_know else ""


def photos_of(thing: Event | Report) -> list[Any]:
    """The photos of `thing` that may be shown, in order."""
    return [item for item in thing.photos.all() if may_show(item.photo)]


def may_show(photo: Photo) -> bool:
    """Nobody on it, or with their consent; and nobody asked for it to be taken away."""
    return photo.may_be_shown
