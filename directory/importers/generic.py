"""Any list with Japanese headers: the Excel file a council keeps. Headers are known by their synonyms."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from ..schedules import parse
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
    whole_number,
    withholds_place,
)
from .fees import fee_from_text
from .joining import join_policy
from .records import ParsedRow, set_municipality, set_point, set_schedule
from .tables import Row, normalize_header


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: What a column means → the headers it is known by, the likelier first. All in normalised form.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "source_id": _words("ID NO No No. 番号 管理番号 登録番号 整理番号"),
    "municipality_code": _words(
        "全国地方公共団体コード 都道府県コード又は市区町村コード 自治体コード 市区町村コード"
    ),
    "municipality_name": _words("市区町村名 自治体名 市区町村 地方公共団体名"),
    "name": _words(
        "名称 サロン名 活動名 事業名 施設名 教室名 サークル名 会の名称 活動名称 名前 タイトル 場の名称"
    ),
    "kana": _words("名称_カナ 名称カナ ふりがな フリガナ かな カナ 名称(カナ) 名称_かな"),
    "organization": _words(
        "団体名 運営団体名 主催 主催者 実施団体 運営団体 運営主体 実施主体 主催団体 運営者 法人名"
    ),
    "category": _words("種類 種別 カテゴリ カテゴリー 分類 区分 活動種別"),
    "address": _words("住所 所在地 所在地_連結表記 会場住所 開催場所住所 活動場所住所 所在"),
    "venue": _words("会場 開催場所 場所 活動場所 会場名 方書 建物名等(方書) 建物名 実施場所"),
    "lat": _words("緯度 lat latitude"),
    "lng": _words("経度 lng lon longitude"),
    "schedule": _words(
        "開催日時 活動日時 日時 開設日時 開催日 活動日 実施日時 実施日 曜日 開催曜日 "
        "開館日 定例日 日程 頻度 開催頻度"
    ),
    "time": _words("時間 開催時間 活動時間 実施時間 開設時間 時刻"),
    "start": _words("開始時間 開始時刻 開催開始時間"),
    "end": _words("終了時間 終了時刻 開催終了時間"),
    "fee": _words("参加費 料金 費用 会費 利用料 利用料金 参加料 参加費用 受講料"),
    "audience": _words("対象 対象者 参加対象 利用対象 参加条件 対象年齢"),
    "join": _words("申込 申込み 申し込み 申込方法 予約 予約方法 参加方法 参加のしかた 申込の要否"),
    "capacity": _words("定員 人数 募集人数"),
    "description": _words("内容 活動内容 説明 概要 紹介 詳細 設置目的 目的 PR 紹介文"),
    "contact": _words("連絡先 問合せ先 問い合わせ先 お問い合わせ 問合せ お問合せ先 連絡先電話番号"),
    "contact_name": _words("代表者 代表者名 担当者 担当 代表"),
    "phone": _words("電話 電話番号 TEL Tel 電話番号1 代表電話 連絡先電話 連絡先TEL 問合せ電話番号"),
    "fax": _words("FAX Fax FAX番号 ファックス"),
    "email": _words("メール メールアドレス E-mail Email メールアドレス1"),
    "website": _words("URL ホームページ HP ウェブサイト Webサイト WEB"),
    "note": _words("備考 その他 特記事項 メモ 注意事項 備考欄 メモ欄"),
}

_MEANING = {normalize_header(header): meaning for meaning, headers in SYNONYMS.items() for header in headers}


def _is_address(text: str) -> bool:
    """「世田谷区南烏山6-2-19」 yes; 「世田谷区立烏山区民センター3階」 no."""
    return bool(municipality_in(text)) and bool(re.search(r"\d丁目|\d-\d|\d番", fold(text)))


class Generic:
    """Columns by synonym. Two columns of one meaning (開催日 + 曜日) are read together."""

    name = "generic"
    headers = frozenset(_MEANING)

    def parse(self, row: Row) -> ParsedRow:
        columns = self._by_meaning(row.cells)
        parsed = ParsedRow(line=row.line, raw=row.cells)
        set_municipality(
            parsed, columns.get("municipality_code", ""), said(columns.get("municipality_name", ""))
        )
        parsed.source_id = identifier(columns.get("source_id", ""))
        # A list of groups names only the group: then the group's name is the name of what it does.
        name = said(columns.get("name", "")) or said(columns.get("organization", ""))
        if not name:
            parsed.errors.append(_("名称がありません。"))
        parsed.fields = self._fields(columns, name)
        self._place(parsed, columns)
        organization = said(columns.get("organization", ""))
        if organization and not is_withheld(organization):
            parsed.organization = {"name": organization, "corporate_number": ""}
        parsed.categories = [
            word for word in re.split(r"[、,/・;]", said(columns.get("category", ""))) if word
        ]
        parsed.audiences = [
            word for word in re.split(r"[、,/・;]", said(columns.get("audience", ""))) if word
        ]
        parsed.contacts = self._contacts(columns)
        set_schedule(parsed, parse(self._schedule_text(columns)))
        return parsed

    def _by_meaning(self, cells: dict[str, str]) -> dict[str, str]:
        """Cells by what they mean; of several columns with one meaning, all that is said, in the file's order."""
        columns: dict[str, list[str]] = {}
        for header, text in cells.items():
            meaning = _MEANING.get(header) or _MEANING.get(re.sub(r"[(_].*$", "", header), "")
            if meaning and text and text not in columns.get(meaning, []):
                columns.setdefault(meaning, []).append(text)
        return {
            meaning: texts[0] if meaning == "name" else " ".join(texts) for meaning, texts in columns.items()
        }

    def _fields(self, columns: dict[str, str], name: str) -> dict[str, Any]:
        policy, join_note = join_policy(columns.get("join", ""))
        note = said(columns.get("note", ""))
        description = said(columns.get("description", ""))
        return {
            "name": name,
            "kana": reading(columns.get("kana", "")),
            "summary": description,
            "description": "" if withholds_place(note) else note,
            "who_may_come": said(columns.get("audience", "")),
            "join_policy": policy,
            "join_note": join_note,
            "capacity": whole_number(columns.get("capacity", "")),
            "website": first_url(columns.get("website", "")),
            **fee_from_text(columns.get("fee", "")),
        }

    def _place(self, parsed: ParsedRow, columns: dict[str, str]) -> None:
        address, venue = columns.get("address", ""), columns.get("venue", "")
        note = columns.get("note", "")
        if not address.strip() and _is_address(venue):
            address, venue = venue, ""  # 「開催場所」 of many lists holds no name but the address
        parsed.is_place_withheld = is_withheld(address) or is_withheld(venue) or withholds_place(note)
        known = {
            "name": "" if is_withheld(venue) else said(venue),
            "address": "" if is_withheld(address) else fold(address),
        }
        if any(known.values()):
            parsed.venue = known
        set_point(parsed, columns.get("lat", ""), columns.get("lng", ""))

    def _schedule_text(self, columns: dict[str, str]) -> str:
        times = [columns.get("time", "")]
        if columns.get("start"):
            times.append(f"{columns['start']}〜{columns.get('end', '')}")
        return " ".join(part for part in [said(columns.get("schedule", "")), *map(said, times)] if part)

    def _contacts(self, columns: dict[str, str]) -> list[dict[str, str]]:
        name = said(columns.get("contact_name", ""))[:60]
        both = f"{columns.get('phone', '')} {columns.get('contact', '')}"
        mails = f"{columns.get('email', '')} {columns.get('contact', '')}"
        contacts = [{"name": name, "phone": number} for number in dict.fromkeys(phones(both))]
        contacts += [{"name": name, "email": address} for address in dict.fromkeys(emails(mails))]
        contacts += [{"name": name, "fax": number} for number in phones(columns.get("fax", ""))]
        return contacts
