"""The lists that come again: which of them a file is, what its columns meant, what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import PurePath

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from areas.models import Area

from ..importers.cells import fold
from ..importers.records import ParsedRow
from ..models import ImportSource, Resource
from .import_keys import source_keys

NAME_LENGTH = 80
#: Rows that are compared with what a list brought before; enough to know it again.
SAMPLE = 200
#: Lists that are tried, the last used first.
_TRIED = 30


def headers_hash(headers: list[str]) -> str:
    """The same columns in the same order."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def lists_of(municipality: Area, layout: str) -> QuerySet[ImportSource]:
    """The lists `municipality` took in before, the last used first."""
    return ImportSource.objects.filter(municipality=municipality, layout=layout).order_by("-used_at", "-pk")


def remembered_mapping(municipality: Area, headers: list[str]) -> dict[str, str]:
    """What the same columns meant the last time; {} where they are seen for the first time."""
    alike = ImportSource.objects.filter(municipality=municipality, headers_hash=headers_hash(headers))
    found = alike.order_by("-used_at", "-pk").first()
    return found.mapping if found else {}


def likely_list(
    parsed: list[ParsedRow], *, municipality: Area, layout: str, file_name: str
) -> ImportSource | None:
    """The list these rows are of, as far as the entries tell; None for one that was never taken in.

    Not the columns: two lists may have the same ones. A row counts where the entry known by its key in that list has
    its name; a third of the rows must. Where a file was tried and never taken in, its name decides.
    """
    sample = parsed[:SAMPLE]
    best: tuple[int, ImportSource] | None = None
    for item in lists_of(municipality, layout)[:_TRIED]:
        known, same = _alike(sample, item)
        if same * 3 >= len(sample) and same > (best[0] if best else 0):
            best = same, item
        elif not known and best is None and item.name == name_of_file(file_name):
            best = 0, item
    return best[1] if best else None


def _alike(parsed: list[ParsedRow], item: ImportSource) -> tuple[int, int]:
    """(rows whose key the list knows, those of them that have the name of their entry)."""
    keys = source_keys(parsed, item.layout, item.pk)
    names = dict(Resource.objects.filter(source_key__in=keys).values_list("source_key", "name"))
    pairs = [(row, names[key]) for row, key in zip(parsed, keys, strict=True) if key in names]
    return len(pairs), sum(fold(row.name) == fold(name) for row, name in pairs)


def name_of_file(file_name: str) -> str:
    """What a list is called until somebody calls it otherwise: its file, without the ending."""
    return PurePath(file_name).stem[:NAME_LENGTH].strip() or _("名簿")


def free_name(name: str, taken: Iterable[str]) -> str:
    """`name`, with a number where a list is called so already."""
    others, number, found = set(taken), 1, name
    while found in others:
        number += 1
        ending = f"({number})"
        found = name[: NAME_LENGTH - len(ending)] + ending
    return found


def list_called(name: str, *, municipality: Area, layout: str, headers: list[str]) -> ImportSource:
    """The list of that name, made where it is new."""
    found, _made = ImportSource.objects.get_or_create(
        municipality=municipality,
        name=name,
        defaults={"layout": layout, "headers_hash": headers_hash(headers)},
    )
    return found
