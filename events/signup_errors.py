"""Why a sign-up was not taken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import Event, SignUp
from .signup_opening import Closed, closed_words


class SignUpClosed(Exception):
    """Nobody can sign up now. `reason` says why, `str()` says it to people."""

    def __init__(self, reason: Closed, event: Event) -> None:
        super().__init__(closed_words(reason, event))
        self.reason = reason


class SignUpRefused(Exception):
    """Something typed cannot be. `errors`: field → sentence; the field "" is the whole form."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class AlreadySignedUp(SignUpRefused):
    """The same person has signed up. `signup` is theirs: show nothing of it to whoever typed the address."""

    def __init__(self, signup: SignUp) -> None:
        super().__init__({"": _("もう申し込んでいます。")})
        self.signup = signup
