"""A group's events: the list, a new one, changing one, sending it in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.group_access import entry_of, group_view, is_over
from directory.models import Organization, OrganizationMember
from directory.services.group_editing import is_trusted_with, save_draft, send_in
from directory.typed_before import typed_before
from directory.versions import version_of
from directory.viewsets.conflicts import differences

from ..group_access import event_of, group_event_view
from ..group_event_form import GroupEventForm
from ..group_events import desk_event, desk_events, offered_dates
from ..models import Event
from ..seats_over import over_words
from ..services.posting import blank_event, event_from_entry, event_like, hours_of, save_new

#: More drafts than this nobody means.
MOST_DRAFTS = 40


@group_view
def group_events(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """What the group posted, and the ways to a new one."""
    organization = membership.organization
    context = {
        "organization": organization,
        "events": desk_events(organization),
        "offered": offered_dates(organization, timezone.localdate()),
        "is_over": is_over(organization),
    }
    return render(request, "events/group/list.html", context)


@group_view(changes=True)
def group_event_new(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """A new one: empty, `?copy=` the last one, or `?entry=` with `?on=` one of its dates."""
    organization = membership.organization
    draft, first = _beginning(request, organization)
    form = _form(request, draft, first)
    key = _key(request)
    if request.method == "POST" and form.is_valid() and not _too_many(form, organization):
        return _finish(request, organization, _made(form, request.user, key))
    context = {"organization": organization, "form": form, "key": key, "is_new": True}
    return _page(request, context, 422 if form.is_bound and form.errors else 200)


def _made(form: GroupEventForm, user: Any, key: UUID) -> Event:
    with transaction.atomic():
        found = Event.objects.filter(uuid=key, organization=form.instance.organization).first()
        if found is not None:  # the form was sent twice
            return found
        form.write(user)
        return save_new(form.instance, user=user, key=key)


def _beginning(request: HttpRequest, organization: Organization) -> tuple[Event, dict[str, Any]]:
    """A draft, and what the form says besides."""
    asked = request.GET
    if asked.get("copy"):
        source = event_of(organization, asked["copy"])
        slot = hours_of(source)
        return event_like(source), {"start": slot.start, "end": slot.end} if slot else {}
    if asked.get("entry"):
        return event_from_entry(entry_of(organization, asked["entry"]), _day(asked.get("on", ""))), {}
    return blank_event(organization), {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _too_many(form: GroupEventForm, organization: Organization) -> bool:
    is_full = Event.objects.filter(organization=organization, live=False).count() >= MOST_DRAFTS
    if is_full:
        form.add_error(None, _("下書きが多すぎます。先に、いまの下書きを審査に出してください。"))
    return is_full


@group_event_view
def group_event_edit(request: HttpRequest, membership: OrganizationMember, event: Event) -> HttpResponse:
    """Change the draft. 409 where somebody saved it meanwhile."""
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        draft = row.get_latest_revision_as_object()
        mark = version_of(Event, row.pk)
        form = _form(request, draft, {})
        context = {"organization": membership.organization, "form": form, "mark": mark}
        context["item"] = desk_event(row)
        status = _save(request, form, row, draft, mark, context)
    if status:
        return _page(request, context, status)
    if over := over_words(draft):
        messages.warning(request, over)
    return _finish(request, membership.organization, row)


def _save(
    request: HttpRequest, form: GroupEventForm, row: Event, draft: Event, mark: str, context: dict[str, Any]
) -> int:
    """0 once it is saved, else the status of the page that says why not."""
    if request.method != "POST":
        return 200
    if request.POST.get("mark", "") != mark:
        form.is_valid()  # fills what differs
        context["conflict"] = differences(form)
        return 409
    if not form.is_valid():
        return 422
    form.write(request.user)
    save_draft(row, draft, user=request.user)
    return 0


def _form(request: HttpRequest, draft: Event, first: dict[str, Any]) -> GroupEventForm:
    typed = request.POST if request.method == "POST" else typed_before(request)
    is_sending = request.method == "POST" and request.POST.get("action") == "send"
    files = request.FILES if request.method == "POST" else None
    return GroupEventForm(typed, files, draft=draft, is_sending=is_sending, initial=first)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    draft = context["form"].instance
    context["event"] = draft
    context["is_trusted"] = is_trusted_with(draft, context["organization"])
    return render(request, "events/group/form.html", context, status=status)


def _finish(request: HttpRequest, organization: Organization, event: Event) -> HttpResponse:
    """Saved: send it in where that was asked."""
    if request.POST.get("action") == "send":
        return _send(request, organization, event)
    messages.success(request, _("下書きに保存しました。まだ公開していません。"))
    return redirect("events:group_events", organization.code)


@require_POST
@group_event_view
def group_event_send(request: HttpRequest, membership: OrganizationMember, event: Event) -> HttpResponse:
    """「審査に出す」 from the list."""
    return _send(request, membership.organization, event)


def _send(request: HttpRequest, organization: Organization, event: Event) -> HttpResponse:
    try:
        is_public = send_in(event, user=request.user)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, _("まだ出せません:%(why)s") % {"why": text})
        return redirect("events:group_event_edit", organization.code, event.code)
    if is_public:
        messages.success(request, _("公開しました。"))
    else:
        messages.success(request, _("審査に出しました。終わると、メールでお知らせします。"))
    return redirect("events:group_events", organization.code)


@group_event_view(changes=False)
def group_event_preview(request: HttpRequest, membership: OrganizationMember, event: Event) -> HttpResponse:
    """The draft as the page will look."""
    if event.latest_revision_id is None:
        raise Http404(_("このページはありません。"))
    draft = event.get_latest_revision_as_object()
    return render(request, "events/admin/preview_event.html", {"object": draft})
