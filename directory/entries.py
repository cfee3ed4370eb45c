"""An entry as somebody may see it: the one thing page, print sheet, read-aloud edition and JSON-LD are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from areas.choices import AreaKind
from areas.models import Area

from .cards import main_category
from .choices import LifeStatus
from .facts import Fact, facts_of
from .freshness import is_stale, stale_warning, verified_sentence
from .japanese_dates import plain_date
from .models import Category, Occurrence, Organization, Resource, ResourcePhoto
from .models.contacts import Contact
from .month_calendar import MonthCalendar, month_of
from .schedule_words import HeldDate, held_dates
from .services.occurrences import HORIZON
from .visibility import Place, Viewer, contacts_of, is_public, photos_of, place_of, public_organization


@dataclass(frozen=True)
class Announcement:
    """Something to know before the name: `kind` is a look (info, warning), `title` and `text` are the words."""

    kind: str
    title: str
    text: str = ""


class Entry:
    """`resource`, loaded by `with_page_data`, as `viewer` may see it on the day `today`."""

    def __init__(self, resource: Resource, viewer: Viewer, today: date) -> None:
        self.resource = resource
        self.viewer = viewer
        self.today = today

    @property
    def code(self) -> str:
        return self.resource.code

    @property
    def name(self) -> str:
        return self.resource.name

    @cached_property
    def place(self) -> Place:
        return place_of(self.resource, self.viewer)

    @cached_property
    def district(self) -> Area | None:
        """The district, where it may be known."""
        return self.place.district

    @cached_property
    def facts(self) -> list[Fact]:
        return facts_of(self.resource, self.place)

    @cached_property
    def kind(self) -> Category | None:
        return main_category(self.resource.categories.all())

    @cached_property
    def contacts(self) -> list[Contact]:
        return contacts_of(self.resource.contacts.all(), self.viewer)

    @property
    def phone(self) -> str:
        """The first number this visitor may call; empty without one."""
        return next((contact.phone for contact in self.contacts if contact.phone), "")

    @cached_property
    def organization(self) -> Organization | None:
        return public_organization(self.resource)

    @cached_property
    def photos(self) -> list[ResourcePhoto]:
        return photos_of(self.resource)

    @cached_property
    def dates(self) -> list[HeldDate]:
        """The next dates, cancelled ones too; none for an entry that rests or is over."""
        return held_dates(self.resource, self.coming, viewer=self.viewer)

    @property
    def _known_dates(self) -> list[Occurrence]:
        """From the first of this month on. Those of an entry that rests are promised by nobody."""
        if self.resource.life_status in (LifeStatus.PAUSED, LifeStatus.CLOSED):
            return []
        return getattr(self.resource, "coming", [])  # put there by with_page_data; a preview has none

    @property
    def coming(self) -> list[Occurrence]:
        """All known dates from today on, cancelled ones too."""
        return [item for item in self._known_dates if item.date >= self.today]

    def month(self, asked: date | None) -> MonthCalendar | None:
        """The month asked for, else that of the next date; None where there is nothing to show."""
        if not self.dates:
            return None
        month = asked or self.dates[0].day
        return month_of(month, self._known_dates, today=self.today, last=self.last_day)

    @property
    def last_day(self) -> date:
        return self.today + HORIZON

    @property
    def directions_url(self) -> str:
        """A way there, on a map of another site; only to places that may be known exactly."""
        place = self.place
        if not place.has_point or not place.address:
            return ""
        return f"https://www.openstreetmap.org/directions?to={place.lat:.5f}%2C{place.lng:.5f}"

    @property
    def is_stale(self) -> bool:
        return is_stale(self.resource, self.today)

    @property
    def verified(self) -> str:
        return verified_sentence(self.resource)

    @property
    def printed_on(self) -> str:
        return plain_date(self.today)

    @cached_property
    def warnings(self) -> list[Announcement]:
        """What stands above the name, the weightiest first."""
        return [*self._states(), *self._notices()]

    def _states(self) -> Iterable[Announcement]:
        resource = self.resource
        if not is_public(resource):
            status = _("下書き") if not resource.live else resource.get_life_status_display()
            yield Announcement("info", status, _("このページは、担当の職員だけに見えています。"))
        if resource.life_status == LifeStatus.PAUSED:
            yield Announcement("warning", _("現在はお休みしています"), resource.paused_note)

    def _notices(self) -> Iterable[Announcement]:
        resource = self.resource
        begun = resource.notice_from is None or resource.notice_from <= self.today
        over = resource.notice_until is not None and resource.notice_until < self.today
        if resource.notice and begun and not over:
            yield Announcement("info", _("お知らせ"), resource.notice)
        stale = stale_warning(resource, self.today)
        if stale:
            yield Announcement("warning", stale)

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """ホーム › 地域 › 地区 › 種類; the kind leads to the others of its kind."""
        nodes: list[Area] = []
        node = self.district
        while node is not None and node.kind != AreaKind.MUNICIPALITY:
            nodes.insert(0, node)
            node = node.parent
        crumbs = [(area.name, area.get_absolute_url()) for area in nodes]
        if self.kind:
            crumbs.append((self.kind.name, f"{reverse('directory:find')}?category={self.kind.code}"))
        return crumbs
