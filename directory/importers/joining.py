"""How one takes part, from the cells of a list. Pure."""

from __future__ import annotations

import re

from ..choices import JoinPolicy
from .cells import fold, said


def join_policy(method: str, note: str = "") -> tuple[JoinPolicy, str]:
    """(policy, note) from 「予約方法」: 不要 → open; 電話, メール, LINE … → reservation; nothing → unknown."""
    words = "、".join(dict.fromkeys(word for word in (said(method), said(note)) if word))
    folded = fold(method)
    if re.search(r"(予約)?(不要|必要なし|いりません|なし$|無し$)", folded) or folded == "当日参加":
        return JoinPolicy.OPEN, "" if words in {"不要", "予約不要", "予約は不要"} else words
    if re.search(r"紹介", folded):
        return JoinPolicy.REFERRAL, words
    if re.search(
        r"電話|メール|LINE|ライン|HP|ホームページ|フォーム|要予約|予約制|必要|事前|申込|申し込み|SNS|DM|窓口",
        folded,
    ):
        return JoinPolicy.RESERVATION, words
    return JoinPolicy.UNKNOWN, words
