"""One's own sign-up, by the secret in the link: how it stands, what to know, how many come, cancelling."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..choices import STANDING, EventStatus, SignUpState
from ..exporters.signup_ical import calendar_of_signup
from ..models import SignUp
from ..services.signup_changes import cancel_signup, change_party_size
from ..services.signup_mail import own_address
from ..services.signups import find_by_token
from ..signup_errors import SignUpRefused
from ..signup_facts import dates_lines, place_lines_of, public_contacts
from ..signup_form import PartySizeForm
from ..signup_opening import dates_of, is_over
from ..signup_tokens import receipt_words
from ..visibility import joining_text_for


def own_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give `view(request, signup, token)` the sign-up of the link. The link is told to no other site."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        signup = find_by_token(token)
        if signup is None:
            raise Http404(_("この申込みは見つかりません。終わった催しの申込みは、しばらくすると消えます。"))
        response = view(request, signup, token)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(wrapped)


@require_http_methods(["GET", "HEAD", "POST"])
@own_view
def my_signup(request: HttpRequest, signup: SignUp, token: str) -> HttpResponse:
    """How it stands. Opening the link changes nothing; only its buttons cancel, or change how many come."""
    if request.method == "POST" and request.POST.get("do") == "cancel":
        cancel_signup(signup=signup)
        return redirect("events:my_signup", token=token)
    form = PartySizeForm(request.POST if request.POST.get("do") == "size" else None, signup=signup)
    if form.is_valid() and _change_size(form, signup):
        size = form.cleaned_data["party_size"]
        messages.success(request, _("人数を%(number)d人にしました。") % {"number": size})
        return redirect("events:my_signup", token=token)
    context = own_context(signup, token) | {"size_form": form}
    return render(request, "events/signup/own.html", context, status=422 if form.errors else 200)


def _change_size(form: PartySizeForm, signup: SignUp) -> bool:
    """False, with the reason beside the field, where that many cannot come."""
    try:
        change_party_size(signup=signup, size=form.cleaned_data["party_size"], by=None)
    except SignUpRefused as error:
        form.add_error("party_size", error.errors["party_size"])
        return False
    return True


@require_safe
@own_view
def signup_done(request: HttpRequest, signup: SignUp, token: str) -> HttpResponse:
    """受付番号, and what happens next."""
    return render(request, "events/signup/done.html", own_context(signup, token))


@require_safe
@own_view
def my_signup_ics(request: HttpRequest, signup: SignUp, token: str) -> HttpResponse:
    """The dates one has a seat for, as a calendar file."""
    if not signup.has_seat:
        raise Http404(_("席が決まってから、カレンダーに入れられます。"))
    content = calendar_of_signup(signup, dates_of(signup.event, signup.date), url=own_address(signup))
    headers = {"Content-Disposition": f'attachment; filename="{signup.event.code}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def own_context(signup: SignUp, token: str) -> dict[str, Any]:
    event = signup.event
    return {
        "signup": signup,
        "event": event,
        "token": token,
        "receipt": receipt_words(signup.receipt),
        "when": dates_lines(event, signup.date),
        "where": place_lines_of(event, signup.date),
        "contacts": public_contacts(event),
        "joining_text": joining_text_for(event, signup),
        "may_cancel": signup.state in STANDING and not is_over(dates_of(event, signup.date), timezone.now()),
        "headline": headline(signup),
        **_what_is_off(signup),
    }


def headline(signup: SignUp) -> str:
    """What happened, as the heading of the page with the receipt."""
    return {
        SignUpState.CONFIRMED: _("申込みを受け付けました"),
        SignUpState.WAITING: _("空き待ちで受け付けました"),
        SignUpState.ASKED: _("申込みを受け取りました"),
    }.get(SignUpState(signup.state), _("申込みの確認"))


def _what_is_off(signup: SignUp) -> dict[str, str]:
    event, date = signup.event, signup.date
    if event.status != EventStatus.PLANNED:
        words = _("延期になりました") if event.status == EventStatus.POSTPONED else _("中止になりました")
        return {"off_words": words, "off_reason": event.status_reason}
    if date is not None and not date.takes_place:
        return {"off_words": _("この回は中止になりました"), "off_reason": date.reason}
    if date is not None and date.is_moved:
        return {"off_words": _("日時または場所が変わりました"), "off_reason": date.reason}
    return {"off_words": "", "off_reason": ""}
