"""「この団体の方へ」: somebody with a login says that an entry, or a group, is theirs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache

from ..form_protection import TokenRefused, issue_token, read_token, receipt_of
from ..forms import TrapForm
from ..group_access import role_in
from ..models import Claim, Organization, Resource
from ..models.base import CODE_ALPHABET
from ..services.claims import AlreadyClaimed, make_claim, waiting_claim
from ..visibility import is_public, is_public_organization
from .access import canonical_code

PURPOSE = "claim"


class ClaimForm(TrapForm):
    """Why it is theirs, so that staff can make sure by telephone."""

    required_css_class = "is-required"

    relation = forms.CharField(
        label=_l("団体での役割"),
        max_length=60,
        help_text=_l("例:代表、会計、世話人"),
        error_messages={"required": _l("団体での役割を書いてください。")},
    )
    message = forms.CharField(
        label=_l("職員が確かめるための説明"),
        max_length=1000,
        help_text=_l("例:毎回の受付をしています。代表の○○に電話で確かめてください。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _l("どのように確かめればよいか、書いてください。")},
    )


@never_cache
@login_required
def claim_resource(request: HttpRequest, code: str) -> HttpResponse:
    thing = Resource.objects.select_related("organization").filter(code=canonical_code(code)).first()
    if thing is None or not is_public(thing):
        raise Http404(_("この番号のページはありません。"))
    return _claim(request, thing, thing.organization)


@never_cache
@login_required
def claim_organization(request: HttpRequest, code: str) -> HttpResponse:
    thing = Organization.objects.filter(code=canonical_code(code)).first()
    if thing is None or not is_public_organization(thing):
        raise Http404(_("この番号のページはありません。"))
    return _claim(request, thing, thing)


def _claim(request: HttpRequest, thing: Any, group: Organization | None) -> HttpResponse:
    if group is not None and role_in(request.user, group) is not None:
        return redirect("directory:group_desk", code=group.code)
    form = ClaimForm(request.POST or None)
    waiting = waiting_claim(thing, request.user)
    if request.method == "POST" and form.is_valid():
        waiting = _made(request, thing, form) or waiting
    context = {
        "thing": thing,
        "form": form,
        "waiting": waiting,
        "fresh_token": issue_token(_purpose(thing)),
        "last": _last_answer(thing, request.user),
    }
    return render(request, "directory/claim.html", context, status=422 if form.errors else 200)


def _made(request: HttpRequest, thing: Any, form: ClaimForm) -> Claim | None:
    said = form.cleaned_data
    try:
        # No age is asked of the form: whoever sends it has a login.
        number = read_token(said["token"], _purpose(thing), youngest=None)
        return make_claim(
            thing=thing,
            user=request.user,  # type: ignore[arg-type]
            relation=said["relation"],
            message=said["message"],
            receipt=receipt_of(number, CODE_ALPHABET),
        )
    except AlreadyClaimed as error:
        return error.args[0]
    except TokenRefused:
        form.add_error(None, _("画面を開いてから時間がたちました。もう一度「申し出る」を押してください。"))
        return None


def _last_answer(thing: Any, user: Any) -> Claim | None:
    field = "resource" if isinstance(thing, Resource) else "organization"
    rows = Claim.objects.filter(user=user, **{field: thing}).exclude(decided_at=None)
    return rows.order_by("-decided_at").first()


def _purpose(thing: Any) -> str:
    return f"{PURPOSE}:{thing.code}"
