"""Applies a visitor's display settings to the pages of the public site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from .display import display_of
from .display_on_account import apply_after_login
from .ruby import annotate_page

#: The editor's screens keep Wagtail's own look.
UNTOUCHED_PREFIXES = ("/admin/", "/static/", "/media/", "/api/")


class DisplayMiddleware:
    """Says that pages differ by cookie, and writes furigana into them when the visitor asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        apply_after_login(request, response)
        if request.path.startswith(UNTOUCHED_PREFIXES) or not is_whole_html(response):
            return response
        patch_vary_headers(response, ["Cookie"])
        if display_of(request).ruby:
            response.content = annotate_page(response.content.decode(response.charset)).encode(
                response.charset
            )
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response


def is_whole_html(response: HttpResponse) -> bool:
    """True for a page held in memory; a file being streamed is left alone."""
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")
