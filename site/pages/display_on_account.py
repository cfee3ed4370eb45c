"""The look a person chose goes with their login: kept on the account, put into the cookie when they log in.

The user model is reached through the request alone; `pages` knows nothing of `members`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from .display import Display, display_of, remember

#: Where the look of somebody who has just logged in waits for the response.
_ATTRIBUTE = "display_of_account"


def keep_on_account(request: HttpRequest, display: Display) -> None:
    """Keep `display` on the account of whoever is logged in."""
    user: Any = request.user
    if user.is_authenticated:
        user.display_settings = {"size": display.size, "theme": display.theme, "ruby": display.ruby}
        user.save(update_fields=["display_settings"])


def read_account(kept: Any) -> Display | None:
    """The look kept on an account; None for one that never chose. What is no choice falls back to its default."""
    if not isinstance(kept, dict) or not kept:
        return None
    ruby = "on" if kept.get("ruby") is True else "off"
    return Display.from_cookie(f"{kept.get('size', '')}.{kept.get('theme', '')}.{ruby}")


def notice_login(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """What follows a login."""
    display = read_account(getattr(user, "display_settings", None))
    if request is not None and display is not None:
        setattr(request, _ATTRIBUTE, display)


def apply_after_login(request: HttpRequest, response: HttpResponse) -> None:
    """Put the look of the account into the cookie, when this response is the one to a login."""
    display: Display | None = getattr(request, _ATTRIBUTE, None)
    if display is not None and display != display_of(request):
        remember(response, display, secure=request.is_secure())


def connect() -> None:
    """Called once, when the apps are ready."""
    user_logged_in.connect(notice_login, dispatch_uid="pages.display_on_account")
