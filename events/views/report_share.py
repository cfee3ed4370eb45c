"""The picture of a shared link to a report."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from areas.models import MunicipalityProfile
from directory.views.access import canonical_code

from ..models import Report
from ..report_page import load_report
from ..share_images import share_image
from ..visibility import is_public
from .reports import gone


@require_safe
def report_share(request: HttpRequest, code: str) -> HttpResponseBase:
    """PNG, 1200 × 630. 410 or 404 like the page itself. As with photos: kept, but asked for anew each time."""
    report = load_report(canonical_code(code))
    if not is_public(report):
        return gone(request, report)
    drawn = share_image(report, _site_name(report))
    if drawn is None:
        return redirect(static("img/share.png"))
    etag = quote_etag(hashlib.sha256(drawn).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or HttpResponse(drawn, content_type="image/png")
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _site_name(report: Report) -> str:
    rows = MunicipalityProfile.objects.order_by("pk")
    if report.district is not None:
        rows = rows.filter(municipality=report.district.municipality)
    profile = rows.first()
    return str(profile.site_name if profile is not None else settings.WAGTAIL_SITE_NAME)
