"""What page and mail say of an event to those who sign up: when, where, whom to ask. The same words in both."""

from __future__ import annotations

from django.utils.translation import gettext as _

from areas.models import Area
from directory.choices import PlaceVisibility
from directory.facts import place_lines
from directory.models import Venue
from directory.models.contacts import Contact
from directory.visibility import contacts_of

from .date_words import date_words
from .models import Event, EventDate
from .visibility import place_of

#: So many dates of a course stand in a mail; the page has all.
SHOWN_DATES = 20
#: What `directory.visibility.place_of` looks at.
_OF_A_PLACE = (
    "visibility",
    "name",
    "kana",
    "address",
    "floor",
    "access_note",
    "postal_code",
    "town_name",
    "lat",
    "lng",
    "town__name",
    "town__lat",
    "town__lng",
    "district__name",
)


def dates_lines(event: Event, date: EventDate | None) -> list[str]:
    """The date one signed up for, or all of a course."""
    rows = [date] if date is not None else list(event.dates.all()[: SHOWN_DATES + 1])
    lines = [date_words(event, row) for row in rows[:SHOWN_DATES]]
    return [*lines, _("ほか")] if len(rows) > SHOWN_DATES else lines


def read_place(event: Event) -> None:
    """Read of the place of `event` what words about it need, where nothing of it is read yet: one query.

    For the moment of signing up, when the event is locked. Boundaries of areas weigh tens of kilobytes each.
    """
    if event.venue_id is not None and not Event.venue.is_cached(event):
        event.venue = (
            Venue.objects.select_related("town", "district").only(*_OF_A_PLACE).get(pk=event.venue_id)
        )
    if event.district_id is not None and not Event.district.is_cached(event):
        venue = event.venue
        if venue is not None and venue.district_id == event.district_id:
            event.district = venue.district
        else:
            event.district = Area.objects.only("name").get(pk=event.district_id)


def place_lines_of(event: Event, date: EventDate | None) -> list[str]:
    """Where, as closely as the public may know; the rest is in the joining text."""
    place = place_of(event, venue=date.venue if date is not None else None)
    # A note on the place could give away one that is not public.
    is_exact = place.visibility == PlaceVisibility.EXACT
    return [*place_lines(place), *([event.place_note] if event.place_note and is_exact else [])]


def contact_lines(event: Event) -> list[str]:
    """A human to ask, for mails: name, telephone, mail."""
    rows = [(contact.name, contact.phone, contact.email) for contact in public_contacts(event)]
    return [" ".join(part for part in parts if part) for parts in rows]


def public_contacts(event: Event) -> list[Contact]:
    """Those everybody may turn to, in order."""
    return contacts_of(event.contacts.all())
