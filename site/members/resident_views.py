"""One's own page and what is changed from it. All of it personal: never kept by a browser or a proxy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.locate import locate

from . import wishes
from .district_choices import district_at_path, district_groups, path_of
from .registry import my_page_sections
from .residency import set_home_district
from .resident_forms import AddressForm, ContactForm

#: Set at sign-up: the first look at one's own page begins with the question where one lives.
WELCOME_KEY = "ask_home_district"


@never_cache
@login_required
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Every registered part that has something to say about this person."""
    if request.session.pop(WELCOME_KEY, False) and request.user.home_district_id is None:  # type: ignore[union-attr]
        return redirect(reverse("members:home_district") + "?welcome=1")
    shown = [(section.template, section.context(request.user)) for section in my_page_sections()]
    parts = [
        render_to_string(template, context, request) for template, context in shown if context is not None
    ]
    return render(request, "members/my_page.html", {"parts": parts})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def home_district(request: HttpRequest) -> HttpResponse:
    """By address or postal code, where candidates are shown and never guessed; or from the list; or not at all."""
    if request.method == "POST" and "district" in request.POST:
        return _choose_home(request)
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = {**_home_context(request, form), "is_welcome": "welcome" in request.GET}
    if form.is_bound and form.is_valid():
        location = locate(form.cleaned_data["address"].replace("\x00", ""))
        districts = [location.district] if location.district else location.candidates
        candidates = [(path_of(district), district.name) for district in districts]
        context["candidates"] = candidates
        if len(candidates) == 1:
            # Whoever presses the button of the list instead means the district just found.
            context["current"] = candidates[0][0]
        if not candidates:
            form.add_error("address", _("この住所の地区はわかりませんでした。下の一覧からも選べます。"))
    return render(request, "members/home_district.html", context, status=422 if form.errors else 200)


def _home_context(request: HttpRequest, form: AddressForm) -> dict[str, Any]:
    home = request.user.home_district  # type: ignore[union-attr]
    return {"form": form, "groups": district_groups(), "current": path_of(home) if home else ""}


def _choose_home(request: HttpRequest) -> HttpResponse:
    path = request.POST["district"]
    district = district_at_path(path) if path else None
    if path and district is None:
        context = {**_home_context(request, AddressForm()), "problem": _("一覧から地区を選んでください。")}
        return render(request, "members/home_district.html", context, status=422)
    user: Any = request.user
    set_home_district(user=user, district=district, on=timezone.localdate())
    said = _("お住まいの地区を%(district)sにしました。") % {"district": district.name} if district else ""
    messages.success(request, said or _("お住まいの地区の登録をやめました。"))
    return redirect("members:my_page")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_settings(request: HttpRequest) -> HttpResponse:
    """What to be called and how to be reached."""
    user: Any = request.user
    form = ContactForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("設定を保存しました。"))
        return redirect("members:my_page")
    if form.errors:
        user.refresh_from_db()  # the header shows who is logged in, not what was typed
    return render(
        request, "members/contact_settings.html", {"form": form}, status=422 if form.errors else 200
    )


@csrf_exempt  # A stranger's press is only remembered; where it has an effect, the token is asked below.
@never_cache
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Do what a button asks for; of a stranger remember it, and lead to the login."""
    wanted = request.POST.get("wish", "")
    if not wishes.is_known(wanted):
        raise BadRequest("Unknown wish.")
    back = _safe_back(request.POST.get("next", ""))
    if request.user.is_authenticated:
        return _grant(request, wanted, back)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise BadRequest("Wishes are made on this site only.")
    wishes.remember(request, wanted)
    messages.info(request, _("ログインすると、続きをします。はじめての方は、登録もできます。"))
    return redirect(f"{reverse('members:login')}?{urlencode({'next': back})}")


@csrf_protect
def _grant(request: HttpRequest, wanted: str, back: str) -> HttpResponse:
    anchor = wishes.grant(request, request.user, wanted)
    response = redirect(f"{back}#{anchor}" if anchor else back)
    response.status_code = 303
    return response


def _safe_back(address: str) -> str:
    """`address` when it is a path of this site, else one's own page."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address.partition("#")[0]
    return reverse("members:my_page")
