"""The list of entries as the register itself gives it out (「一覧を出す」), on its way back in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..choices import FeeKind, JoinPolicy
from .cells import fold, reading, said, whole_number, yen
from .fees import AGE_FIELDS
from .generic import Generic
from .records import ParsedRow
from .tables import Row, normalize_header

#: What a column is → its heading. The file's own words: never translated, or a file would not find its way back.
HEADINGS: dict[str, str] = {
    "code": "登録コード",
    "name": "名称",
    "kana": "名称_カナ",
    "organization": "団体名",
    "categories": "種類",
    "summary": "概要",
    "description": "説明",
    "schedules": "開催日時",
    "place": "会場",
    "address": "住所",
    "district": "地区",
    "who_may_come": "対象の補足",
    "fee_kind": "費用",
    "fee_infant": "幼児(円)",
    "fee_elementary": "小学生(円)",
    "fee_junior_high": "中学生(円)",
    "fee_high_school": "高校生(円)",
    "fee_adult": "大人(円)",
    "fee_note": "費用の補足",
    "join_policy": "参加のしかた",
    "join_note": "参加のしかたの補足",
    "capacity": "定員",
    "phone": "電話番号",
    "email": "メールアドレス",
    "website": "URL",
    "life_status": "状態",
    "live": "公開",
    "verified_on": "確認日",
    "verified_how": "確認の方法",
    "next_due": "次に確認する日",
}
CODE_HEADING = HEADINGS["code"]
#: The codes of the other lists: they are given out, and come in by no import.
OTHER_CODES = {"organization": "団体コード", "venue": "場所コード"}

_NORMALIZED = {name: normalize_header(heading) for name, heading in HEADINGS.items()}
_TEXTS = ("summary", "description", "who_may_come", "fee_note", "join_note")


class RegisterList:
    """Rows with a code are compared with their entries, cell by cell; rows without one are new."""

    name = "register-list"
    headers = frozenset(_NORMALIZED.values())

    def parse(self, row: Row) -> ParsedRow:
        cells = {name: row.cells[heading] for name, heading in _NORMALIZED.items() if heading in row.cells}
        code = fold(cells.pop("code", "")).upper()
        if not code:
            return self._new(row, cells)
        parsed = ParsedRow(line=row.line, raw=row.cells, code=code, listed=cells)
        parsed.fields = {"name": cells.get("name", "")}
        if "name" in cells and not cells["name"].strip():
            parsed.errors.append(_("名称がありません。"))
        return parsed

    def _new(self, row: Row, cells: dict[str, str]) -> ParsedRow:
        """A row somebody added to the list: read as any list is, but for the columns this one knows better."""
        parsed = Generic().parse(row)
        parsed.fields |= {name: said(cells.get(name, "")) for name in _TEXTS}
        parsed.fields |= {name: yen(cells.get(name, "")) for name in AGE_FIELDS}
        parsed.fields |= {
            "kana": reading(cells.get("kana", "")),
            "capacity": whole_number(cells.get("capacity", "")),
            "fee_kind": labelled(FeeKind, cells.get("fee_kind", "")) or FeeKind.UNKNOWN,
            "join_policy": labelled(JoinPolicy, cells.get("join_policy", "")) or JoinPolicy.UNKNOWN,
        }
        return parsed


def labelled(choices: Any, text: str) -> str | None:
    """The value whose label is `text`; None where no choice is called so."""
    return next((value for value, label in choices.choices if fold(str(label)) == fold(text)), None)


def tell_repeated_codes(rows: list[ParsedRow]) -> None:
    """An entry stands in a list once: its second row would undo the first."""
    lines: dict[str, int] = {}
    for row in rows:
        if not row.code:
            continue
        first = lines.setdefault(row.code, row.line)
        if first != row.line:
            row.errors.append(
                _("登録コード「%(code)s」は、%(line)s行目にもあります。") % {"code": row.code, "line": first}
            )
