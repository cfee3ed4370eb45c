"""One's own sign-up, by the secret in the link: how it stands, what to know, cancelling."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..choices import STANDING
from ..models import SignUp
from ..services.signup_changes import cancel_signup
from ..services.signups import find_by_token
from ..signup_facts import contact_lines, dates_lines, place_lines_of
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
    """How it stands. Opening the link changes nothing; only the button cancels."""
    if request.method == "POST" and request.POST.get("do") == "cancel":
        cancel_signup(signup=signup)
        return redirect("events:my_signup", token=token)
    return render(request, "events/signup/own.html", own_context(signup, token))


@require_safe
@own_view
def signup_done(request: HttpRequest, signup: SignUp, token: str) -> HttpResponse:
    """受付番号, and what happens next."""
    return render(request, "events/signup/done.html", own_context(signup, token))


def own_context(signup: SignUp, token: str) -> dict[str, Any]:
    event = signup.event
    return {
        "signup": signup,
        "event": event,
        "token": token,
        "receipt": receipt_words(signup.receipt),
        "when": dates_lines(event, signup.date),
        "where": place_lines_of(event, signup.date),
        "contacts": contact_lines(event),
        "joining_text": joining_text_for(event, signup),
        "may_cancel": signup.state in STANDING,
        "is_off": signup.date is not None and not signup.date.takes_place,
    }
