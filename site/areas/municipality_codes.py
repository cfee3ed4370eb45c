"""全国地方公共団体コード: five digits, or six with the check digit."""

from __future__ import annotations


def full_code(code: str) -> str:
    """Six digits from five or six, the check digit computed; the code as it is when it has another length.

    Rule: 総務省 「都道府県コード及び市区町村コード」: weights 6…2, 11 − (sum mod 11), last digit.
    """
    if len(code) < 5 or len(code) > 6 or not code.isdecimal():
        return code
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], range(6, 1, -1), strict=True))
    check = 11 - total % 11 if total >= 11 else 11 - total
    return f"{code[:5]}{check % 10}"
