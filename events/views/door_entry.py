"""What an organiser types in: a sign-up for somebody else, a walk-in, how many came."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..attendance_errors import AttendanceChanged, CheckInRefused
from ..choices import SignUpState
from ..date_words import date_words
from ..door_desk import Desk
from ..door_forms import AttendanceForm, TypedSignUpForm, WalkInForm
from ..door_keys import new_key, once_of
from ..door_lists import door_list
from ..models import EventDate
from ..services.attendance import add_walk_in, mark_of, record_attendance
from ..services.signups import SignUpResult, sign_up
from ..signup_errors import SignUpClosed, SignUpRefused
from ..signup_tokens import receipt_words
from .door import day_page


@require_http_methods(["GET", "HEAD", "POST"])
def signup_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A sign-up for somebody who phones. `?date=` is the date one came from."""
    dates = [row for row in desk.event.dates.select_related("venue") if _may_come(row)]
    typed = request.POST if request.method == "POST" else None
    first = {"date": request.GET.get("date", "")}
    form = TypedSignUpForm(typed, event=desk.event, dates=dates, initial=first)
    if typed is not None and form.is_valid():
        done = _typed_in(request, desk, dates, form)
        if done is not None:
            return done
    context = {
        "desk": desk,
        "event": desk.event,
        "organization": desk.event.organization,
        "form": form,
        "key": request.POST.get("key") or new_key(),
        "dates": dates,
    }
    return render(request, "events/door/signup.html", context, status=422 if form.errors else 200)


def _may_come(date: EventDate) -> bool:
    return date.takes_place and date.ends_at > timezone.now()


def _typed_in(
    request: HttpRequest, desk: Desk, dates: list[EventDate], form: TypedSignUpForm
) -> HttpResponse | None:
    """The page after it; None where it was refused: the reasons stand in the form."""
    date = next((row for row in dates if str(row.uuid) == form.cleaned_data.get("date")), None)
    once = once_of(request, desk.event, "p")
    try:
        result = sign_up(event=desk.event, date=date, typed_in_by=request.user, once=once, **form.said())
    except SignUpClosed as error:
        form.add_error(None, str(error))
        return None
    except SignUpRefused as error:
        for field, words in error.errors.items():
            form.add_error(field if field in form.fields else None, words)
        return None
    _say(request, result)
    back = date or (dates[0] if dates else None)
    return redirect(desk.day(back) if back is not None else desk.show_url)


def _say(request: HttpRequest, result: SignUpResult) -> None:
    signup = result.signup
    told = {"name": signup.name, "receipt": receipt_words(signup.receipt)}
    if signup.state == SignUpState.WAITING:
        messages.warning(request, _("満員なので、%(name)sさんは空き待ちです。受付番号 %(receipt)s") % told)
    else:
        messages.success(request, _("%(name)sさんの申込みを受け付けました。受付番号 %(receipt)s") % told)


@require_POST
def walk_in(request: HttpRequest, desk: Desk, date: uuid.UUID) -> HttpResponse:
    """Somebody came without having signed up."""
    row = desk.date_of(date)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return day_page(request, desk, row, form, 422)
    try:
        added = add_walk_in(
            date=row, by=request.user, once=once_of(request, desk.event, "w"), **form.cleaned_data
        )
    except CheckInRefused as error:
        form.add_error(None, str(error))
        return day_page(request, desk, row, form, 422)
    messages.success(request, _("当日の参加を加えました:%(number)d人") % {"number": added.party_size})
    return redirect(desk.day(row))


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, desk: Desk, date: uuid.UUID) -> HttpResponse:
    """How many came, by age. 409 where somebody else wrote numbers meanwhile: both are shown."""
    row = desk.date_of(date)
    found = door_list(desk, row)
    written = getattr(row, "attendance", None)
    if request.method != "POST":
        form = AttendanceForm(instance=written, initial={"seen": mark_of(written)})
        return _attendance_page(request, desk, found, form)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        return _attendance_page(request, desk, found, form, status=422)
    try:
        kept = record_attendance(date=row, by=request.user, **form.said())
    except AttendanceChanged as error:
        data = request.POST.copy()
        data["seen"] = mark_of(error.current)
        again = AttendanceForm(data)
        return _attendance_page(request, desk, found, again, status=409, changed=error.current)
    except (CheckInRefused, ValidationError) as error:
        words = error.messages if isinstance(error, ValidationError) else str(error)
        form.add_error(None, words)
        return _attendance_page(request, desk, found, form, status=422)
    messages.success(request, _("%(number)d人と記録しました。") % {"number": kept.total})
    if found.came and found.came != kept.total:
        words = _("名簿の印では%(ticked)d人です。ちがうときは、どちらかを直してください。")
        messages.warning(request, words % {"ticked": found.came})
    return redirect(desk.day(row))


def _attendance_page(
    request: HttpRequest, desk: Desk, found: Any, form: AttendanceForm, status: int = 200, changed: Any = None
) -> HttpResponse:
    context = {
        "desk": desk,
        "event": desk.event,
        "organization": desk.event.organization,
        "list": found,
        "form": form,
        "changed": changed,
        "words": date_words(desk.event, found.date),
        "back_url": desk.day(found.date),
    }
    return render(request, "events/door/attendance.html", context, status=status)
