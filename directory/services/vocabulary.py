"""Load the controlled lists the platform ships with. Staff may change them afterwards; nothing is overwritten."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from ..models import Audience, Category, Feature
from .staff_search import add_to_staff_search

DATA = Path(__file__).resolve().parent.parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lines(synonyms: str) -> str:
    return synonyms.replace("|", "\n")


@transaction.atomic
def load_vocabulary() -> dict[str, int]:
    """Add the shipped categories, audiences and features that are missing. Returns how many of each are new.

    Safe to call again: rows are known by their code, and a row that is there stays as staff left it.
    """
    return {"categories": _load_categories(), "audiences": _load_audiences(), "features": _load_features()}


def _load_categories() -> int:
    new = 0
    known = {category.code: category for category in Category.objects.all()}
    for order, row in enumerate(_rows("categories.csv")):
        if row["code"] in known:
            continue
        known[row["code"]] = Category.objects.create(
            code=row["code"],
            parent=known.get(row["parent"]),
            name=row["name"],
            kana=row["kana"],
            plain_name=row["plain_name"],
            wish=row["wish"],
            icon=row["icon"],
            synonyms=_lines(row["synonyms"]),
            order=order,
        )
        new += 1
    return new


def _load_audiences() -> int:
    known = set(Audience.objects.values_list("code", flat=True))
    missing = [
        Audience(
            code=row["code"],
            name=row["name"],
            kana=row["kana"],
            synonyms=_lines(row["synonyms"]),
            order=order,
        )
        for order, row in enumerate(_rows("audiences.csv"))
        if row["code"] not in known
    ]
    Audience.objects.bulk_create(missing)
    add_to_staff_search(Audience, missing)
    return len(missing)


def _load_features() -> int:
    known = set(Feature.objects.values_list("code", flat=True))
    missing = [
        Feature(
            code=row["code"],
            group=row["group"],
            name=row["name"],
            absent_name=row["absent_name"],
            kana=row["kana"],
            icon=row["icon"],
            is_filter=row["is_filter"] == "1",
            synonyms=_lines(row["synonyms"]),
            order=order,
        )
        for order, row in enumerate(_rows("features.csv"))
        if row["code"] not in known
    ]
    Feature.objects.bulk_create(missing)
    add_to_staff_search(Feature, missing)
    return len(missing)
