"""Areas as they stand in addresses and in the index: "setagaya/karasuyama/karasuyama", from the municipality down."""

from __future__ import annotations

from areas.models import Area


def upwards(area: Area | None) -> list[Area]:
    """`area` and what is above it, nearest first. Costs no query when the parents are loaded."""
    found = []
    while area is not None:
        found.append(area)
        area = area.parent
    return found


def area_path(area: Area) -> str:
    """The slugs from the municipality down to `area`; the same text as in the address of its page."""
    return "/".join(node.slug for node in reversed(upwards(area)))


def area_paths(area: Area | None) -> tuple[str, ...]:
    """The path of `area` and of everything above it, so that a search in 烏山地域 finds 烏山地区."""
    return tuple(area_path(node) for node in upwards(area))
