"""The dates somebody signed up for, as a file for their own calendar.

A date has the UID it has in the public files: whoever follows those too sees it once. The file is asked for by the
secret link, so it may say what only those know who have a seat.
"""

from __future__ import annotations

from collections.abc import Iterable

from directory.exporters.ical_parts import add_place, add_text, add_times, new_calendar, new_event

from ..choices import DateStatus
from ..date_words import place_of_date, place_words, state_of, state_words, titled
from ..models import EventDate, SignUp
from ..visibility import joining_text_for


def calendar_of_signup(signup: SignUp, dates: Iterable[EventDate], *, url: str) -> bytes:
    """An iCalendar file of `dates`. `url` is the page of one's own sign-up."""
    event = signup.event
    calendar = new_calendar(event.title, product="events")
    for row in dates:
        item = new_event(
            str(row.uuid),
            titled(event.title, state_of(event, row)),
            changed=max(event.updated_at, row.updated_at),
        )
        add_times(item, row.date, row.start, row.end)
        item.add("status", "CANCELLED" if row.status == DateStatus.CANCELLED else "CONFIRMED")
        item.add("sequence", event.sequence + row.sequence)
        place = place_of_date(event, row)
        add_place(item, place, place_words(event, place))
        add_text(item, [state_words(event, row), joining_text_for(event, signup), event.bring], url)
        calendar.add_component(item)
    return calendar.to_ical()
