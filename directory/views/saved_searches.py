"""A saved question: its name, and its end. Those of others do not exist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..personal_forms import SearchNameForm

#: No key is larger, and a database cannot even be asked for one.
_LARGEST = 2**63 - 1


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it; the button 「削除する」 ends it."""
    user: Any = request.user
    saved = get_object_or_404(user.saved_searches, pk=min(pk, _LARGEST))
    if "delete" in request.POST:
        saved.delete()
        messages.success(request, _("条件「%(name)s」を削除しました。") % {"name": saved.name})
        return redirect("members:my_page")
    form = SearchNameForm(request.POST if request.method == "POST" else None, instance=saved)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("名前を保存しました。"))
        return redirect("members:my_page")
    context = {"form": form, "saved": saved}
    return render(request, "directory/my/saved_search.html", context, status=422 if form.errors else 200)
