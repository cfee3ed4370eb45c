"""The second factor before the staff screens, and a session another request has just replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .second_factor import has_second_factor, was_shown


class PatientSessionMiddleware(SessionMiddleware):
    """Who presses a button twice sees the page the first press led to, and no "bad request".

    Logging in and confirming a code replace the session. A second request under way with the old one would be
    answered 400 by Django; here it is sent to the same address again, where the browser's new session is looked at.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            return redirect(request.get_full_path())


class SecondFactorMiddleware:
    """Before any staff screen: a second factor exists, and this login has shown it.

    Without one its set-up page comes first; a login that did not show it ends. One place for every screen, API and
    chooser below `/admin/`: a decorator could be forgotten. Only with `MFA_REQUIRED_FOR_STAFF`, which production turns
    on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")
        self.exempt = {reverse("wagtailadmin_logout")}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if not self._is_guarded(request) or not user.is_authenticated:
            return self.get_response(request)
        if not has_second_factor(user):
            return self._go("mfa_index", request)
        if not was_shown(request):
            logout(request)
            return self._go("members:login", request)
        return self.get_response(request)

    def _is_guarded(self, request: HttpRequest) -> bool:
        is_staff_screen = request.path.startswith(self.prefix) and request.path not in self.exempt
        return settings.MFA_REQUIRED_FOR_STAFF and is_staff_screen

    def _go(self, name: str, request: HttpRequest) -> HttpResponse:
        back = request.get_full_path() if request.method == "GET" else self.prefix
        return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
