"""Sign-ups on the own page, in 「自分のデータ」, and what becomes of them when somebody deletes the account."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from members.registry import MyPageSection, PersonalData, register_personal_data, register_section

from .choices import STANDING, Need
from .models import SignUp
from .services.signup_changes import cancel_signup
from .services.signup_erasure import erase
from .signup_facts import dates_lines
from .signup_tokens import receipt_words, token_of


def signups_to_come(user: Any) -> QuerySet[SignUp]:
    """What `user` signed up for and is not over, the next first; what was cancelled is left out."""
    today = timezone.localdate()
    coming = Q(date__date__gte=today) | Q(date__isnull=True, event__last_date__gte=today)
    rows: QuerySet[SignUp] = user.signups.filter(coming, state__in=STANDING)
    return rows.select_related("event", "date").order_by("date__date", "date__start", "created_at")


def _section(user: Any) -> dict[str, Any] | None:
    rows = [
        {
            "title": signup.event.title,
            "when": dates_lines(signup.event, signup.date),
            "state": signup.get_state_display(),
            "token": token_of(signup),
        }
        for signup in signups_to_come(user)
    ]
    return {"signups": rows} if rows else None


def _export(user: Any) -> list[dict[str, Any]]:
    rows = user.signups.select_related("event", "date").order_by("created_at", "pk")
    return [_exported(signup) for signup in rows]


def _exported(signup: SignUp) -> dict[str, Any]:
    return {
        "receipt": receipt_words(signup.receipt),
        "event": signup.event.title,
        "event_code": signup.event.code,
        "date": signup.date.date.isoformat() if signup.date else None,
        "name": signup.name,
        "email": signup.email,
        "phone": signup.phone,
        "party_size": signup.party_size,
        "needs": [str(Need(need).label) for need in signup.needs],
        "needs_note": signup.needs_note,
        "note": signup.note,
        "state": signup.get_state_display(),
        "since": signup.created_at.isoformat(timespec="seconds"),
    }


def _erase(user: Any) -> None:
    """Nobody keeps a seat without being there to be told: what is to come is cancelled, then all is erased."""
    for signup in list(signups_to_come(user)):
        cancel_signup(signup=signup)
    erase(user.signups.all())


def _consequences(user: Any) -> list[str]:
    count = signups_to_come(user).count()
    words = _("これからの催しの申込み%(count)d件を取り消します。")
    return [words % {"count": count}] if count else []


def register() -> None:
    """Called once, when Django is ready."""
    register_section(MyPageSection("signups", 20, "events/my/_signups.html", _section))
    register_personal_data(PersonalData("signups", export=_export, erase=_erase, consequences=_consequences))
