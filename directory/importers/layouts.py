"""The layouts we know, and which of them a file has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .generic import Generic
from .records import Layout
from .register_list import CODE_HEADING, OTHER_CODES, RegisterList
from .tables import Table, UnreadableFile, read_table
from .tokyo_kodomo_shokudo import TokyoKodomoShokudo

LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (TokyoKodomoShokudo(), RegisterList(), Generic())
}
AUTO = "auto"
#: Columns only the official layout has; three of them are proof.
_OFFICIAL = {
    "開催開始時間",
    "開催日時特記事項",
    "参加費_幼児",
    "参加費_小学生",
    "参加費特記事項",
    "予約特記事項",
    "学区",
}


def read_file(data: bytes, layout_name: str = AUTO) -> tuple[Table, Layout]:
    """Read a file and settle its layout. Raises `UnreadableFile` with a message for people."""
    if layout_name != AUTO and layout_name not in LAYOUTS:
        raise UnreadableFile(
            _("様式「%(name)s」はありません。使えるのは %(known)s です。")
            % {"name": layout_name, "known": "、".join([AUTO, *LAYOUTS])}
        )
    known = frozenset().union(*(layout.headers for layout in LAYOUTS.values()))
    table = read_table(data, known)
    if set(OTHER_CODES.values()) & set(table.headers):
        raise UnreadableFile(
            _("つなぐから出した団体や場所の一覧は、取り込めません。取り込めるのは、地域資源の一覧です。")
        )
    layout = _detect(table) if layout_name == AUTO else LAYOUTS[layout_name]
    return table, layout


def _detect(table: Table) -> Layout:
    if CODE_HEADING in table.headers:
        return LAYOUTS["register-list"]
    is_official = len(_OFFICIAL.intersection(table.headers)) >= 3
    return LAYOUTS["tokyo-kodomo-shokudo" if is_official else "generic"]
