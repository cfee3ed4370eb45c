"""The staff screens of events, the exchange and reports, and the rows of Karasuyama they are about."""

_AT = "/admin/register/"
#: Name → address; what stands in braces comes from `PLACES`.
PAGES = {
    "events": f"{_AT}events/",
    "new event": f"{_AT}events/add/",
    "event": f"{_AT}events/edit/{{event}}/",
    "event now": f"{_AT}events/dates/{{event}}/",
    "sign-ups": f"{_AT}event-signups/{{event}}/",
    "sign-up typed in": f"{_AT}event-signups/{{event}}/signup/",
    "message": f"{_AT}event-signups/{{event}}/message/",
    "door": f"{_AT}event-signups/{{event}}/{{date}}/",
    "attendance": f"{_AT}event-signups/{{past}}/attendance/",
    "grants": f"{_AT}event-signups/grants/",
    "grant": f"{_AT}event-signups/grants/{{group}}/",
    "gatherings": f"{_AT}gatherings/",
    "gathering": f"{_AT}gatherings/show/{{gathering}}/",
    "web of wishes": f"{_AT}gatherings/web/{{gathering}}/",
    "name cards": f"{_AT}gatherings/cards/{{gathering}}/",
    "table signs": f"{_AT}gatherings/signs/{{gathering}}/",
    "introductions": f"{_AT}introductions/",
    "introductions counted": f"{_AT}introductions/counts/",
    "introduction asked for": f"{_AT}introductions/show/{{requested}}/",
    "introduction that waits": f"{_AT}introductions/show/{{asking}}/",
    "introduction made": f"{_AT}introductions/show/{{introduced}}/",
    "board": f"{_AT}board/",
    "new post": f"{_AT}board/add/",
    "post": f"{_AT}board/edit/{{post}}/",
    "reports": f"{_AT}reports/",
    "new report": f"{_AT}reports/add/",
    "report": f"{_AT}reports/edit/{{report}}/",
    "removals": f"{_AT}removals/",
    "removal": f"{_AT}removals/inspect/{{removal}}/",
    "presentations": f"{_AT}presentations/",
    "new presentation": f"{_AT}presentations/add/",
}
#: Those without the frame of the staff screens: for paper, and the same pages as groups have.
WHOLE = (
    "name cards",
    "table signs",
    "sign-ups",
    "sign-up typed in",
    "message",
    "door",
    "attendance",
    "grant",
)

#: Asks the prepared site; prints JSON. Somebody asks to have one report taken away.
PLACES = """
import json
from events.models import Event, EventDate, Gathering, Introduction, Opportunity, Report
from events.services.removals import request_removal
from directory.models import Organization
own = Organization.objects.get(members__user__email="group@example.jp")
event = Event.objects.published().filter(organization=own, kind="event", signup_policy="open").order_by("pk").first()
past = EventDate.objects.filter(event__organization=own, attendance__isnull=False).order_by("pk").first()
introductions = {state: Introduction.objects.filter(district=own.areas.first(), state=state).order_by("pk").first()
                 for state in ("requested", "asking", "introduced")}
reports = Report.objects.published().filter(organization=own).order_by("pk")
removal = request_removal(report=reports.last(), photo=None, reason="", contact="", receipt="AXE23456")
print(json.dumps({
    "event": event.pk,
    "date": str(event.dates.taking_place().order_by("date").first().uuid),
    "past": f"{past.event.pk}/{past.uuid}",
    "group": own.pk,
    "gathering": Gathering.objects.filter(event__organization=own).order_by("pk").first().pk,
    **{state: row.pk for state, row in introductions.items()},
    "post": Opportunity.objects.published().filter(organization=own).order_by("pk").first().pk,
    "report": reports.first().pk,
    "removal": removal.pk,
}))
"""
