"""Calendars and feeds of events, feeds of reports. Answered to everybody alike; "nothing new" in a few bytes (304).

A question that cannot be read is refused: a subscription that silently widened would fill somebody's calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Organization
from directory.views.access import canonical_code, final_of
from directory.visibility import is_public_organization

from ..exporters.feeds import event_item, feed_of, report_item
from ..exporters.ical import calendar_of
from ..feed_marks import mark_of_events, mark_of_reports
from ..feed_rows import reports_with_feed_rows, with_feed_rows
from ..models import Event, EventDate, Report
from ..querysets import EventQuerySet, ReportQuerySet
from ..questions import EventQuestion
from ..report_filters import ReportQuestion

#: A calendar keeps what is just over: who looks back a month finds what took place.
LOOK_BACK = dt.timedelta(days=31)
#: A feed is what is new.
MOST_ITEMS = 50
_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


@require_safe
def event_calendar(request: HttpRequest, code: str) -> HttpResponseBase:
    """All dates of one event."""
    right = canonical_code(code)
    if right != code:
        return redirect("events:event_ics", code=right, permanent=True)
    asked = Event.objects.published().filter(code=right)

    def drawn() -> bytes:
        event = with_feed_rows(asked).first()
        if event is None:
            raise Http404(_("この番号のページはありません。"))
        return calendar_of([event], name=event.title, absolute=request.build_absolute_uri)

    return _calendar(request, _mark_of_events(request, asked), drawn, right)


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponseBase:
    """The dates a question asks for: of a district, a group, a saved filter. For subscribing."""
    question, group = _event_question(request), _group(request)
    since = timezone.localdate() - LOOK_BACK
    asked = _asked_events(question, group, since)

    def drawn() -> bytes:
        events = with_feed_rows(asked).order_by("first_date", "pk")
        name = _named(_("催し"), question.title, group)
        return calendar_of(events, name=name, absolute=request.build_absolute_uri, since=since)

    return _calendar(request, _mark_of_events(request, asked), drawn, "events")


@require_safe
def events_feed(request: HttpRequest, format_name: str) -> HttpResponseBase:
    """Events that are not over, the newest first."""
    question, group = _event_question(request), _group(request)
    today = timezone.localdate()
    asked = _asked_events(question, group, today)

    def drawn() -> bytes:
        events = with_feed_rows(asked.order_by("-created_at", "-pk"), since=today)
        items = [event_item(event, request.build_absolute_uri, today) for event in events[:MOST_ITEMS]]
        return feed_of(
            format_name,
            items,
            title=_named(_("催し"), question.title, group),
            about=_("地域の催しのお知らせです。"),
            page=request.build_absolute_uri(_page("events:calendar", question.query_string, group)),
            feed=request.build_absolute_uri(),
        )

    return _answer(request, _mark_of_events(request, asked), drawn, _TYPES[format_name])


@require_safe
def reports_feed(request: HttpRequest, format_name: str) -> HttpResponseBase:
    """Reports, the latest first."""
    question, group = ReportQuestion.of(request.GET), _group(request)
    _refuse(question.problems)
    asked = _asked_reports(question, group)

    def drawn() -> bytes:
        reports = reports_with_feed_rows(asked).order_by("-date", "-pk")
        items = [report_item(report, request.build_absolute_uri) for report in reports[:MOST_ITEMS]]
        said = _("・").join(words for _param, words, _url in question.words)
        return feed_of(
            format_name,
            items,
            title=_named(_("活動報告"), said, group),
            about=_("地域の活動の報告です。"),
            page=request.build_absolute_uri(_page("events:reports", question.query().lstrip("?"), group)),
            feed=request.build_absolute_uri(),
        )

    mark = mark_of_reports(asked, timezone.localdate(), request.build_absolute_uri())
    return _answer(request, mark, drawn, _TYPES[format_name])


def _event_question(request: HttpRequest) -> EventQuestion:
    question = EventQuestion.from_params(request.GET, timezone.localdate())
    _refuse(question.problems)
    return question.without("when")


def _refuse(problems: tuple[str, ...]) -> None:
    if problems:
        raise BadRequest(problems[0])


def _group(request: HttpRequest) -> Organization | None:
    """The organization of `?group=7K3QF`; of one that went into another one, that."""
    typed = request.GET.get("group", "")
    if not typed:
        return None
    found = Organization.objects.filter(code=canonical_code(typed)).first()
    group = final_of(found) if found is not None else None
    if group is None or not is_public_organization(group):
        raise Http404(_("この団体のページはありません。"))
    return group


def _asked_events(question: EventQuestion, group: Organization | None, since: dt.date) -> EventQuerySet:
    dates = question.narrowed(EventDate.objects.published().filter(date__gte=since))
    events = Event.objects.published().filter(pk__in=dates.order_by().values("event"))
    return events.of_organization(group) if group is not None else events


def _asked_reports(question: ReportQuestion, group: Organization | None) -> ReportQuerySet:
    rows = question.narrowed(Report.objects.published())
    return rows.of_organization(group) if group is not None else rows


def _mark_of_events(request: HttpRequest, asked: EventQuerySet) -> str:
    return mark_of_events(asked, timezone.localdate(), request.build_absolute_uri())


def _named(what: str, conditions: str, group: Organization | None) -> str:
    """「催し(烏山地区・無料)」."""
    said = _("・").join(text for text in (group.name if group is not None else "", conditions) if text)
    return _("%(what)s(%(said)s)") % {"what": what, "said": said} if said else what


def _page(url_name: str, query: str, group: Organization | None) -> str:
    """The page for people that shows the same."""
    if group is not None:
        return group.get_absolute_url()
    return reverse(url_name) + (f"?{query}" if query else "")


def _calendar(request: HttpRequest, mark: str, drawn: Callable[[], bytes], name: str) -> HttpResponseBase:
    response = _answer(request, mark, drawn, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _answer(
    request: HttpRequest, mark: str, drawn: Callable[[], bytes], content_type: str
) -> HttpResponseBase:
    """What `drawn` gives, or 304 to who has this state already, without drawing it.

    Always asked again: what was taken away must vanish at once. The mark is a weak one (RFC 9110 8.8.1): it stands
    for the same rows, not for the same bytes.
    """
    etag = f'W/"{mark}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        drawn(), content_type=content_type
    )
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
