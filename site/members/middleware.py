"""The second factor before the staff screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .second_factor import has_second_factor


class SecondFactorMiddleware:
    """Sends staff without a second factor to its set-up page before any staff screen opens.

    One place for every screen, API and chooser below `/admin/`: a decorator could be forgotten. Only with
    `MFA_REQUIRED_FOR_STAFF`, which production turns on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")
        self.exempt = {reverse("wagtailadmin_logout")}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_refused(request):
            return redirect(f"{reverse('mfa_index')}?{urlencode({'next': self._way_back(request)})}")
        return self.get_response(request)

    def _is_refused(self, request: HttpRequest) -> bool:
        if not settings.MFA_REQUIRED_FOR_STAFF or not request.path.startswith(self.prefix):
            return False
        user: Any = request.user
        return user.is_authenticated and request.path not in self.exempt and not has_second_factor(user)

    def _way_back(self, request: HttpRequest) -> str:
        return request.get_full_path() if request.method == "GET" else self.prefix
