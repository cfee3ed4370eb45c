"""The broker's screen of one introduction: what is known, what to do next, and the buttons that do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from ..choices import UNDECIDED, IntroductionState
from ..group_addresses import addresses_of, phone_of, suggested_contact
from ..introduction_forms import FollowUpForm, OutcomeForm
from ..models import Introduction
from ..plain_words import typed
from ..services import introductions as services

Action = Callable[[HttpRequest, Introduction], str]


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one introduction, and the next step."""
    return _page(request, _load(pk))


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """POST action=take|ask|remind|agree|decline|call_off|follow_up|outcome|note."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = _load(pk)
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        return HttpResponseBadRequest(_t("ボタンを選んでください。"))
    try:
        messages.success(request, action(request, row))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _page(request, row, status=422)
    except services.AlreadyDecided as error:
        state = error.args[0].get_state_display()
        messages.warning(request, _t("ほかの人が先に進めました:%(state)s") % {"state": state})
    return redirect("events_introductions:show", row.pk)


def _load(pk: int) -> Introduction:
    rows = Introduction.objects.select_related(
        "from_organization", "to_organization", "district", "broker", "opportunity", "gathering__event"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, row: Introduction, status: int = 200) -> HttpResponse:
    typed = request.POST if status != 200 else None
    context = {
        "introduction": row,
        "sides": [_side(row, side) for side in services.SIDES],
        "may_act": policy_registry.get(row).user_has_permission_for_instance(request.user, "change", row),
        "is_mine": row.broker_id == request.user.pk,
        "is_open": row.state in (*UNDECIDED, IntroductionState.INTRODUCED),
        "is_undecided": row.state in UNDECIDED,
        "follow_up_form": FollowUpForm(initial={"day": row.follow_up_on}),
        "outcome_form": OutcomeForm(typed),
        "typed": typed or {},
        "page_title": _t("つなぎ"),
        "header_title": str(row),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
            {"url": reverse("events_introductions:list"), "label": _t("つなぎ")},
            {"url": "", "label": str(row)},
        ],
    }
    return TemplateResponse(request, "events/admin/introduction.html", context, status=status)


def _side(row: Introduction, side: str) -> dict[str, Any]:
    organization = row.side(side)
    contact = row.from_contact if side == "from" else row.to_contact
    return {
        "key": side,
        "organization": organization,
        "agreed": row.consent_of(side),
        "contact": contact,
        "suggested": contact or suggested_contact(organization),
        "phone": phone_of(organization),
        "has_mail": bool(addresses_of(organization)),
        "is_silent": row.state == IntroductionState.ASKING and row.consent_of(side) is None,
    }


def _take(request: HttpRequest, row: Introduction) -> str:
    services.take_over(introduction=row, by=request.user)
    return _t("引き受けました。")


def _ask(request: HttpRequest, row: Introduction) -> str:
    return _asked(row, services.ask_both(introduction=row, by=request.user))


def _remind(request: HttpRequest, row: Introduction) -> str:
    return _asked(row, services.ask_again(introduction=row, by=request.user))


def _asked(row: Introduction, unreachable: list[str]) -> str:
    names = "、".join(str(row.side(side)) for side in unreachable)
    if names:
        return _t("たずねました。メールがないので、電話でたずねてください:%(names)s") % {"names": names}
    return _t("メールでたずねました。")


def _agree(request: HttpRequest, row: Introduction) -> str:
    contact = request.POST.get("contact", "")
    services.agree(introduction=row, side=_named(request), contact=contact, by=request.user, way="phone")
    return _t("電話で聞いた同意を記録しました。")


def _decline(request: HttpRequest, row: Introduction) -> str:
    reason = request.POST.get("reason", "")
    services.decline(introduction=row, side=_named(request), reason=reason, by=request.user, way="phone")
    return _t("見送りを記録しました。")


def _call_off(request: HttpRequest, row: Introduction) -> str:
    reason = typed(request.POST.get("reason", ""))
    if not reason:
        raise ValidationError(_t("見送るわけを書いてください。団体には伝わりません。"))
    services.call_off(introduction=row, reason=reason, by=request.user)
    return _t("見送りを記録して、団体に知らせました。")


def _follow_up(request: HttpRequest, row: Introduction) -> str:
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        raise ValidationError(list(form.errors["day"]))
    services.ask_how_it_went_on(introduction=row, day=form.cleaned_data["day"], by=request.user)
    return _t("様子を聞く日を記録しました。")


def _outcome(request: HttpRequest, row: Introduction) -> str:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise ValidationError([message for found in form.errors.values() for message in found])
    services.record_outcome(introduction=row, by=request.user, **form.cleaned_data)
    return _t("結果を記録しました。")


def _note(request: HttpRequest, row: Introduction) -> str:
    note = typed(request.POST.get("broker_note", ""), 2000)
    Introduction.objects.filter(pk=row.pk).update(broker_note=note)
    return _t("メモを保存しました。")


def _named(request: HttpRequest) -> str:
    side = request.POST.get("side", "")
    if side not in services.SIDES:
        raise ValidationError(_t("団体を選んでください。"))
    return side


ACTIONS: dict[str, Action] = {
    "take": _take,
    "ask": _ask,
    "remind": _remind,
    "agree": _agree,
    "decline": _decline,
    "call_off": _call_off,
    "follow_up": _follow_up,
    "outcome": _outcome,
    "note": _note,
}
