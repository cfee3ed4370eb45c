"""What page and mail say of an event to those who sign up: when, where, whom to ask. The same words in both."""

from __future__ import annotations

from django.utils.translation import gettext as _

from directory.choices import PlaceVisibility
from directory.facts import place_lines
from directory.models.contacts import Contact
from directory.visibility import contacts_of

from .date_words import date_words
from .models import Event, EventDate
from .visibility import place_of

#: So many dates of a course stand in a mail; the page has all.
SHOWN_DATES = 20


def dates_lines(event: Event, date: EventDate | None) -> list[str]:
    """The date one signed up for, or all of a course."""
    rows = [date] if date is not None else list(event.dates.all()[: SHOWN_DATES + 1])
    lines = [date_words(event, row) for row in rows[:SHOWN_DATES]]
    return [*lines, _("ほか")] if len(rows) > SHOWN_DATES else lines


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
