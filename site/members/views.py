"""One's own page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache  # personal: never kept by a browser or a proxy
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """Who one is here, which places one works for, and the way on."""
    assignments = request.user.assignments.select_related("area")
    return render(request, "members/my_page.html", {"assignments": assignments})
