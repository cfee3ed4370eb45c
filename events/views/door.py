"""The organiser's pages of an event: all dates, one date with its list, and the list on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..attendance_errors import CheckInRefused
from ..door_actions import ACTIONS
from ..door_desk import Desk
from ..door_forms import WalkInForm
from ..door_keys import new_key
from ..door_lists import DoorList, door_dates, door_list, signups_of_date
from ..models import EventDate
from ..signup_errors import SignUpClosed, SignUpRefused

#: So many dates that are over stand in the overview; messages sent.
_PAST, _MESSAGES = 12, 5
#: Empty lines for walk-ins on paper.
_EMPTY_LINES = 8


@require_safe
def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every date with its numbers, what is to come first."""
    dates = door_dates(desk)
    context = {
        "desk": desk,
        "event": desk.event,
        "organization": desk.event.organization,
        "coming": [item for item in dates if not item.is_over],
        "past": [item for item in reversed(dates) if item.is_over][:_PAST],
        "sent": list(desk.event.messages.select_related("date")[:_MESSAGES]),
    }
    return render(request, "events/door/show.html", context)


def day(request: HttpRequest, desk: Desk, date: uuid.UUID) -> HttpResponse:
    """The list of one date. POST do=came|absent|undo|approve|decline|promote|cancel|size, signup=<uuid>."""
    row = desk.date_of(date)
    if request.method == "POST":
        return _act(request, desk, row)
    return day_page(request, desk, row, WalkInForm())


def day_page(
    request: HttpRequest, desk: Desk, date: EventDate, form: WalkInForm, status: int = 200
) -> HttpResponse:
    """The page itself; `form` is the one for walk-ins."""
    found = door_list(desk, date)
    context = _context(desk, found) | {
        "form": form,
        "key": request.POST.get("key") or new_key(),
        "walk_in_url": desk.url("walk_in", date.uuid),
        "sheet_url": desk.url("sheet", date.uuid),
        "attendance_url": desk.url("attendance", date.uuid),
        "written": getattr(date, "attendance", None),
    }
    return render(request, "events/door/day.html", context, status=status)


@require_safe
def sheet(request: HttpRequest, desk: Desk, date: uuid.UUID) -> HttpResponse:
    """The list for paper: A4, boxes to tick, lines for walk-ins. `?phone=1` prints telephones too."""
    row = desk.date_of(date)
    context = _context(desk, door_list(desk, row)) | {
        "with_phone": request.GET.get("phone") == "1",
        "empty_lines": range(_EMPTY_LINES),
        "today": timezone.localdate(),
        "back_url": desk.day(row),
    }
    return render(request, "events/door/sheet.html", context)


def _act(request: HttpRequest, desk: Desk, date: EventDate) -> HttpResponse:
    here = desk.day(date)
    signup = signups_of_date(date).filter(uuid=_uuid(request.POST.get("signup", ""))).first()
    action = ACTIONS.get(request.POST.get("do", ""))
    if signup is None or action is None:
        messages.error(request, _("この申込みは、もうありません。いまの名簿をお確かめください。"))
        return redirect(here)
    try:
        for words in action(signup, date, request.POST, request.user):
            messages.success(request, words)
    except (CheckInRefused, SignUpClosed, SignUpRefused) as error:
        messages.error(request, str(error))
        return redirect(here)
    # Back to where the thumb was; a sentence on top is to be read first.
    return redirect(here if messages.get_messages(request) else f"{here}#s-{signup.receipt}")


def _context(desk: Desk, found: DoorList) -> dict[str, Any]:
    event = desk.event
    return {
        "desk": desk,
        "event": event,
        "organization": event.organization,
        "list": found,
        "date": found.date,
    }


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
