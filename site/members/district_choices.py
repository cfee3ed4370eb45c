"""Districts to choose from, in the order of the tree."""

from __future__ import annotations

from itertools import groupby

from django.utils import timezone

from areas.models import Area


def district_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """(what they lie in, [(path, name)]) of every district of today. One query."""
    districts = (
        Area.objects.districts()
        .valid_on(timezone.localdate())
        .select_related("parent__parent")
        .order_by("parent__parent__order", "parent__order", "order", "kana", "pk")
    )
    return [
        (words, [(path_of(area), area.name) for area in group])
        for words, group in groupby(districts, key=_above)
    ]


def district_at_path(path: str) -> Area | None:
    """The district of today whose `path_of` is `path`."""
    slugs = path.split("/")
    if not 2 <= len(slugs) <= 3 or "\x00" in path or len(path) > 200:
        return None
    lookups = {"__".join(["parent"] * depth + ["slug"]): slug for depth, slug in enumerate(reversed(slugs))}
    root = "__".join(["parent"] * len(slugs))
    found = (
        Area.objects.districts().valid_on(timezone.localdate()).filter(**lookups, **{f"{root}__isnull": True})
    )
    return found.select_related("parent__parent").first()


def path_of(area: Area) -> str:
    """The slugs from the municipality down: "setagaya/karasuyama/karasuyama"."""
    slugs: list[str] = []
    node: Area | None = area
    while node is not None:
        slugs.insert(0, node.slug)
        node = node.parent
    return "/".join(slugs)


def _above(area: Area) -> str:
    names: list[str] = []
    node = area.parent
    while node is not None:
        names.insert(0, node.name)
        node = node.parent
    return " ".join(names)
