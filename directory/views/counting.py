"""The telephone button was pressed, or the page was shared: a browser says so with `navigator.sendBeacon`.

No token: it would cost every page its place in caches, and nothing can be gained but a number. A page of another site
cannot send it, a quota an address keeps the number plausible, and the answer is always the same.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..choices import CountKind
from ..form_protection import count_against_quota, is_over_quota
from ..models import Resource
from ..view_counts import count_quietly, is_visitor
from .access import canonical_code

_COUNTED = {"called": CountKind.CALLED, "shared": CountKind.SHARED}


@csrf_exempt
@require_POST
def count_press(request: HttpRequest, code: str) -> HttpResponse:
    """Count one press; nothing where it is no press of a visitor. Always 204."""
    kind = _COUNTED.get(request.GET.get("kind", ""))
    resource = Resource.objects.published().filter(code=canonical_code(code)).first()
    if kind is not None and resource is not None and _is_our_page(request) and is_visitor(request, resource):
        _count_within_quota(request, resource, kind)
    return HttpResponse(status=204)


def _is_our_page(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _count_within_quota(request: HttpRequest, resource: Resource, kind: CountKind) -> None:
    purpose = f"count:{resource.code}"
    if not is_over_quota(request, purpose):
        count_against_quota(request, purpose)
        count_quietly(resource, kind)
