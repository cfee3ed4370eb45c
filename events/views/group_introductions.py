"""つなぎ at a group's desk: what it asked for, what it is asked, and its answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.group_access import group_view
from directory.models import Organization, OrganizationMember
from directory.typed_before import typed_before
from directory.views.access import canonical_code
from directory.visibility import is_public_organization

from ..choices import UNDECIDED, IntroductionState
from ..group_addresses import suggested_contact
from ..introduction_forms import ConsentForm, RequestForm
from ..models import Introduction, Opportunity
from ..plain_words import typed as plain
from ..services import introductions as services


@group_view
def group_introductions(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """All introductions of the group, those that wait for its answer first."""
    organization = membership.organization
    rows = [_shown(row, organization) for row in _of(organization).order_by("-created_at", "-pk")]
    context = {
        "organization": organization,
        "waiting": [row for row in rows if row["asks_us"]],
        "others": [row for row in rows if not row["asks_us"]],
    }
    return render(request, "events/introductions/group_list.html", context)


@group_view(changes=True)
def group_introduction_new(request: HttpRequest, membership: OrganizationMember, to: str) -> HttpResponse:
    """Ask for an introduction to the organization `to`; `?post=` is the post on the board that led here."""
    organization = membership.organization
    asked = _asked(to, organization)
    form = RequestForm(request.POST if request.method == "POST" else typed_before(request))
    if request.method == "POST" and form.is_valid():
        made = _requested(request, membership, asked, form)
        if made is not None:
            messages.success(request, _("申し込みました。担当の職員が、相手の団体にたずねます。"))
            return redirect("events:group_introduction", organization.code, made.code)
    context = {"organization": organization, "asked": asked, "form": form}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "events/introductions/group_new.html", context, status=status)


@group_view
def group_introduction(
    request: HttpRequest, membership: OrganizationMember, introduction: str
) -> HttpResponse:
    """One of them; POST action=agree|decline|withdraw."""
    organization = membership.organization
    row = _of(organization).filter(code=plain(introduction)).first()
    if row is None:
        raise Http404(_("このページはありません。"))
    form = ConsentForm(
        request.POST if request.POST.get("action") == "agree" else None,
        initial={"contact": suggested_contact(organization, membership.user.email)},
    )
    if request.method == "POST" and _acted(request, membership, row, form):
        return redirect("events:group_introduction", organization.code, row.code)
    context = {"organization": organization, "form": form, **_shown(row, organization)}
    status = 422 if form.errors else 200
    return render(request, "events/introductions/group_one.html", context, status=status)


def _of(organization: Organization) -> Any:
    # Before the broker asks, the other side has not heard of it.
    known = Q(from_organization=organization) | Q(asked_at__isnull=False)
    rows = Introduction.objects.concerning(organization).filter(known)
    return rows.select_related("from_organization", "to_organization", "opportunity", "broker")


def _shown(row: Introduction, organization: Organization) -> dict[str, Any]:
    side = row.side_of(organization)
    is_asked = side == "to"
    asks_us = row.state == IntroductionState.ASKING and row.consent_of(side) is None
    return {
        "introduction": row,
        "other": row.other(side),
        "is_asked": is_asked,
        "asks_us": asks_us,
        "agreed": row.consent_of(side),
        "contact": row.contact_of_other(side),
        "may_withdraw": not is_asked and row.state in UNDECIDED,
    }


def _asked(code: str, organization: Organization) -> Organization:
    asked = Organization.objects.filter(code=canonical_code(code), merged_into__isnull=True).first()
    if asked is None or asked.pk == organization.pk or not is_public_organization(asked):
        raise Http404(_("この番号の団体はありません。"))
    return asked


def _requested(
    request: HttpRequest, membership: OrganizationMember, asked: Organization, form: RequestForm
) -> Introduction | None:
    posts = Opportunity.objects.published().filter(organization=asked)
    try:
        return services.request_introduction(
            from_organization=membership.organization,
            to_organization=asked,
            purpose=form.cleaned_data["purpose"],
            by=membership.user,
            opportunity=posts.filter(code=plain(request.GET.get("post", ""), 8)).first(),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


def _acted(
    request: HttpRequest, membership: OrganizationMember, row: Introduction, form: ConsentForm
) -> bool:
    """Do what was pressed. False where the form has to be shown again."""
    action, side = request.POST.get("action"), row.side_of(membership.organization)
    who: dict[str, Any] = {"introduction": row, "by": membership.user}
    try:
        if action == "agree":
            if not form.is_valid():
                return False
            services.agree(side=side, contact=form.cleaned_data["contact"], way="desk", **who)
            messages.success(request, _("同意を受け付けました。"))
        elif action == "decline":
            services.decline(side=side, reason=request.POST.get("reason", ""), way="desk", **who)
            messages.success(request, _("今回は見送ることを受け付けました。"))
        elif action == "withdraw" and side == "from":
            services.withdraw(**who)
            messages.success(request, _("取り下げました。"))
    except services.AlreadyDecided as error:
        state = error.args[0].get_state_display()
        messages.warning(request, _("もう決まっています:%(state)s") % {"state": state})
    return True
