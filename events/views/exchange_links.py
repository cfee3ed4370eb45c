"""The page behind a one-tap link of the exchange. Opening it changes nothing; its buttons do, without a login."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..choices import IntroductionState
from ..exchange_tokens import BadLink, Link, OldLink, Purpose, read_link
from ..group_addresses import addresses_of, suggested_contact
from ..introduction_forms import ConsentForm
from ..models import Introduction
from ..services import introductions as services
from .exchange_answers import own_answer, received_answer, renewal

LinkView = Callable[[HttpRequest, Link], "HttpResponse | None"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exchange_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link asks; after a button, the same page as it stands then."""
    try:
        link = read_link(token)
        response = VIEWS[link.purpose](request, link) or redirect("events:exchange_link", token)
    except OldLink:
        response = render(request, "events/exchange/old.html", status=410)
    except BadLink as error:
        raise Http404(_("このリンクは使えません。メールのリンクを、最後まで写してください。")) from error
    response["Referrer-Policy"] = "same-origin"  # the address is a secret
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _introduction(request: HttpRequest, link: Link) -> HttpResponse | None:
    side = "from" if link.purpose == Purpose.ASKER else "to"
    rows = Introduction.objects.select_related("from_organization", "to_organization", "opportunity")
    row = rows.filter(code=link.key).first()
    if row is None:
        raise BadLink
    organization = row.side(side)
    address = link.address_in(addresses_of(organization))
    form = ConsentForm(
        request.POST if request.POST.get("action") == "agree" else None,
        initial={"contact": suggested_contact(organization, address)},
    )
    if request.method == "POST" and _answered(request, row, side, form):
        return None
    context = {
        "introduction": row,
        "organization": organization,
        "other": row.other(side),
        "form": form,
        "agreed": row.consent_of(side),
        "asks_us": row.state == IntroductionState.ASKING and row.consent_of(side) is None,
        "contact": row.contact_of_other(side),
    }
    status = 422 if form.errors else 200
    return render(request, "events/exchange/introduction.html", context, status=status)


def _answered(request: HttpRequest, row: Introduction, side: str, form: ConsentForm) -> bool:
    """Do what was pressed; False where the form has to be shown again. Who comes late sees how it stands."""
    action = request.POST.get("action")
    user = request.user if request.user.is_authenticated else None
    try:
        if action == "agree":
            if not form.is_valid():
                return False
            contact = form.cleaned_data["contact"]
            services.agree(introduction=row, side=side, contact=contact, by=user, way="mail")
        elif action == "decline":
            reason = request.POST.get("reason", "")
            services.decline(introduction=row, side=side, reason=reason, by=user, way="mail")
    except services.AlreadyDecided:
        return True
    return True


VIEWS: dict[Purpose, LinkView] = {
    Purpose.ASKER: _introduction,
    Purpose.ASKED: _introduction,
    Purpose.ANSWERER: own_answer,
    Purpose.POSTER: received_answer,
    Purpose.RENEW: renewal,
}
