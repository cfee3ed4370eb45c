"""What a draft of an event says to the public, for its preview. Who may see what is asked of `visibility`."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from directory.review_fields import age_lines, timetable_lines
from directory.visibility import contacts_of

from ..models import Event
from ..review_fields import fee_lines, signup_lines
from ..visibility import place_of

register = template.Library()


@register.simple_tag
def event_facts(event: Event) -> list[tuple[str, list[str]]]:
    """(label, lines) in the order of the page; without what nobody said."""
    contacts = [
        f"{item.name} {item.phone} {item.email}".strip() for item in contacts_of(event.contacts.all())
    ]
    audiences = "、".join(audience.name for audience in event.audiences.all())
    found = [
        (_("日時"), timetable_lines(event)),
        (_("場所"), [place_of(event).words, event.place_note]),
        (_("だれが"), [audiences, *age_lines(event), event.who_may_come]),
        (_("費用"), fee_lines(event)),
        (_("持ち物"), [event.bring]),
        (_("申込み"), signup_lines(event)),
        (_("問い合わせ"), contacts),
    ]
    shown = [(label, [line for line in lines if line]) for label, lines in found]
    return [(label, lines) for label, lines in shown if lines]
