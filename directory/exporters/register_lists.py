"""The lists of the register as tables: what stands in each column. Headings are those the import understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Organization, Resource, Venue
from ..visibility import contacts_of

Column = tuple[Any, Callable[[Any], Any]]


def first_contact(name: str) -> Callable[[Any], str]:
    """The first public contact: lists travel by mail, and what is for staff alone does not belong into them."""
    return lambda row: next(
        (getattr(item, name) for item in contacts_of(row.contacts.all()) if getattr(item, name)), ""
    )


def names_of(name: str) -> Callable[[Any], str]:
    """A list of other rows, by their names."""
    return lambda row: "、".join(str(item) for item in getattr(row, name).all())


def place_column(name: str) -> Callable[[Any], str]:
    """A fact of the venue."""
    return lambda row: getattr(row.venue, name, "") or ""


_RESOURCE: Mapping[str, Column] = {
    "code": (_("番号"), lambda row: row.code),
    "name": (_("名称"), lambda row: row.name),
    "kana": (_("名称_カナ"), lambda row: row.kana),
    "organization": (_("団体名"), lambda row: str(row.organization or "")),
    "categories": (_("種類"), names_of("categories")),
    "summary": (_("概要"), lambda row: row.summary),
    "description": (_("説明"), lambda row: row.description),
    "schedules": (_("開催日時"), lambda row: "\n".join(str(item) for item in row.schedules.all())),
    "place": (_("会場"), place_column("name")),
    "address": (_("住所"), place_column("address")),
    "district": (_("地区"), lambda row: row.district.name if row.district else ""),
    "fee_kind": (_("費用"), lambda row: row.get_fee_kind_display()),
    "fee_note": (_("費用の補足"), lambda row: row.fee_note),
    "join_policy": (_("参加のしかた"), lambda row: row.get_join_policy_display()),
    "phone": (_("電話番号"), first_contact("phone")),
    "email": (_("メールアドレス"), first_contact("email")),
    "website": (_("URL"), lambda row: row.website),
    "life_status": (_("状態"), lambda row: row.get_life_status_display()),
    "live": (_("公開"), lambda row: _("公開中") if row.live else _("下書き")),
    "verified_on": (_("確認日"), lambda row: row.verified_on),
    "verified_how": (_("確認の方法"), lambda row: row.get_verified_how_display()),
    "next_due": (_("次に確認する日"), lambda row: row.next_due),
}

_ORGANIZATION: Mapping[str, Column] = {
    "code": (_("番号"), lambda row: row.code),
    "name": (_("名称"), lambda row: row.name),
    "kana": (_("名称_カナ"), lambda row: row.kana),
    "legal_form": (_("団体の種類"), lambda row: row.get_legal_form_display()),
    "areas": (_("活動する地域"), names_of("areas")),
    "description": (_("説明"), lambda row: row.description),
    "phone": (_("電話番号"), first_contact("phone")),
    "email": (_("メールアドレス"), first_contact("email")),
    "website": (_("URL"), lambda row: row.website),
    "status": (_("状態"), lambda row: row.get_status_display()),
}

_VENUE: Mapping[str, Column] = {
    "code": (_("番号"), lambda row: row.code),
    "name": (_("名称"), lambda row: row.name),
    "kana": (_("名称_カナ"), lambda row: row.kana),
    "address": (_("住所"), lambda row: row.address),
    "district": (_("地区"), lambda row: row.district.name if row.district else ""),
    "lat": (_("緯度"), lambda row: row.lat),
    "lng": (_("経度"), lambda row: row.lng),
    "is_lendable": (_("貸し出し"), lambda row: _("できる") if row.is_lendable else ""),
}

COLUMNS: dict[type[Model], Mapping[str, Column]] = {
    Resource: _RESOURCE,
    Organization: _ORGANIZATION,
    Venue: _VENUE,
}
_LISTS: dict[type[Model], tuple[str, ...]] = {
    Resource: ("categories", "schedules", "contacts"),
    Organization: ("areas", "contacts"),
    Venue: (),
}
_ABOVE: dict[type[Model], tuple[str, ...]] = {
    Resource: ("organization", "venue", "district"),
    Organization: (),
    Venue: ("district",),
}


def register_list(
    model: type[Model], columns: Mapping[str, Column], *, lists: tuple[str, ...], above: tuple[str, ...]
) -> None:
    """Offer the list of another app's model as a file. `lists` and `above` are what the columns read besides."""
    COLUMNS[model], _LISTS[model], _ABOVE[model] = columns, lists, above


def with_export_data(rows: QuerySet) -> QuerySet:
    """`rows` with everything the columns show, in a fixed number of queries."""
    rows = rows.prefetch_related(*_LISTS[rows.model])
    return rows.select_related(*_ABOVE[rows.model]) if _ABOVE[rows.model] else rows
