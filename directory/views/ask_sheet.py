"""The sheet of paper that asks a group without mail. For staff of the place only: it carries the code."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..confirm_forms import code_in_two
from ..exporters.qr import qr_svg
from ..models import VerificationAsk
from ..services.ask_mail import desk_of
from ..visibility import Viewer, viewer_of
from .access import canonical_code, for_everybody, load


@never_cache
@require_safe
def ask_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One A4 page: what stands in the register, boxes to tick, how to send it back."""
    ask = _own_ask(request, code)
    resource = load(ask.resource.code)
    desk = desk_of(resource)
    context = {
        "ask": ask,
        "entry": for_everybody(resource),
        "code": code_in_two(ask.code),
        "desk": desk,
        "address": request.build_absolute_uri(reverse("directory:confirm_code")),
    }
    return render(request, "directory/confirm/sheet.html", context)


@never_cache
@require_safe
def ask_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The way to answer it on a telephone, with the code in it."""
    ask = _own_ask(request, code)
    way = f"{reverse('directory:confirm_code')}?{urlencode({'code': ask.code})}"
    return HttpResponse(qr_svg(request.build_absolute_uri(way)), content_type="image/svg+xml")


def _own_ask(request: HttpRequest, code: str) -> VerificationAsk:
    rows = VerificationAsk.objects.select_related("resource__district", "campaign")
    ask = rows.filter(code=canonical_code(code)).first()
    if ask is None or viewer_of(request.user, ask.resource) is not Viewer.STAFF:
        raise Http404(_("この番号のページはありません。"))
    return ask
