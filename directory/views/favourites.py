"""All favourites, and the kinds a person likes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..personal_forms import KindsForm
from ..personal_sections import favourite_cards
from ..services.personal import set_followed_kinds


@never_cache
@login_required
@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    """Every favourite that is public, the latest first; how many are not, in words."""
    user: Any = request.user
    cards = favourite_cards(user)
    context = {"cards": cards, "gone": user.favourites.count() - len(cards)}
    return render(request, "directory/my/favourites.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: HttpRequest) -> HttpResponse:
    """Tick what one likes."""
    user: Any = request.user
    chosen = list(user.followed_kinds.values_list("category__code", flat=True))
    form = KindsForm(request.POST if request.method == "POST" else None, initial={"kinds": chosen})
    if form.is_bound and form.is_valid():
        set_followed_kinds(user=user, kinds=form.cleaned_data["kinds"])
        messages.success(request, _("興味のある種類を保存しました。"))
        return redirect("members:my_page")
    return render(request, "directory/my/kinds.html", {"form": form}, status=422 if form.errors else 200)
