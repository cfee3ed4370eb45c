"""What to offer when nothing was found: what is nearest, and the desk that can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from areas.locate import locate_point
from areas.models import Area
from search.services import search

from .area_pages import desks_of
from .area_paths import area_path
from .cards import Card
from .find_page import FindPage, cards_of

NEAREST = 3


@dataclass(frozen=True)
class FindHelp:
    """Help for a question without an answer. Everything is looked up only when the page shows it."""

    page: FindPage

    @cached_property
    def place(self) -> Area | None:
        """The closest place asked for: named, chosen, or around the point."""
        paths = sorted(self.page.place_paths, key=lambda path: path.count("/"), reverse=True)
        if paths:
            return _area_at(paths[0])
        near = self.page.query.near
        return locate_point(*near).district if near else None

    @cached_property
    def nearest(self) -> list[Card]:
        """What there is around the place, whatever it is."""
        query = self.page.query
        if query.near:
            request = query.to_request(
                text="",
                filters={},
                radius_m=None,
                open_between=None,
                sort="distance",
                page=1,
                page_size=NEAREST,
            )
        elif self.place is not None:
            request = query.to_request(
                text="",
                filters={"area": (area_path(self.place),)},
                open_between=None,
                sort="next_date",
                page=1,
                page_size=NEAREST,
            )
        else:
            return []
        return cards_of(search(request).hits, query)

    @cached_property
    def desks(self) -> list[object]:
        """The desks of the district, with their public phones."""
        return list(desks_of(self.place)) if self.place is not None else []


def _area_at(path: str) -> Area | None:
    named = (
        Area.objects.filter(slug=path.rpartition("/")[2]).select_related("parent__parent").defer("boundary")
    )
    return next((area for area in named if area_path(area) == path), None)
