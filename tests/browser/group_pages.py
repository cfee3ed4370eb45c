"""The pages of a group's desk, and where the demo's group has what they are about."""

#: Name → address; what stands in braces comes from `PLACES`.
PAGES = {
    "desk": "{desk}",
    "new entry": "{desk}new/",
    "members": "{desk}members/",
    "profile": "{desk}profile/",
    "entry": "{it}",
    "content of an entry": "{it}edit/content/",
    "when of an entry": "{it}edit/when/",
    "where of an entry": "{it}edit/where/",
    "joining of an entry": "{it}edit/join/",
    "contact of an entry": "{it}edit/contact/",
    "photos": "{it}photos/",
    "pause": "{it}pause/",
    "room": "{it}room/",
    "notice": "{it}notice/",
    "dates": "{it}dates/",
    "closing": "{it}close/",
    "preview": "{it}preview/",
    "events": "{desk}events/",
    "new event": "{desk}events/new/",
    "event": "{at}edit/",
    "preview of an event": "{at}preview/",
    "event now": "{at}now/",
    "sign-ups": "{at}",
    "sign-up typed in": "{at}signup/",
    "message": "{at}message/",
    "message sent": "{at}message/{sent}/",
    "door": "{at}{date}/",
    "list on paper": "{at}{date}/sheet/",
    "attendance": "{desk}events/{past}/attendance/",
    "grant": "{desk}grant/",
    "gatherings": "{desk}gatherings/",
    "card": "{desk}gatherings/{gathering}/",
    "groups of a gathering": "{desk}gatherings/{gathering}/people/",
    "posts": "{desk}board/",
    "new post": "{desk}board/new/",
    "post with an answer": "{desk}board/{post}/",
    "post": "{desk}board/{post}/edit/",
    "introductions": "{desk}introductions/",
    "new introduction": "{desk}introductions/new/{other}/",
    "introduction": "{desk}introductions/{introduction}/",
    "reports": "{desk}reports/",
    "new report": "{desk}reports/new/",
    "report": "{desk}reports/{report}/",
    "report written": "{desk}reports/{report}/edit/",
    "photos of a report": "{desk}reports/{report}/photos/",
    "preview of a report": "{desk}reports/{report}/preview/",
}

#: Asks the prepared site for it; prints JSON. Puts an answer to the group's post and a message to who signed up there.
PLACES = """
import json
from django.utils import timezone
from wagtail.models import WorkflowState
from directory.models import Organization, Resource
from events.models import Event, EventDate, Introduction, Opportunity, Report
from events.services.board_answers import answer_post
from events.services.messages import send_message
from members.models import User
user = User.objects.get(email="group@example.jp")
own = Organization.objects.get(members__user=user)
other = Organization.objects.published().exclude(pk=own.pk).exclude(introductions_received__from_organization=own).last()
busy = set(WorkflowState.objects.filter(status="in_progress").values_list("object_id", flat=True))
entries = Resource.objects.published().filter(organization=own, occurrences__isnull=False).order_by("pk").distinct()
entry = next(row for row in entries if str(row.pk) not in busy)
event = Event.objects.published().filter(organization=own, kind="event", signup_policy="open").order_by("pk").first()
date = event.dates.taking_place().order_by("date").first()
event.save_revision()  # something to preview
past = EventDate.objects.filter(event__organization=own, attendance__isnull=False).order_by("pk").first()
sent, _is_new = send_message(event=event, date=date, subject="持ち物", body="水筒をお持ちください。", by=user, once="axe")
gathering = Event.objects.published().filter(kind="gathering", last_date__gte=timezone.localdate()).first()
post = Opportunity.objects.published().filter(organization=own, state="open").order_by("pk").first()
answer_post(opportunity=post, name="見本 うめ", message="手伝えます。", email="", phone="03-0000-0000", once="axe")
introduction = Introduction.objects.filter(from_organization=own, state="introduced").first()
report = Report.objects.published().filter(organization=own).order_by("pk").first()
print(json.dumps({
    "desk": f"/group/{own.code}/",
    "it": f"/group/{own.code}/{entry.code}/",
    "at": f"/group/{own.code}/events/{event.code}/",
    "date": str(date.uuid),
    "past": f"{past.event.code}/{past.uuid}",
    "sent": sent.pk,
    "gathering": gathering.code,
    "post": post.code,
    "other": other.code,
    "introduction": introduction.code,
    "report": report.code,
}))
"""
