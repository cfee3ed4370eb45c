"""What is pressed on the list of a date: ticks, yes and no, a seat by hand, cancelling for somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from .choices import SignUpState
from .models import EventDate, SignUp
from .services.attendance import check_in, undo_check_in
from .services.signup_changes import (
    approve_signup,
    cancel_signup,
    change_party_size,
    decline_signup,
    promote_by_hand,
)
from .signup_errors import SignUpRefused

#: (the sign-up, the date of the list, what was sent, who) → sentences for whoever pressed.
Action = Callable[[SignUp, EventDate, Any, Any], list[str]]

_LONGEST_REASON = 200


def _came(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    check_in(signup=signup, date=date, came=True, by=by)
    return []


def _absent(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    check_in(signup=signup, date=date, came=False, by=by)
    return []


def _undo(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    undo_check_in(signup=signup, date=date, by=by)
    return []


def _approve(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    row = approve_signup(signup=signup, by=by)
    if row.state == SignUpState.WAITING:
        return [_("%(name)sさんは、空き待ちになりました。") % {"name": named(row)}, *_to_tell(row)]
    return [_("%(name)sさんの参加を認めました。") % {"name": named(row)}, *_to_tell(row)]


def _decline(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    reason = said.get("reason", "").strip()[:_LONGEST_REASON]
    promoted = decline_signup(signup=signup, reason=reason, by=by)
    words = _("%(name)sさんをお断りしました。") % {"name": named(signup)}
    return [words, *_to_tell(signup), *_promoted(promoted)]


def _promote(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    row = promote_by_hand(signup=signup, by=by)
    return [_("%(name)sさんに席を渡しました。") % {"name": named(row)}, *_to_tell(row)]


def _cancel(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    promoted = cancel_signup(signup=signup, by=by)
    return [_("%(name)sさんの申込みを取り消しました。") % {"name": named(signup)}, *_promoted(promoted)]


def _size(signup: SignUp, date: EventDate, said: Any, by: Any) -> list[str]:
    text = said.get("size", "").strip()
    if not (text.isdecimal() and len(text) <= 4):
        raise SignUpRefused({"party_size": _("人数は、数字で入力してください。")})
    promoted = change_party_size(signup=signup, size=int(text), by=by)
    return [_("%(name)sさんの人数を変えました。") % {"name": named(signup)}, *_promoted(promoted)]


ACTIONS: dict[str, Action] = {
    "came": _came,
    "absent": _absent,
    "undo": _undo,
    "approve": _approve,
    "decline": _decline,
    "promote": _promote,
    "cancel": _cancel,
    "size": _size,
}


def named(signup: SignUp) -> str:
    """What somebody is called on the list; walk-ins may have no name."""
    return signup.name or _("当日の参加")


def _to_tell(signup: SignUp) -> list[str]:
    """Without mail nobody told them."""
    if signup.email:
        return []
    return [
        _("メールがないので、電話で伝えてください:%(who)s")
        % {"who": f"{named(signup)} {signup.phone}".strip()}
    ]


def _promoted(rows: list[SignUp]) -> list[str]:
    """Who has a seat now, and who of them is to be called."""
    if not rows:
        return []
    names = _("、").join(named(row) for row in rows)
    told = _("空きが出て、参加できるようになりました:%(names)s") % {"names": names}
    return [told, *(words for row in rows for words in _to_tell(row))]
