"""What follows when somebody proves who they are, or gets a second factor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .sessions import end_other_sessions


def forget_unproven_password(
    sender: Any, request: HttpRequest, method: str, user: Any, **kwargs: Any
) -> None:
    """A password chosen before anybody proved the address may be a stranger's, who waits for the owner to come.

    The owner comes by mailed code; from then on only what the owner chooses opens the account.
    """
    if method != "code" or not user.has_usable_password():
        return
    if not user.emailaddress_set.filter(verified=True).exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])


def end_sessions_without_second_factor(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Sessions elsewhere were opened without the factor that is asked for from now on."""
    if request.user.is_authenticated:
        end_other_sessions(request)
