"""「この団体とつながりたい」: from a public page to the desk of the own group."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.group_access import memberships_of
from directory.models import Organization
from directory.views.access import canonical_code
from directory.visibility import is_public_organization


@never_cache
@require_safe
@login_required
def introduction_ask(request: HttpRequest, code: str) -> HttpResponse:
    """With one group: on to its desk. With several: which one asks? Without any: how to become one."""
    asked = Organization.objects.filter(code=canonical_code(code), merged_into__isnull=True).first()
    if asked is None or not is_public_organization(asked):
        raise Http404(_("この番号の団体はありません。"))
    own = [row.organization for row in memberships_of(request.user) if row.organization_id != asked.pk]
    post = request.GET.get("post", "")[:8]
    query = f"?{urlencode({'post': post})}" if post else ""
    choices = [(group, _address(group, asked) + query) for group in own]
    if len(choices) == 1:
        return redirect(choices[0][1])
    return render(request, "events/introductions/ask.html", {"asked": asked, "choices": choices})


def _address(group: Organization, asked: Organization) -> str:
    return reverse("events:group_introduction_new", args=[group.code, asked.code])
