"""What it costs, from the cells of a list. Pure."""

from __future__ import annotations

import re
from typing import Any

from ..choices import FeeKind
from .cells import fold, said, yen

AGE_FIELDS = ("fee_infant", "fee_elementary", "fee_junior_high", "fee_high_school", "fee_adult")
#: Six digits at most, as in `cells.yen`: no visit costs more, and the database takes no number of any length.
_AMOUNT = r"(\d{1,3}(?:,\d{3})|\d{1,6})"


def fees_by_age(cells: dict[str, str], note: str) -> dict[str, Any]:
    """Fee fields from one cell an age group. What is no amount joins the note: nothing written is lost."""
    fields: dict[str, Any] = {}
    words = [said(note)]
    for name in AGE_FIELDS:
        text = cells.get(name, "")
        amount = yen(text)
        if amount is not None:
            fields[name] = amount
        elif said(text):
            words.append(said(text))
    fields["fee_note"] = "、".join(dict.fromkeys(word for word in words if word))
    fields["fee_kind"] = _kind(
        [fields[name] for name in AGE_FIELDS if name in fields],
        fields["fee_note"],
        is_whole="fee_adult" in fields,
    )
    return fields


def fee_from_text(text: str) -> dict[str, Any]:
    """Fee fields from free text: 「無料」「1回100円」「大人300円・子ども無料」."""
    folded = said(text)
    amount = yen(folded)
    if amount is not None:
        return {"fee_kind": FeeKind.PAID if amount else FeeKind.FREE, "fee_adult": amount, "fee_note": ""}
    fields: dict[str, Any] = {"fee_note": folded, "fee_kind": _kind([], folded)}
    adult = re.search(rf"(?:大人|おとな|成人|一般)\D{{0,3}}{_AMOUNT}円", folded)
    child = re.search(rf"(?:子ども|こども|子供|小学生|児童)\D{{0,3}}{_AMOUNT}円", folded)
    if adult:
        fields["fee_adult"] = int(adult.group(1).replace(",", ""))
    if child:
        fields["fee_elementary"] = int(child.group(1).replace(",", ""))
    elif re.search(r"(?:子ども|こども|子供|小学生|児童)[^\d、。]{0,4}無料", folded):
        fields["fee_elementary"] = 0
    return fields


def _kind(amounts: list[int], note: str, *, is_whole: bool = True) -> FeeKind:
    """`is_whole`: do the amounts speak of adults too? Free for children alone is not free."""
    if any(amounts):
        return FeeKind.PAID
    folded = fold(note)
    if re.search(r"[1-9]\d*円|有料|実費|カンパ", folded):
        return FeeKind.PAID
    if (amounts and is_whole) or re.fullmatch(r"(参加費)?(は)?無料(です)?。?", folded):
        return FeeKind.FREE
    return FeeKind.UNKNOWN
