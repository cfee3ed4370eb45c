"""Give the editor's preview the context of the public page. A model cannot do that: views know models, not the reverse."""

from __future__ import annotations

from django import template

from ..models import Event
from ..views.event import page_context

register = template.Library()

#: What stands for the number of an event that was never saved; no real one has a 0.
UNSAVED_CODE = "00000"


@register.simple_tag(takes_context=True)
def event_context(context: template.Context, event: Event) -> str:
    """Put what `events/calendar/event.html` needs into the context; dates come from the timetables as typed."""
    event.code = event.code or UNSAVED_CODE
    context.update(page_context(context["request"], event, is_preview=True))
    return ""
