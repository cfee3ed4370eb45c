"""What other apps add to a person's own page, and to the data about a person. `members` never imports them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MyPageSection:
    """A part of 「マイページ」. `context(user)` gives what `template` shows; None leaves the part out."""

    key: str
    order: int
    template: str
    context: Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True)
class PersonalData:
    """A part of what is kept about a person: `export(user)` as JSON-safe values, `erase(user)` before deletion.

    `consequences(user)` are sentences somebody should read before deleting the account.
    """

    key: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], None] = lambda user: None
    consequences: Callable[[Any], list[str]] = lambda user: []


_sections: dict[str, MyPageSection] = {}
_data: dict[str, PersonalData] = {}


def register_section(section: MyPageSection) -> None:
    """Add a part to the own page. A second one of the same key takes its place."""
    _sections[section.key] = section


def register_personal_data(part: PersonalData) -> None:
    """Add a part to 「自分のデータ」 and to the deletion of accounts."""
    _data[part.key] = part


def my_page_sections() -> list[MyPageSection]:
    return sorted(_sections.values(), key=lambda section: section.order)


def personal_data() -> list[PersonalData]:
    return list(_data.values())
