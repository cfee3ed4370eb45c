"""What leaves the screen: print sheet, read-aloud edition, calendar file, QR code. All show what the public may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..choices import CountKind
from ..exporters.ical import calendar_of
from ..exporters.qr import qr_svg
from ..models import Resource
from ..read_aloud import length_announcement
from ..read_aloud_edition import edition
from ..view_counts import counted
from .access import entry_view, for_everybody


@require_safe
@entry_view
def print_sheet(request: HttpRequest, resource: Resource) -> HttpResponse:
    """One A4 page to hand over or to pin up."""
    context = {"entry": for_everybody(resource), "address": _address(request, resource)}
    return counted(request, resource, render(request, "directory/print.html", context), CountKind.SHARED)


@require_safe
@entry_view
def read_aloud(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The text for reading aloud, as a page."""
    lines = edition(for_everybody(resource))
    context = {"resource": resource, "lines": lines, "length": length_announcement("".join(lines))}
    return render(request, "directory/read_aloud.html", context)


@require_safe
@entry_view
def read_aloud_text(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The same text as a plain file, for reading programmes and DAISY makers."""
    lines = edition(for_everybody(resource))
    text = "\r\n".join([length_announcement("".join(lines)), *lines, ""])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{resource.code}.txt"'
    return response


@require_safe
@entry_view
def calendar_file(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The coming dates for the visitor's own calendar."""
    entry = for_everybody(resource)
    host = request.get_host().split(":")[0]
    data = calendar_of(entry, entry.coming, url=_address(request, resource), host=host)
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{resource.code}.ics"'
    return response


@require_safe
@entry_view
def qr_code(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The address of the entry as a QR code."""
    return HttpResponse(qr_svg(_address(request, resource)), content_type="image/svg+xml")


def _address(request: HttpRequest, resource: Resource) -> str:
    return request.build_absolute_uri(resource.get_absolute_url())
