"""「変わりありませんか」 answered without a login: from the link in a mail, or with the code on a sheet of paper.

Looking changes nothing (programmes of mail servers open every link); only the buttons do. The page shows what the
public sees, also where the entry was hidden meanwhile because nobody answered.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..ask_tokens import BadLink, OldLink, Pass, mail_token, read_ask_token
from ..choices import OPEN_ASKS, LifeStatus
from ..confirm_forms import ChangedForm
from ..group_access import may_edit
from ..models import Resource, VerificationAsk
from ..services.ask_answers import confirm_unchanged, tell_change, tell_end
from ..services.ask_mail import desk_of
from .access import for_everybody, load

PassView = Callable[..., HttpResponse]

#: Many old browsers send no more of this to others than the name of the site.
_REFERRER = "same-origin"


def pass_view(view: PassView) -> PassView:
    """Give `view(request, came)` who came through the link; a link too old says what to do instead."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, read_ask_token(token), token)
        except OldLink:
            response = render(request, "directory/confirm/old.html", status=410)
        except BadLink as error:
            raise Http404(_("このリンクは使えません。メールのリンクを、最後まで写してください。")) from error
        response["Referrer-Policy"] = _REFERRER
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(wrapped))


@pass_view
def confirm(request: HttpRequest, came: Pass, token: str) -> HttpResponse:
    """The facts with three buttons; afterwards, and for whoever comes again, what was answered."""
    ask = came.ask
    if request.method == "POST":
        _answer(request.POST.get("answer", ""), came)
        return redirect("directory:confirm", token=token)
    if ask.state not in OPEN_ASKS:
        desk = desk_of(ask.resource)
        context = {"ask": ask, "resource": ask.resource, "others": _others(came), "desk": desk}
        return render(request, "directory/confirm/answered.html", context)
    context = {
        "ask": ask,
        "token": token,
        "may_end": came.by_mail,
        "others": _others(came),
        **_about(ask),
    }
    return render(request, "directory/confirm/ask.html", context)


@pass_view
def changed(request: HttpRequest, came: Pass, token: str) -> HttpResponse:
    """「変わりました」: what changed, in one's own words."""
    form = ChangedForm(request.POST if request.method == "POST" else None)
    if came.ask.state not in OPEN_ASKS:
        return redirect("directory:confirm", token=token)
    if request.method == "POST" and form.is_valid():
        tell_change(came.ask, reply_to=_reply_to(came), **form.cleaned_data)
        return redirect("directory:confirm", token=token)
    context = {
        "ask": came.ask,
        "token": token,
        "form": form,
        "edit_url": _edit_url(request, came.ask.resource),
        **_about(came.ask),
    }
    return render(request, "directory/confirm/changed.html", context, status=422 if form.errors else 200)


@pass_view
def confirm_all(request: HttpRequest, came: Pass, token: str) -> HttpResponse:
    """Everything this address is asked about, one under the other, with one button for all."""
    if not came.by_mail:
        raise Http404(_("このページはありません。"))
    asks = list(_asks_of(came))
    if request.method == "POST":
        shown = set(request.POST.getlist("ask"))  # only what stood on the page: a newer ask was not read
        for ask in asks:
            if ask.code in shown:
                confirm_unchanged(ask)
        return redirect("directory:confirm_all", token=token)
    entries = [{"token": mail_token(ask), "ask": ask, "entry": _entry(ask)} for ask in asks]
    desk = desk_of(came.ask.resource)
    return render(request, "directory/confirm/all.html", {"entries": entries, "token": token, "desk": desk})


def _edit_url(request: HttpRequest, resource: Resource) -> str:
    """The group's own form, for those who are logged in and speak for it."""
    organization = resource.organization
    if organization is None or not may_edit(request.user, resource):
        return ""
    return reverse("directory:group_entry", args=[organization.code, resource.code])


def _answer(answer: str, came: Pass) -> None:
    if answer == "same":
        confirm_unchanged(came.ask)
    elif answer == "ended" and came.by_mail:
        tell_end(came.ask, reply_to=_reply_to(came))


def _reply_to(came: Pass) -> str:
    return came.ask.sent_to if came.by_mail else ""


def _asks_of(came: Pass) -> Any:
    """The open asks of the same address."""
    rows = VerificationAsk.objects.filter(sent_to__iexact=came.ask.sent_to, state__in=OPEN_ASKS)
    return rows.exclude(sent_to="").select_related("resource__organization").order_by("pk")


def _others(came: Pass) -> list[dict[str, Any]]:
    if not came.by_mail:
        return []
    return [
        {"name": ask.resource.name, "token": mail_token(ask)}
        for ask in _asks_of(came).exclude(pk=came.ask.pk)
    ]


def _about(ask: VerificationAsk) -> dict[str, Any]:
    return {"resource": ask.resource, "entry": _entry(ask), "desk": desk_of(ask.resource)}


def _entry(ask: VerificationAsk) -> Any:
    """As the public sees it. What is no longer public at all (a draft, one that is over) shows nothing."""
    resource: Resource = load(ask.resource.code)
    if not resource.live or resource.life_status == LifeStatus.CLOSED or resource.merged_into_id:
        raise BadLink
    return for_everybody(resource)
