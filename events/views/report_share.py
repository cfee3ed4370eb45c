"""The picture of a shared link to a report."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from areas.models import MunicipalityProfile
from directory.views.access import canonical_code

from ..models import Report
from ..report_page import load_report
from ..share_images import share_image
from ..visibility import is_public
from .reports import gone

#: As long as a photo stays in browsers.
MAX_AGE = 3600


@require_safe
def report_share(request: HttpRequest, code: str) -> HttpResponse:
    """PNG, 1200 × 630. 410 or 404 like the page itself."""
    report = load_report(canonical_code(code))
    if not is_public(report):
        return gone(request, report)
    drawn = share_image(report, _site_name(report))
    if drawn is None:
        return redirect(static("img/share.png"))
    response = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def _site_name(report: Report) -> str:
    rows = MunicipalityProfile.objects.order_by("pk")
    if report.district is not None:
        rows = rows.filter(municipality=report.district.municipality)
    profile = rows.first()
    return str(profile.site_name if profile is not None else settings.WAGTAIL_SITE_NAME)
