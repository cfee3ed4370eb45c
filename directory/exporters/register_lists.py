"""The lists of the register as tables: what stands in each column. The list of entries finds its way back in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from ..importers.register_list import HEADINGS, OTHER_CODES
from ..models import Organization, Resource, Schedule, Venue
from ..schedules.wording import describe
from ..visibility import contacts_of, place_of, place_of_venue

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
    """As everybody may see it: what is withheld does not travel."""
    return lambda row: getattr(place_of(row), name)


def place_district(row: Any) -> str:
    """The district, where everybody may know it: a shelter is not even in one."""
    district = place_of(row).district
    return district.name if district is not None else ""


def _venue_column(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(place_of_venue(row), name)


def _venue_district(row: Any) -> str:
    district = place_of_venue(row).district
    return district.name if district is not None else ""


def _label(name: str) -> Callable[[Any], str]:
    return lambda row: getattr(row, f"get_{name}_display")()


def line_of_schedule(schedule: Schedule) -> str:
    """A timetable in one line: as it was written, or in the words of its rule."""
    return " ".join(schedule.original_text.split()) or describe(schedule.rule)


def _timetables(row: Any) -> str:
    return "\n".join(map(line_of_schedule, row.schedules.all()))


_RESOURCE_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "organization": lambda row: str(row.organization or ""),
    "categories": names_of("categories"),
    "schedules": _timetables,
    "place": place_column("name"),
    "address": place_column("address"),
    "district": place_district,
    "fee_kind": _label("fee_kind"),
    "join_policy": _label("join_policy"),
    "phone": first_contact("phone"),
    "email": first_contact("email"),
    "life_status": _label("life_status"),
    "live": lambda row: _("公開中") if row.live else _("下書き"),
    "verified_how": _label("verified_how"),
}
_RESOURCE: Mapping[str, Column] = {
    name: (heading, _RESOURCE_VALUES.get(name, attrgetter(name))) for name, heading in HEADINGS.items()
}

_ORGANIZATION: Mapping[str, Column] = {
    "code": (OTHER_CODES["organization"], lambda row: row.code),
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
    "code": (OTHER_CODES["venue"], lambda row: row.code),
    "name": (_("名称"), _venue_column("name")),
    "kana": (_("名称_カナ"), _venue_column("kana")),
    "address": (_("住所"), _venue_column("address")),
    "district": (_("地区"), _venue_district),
    "lat": (_("緯度"), _venue_column("lat")),
    "lng": (_("経度"), _venue_column("lng")),
    "visibility": (_("場所の公開"), lambda row: place_of_venue(row).visibility.label),
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
    Venue: ("resources", "schedules__resource"),
}
_ABOVE: dict[type[Model], tuple[str, ...]] = {
    Resource: ("organization", "venue__town", "venue__district", "district"),
    Organization: (),
    Venue: ("town", "district"),
}


def register_list(
    model: type[Model], columns: Mapping[str, Column], *, lists: tuple[str, ...], above: tuple[str, ...]
) -> None:
    """Offer the list of another app's model as a file. `lists` and `above` are what the columns read besides."""
    COLUMNS[model], _LISTS[model], _ABOVE[model] = columns, lists, above


def with_export_data(rows: QuerySet) -> QuerySet:
    """`rows` with everything the columns show, in a fixed number of queries."""
    rows = rows.prefetch_related(*_LISTS[rows.model])
    rows = rows.select_related(*_ABOVE[rows.model]) if _ABOVE[rows.model] else rows
    return rows.defer(*(f"{name}__boundary" for name in _ABOVE[rows.model] if name.endswith("district")))
