"""What follows when somebody proves who they are, or gets a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from .second_factor import COUNTING
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


def remember_proof(sender: Any, request: HttpRequest, email_address: Any, **kwargs: Any) -> None:
    """Whoever just typed the code from the mail has shown who they are (`fresh_login`)."""
    record_authentication(request, email_address.user, method="code", email=email_address.email)


def welcome_second_factor(sender: Any, request: HttpRequest, authenticator: Any, **kwargs: Any) -> None:
    """Sessions elsewhere were opened without the factor that is asked for from now on: they end.

    Whoever has just shown a new key or the code of a new app needs not show it again to see the recovery codes.
    """
    if authenticator.type not in COUNTING or not request.user.is_authenticated:
        return
    end_other_sessions(request)
    record_authentication(
        request,
        request.user,
        method="mfa",
        id=authenticator.pk,
        type=authenticator.type,
        reauthenticated=True,
    )
