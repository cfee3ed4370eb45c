"""Typing the code of a confirmation sheet. Guesses are counted; a right code leads to a page that lasts an hour."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..ask_tokens import code_token
from ..confirm_forms import CodeForm
from ..form_protection import (
    TokenRefused,
    TokenTooYoung,
    count_against_quota,
    is_over_quota,
    issue_token,
    read_token,
)
from ..models import VerificationAsk

PURPOSE = "confirm-code"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """The form; a QR code on the sheet brings the code along, and one still presses the button."""
    if request.method != "POST":
        first = {"token": issue_token(PURPOSE), "code": request.GET.get("code", "")[:40]}
        return _show(request, CodeForm(initial=first))
    form = CodeForm(request.POST)
    if is_over_quota(request, PURPOSE):
        form.add_error(None, _("番号を何度も入れ直しました。1時間ほどたってから、もう一度お試しください。"))
        return _show(request, form, status=429)
    count_against_quota(request, PURPOSE)
    ask = _ask_of(form) if form.is_valid() else None
    if ask is None:
        return _show(request, _renewed(form), status=422)
    return redirect("directory:confirm", token=code_token(ask))


def _ask_of(form: CodeForm) -> VerificationAsk | None:
    try:
        read_token(form.cleaned_data["token"], PURPOSE)
    except TokenTooYoung:
        pass  # the code came with the QR code: nothing was to be read or typed
    except TokenRefused:
        form.add_error(None, _("画面を開いてから時間がたちました。もう一度「つぎへ」を押してください。"))
        return None
    ask = VerificationAsk.objects.filter(code=form.cleaned_data["code"]).first()
    if ask is None:
        form.add_error("code", _("この番号は見つかりません。紙の番号をもう一度たしかめてください。"))
    return ask


def _renewed(form: CodeForm) -> CodeForm:
    """What was typed and what is wrong with it, with a token of now."""
    form.data = {**form.data.dict(), "token": issue_token(PURPOSE)}  # type: ignore[attr-defined]
    return form


def _show(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "directory/confirm/code.html", {"form": form}, status=status)
