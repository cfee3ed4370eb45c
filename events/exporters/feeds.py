"""Events and reports as RSS 2.0 and Atom. One item is one event or report: what becomes of it, its item tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from directory.exporters.plain_text import carried
from directory.japanese_dates import full_date
from directory.visibility import public_organization

from ..choices import EventKind, EventStatus
from ..date_words import date_words, notice_on, titled, where_words
from ..models import Event, Report
from ..visibility import district_of

Absolute = Callable[[str], str]

#: As many dates as an item names; the page has them all.
MOST_DATES = 6
#: What an empty feed is dated, so that it stays the same file.
_BEGINNING = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class _Steady(SyndicationFeed):
    """Without items, not dated now: the same facts are the same bytes."""

    def latest_post_date(self) -> dt.datetime:
        return max([_BEGINNING, *(item["updateddate"] for item in self.items)])


class RssFeed(_Steady, Rss201rev2Feed):
    """RSS 2.0."""


class AtomFeed(_Steady, Atom1Feed):
    """Atom (RFC 4287)."""


FORMATS: dict[str, type[_Steady]] = {"rss": RssFeed, "atom": AtomFeed}


@dataclass(frozen=True)
class Item:
    """One entry of a feed. `lines` are plain text; `uid` never changes."""

    uid: str
    title: str
    url: str
    lines: tuple[str, ...]
    published: dt.datetime
    updated: dt.datetime
    author: str = ""
    themes: tuple[str, ...] = ()


def feed_of(
    format_name: str, items: Iterable[Item], *, title: str, about: str, page: str, feed: str
) -> bytes:
    """A feed as bytes. `page` is the address of the page that shows the same, `feed` its own."""
    writer = FORMATS[format_name](
        title=carried(title),
        link=page,
        description=carried(about),
        language="ja",
        feed_url=feed,
        feed_guid=feed,
    )
    for item in items:
        writer.add_item(
            title=carried(item.title),
            link=item.url,
            description=_html(item.lines),
            unique_id=item.uid,
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=max(item.updated, item.published),
            author_name=carried(item.author) or None,
            categories=[carried(theme) for theme in item.themes],
        )
    buffer = BytesIO()
    writer.write(buffer, "utf-8")
    return buffer.getvalue()


def event_item(event: Event, absolute: Absolute, today: dt.date) -> Item:
    """An event (read by `feed_rows.with_feed_rows` from `today` on): its dates from `today` on, where, and what became of it."""
    organization = public_organization(event)
    return Item(
        uid=f"urn:uuid:{event.uuid}",
        title=titled(event.title, event.status),
        url=absolute(event.get_absolute_url()),
        lines=tuple(_event_lines(event, today)),
        published=_published(event),
        updated=max([event.updated_at, *(row.updated_at for row in event.dates.all())]),
        author=organization.name if organization else "",
        themes=(str(EventKind(event.kind).label),),
    )


def report_item(report: Report, absolute: Absolute) -> Item:
    """A report (read by `feed_rows.reports_with_feed_rows`)."""
    organization, district = public_organization(report), district_of(report)
    where = _("地区:%(name)s") % {"name": district.name} if district is not None else ""
    when = _("活動した日:%(day)s") % {"day": full_date(report.date)}
    return Item(
        uid=f"urn:uuid:{report.uuid}",
        title=report.title,
        url=absolute(report.get_absolute_url()),
        lines=tuple(line for line in (when, where, report.summary) if line),
        published=_published(report),
        updated=report.updated_at,
        author=organization.name if organization else "",
        themes=tuple(theme.name for theme in report.themes.all()),
    )


def _event_lines(event: Event, today: dt.date) -> list[str]:
    coming = [row for row in event.dates.all() if row.date >= today]
    lines = [date_words(event, row) for row in coming[:MOST_DATES]]
    if len(coming) > MOST_DATES:
        lines.append(_("ほか%(count)d回") % {"count": len(coming) - MOST_DATES})
    if event.status != EventStatus.PLANNED and event.status_reason:
        lines.insert(0, _("理由:%(reason)s") % {"reason": event.status_reason})
    said = (where_words(event), notice_on(event, today), event.summary)
    return [*lines, *(text for text in said if text)]


def _published(thing: Event | Report) -> dt.datetime:
    return thing.first_published_at or thing.created_at


def _html(lines: Iterable[str]) -> str:
    """The lines as the HTML readers take a description for."""
    marked = format_html_join("", "{}<br>", ((carried(line),) for line in lines))
    return format_html("<p>{}</p>", marked)
