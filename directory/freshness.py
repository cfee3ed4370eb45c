"""What an entry says about when somebody last made sure that it is true."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from .choices import VerificationMethod
from .japanese_dates import plain_date
from .models import Resource

#: After half a year staff ask again: the register's yearly round of visits leaves at most that between two proofs.
STALE_AFTER = timedelta(days=183)
#: A month later the public is warned, unless the municipality or the kind has a rhythm of its own (`FreshnessPolicy`).
WARN_AFTER = timedelta(days=214)


def verified_sentence(resource: Resource) -> str:
    """「2026年10月3日に社会福祉協議会が電話で確認しました」; says so where nobody ever did."""
    if resource.verified_on is None:
        return _("まだ確認していません")
    day = plain_date(resource.verified_on)
    if resource.verified_how == VerificationMethod.OWNER:
        return _("%(day)sに%(who)sが確認しました") % {
            "day": day,
            "who": resource.verified_by or _("団体ご本人"),
        }
    how = _manner(resource.verified_how)
    if resource.verified_by:
        return _("%(day)sに%(who)sが%(how)s確認しました") % {
            "day": day,
            "who": resource.verified_by,
            "how": how,
        }
    return _("%(day)sに%(how)s確認しました") % {"day": day, "how": how}


def trust_words(resource: Resource, today: date) -> str:
    """How far an entry can be relied on, in a word or two: 「団体が確認」「電話で確認」「未確認」「確認が古い」."""
    return trust_of(resource.verified_on, resource.verified_how, is_stale(resource, today))


def trust_of(verified_on: date | None, how: str, is_old: bool) -> str:
    """The same from the facts a card keeps."""
    if verified_on is None:
        return _("未確認")
    if is_old:
        return _("確認が古い")
    words = {
        VerificationMethod.OWNER: _("団体が確認"),
        VerificationMethod.PHONE: _("電話で確認"),
        VerificationMethod.VISIT: _("訪問して確認"),
        VerificationMethod.PAPER: _("書面で確認"),
        VerificationMethod.AUTOMATIC: _("自動で確認"),
    }
    return words.get(how, _("確認ずみ"))  # type: ignore[call-overload]


def is_stale(resource: Resource, today: date) -> bool:
    """Does the public have to be warned? The day is kept on the entry (`services.freshness_dates`)."""
    return is_long_ago(resource.verified_on, today, stale_on=resource.stale_on)


def is_long_ago(verified_on: date | None, today: date, *, stale_on: date | None = None) -> bool:
    """Is a proof of that day too old to rely on? One that never was is. `stale_on` is from when on, where known."""
    if verified_on is None:
        return True
    return today >= (stale_on or verified_on + WARN_AFTER)


def stale_warning(resource: Resource, today: date) -> str:
    """What a reader must be told first; empty while the proof is fresh."""
    if not is_stale(resource, today):
        return ""
    if resource.verified_on is None:
        return _("この情報は、まだ確認していません。お出かけの前に、お問い合わせください。")
    return _("確認が古い情報です。お出かけの前に、お問い合わせください。")


def _manner(how: str) -> str:
    return (
        {
            VerificationMethod.PHONE: _("電話で"),
            VerificationMethod.VISIT: _("訪問して"),
            VerificationMethod.PAPER: _("書面で"),
            VerificationMethod.AUTOMATIC: _("自動で"),
        }.get(VerificationMethod(how), "")
        if how
        else ""
    )
