"""What a visitor sees when something is wrong: plain words, what to do next, no query of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

#: When even the template cannot be drawn (missing static files).
LAST_WORDS = (
    '<!doctype html><html lang="ja"><meta charset="utf-8"><title>うまく動きませんでした</title>'
    "<h1>うまく動きませんでした</h1><p>少し待ってから、もう一度お試しください。</p>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without a request: context processors may be what is broken."""
    try:
        return HttpResponse(render_to_string("errors/500.html"), status=500)
    except Exception:  # noqa: BLE001 - whatever it is, the visitor must get an answer
        return HttpResponse(LAST_WORDS, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """While the site is being looked after. Browsers and search engines come back later."""
    return HttpResponse(render_to_string("errors/503.html"), status=503, headers={"Retry-After": "1800"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was open too long, or cookies are off: say so, and how to go on."""
    return render(request, "errors/403_csrf.html", status=403)
