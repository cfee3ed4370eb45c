"""The page of an organization."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..cards import card_of
from ..choices import OrganizationStatus
from ..exporters.jsonld import organization_data, script
from ..models import Organization, Resource
from ..page_sections import sections_of
from ..sns_links import named_links
from ..visibility import Viewer, contacts_of, is_public_organization, viewer_of_organization
from .access import canonical_code, final_of

PAGE_SIZE = 20


@require_safe
def organization_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the organization is, what it runs, how to reach it."""
    right = canonical_code(code)
    if right != code:
        return redirect("directory:organization", code=right, permanent=True)
    organization = _load(right)
    final = final_of(organization)
    viewer = viewer_of_organization(request.user, final)
    is_over = final.live and final.status == OrganizationStatus.CLOSED
    if not (is_public_organization(final) or is_over or viewer is Viewer.STAFF):
        raise Http404(_("この番号のページはありません。"))
    if final is not organization:
        return redirect("directory:organization", code=final.code)
    if is_over and viewer is not Viewer.STAFF:
        return render(request, "directory/ended.html", {"organization": organization}, status=410)
    response = render(request, "directory/organization.html", page_context(request, organization, viewer))
    if viewer is not Viewer.PUBLIC:
        patch_cache_control(response, private=True, no_store=True)
    return response


def page_context(request: HttpRequest, organization: Organization, viewer: Viewer) -> dict[str, Any]:
    """What the template needs; the editor's preview uses it too."""
    today = timezone.localdate()
    rows = Resource.objects.published().filter(organization=organization).order_by("kana", "pk")
    page = Paginator(rows.with_card_data(today), PAGE_SIZE).get_page(request.GET.get("page"))
    contacts = list(organization.contacts.all())
    data = organization_data(organization, contacts_of(contacts), request.build_absolute_uri)
    return {
        "organization": organization,
        "is_public": is_public_organization(organization),
        "contacts": contacts_of(contacts, viewer),
        "sns_links": named_links(organization.sns_links),
        "logo": organization.logo if organization.logo and organization.logo.may_be_shown else None,
        "page": page,
        "cards": [card_of(resource, today=today) for resource in page],
        "sections": sections_of("organization", organization),
        "jsonld": script(data, getattr(request, "csp_nonce", "")),
    }


def _load(code: str) -> Organization:
    rows = Organization.objects.select_related("logo").prefetch_related("contacts", "areas__parent__parent")
    try:
        return rows.get(code=code)
    except Organization.DoesNotExist as error:
        raise Http404(_("この番号のページはありません。")) from error
