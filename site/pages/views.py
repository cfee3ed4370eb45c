"""Display settings, robots.txt, favicon, and the style guide."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from .display import display_of, remember
from .display_on_account import keep_on_account
from .styleguide import samples


@csrf_exempt  # Sets nothing but a look; a token here would put a cookie and a secret on every cached page.
@require_http_methods(["GET", "HEAD", "POST"])
def display_settings(request: HttpRequest) -> HttpResponse:
    """Show all choices; a POST keeps what was chosen and goes back to where the visitor was."""
    if request.method != "POST":
        return render(
            request, "pages/display.html", {"next": safe_next(request, request.GET.get("next", ""))}
        )
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise BadRequest("Display settings are changed on this site only.")
    try:
        display = display_of(request).changed(request.POST.dict())
    except ValueError as error:
        raise BadRequest(str(error)) from error
    keep_on_account(request, display)
    response = redirect(safe_next(request, request.POST.get("next", "")))
    response.status_code = 303
    remember(response, display, secure=request.is_secure())
    return response


def safe_next(request: HttpRequest, address: str) -> str:
    """`address` when it is a path of this site, else the page of display settings."""
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/"):
        return address
    return reverse("pages:display")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by search engines; personal pages and endless lists need not be."""
    context = {"sitemap": request.build_absolute_uri("/sitemap.xml")}
    return render(request, "pages/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name unasked; the mark is elsewhere."""
    return redirect(static("img/favicon.png"), permanent=False)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page of the site by name: the menu, and what editors wrote."""
    pages = Page.objects.live().public().filter(depth__gt=2).order_by("path").defer_streamfields()
    return render(request, "pages/site_map.html", {"pages": pages})


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with sample data, to look at and to test."""
    return render(request, "styleguide/index.html", samples())
