"""Give the editor's preview the context of the public page. A model cannot do that: views know models, not the reverse."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from ..models import Organization, Resource
from ..services.occurrences import dates_of
from ..views import organization as organization_views
from ..views import resource as resource_views
from ..visibility import Viewer

register = template.Library()

#: What stands for the number of an entry that was never saved; no real one has a 0.
UNSAVED_CODE = "00000"


@register.simple_tag(takes_context=True)
def entry_context(context: template.Context, resource: Resource) -> str:
    """Put what `directory/resource.html` needs into the context; dates come from the timetables as typed."""
    resource.code = resource.code or UNSAVED_CODE
    today = timezone.localdate()
    coming = [day for schedule in resource.schedules.all() for day in dates_of(schedule, resource, today)]
    resource.coming = sorted(coming, key=lambda day: (day.date, str(day.start or "")))
    return _fill(context, resource_views.page_context(context["request"], resource))


@register.simple_tag(takes_context=True)
def organization_context(context: template.Context, organization: Organization) -> str:
    """Put what `directory/organization.html` needs into the context."""
    organization.code = organization.code or UNSAVED_CODE
    page = organization_views.page_context(context["request"], organization, Viewer.STAFF)
    return _fill(context, page)


def _fill(context: template.Context, values: dict[str, Any]) -> str:
    context.update(values)
    return ""
