"""What staff and groups did with sign-ups, in the log of the event. Names and addresses stay out of it."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import log

from ..models import SignUp
from ..signup_tokens import receipt_words


def log_signup(verb: str, signup: SignUp, by: Any, reason: str = "") -> None:
    """Write down who did what; what people do with their own sign-up is not logged (`by=None`)."""
    if by is None:
        return
    said = " ".join(part for part in (receipt_words(signup.receipt), reason) if part)
    log(instance=signup.event, action=f"tsunagu.event.{verb}", user=by, data={"reason": said})
