"""What a group says of itself: edited as a draft, reviewed like its entries, public at once for groups one trusts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..group_access import group_view
from ..group_desk import comment_of, draft_of, review_of
from ..group_profile_form import PROFILE
from ..models import Organization, OrganizationMember
from ..review_comparison import compare
from ..services.group_editing import send_in
from .group_home import sent_words
from .group_parts import handle_part


@group_view(changes=True)
def group_profile(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """The form, above it what waits. 409 where somebody saved meanwhile."""
    with transaction.atomic():
        row = Organization.objects.select_for_update().get(pk=membership.organization_id)
        answer = handle_part(request, PROFILE, row, row.get_latest_revision_as_object())
    if answer is None:
        messages.success(request, _("下書きに保存しました。よければ、審査に出してください。"))
        return redirect("directory:group_profile", row.code)
    context, status = answer
    return render(request, "directory/group/profile.html", context | _standing(row), status=status)


def _standing(row: Organization) -> dict[str, Any]:
    """How the profile stands: what is not public yet, and what staff said to it."""
    row = Organization.objects.get(pk=row.pk)  # the form has written into the one in hand
    review = review_of(row)
    state = draft_of(row, review)
    public = row if row.live else None
    draft = row.get_latest_revision_as_object()
    return {
        "organization": row,
        "part": PROFILE,
        "state": state,
        "comment": comment_of(review),
        "changed": compare(public, draft).changed if state is not None and public is not None else (),
    }


@require_POST
@group_view(changes=True)
def group_profile_send(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """「審査に出す」; where the group is trusted, the change is public at once."""
    try:
        is_public = send_in(membership.organization, user=request.user)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, _("まだ出せません:%(why)s") % {"why": text})
    else:
        messages.success(request, sent_words(is_public))
    return redirect("directory:group_profile", membership.organization.code)
