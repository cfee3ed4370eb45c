"""The dates somebody signed up for, as a file for their own calendar.

Each date is as in the public files, under its own UID. The file is asked for by the secret link, so it may say what
only those know who have a seat.
"""

from __future__ import annotations

from collections.abc import Iterable

from directory.exporters.ical_parts import new_calendar

from ..models import EventDate, SignUp
from ..visibility import joining_text_for
from .ical import single_date


def calendar_of_signup(signup: SignUp, dates: Iterable[EventDate], *, url: str) -> bytes:
    """An iCalendar file of `dates`. `url` is the page of one's own sign-up."""
    event = signup.event
    calendar = new_calendar(event.title, product="events")
    more = [joining_text_for(event, signup), event.bring]
    for row in dates:
        calendar.add_component(single_date(event, row, url=url, more=more))
    return calendar.to_ical()
