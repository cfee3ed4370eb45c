"""What an entry says about when somebody last made sure that it is true."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from .choices import VerificationMethod
from .japanese_dates import plain_date
from .models import Resource

#: Half a year, as the register's yearly round of visits leaves at most that between two proofs.
STALE_AFTER = timedelta(days=183)


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


def is_stale(resource: Resource, today: date) -> bool:
    """Was the last proof more than half a year ago, or was there never one?"""
    return is_long_ago(resource.verified_on, today)


def is_long_ago(verified_on: date | None, today: date) -> bool:
    """Is a proof of that day too old to rely on? One that never was is."""
    return verified_on is None or today - verified_on > STALE_AFTER


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
