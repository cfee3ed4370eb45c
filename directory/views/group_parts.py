"""Editing one part of an entry: always the newest draft, never over what somebody else saved meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..group_access import group_entry_view
from ..group_parts import PARTS, Part, mark_of
from ..group_schedule_form import MOST_SCHEDULES
from ..models import Organization, OrganizationMember, Resource
from ..services.group_editing import save_draft
from ..typed_before import typed_before
from ..viewsets.conflicts import differences


@group_entry_view
def group_part(
    request: HttpRequest, membership: OrganizationMember, resource: Resource, part: str
) -> HttpResponse:
    """Show the form of a part; save it into the draft. 409 where somebody saved the same part meanwhile."""
    if part not in PARTS:
        raise Http404(_("このページはありません。"))
    number = _number(request, resource) if part == "when" else None
    with transaction.atomic():
        row = Resource.objects.select_for_update().get(pk=resource.pk)
        draft = row.get_latest_revision_as_object()
        answer = handle_part(request, PARTS[part], row, draft, number)
    if answer is None:
        messages.success(request, _("下書きに保存しました。"))
        return redirect("directory:group_entry", membership.organization.code, resource.code)
    context, status = answer
    about = {"organization": membership.organization, "resource": resource, "part": PARTS[part]}
    return render(request, "directory/group/part.html", about | context, status=status)


def handle_part(
    request: HttpRequest, part: Part, row: Resource | Organization, draft: Any, number: int | None = None
) -> tuple[dict[str, Any], int] | None:
    """The page to show and its status; None once it is saved."""
    mark = mark_of(draft, part)
    options = {} if number is None else {"number": number}
    sent = request.POST if request.method == "POST" else None
    typed = sent if sent is not None else typed_before(request)
    form = part.form(typed, draft=draft, **options)
    context: dict[str, Any] = {"form": form, "mark": mark, "number": number, **_when(draft, number)}
    if typed is None:
        return context, 200
    seen = typed.get("mark", "")
    if seen != mark:
        form.is_valid()  # fills what differs
        return context | {"conflict": differences(form)}, 409
    if sent is None:  # typed before the login ended: it stands in the form, to be saved by the person
        return context | {"is_typed_before": True}, 200
    if not form.is_valid():
        return context | {"mark": seen}, 422
    form.write(request.user)
    save_draft(row, draft, user=request.user)
    return None


def _when(draft: Any, number: int | None) -> dict[str, Any]:
    if number is None:
        return {}
    rows = list(draft.schedules.all())
    return {"schedules": rows, "may_add": 0 < len(rows) < MOST_SCHEDULES}


def _number(request: HttpRequest, resource: Resource) -> int:
    asked = request.GET.get("n", "0")
    return (
        min(int(asked), MOST_SCHEDULES - 1) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 0
    )
