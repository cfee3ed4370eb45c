"""What to offer when nothing was found: what is nearest, and the desk that can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from areas.locate import locate_point
from areas.models import Area
from search.services import search

from .cards import Card
from .find_instead import FindInstead
from .find_page import FindPage, cards_of
from .models import Resource, ResourceContact
from .models.contacts import Contact
from .visibility import contacts_of

NEAREST = 3


@dataclass(frozen=True)
class PhoneDesk:
    """A desk one can ring up."""

    resource: Resource
    contacts: list[Contact]


@dataclass(frozen=True)
class FindHelp:
    """Help for a question without an answer. Everything is looked up only when the page shows it."""

    page: FindPage

    @cached_property
    def place(self) -> str:
        """The path of the closest place asked for by its name; empty where none was."""
        known = [path for path in self.page.place_paths if path in self.page.query.words.area_keys]
        return max(known, key=lambda path: path.count("/"), default="")

    @cached_property
    def instead(self) -> FindInstead:
        return FindInstead(self.page, self.place)

    @cached_property
    def nearest(self) -> list[Card]:
        """What there is around the place, whatever it is."""
        query = self.page.query
        if self.instead.elsewhere or self.instead.fewer:
            return []  # what was asked for, a little further off, says more
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
        elif self.place:
            request = query.to_request(
                text="",
                filters={"area": (self.place,)},
                open_between=None,
                sort="next_date",
                page=1,
                page_size=NEAREST,
            )
        else:
            return []
        return cards_of(search(request).hits, query)

    @cached_property
    def desks(self) -> list[PhoneDesk]:
        """The desks of the place asked for, else of the district around the point, with their public phones."""
        near = self.page.query.near
        area: Area | None = None
        if self.place:
            area = Area(pk=self.page.query.words.area_keys[self.place])
        elif near:
            area = locate_point(*near).district
        if area is None:
            return []
        desks = Resource.objects.published().desks_for(area).order_by().values("pk")
        rows = ResourceContact.objects.filter(resource__in=desks).select_related("resource")
        by_desk = groupby(
            rows.order_by("resource__kana", "resource", "sort_order", "pk"), lambda row: row.resource
        )
        return [PhoneDesk(desk, contacts_of(list(contacts))) for desk, contacts in by_desk]
