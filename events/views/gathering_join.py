"""「団体として参加する」: from the page of a gathering to the desk of the own group."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.group_access import memberships_of
from directory.views.access import canonical_code

from ..choices import EventKind
from ..models import Event


@never_cache
@require_safe
@login_required
def gathering_join(request: HttpRequest, code: str) -> HttpResponse:
    """With one group: on to its card. With several: which one? Without any: how to become one."""
    rows = Event.objects.published().filter(code=canonical_code(code), kind=EventKind.GATHERING)
    event = rows.first()
    if event is None:
        raise Http404(_("この番号の交流会はありません。"))
    groups = [row.organization for row in memberships_of(request.user)]
    choices = [(group, reverse("events:group_gathering", args=[group.code, event.code])) for group in groups]
    if len(choices) == 1:
        return redirect(choices[0][1])
    return render(request, "events/gatherings/join.html", {"event": event, "choices": choices})
