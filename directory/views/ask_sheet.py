"""The sheet of paper that asks a group without mail. For staff of the place only: it carries the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from ..choices import OPEN_ASKS, AskChannel
from ..confirm_forms import code_in_two
from ..entries import Entry
from ..exporters.qr import qr_svg
from ..models import VerificationAsk, VerificationCampaign
from ..services.ask_mail import desk_of
from ..visibility import Viewer, viewer_of
from .access import canonical_code, for_everybody, load

#: Sheets on one page of a browser: each costs some ten queries.
SHEETS_AT_ONCE = 50


@dataclass(frozen=True)
class Sheet:
    """What one A4 page shows: what stands in the register, boxes to tick, how to send it back."""

    ask: VerificationAsk
    entry: Entry
    code: str
    desk: Any
    address: str


@never_cache
@require_safe
def ask_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of one ask."""
    sheet = _sheet(request, _own_ask(request, code))
    return _printed(request, [sheet], title=sheet.entry.name)


@never_cache
@require_safe
def campaign_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets of a campaign that are not answered yet and lie in the own places, one page each."""
    campaign = get_object_or_404(_mine(VerificationCampaign, request), pk=pk)
    asks = _mine(VerificationAsk, request).filter(
        campaign=campaign, channel=AskChannel.PAPER, state__in=OPEN_ASKS
    )
    asks = asks.select_related("resource__district", "campaign").order_by("resource__district__order", "pk")
    page = Paginator(asks, SHEETS_AT_ONCE).get_page(request.GET.get("p"))
    if not page.object_list:
        raise Http404(_("印刷する紙はありません。"))
    sheets = [_sheet(request, ask) for ask in page.object_list]
    rest = page.paginator.count - page.end_index()
    return _printed(request, sheets, title=campaign.name, rest=rest, next=page.number + 1)


def _mine(model: type[Model], request: HttpRequest) -> QuerySet:
    if not request.user.is_authenticated:
        raise Http404
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(request.user, ["view"])


def _sheet(request: HttpRequest, ask: VerificationAsk) -> Sheet:
    resource = load(ask.resource.code)
    address = request.build_absolute_uri(reverse("directory:confirm_code"))
    return Sheet(ask, for_everybody(resource), code_in_two(ask.code), desk_of(resource), address)


def _printed(request: HttpRequest, sheets: list[Sheet], **context: Any) -> HttpResponse:
    heading = "h1" if len(sheets) == 1 else "h2"
    return render(request, "directory/confirm/sheet.html", {"sheets": sheets, "heading": heading, **context})


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
