"""An event as somebody may see it: the one thing page, preview and metadata are made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.choices import AreaKind
from areas.models import Area
from directory.entries import Announcement
from directory.facts import Fact
from directory.models import Organization, Photo, Resource
from directory.models.contacts import Contact
from directory.visibility import Place, Viewer, contacts_of, is_public_organization
from directory.visibility import is_public as is_public_entry

from .choices import DateStatus, EventKind, EventStatus, SignUpPolicy
from .date_cards import DateCard, cards_of, first_of_each, with_card_data
from .event_dates import SHOWN, ShownDate, can_take, closed_sentence, shown_dates
from .event_facts import facts_of, organizer_of
from .event_words import when_words
from .models import Event, EventDate, EventPhoto
from .services.dates import rows_planned
from .visibility import is_public, photos_of, place_of

RELATED = 3


def load_event(code: str) -> Event:
    """The event with everything its page shows; Http404 without one."""
    photos = EventPhoto.objects.prefetch_related(
        Prefetch("photo", queryset=Photo.objects.prefetch_related("renditions"))
    )
    rows = Event.objects.select_related(
        "organization",
        "resource",
        "venue__town",
        "venue__district__parent__parent",
        "district__parent__parent",
    ).prefetch_related(
        "contacts",
        "schedules",
        "partners",
        "categories",
        "audiences",
        "areas_served",
        Prefetch("photos", queryset=photos),
    )
    heavy = [f"{name}__boundary" for name in ("venue__district", "district", "district__parent")]
    found = rows.defer(*heavy).filter(code=code).first()
    if found is None:
        raise Http404(_("この番号のページはありません。"))
    return found


class EventPage:
    """`event` as `viewer` may see it at the moment `now`."""

    def __init__(
        self,
        event: Event,
        viewer: Viewer = Viewer.PUBLIC,
        now: datetime | None = None,
        *,
        is_preview: bool = False,
    ) -> None:
        self.event = event
        self.viewer = viewer
        self.now = now or timezone.localtime()
        self.is_preview = is_preview

    @property
    def name(self) -> str:
        return self.event.title

    @property
    def kind(self) -> str:
        return str(EventKind(self.event.kind).label)

    @property
    def is_public(self) -> bool:
        return is_public(self.event) and not self.is_preview

    # Where and by whom

    @cached_property
    def place(self) -> Place:
        return place_of(self.event, self.viewer)

    @property
    def district(self) -> Area | None:
        """The district, where it may be known."""
        return self.place.district

    @property
    def organization(self) -> Organization | None:
        return organizer_of(self.event)

    @cached_property
    def themes(self) -> list[str]:
        """The kinds it belongs to, by name."""
        return [row.name for row in self.event.categories.all()]

    @cached_property
    def partners(self) -> list[Organization]:
        return [row for row in self.event.partners.all() if is_public_organization(row)]

    @property
    def resource(self) -> Resource | None:
        """The activity it belongs to, where that is public."""
        resource = self.event.resource
        return resource if resource is not None and is_public_entry(resource) else None

    @cached_property
    def contacts(self) -> list[Contact]:
        return contacts_of(self.event.contacts.all(), self.viewer)

    @property
    def phone(self) -> str:
        """The first number this visitor may call; empty without one."""
        return next((contact.phone for contact in self.contacts if contact.phone), "")

    @cached_property
    def photos(self) -> list[Any]:
        return photos_of(self.event)

    @property
    def directions_url(self) -> str:
        """A way there, on a map of another site; only to places that may be known exactly."""
        place = self.place
        if not place.has_point or not place.address:
            return ""
        return f"https://www.openstreetmap.org/directions?to={place.lat:.5f}%2C{place.lng:.5f}"

    # When

    @cached_property
    def rows(self) -> list[EventDate]:
        """Every date, in order; of a draft those its timetables will make."""
        if self.is_preview:
            found = rows_planned(self.event)
        else:
            rows = self.event.dates.select_related("venue__town", "venue__district")
            found = list(rows.defer("venue__district__boundary").order_by("date", "start", "pk"))
        for row in found:
            row.event = self.event
        return found

    @cached_property
    def dates(self) -> list[ShownDate]:
        return shown_dates(self.event, self.rows, self.viewer, self.now)

    @property
    def coming(self) -> list[ShownDate]:
        """The next dates, cancelled ones too: who reads of them elsewhere must be told."""
        return self._to_come[:SHOWN]

    @property
    def later(self) -> list[ShownDate]:
        return self._to_come[SHOWN:]

    @property
    def past(self) -> list[ShownDate]:
        return [item for item in self.dates if item.is_over]

    @property
    def _to_come(self) -> list[ShownDate]:
        return [item for item in self.dates if not item.is_over]

    @property
    def has_ended(self) -> bool:
        return bool(self.dates) and not self._to_come

    @cached_property
    def facts(self) -> list[Fact]:
        return facts_of(self.event, self.place, self.rows)

    # Signing up

    @cached_property
    def can_sign_up(self) -> bool:
        """Can anybody sign up here now? Of single dates, for at least one of them."""
        is_here = self.event.signup_policy in (SignUpPolicy.OPEN, SignUpPolicy.APPROVAL)
        return is_here and self.is_public and can_take(self.event, self.rows, self.dates, self.now)

    @property
    def can_sign_up_outside(self) -> bool:
        is_outside = self.event.signup_policy == SignUpPolicy.OUTSIDE and bool(self.event.signup_url)
        return is_outside and self.event.status == EventStatus.PLANNED and not self.has_ended

    @property
    def closed_sentence(self) -> str:
        """Why nobody can sign up; "" where one can, or where other words say it."""
        if self.is_preview or self.can_sign_up or self.event.status != EventStatus.PLANNED:
            return ""
        return closed_sentence(self.event, self.rows, self.now)

    # What stands above the title

    @cached_property
    def warnings(self) -> list[Announcement]:
        """What became of it, the weightiest first."""
        return [*self._states(), *self._changes(), *self._notices()]

    def _states(self) -> Iterable[Announcement]:
        event = self.event
        if self.is_preview:
            yield Announcement("info", _("下書きの見本です"), _("公開されるまで、ほかの人には見えません。"))
        elif not self.is_public:
            title = _("公開を止めています") if event.live else _("下書き")
            yield Announcement("info", title, _("このページは、担当の職員だけに見えています。"))
        if event.status == EventStatus.CANCELLED:
            yield Announcement("error", _("この催しは中止になりました"), event.status_reason)
        elif event.status == EventStatus.POSTPONED:
            later = _("新しい日にちは、決まりしだいこのページでお知らせします。")
            yield Announcement(
                "warning", _("この催しは延期になりました"), f"{event.status_reason} {later}".strip()
            )
        elif self.has_ended:
            yield Announcement("info", _("この催しは終わりました"))

    def _changes(self) -> Iterable[Announcement]:
        """Single dates that are off or moved, while the event as a whole goes on."""
        if self.event.status != EventStatus.PLANNED:
            return
        changed = [item for item in self._to_come if item.date.status != DateStatus.PLANNED]
        for item in changed[:3]:
            words = {"words": when_words(item.date), "state": item.state}
            yield Announcement("warning", _("%(words)s は、%(state)s") % words, item.place)

    def _notices(self) -> Iterable[Announcement]:
        event = self.event
        over = event.notice_until is not None and event.notice_until < self.now.date()
        if event.notice and not over:
            yield Announcement("info", _("お知らせ"), event.notice)

    # Around it

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """ホーム › 催し › 地区: the district leads to its other events."""
        crumbs = [(_("催し"), reverse("events:calendar"))]
        district = self.district
        if district is not None and district.kind != AreaKind.MUNICIPALITY:
            crumbs.append((district.name, district.get_absolute_url()))
        return crumbs

    @cached_property
    def related(self) -> list[DateCard]:
        """Other events to come: of the same group, else of the same district. Two queries, one for the seats."""
        rows = EventDate.objects.listed().taking_place().exclude(event=self.event.pk)
        rows = rows.filter(date__gte=self.now.date()).order_by("date", "start", "pk")
        same = rows.none()
        if self.organization is not None:
            same |= rows.filter(event__organization=self.organization)
        if self.district is not None:
            same |= rows.filter(event__district=self.district)
        found = first_of_each(with_card_data(same)[: RELATED * 10], RELATED)
        return cards_of(found, self.now)
