"""Important changes need a login of a moment ago, also from those who have no password to be asked for.

allauth asks for password or second factor again. Whoever has neither it lets pass; here they log in anew by code.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

#: Long enough to read a page and fetch one's glasses.
FRESH_SECONDS = 15 * 60

View = Callable[..., HttpResponse]


def fresh_login_required(view: View) -> View:
    """Before a view that changes what opens the account."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_fresh(request):
            return view(request, *args, **kwargs)
        logout(request)
        messages.info(request, _("大切な設定です。ご本人か確かめるため、もう一度ログインしてください。"))
        return redirect(f"{reverse('members:login')}?{urlencode({'next': request.path})}")

    return checked


def _is_fresh(request: HttpRequest) -> bool:
    user: Any = request.user
    if not user.is_authenticated or get_reauthentication_flows(user):
        return True  # asked by the view itself
    records = get_authentication_records(request, user)
    return any(time.time() - record["at"] < FRESH_SECONDS for record in records)
