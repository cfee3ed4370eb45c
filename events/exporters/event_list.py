"""The staff's list of events as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.exporters.register_lists import (
    Column,
    first_contact,
    names_of,
    place_column,
    place_district,
    register_list,
)

from ..models import Event
from ..review_fields import fee_lines

COLUMNS: Mapping[str, Column] = {
    "code": (_l("番号"), lambda row: row.code),
    "title": (_l("題名"), lambda row: row.title),
    "kana": (_l("ふりがな"), lambda row: row.kana),
    "kind": (_l("種類"), lambda row: row.get_kind_display()),
    "organization": (_l("主催"), lambda row: str(row.organization or "")),
    "partners": (_l("いっしょに開く団体"), names_of("partners")),
    "first_date": (_l("はじめの日"), lambda row: row.first_date),
    "last_date": (_l("おわりの日"), lambda row: row.last_date),
    "dates": (_l("回数"), lambda row: len(row.dates.all())),
    "place": (_l("会場"), place_column("name")),
    "address": (_l("住所"), place_column("address")),
    "district": (_l("地区"), place_district),
    "audiences": (_l("対象"), names_of("audiences")),
    "fee": (_l("費用"), lambda row: " ".join(filter(None, fee_lines(row)))),
    "signup": (_l("申込み"), lambda row: row.get_signup_policy_display()),
    "capacity": (_l("定員"), lambda row: row.capacity),
    "phone": (_l("電話番号"), first_contact("phone")),
    "email": (_l("メールアドレス"), first_contact("email")),
    "status": (_l("状態"), lambda row: row.get_status_display()),
    "live": (_l("公開"), lambda row: _live(row)),
}


def _live(row: Any) -> str:
    return _("公開中") if row.live else _("下書き")


def register() -> None:
    """Called once, when Django is ready."""
    register_list(
        Event,
        COLUMNS,
        lists=("partners", "audiences", "contacts", "dates"),
        above=("organization", "venue__town", "venue__district", "district"),
    )
