"""Lists of 町丁目 with coordinates: our own layout (`town_chome`, `lat` …) and Geolonia's 住所データ (`latest.csv`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from ..address_text import normalize, read_number
from ..geometry import is_coordinate
from ..postal_codes import read_postal_code

# Our column → the columns of the known layouts, in order of preference.
COLUMNS = {
    "municipality_code": ("municipality_code", "市区町村コード", "全国地方公共団体コード"),
    "name": ("town_chome", "大字町丁目名", "町丁目名"),
    "kana": ("kana", "大字町丁目名カナ"),
    "postal_code": ("postal_code", "郵便番号"),
    "lat": ("lat", "緯度"),
    "lng": ("lng", "経度"),
    "district": ("district", "地区"),
}
REQUIRED = ("municipality_code", "name", "lat", "lng")
_CHOME = re.compile(r"(.+?)([0-9]{1,2}|[一二三四五六七八九十]{1,3})丁目")
_CHOME_KANA = re.compile(r"\s*[0-9]+\s*(?:チョウメ|ちょうめ)$|\s*[0-9]+$")


@dataclass(frozen=True, slots=True)
class TownRow:
    """One 町丁目 of a file. Coordinates in degrees; `postal_code` seven digits or empty; `district` as written."""

    line: int
    municipality_code: str
    name: str
    base_name: str
    chome: int | None
    kana: str
    postal_code: str
    lat: float
    lng: float
    district: str


class TownFileError(Exception):
    """The file as a whole cannot be read."""


def read_town_file(path: Path) -> Iterator[TownRow | str]:
    """Rows in file order; a broken row comes as a sentence with its line number. Streams: files may be nationwide."""
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            reader = csv.DictReader(file)
            columns = _columns(reader.fieldnames or [])
            for row in reader:
                yield _read(row, columns, reader.line_num)
    except (OSError, UnicodeError, csv.Error) as error:
        message = _("ファイルを読めません。UTF-8かShift_JISのCSVにしてください。(%(reason)s)")
        raise TownFileError(message % {"reason": error}) from error


def split_chome(name: str) -> tuple[str, int | None]:
    """「池尻四丁目」 → `("池尻", 4)`; 「砧公園」 → `("砧公園", None)`."""
    found = _CHOME.fullmatch(normalize(name))
    return (found[1], read_number(found[2])) if found else (name, None)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        beginning = file.read(4096)
    try:
        beginning.rsplit(b"\n", 1)[0].decode("utf-8")
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8-sig"


def _columns(header: Sequence[str]) -> dict[str, str]:
    columns = {ours: next((name for name in names if name in header), "") for ours, names in COLUMNS.items()}
    missing = [COLUMNS[name][-1] for name in REQUIRED if not columns[name]]
    if missing:
        message = _("見出しに次の列がありません:%(columns)s")
        raise TownFileError(message % {"columns": "、".join(missing)})
    return columns


def _read(row: dict[str, str | None], columns: dict[str, str], line: int) -> TownRow | str:
    cell = {ours: normalize(row.get(theirs) or "") if theirs else "" for ours, theirs in columns.items()}
    try:
        lat, lng = float(cell["lat"]), float(cell["lng"])
    except ValueError:
        return _("%(line)d行目:緯度か経度が数字ではありません。") % {"line": line}
    if not is_coordinate(lat, lng) or not (20 <= lat <= 46 and 122 <= lng <= 154):
        return _(
            "%(line)d行目:緯度と経度が日本の範囲にありません。入れ替わっていないか確かめてください。"
        ) % {"line": line}
    if not cell["name"] or not cell["municipality_code"].isdecimal():
        return _("%(line)d行目:町丁目名か自治体コードがありません。") % {"line": line}
    base_name, chome = split_chome(cell["name"])
    return TownRow(
        line=line,
        municipality_code=cell["municipality_code"],
        name=cell["name"],
        base_name=base_name,
        chome=chome,
        kana=_CHOME_KANA.sub("", cell["kana"]),
        postal_code=read_postal_code(cell["postal_code"]) or "",
        lat=lat,
        lng=lng,
        district=cell["district"],
    )
