"""「子ども食堂一覧」 in the layout of Tokyo's open data catalogue, main files and `_tsuika` (further places) alike.

Source of the layout: 東京都オープンデータカタログ, 子ども食堂一覧 (columns as published by its municipalities).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..choices import Answer
from ..schedules import ParseResult, parse_columns
from .cells import (
    emails,
    first_url,
    fold,
    identifier,
    is_withheld,
    municipality_in,
    phones,
    reading,
    said,
    says_yes,
    whole_number,
    withholds_place,
)
from .fees import fees_by_age
from .joining import join_policy
from .records import ParsedRow, set_municipality, set_point, set_schedule
from .tables import Row

_FEES = {
    "fee_infant": "参加費_幼児",
    "fee_elementary": "参加費_小学生",
    "fee_junior_high": "参加費_中学生",
    "fee_high_school": "参加費_高校生",
    "fee_adult": "参加費_大人",
}
#: In the order `parse_columns` takes them.
_SCHEDULE = ("開催頻度", "開催曜日", "開催日", "開催開始時間", "開催終了時間", "開催日時特記事項")


def _timetable(cells: dict[str, str]) -> ParseResult:
    frequency, weekday, date_text, start, end, remarks = (cells.get(header, "") for header in _SCHEDULE)
    return parse_columns(frequency, weekday, date_text, start, end, remarks)


class TokyoKodomoShokudo:
    """The official layout; old headers (都道府県コード又は市区町村コード, NO) are understood as well."""

    name = "tokyo-kodomo-shokudo"
    headers = frozenset(
        {
            "全国地方公共団体コード", "都道府県コード又は市区町村コード", "ID", "NO", "都道府県", "都道府県名", "市区町村名",
            "名称", "名称_カナ", "設置目的", "実施支援の主な区分", "住所", "所在地_連結表記", "方書", "緯度", "経度",
            "電話番号1", "電話番号1_連絡先備考", "電話番号2", "電話番号2_連絡先備考", "内線番号", "FAX番号", "URL",
            "メールアドレス1", "メールアドレス1_連絡先備考", "メールアドレス2", "メールアドレス2_連絡先備考", "法人番号",
            "運営団体名", *_SCHEDULE, "参加条件", *_FEES.values(), "参加費特記事項", "予約方法", "予約特記事項", "定員",
            "フードパントリー実施", "テイクアウト実施", "学区", "ネットワークの加入", "追加情報NO", "画像",
            "画像_ライセンス", "備考",
        }
    )  # fmt: skip

    def parse(self, row: Row) -> ParsedRow:
        cell = row.cells.get
        parsed = ParsedRow(line=row.line, raw=row.cells)
        code_text = cell("全国地方公共団体コード") or cell("都道府県コード又は市区町村コード") or ""
        set_municipality(
            parsed,
            code_text,
            said(cell("市区町村名", "") or cell("_自治体名", "")) or municipality_in(cell("住所", "")),
        )
        parsed.source_id = identifier(cell("ID") or cell("NO") or "")
        name = fold(cell("名称", ""))
        parsed.is_addition = not name and bool(parsed.source_id)
        if not name and not parsed.is_addition:
            parsed.errors.append(_("名称がありません。"))
        parsed.fields = self._fields(row.cells, name)
        self._place(parsed)
        parsed.organization = self._organization(row.cells)
        parsed.categories = ["childrens_cafeteria"]
        if says_yes(cell("フードパントリー実施", "")):
            parsed.categories.append("food_pantry")
        if says_yes(cell("テイクアウト実施", "")):
            parsed.features["takeout"] = Answer.YES
        parsed.contacts = self._contacts(row.cells)
        set_schedule(parsed, _timetable(row.cells))
        return parsed

    def _fields(self, cells: dict[str, str], name: str) -> dict[str, Any]:
        policy, join_note = join_policy(cells.get("予約方法", ""), cells.get("予約特記事項", ""))
        purpose = said(cells.get("設置目的", ""))
        more = [
            (_("主な支援"), cells.get("実施支援の主な区分", "")),
            (_("学区"), cells.get("学区", "")),
            (_("加入しているネットワーク"), cells.get("ネットワークの加入", "")),
            (_("備考"), cells.get("備考", "")),
        ]
        lines = [f"{label}:{said(text)}" for label, text in more if said(text) and not withholds_place(text)]
        return {
            "name": name,
            "kana": reading(cells.get("名称_カナ", "")),
            "summary": purpose,
            "description": "\n".join(lines),
            "who_may_come": said(cells.get("参加条件", "")),
            "join_policy": policy,
            "join_note": join_note,
            "capacity": whole_number(cells.get("定員", "")),
            "website": first_url(cells.get("URL", "")),
            "source_name": said(cells.get("_データセット名", "")) or _("子ども食堂一覧"),
            "source_url": first_url(cells.get("_取得元URL", "")),
            "source_licence": said(cells.get("_ライセンス", "")),
            **fees_by_age(
                {field: cells.get(header, "") for field, header in _FEES.items()},
                cells.get("参加費特記事項", ""),
            ),
        }

    def _place(self, parsed: ParsedRow) -> None:
        cells = parsed.raw
        address = cells.get("住所") or cells.get("所在地_連結表記") or ""
        building = cells.get("方書", "")
        parsed.is_place_withheld = is_withheld(address) or withholds_place(cells.get("備考", ""), building)
        if said(address) and not is_withheld(address):
            parsed.venue = {"name": "" if is_withheld(building) else said(building), "address": fold(address)}
        set_point(parsed, cells.get("緯度", ""), cells.get("経度", ""))

    def _organization(self, cells: dict[str, str]) -> dict[str, str]:
        name = said(cells.get("運営団体名", ""))
        number = "".join(char for char in fold(cells.get("法人番号", "")) if char.isdigit())
        if not name or is_withheld(name):
            return {}
        return {"name": name, "corporate_number": number if len(number) == 13 else ""}

    def _contacts(self, cells: dict[str, str]) -> list[dict[str, str]]:
        """Every number and address of the row. Who may see them is decided when they are written: staff only."""
        contacts = []
        for position in ("1", "2"):
            role = said(cells.get(f"電話番号{position}_連絡先備考", "")).strip("()")
            contacts += [
                {"role": role, "phone": number} for number in phones(cells.get(f"電話番号{position}", ""))
            ]
            role = said(cells.get(f"メールアドレス{position}_連絡先備考", "")).strip("()")
            contacts += [
                {"role": role, "email": address}
                for address in emails(cells.get(f"メールアドレス{position}", ""))
            ]
        contacts += [{"fax": number} for number in phones(cells.get("FAX番号", ""))]
        return contacts
