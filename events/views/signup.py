"""The public form: what is asked → a last look → 受付番号. Works without script and without a login."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, cast

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.form_protection import (
    TokenRefused,
    TokenTooYoung,
    count_against_quota,
    is_over_quota,
    issue_token,
    read_token,
)
from directory.views.access import canonical_code

from ..models import Event, EventDate, SignUp
from ..services.signup_mail import mail_again
from ..services.signups import sign_up
from ..signup_errors import AlreadySignedUp, SignUpClosed, SignUpRefused
from ..signup_facts import place_lines_of, public_contacts, read_place
from ..signup_form import SignUpForm
from ..signup_opening import Closed, closed_words, dates_of, is_for_all_dates, why_closed
from ..signup_page import Choice, choice_of, choices_of

PURPOSE = "signup"
#: The link is mailed once more to the same person at most so often: seconds.
_AGAIN_AFTER = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signup(request: HttpRequest, code: str) -> HttpResponse:
    """Sign up for a course, or choose the date first; with one date there is nothing to choose."""
    event = _event(code)
    if is_for_all_dates(event):
        return _signup(request, _Asked(event, None))
    choices = choices_of(event)
    if len(choices) == 1:
        return redirect("events:signup_date", code=event.code, date=choices[0].date.uuid)  # type: ignore[union-attr]
    if not choices:
        return _closed(request, event, Closed.OVER)
    return render(request, "events/signup/choose.html", {"event": event, "choices": choices})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signup_date(request: HttpRequest, code: str, date: uuid.UUID) -> HttpResponse:
    """Sign up for one date."""
    event = _event(code)
    found = event.dates.filter(uuid=date).first()
    if found is None or is_for_all_dates(event):
        return redirect("events:signup", code=event.code)
    return _signup(request, _Asked(event, found))


def _event(code: str) -> Event:
    found: Event | None = Event.objects.published().filter(code=canonical_code(code)).first()
    if found is None:
        raise Http404(_("この番号のページはありません。"))
    return found


class _Asked:
    """What somebody wants to sign up for. How full it is, is asked only where a page says it."""

    def __init__(self, event: Event, date: EventDate | None) -> None:
        self.event = event
        self.date = date

    @property
    def is_open(self) -> bool:
        """May one sign up, if there are seats?"""
        return why_closed(self.event, dates_of(self.event, self.date)) is None

    @cached_property
    def choice(self) -> Choice:
        return choice_of(self.event, self.date)

    def context(self, form: SignUpForm) -> dict[str, Any]:
        read_place(self.event)
        where = place_lines_of(self.event, self.date)
        return {"event": self.event, "choice": self.choice, "where": where, "form": form}


def _signup(request: HttpRequest, asked: _Asked) -> HttpResponse:
    event = asked.event
    form = SignUpForm(request.POST, event=event) if request.method == "POST" else None
    step = request.POST.get("do")
    if form is not None and step == "send" and asked.is_open and form.is_valid():
        # Straight to the service, which looks at everything again with the event locked: this is the busy moment.
        return _take(request, asked, form)
    if asked.choice.why_closed is not None:
        return _closed(request, event, asked.choice.why_closed)
    if form is None:
        fresh = SignUpForm(event=event, initial=_known(request) | {"token": issue_token(_purpose(event))})
        return _show(request, asked, fresh)
    if step == "edit" or not form.is_valid():
        return _show(request, asked, form, status=200 if step == "edit" else 422)
    return _look(request, asked, form)


def _take(request: HttpRequest, asked: _Asked, form: SignUpForm) -> HttpResponse:
    event = asked.event
    if is_over_quota(request, PURPOSE):
        words = _("短い時間に、たくさんの申込みがありました。1時間ほどたってから、もう一度お試しください。")
        return _look(request, asked, form, words, status=429)
    try:
        once = read_token(form.cleaned_data["token"], _purpose(event))
        user = request.user if request.user.is_authenticated else None
        result = sign_up(event=event, date=asked.date, user=user, once=once, **form.answers())
    except TokenTooYoung:
        # The token stays as it is, so that it grows old enough.
        return _look(request, asked, form, _("もう一度「申し込む」を押してください。"), status=422)
    except TokenRefused:
        words = _("画面を開いてから時間がたちました。もう一度「申し込む」を押してください。")
        return _look(request, asked, _renewed(form, event), words, status=422)
    except SignUpClosed as error:
        return _closed(request, event, error.reason)
    except AlreadySignedUp as error:
        count_against_quota(request, PURPOSE)
        return _already(request, event, error.signup)
    except SignUpRefused as error:
        return _refused(request, asked, _renewed(form, event), error)
    count_against_quota(request, PURPOSE)
    return redirect("events:signup_done", token=result.token)


def _show(request: HttpRequest, asked: _Asked, form: SignUpForm, status: int = 200) -> HttpResponse:
    if request.POST.get("do") == "edit":
        form.errors.clear()
    return render(request, "events/signup/form.html", asked.context(form), status=status)


def _look(
    request: HttpRequest, asked: _Asked, form: SignUpForm, words: str = "", status: int = 200
) -> HttpResponse:
    """確認画面: what was typed, kept in hidden fields. Nothing is stored yet."""
    hidden = [(name, value) for name, values in cast(QueryDict, form.data).lists() for value in values]
    kept = [(name, value) for name, value in hidden if name in form.fields]
    size, left = form.answers()["party_size"], asked.choice.left
    more = {"kept": kept, "words": words, "will_wait": left is not None and size > left}
    return render(request, "events/signup/check.html", asked.context(form) | more, status=status)


def _refused(request: HttpRequest, asked: _Asked, form: SignUpForm, error: SignUpRefused) -> HttpResponse:
    for field, words in error.errors.items():
        form.add_error(field if field in form.fields else None, words)
    return _show(request, asked, form, status=422)


def _closed(request: HttpRequest, event: Event, why: Closed) -> HttpResponse:
    contacts = public_contacts(event)
    context = {
        "event": event,
        "words": closed_words(why, event),
        "phones": [row for row in contacts if row.phone] if why is Closed.PHONE else [],
        "contacts": contacts,
        "is_outside": why is Closed.OUTSIDE,
    }
    return render(
        request, "events/signup/closed.html", context, status=409 if request.method == "POST" else 200
    )


def _already(request: HttpRequest, event: Event, found: SignUp) -> HttpResponse:
    """Nothing of the sign-up is shown to whoever typed the address; its owner gets the link by mail."""
    if found.email and caches["durable"].add(f"signup-again-{found.pk}", 1, timeout=_AGAIN_AFTER):
        found.event = event
        mail_again(found)
    context = {"event": event, "by_mail": bool(found.email), "contacts": public_contacts(event)}
    return render(request, "events/signup/already.html", context, status=409)


def _renewed(form: SignUpForm, event: Event) -> SignUpForm:
    """The same form, everything typed still there, with a token of now."""
    data = cast(QueryDict, form.data).copy()
    data["token"] = issue_token(_purpose(event))
    renewed = SignUpForm(data, event=event)
    renewed.is_valid()
    return renewed


def _known(request: HttpRequest) -> dict[str, Any]:
    """What somebody with a login need not type again."""
    user = request.user
    if not user.is_authenticated:
        return {}
    return {"name": user.name, "email": user.email}


def _purpose(event: Event) -> str:
    return f"{PURPOSE}:{event.code}"
