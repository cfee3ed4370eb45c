"""What counts at once: rest and resume, is there room, a notice with dates, one date off or moved; and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..choices import CapacityState, ChangeAction, LifeStatus
from ..group_access import group_entry_view
from ..group_now_forms import NoticeForm, OneDateForm, PauseForm, StateForm
from ..models import OrganizationMember, Resource, ScheduleException
from ..services import group_immediate as immediate
from ..typed_before import typed_before


def _page(
    request: HttpRequest, membership: OrganizationMember, resource: Resource, template: str, **context: Any
) -> HttpResponse:
    form = context["form"]
    about = {"organization": membership.organization, "resource": resource}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, f"directory/group/{template}.html", about | context, status=status)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else typed_before(request)


def _done(
    request: HttpRequest, membership: OrganizationMember, resource: Resource, words: str
) -> HttpResponse:
    messages.success(request, words)
    return redirect("directory:group_entry", membership.organization.code, resource.code)


def _needs_public(resource: Resource) -> None:
    """A draft has no readers: there is nothing to change at once."""
    if not resource.live:
        raise PermissionDenied


@group_entry_view
def group_pause(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「お休みする」「再開する」."""
    _needs_public(resource)
    is_paused = resource.life_status == LifeStatus.PAUSED
    form = PauseForm(_typed(request), initial={"note": resource.paused_note})
    if request.method == "POST" and request.POST.get("action") == "resume":
        if is_paused:
            immediate.resume(resource, user=request.user)
        return _done(request, membership, resource, _("再開しました。ページにすぐ出ます。"))
    if request.method == "POST" and form.is_valid():
        immediate.pause(resource, user=request.user, note=form.cleaned_data["note"])
        return _done(request, membership, resource, _("「お休みしています」と、ページにすぐ出ます。"))
    return _page(request, membership, resource, "pause", form=form, is_paused=is_paused)


@group_entry_view
def group_room(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「受付中」「要相談」「満員」."""
    _needs_public(resource)
    form = StateForm(_typed(request), initial={"capacity_state": resource.capacity_state})
    if request.method == "POST" and form.is_valid():
        state = form.cleaned_data["capacity_state"]
        words = str(CapacityState(state).label)
        immediate.change_at_once(resource, user=request.user, reason=words, capacity_state=state)
        return _done(request, membership, resource, _("「%(state)s」にしました。") % {"state": words})
    return _page(request, membership, resource, "room", form=form)


@group_entry_view
def group_notice(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「お知らせ」: up, or taken down."""
    _needs_public(resource)
    names = ("notice", "notice_from", "notice_until")
    form = NoticeForm(_typed(request), initial={name: getattr(resource, name) for name in names})
    if request.method == "POST" and request.POST.get("action") == "remove":
        gone = {"notice": "", "notice_from": None, "notice_until": None}
        immediate.change_at_once(resource, user=request.user, reason=_("お知らせを消した"), **gone)
        return _done(request, membership, resource, _("お知らせを消しました。"))
    if request.method == "POST" and form.is_valid():
        immediate.change_at_once(resource, user=request.user, reason=_("お知らせ"), **form.cleaned_data)
        return _done(request, membership, resource, _("お知らせを出しました。ページにすぐ出ます。"))
    return _page(request, membership, resource, "notice", form=form)


@group_entry_view
def group_dates(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「1日だけの変更」: cancel, move, add; below, what was changed, with a button to take it back."""
    _needs_public(resource)
    if request.method == "POST" and "undo" in request.POST:
        _undo_date(request, resource)
        return redirect("directory:group_dates", membership.organization.code, resource.code)
    form = OneDateForm(_typed(request), resource=resource)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("変更しました。ページにすぐ出ます。"))
        return redirect("directory:group_dates", membership.organization.code, resource.code)
    changes = ScheduleException.objects.filter(schedule__resource=resource, date__gte=timezone.localdate())
    return _page(request, membership, resource, "dates", form=form, changes=changes)


def _changed(request: HttpRequest, form: OneDateForm) -> bool:
    said = form.cleaned_data
    schedule, day = form.target
    times = {"start": said["start"], "end": said["end"], "reason": said["reason"]}
    moved = {"new_date": said["new_date"]} if said["action"] == ChangeAction.MOVE else {}
    try:
        immediate.change_one_date(
            schedule, user=request.user, on=day, action=said["action"], **times, **moved
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _undo_date(request: HttpRequest, resource: Resource) -> None:
    wanted = request.POST.get("undo", "")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else 0
    change = get_object_or_404(ScheduleException, schedule__resource=resource, pk=number)
    immediate.undo_one_date(change, user=request.user)
    messages.success(request, _("変更を取り消しました。"))


@require_POST
@group_entry_view
def group_undo(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """Take the latest change at once back."""
    wanted = request.POST.get("change", "")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else 0
    try:
        immediate.undo_last(resource, user=request.user, number=number)
    except immediate.NothingToUndo:
        messages.warning(request, _("もう元に戻せません。いまの状態を見てください。"))
        return redirect("directory:group_entry", membership.organization.code, resource.code)
    return _done(request, membership, resource, _("元に戻しました。"))


@group_entry_view
def group_close(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「終了する」: asked once more before."""
    _needs_public(resource)
    form = PauseForm(_typed(request))
    form.fields["note"].label = _("終了の理由(職員だけが見ます)")
    form.fields["note"].help_text = ""
    if request.method == "POST" and form.is_valid():
        immediate.close(resource, user=request.user, note=form.cleaned_data["note"])
        return _done(request, membership, resource, _("終了にしました。おつかれさまでした。"))
    return _page(request, membership, resource, "close", form=form)
