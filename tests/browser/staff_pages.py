"""The staff screens that are ours: where each is, and who opens it. One look at each is enough for axe."""

from __future__ import annotations

#: Name → address. Member of staff of one district.
OF_STAFF = {
    "first screen": "/admin/",
    "review queue": "/admin/register/review/",
    "trusted changes": "/admin/register/review/trusted/",
    "entries": "/admin/register/resources/",
    "groups": "/admin/register/organizations/",
    "registrations": "/admin/register/registrations/",
    "claims": "/admin/register/claims/",
    "mistakes": "/admin/register/mistakes/",
    "duplicates": "/admin/register/duplicates/",
    "duplicates by number": "/admin/register/duplicates/pick/",
    "merges": "/admin/register/duplicates/merges/",
    "confirmations": "/admin/register/verifications/",
    "deleted": "/admin/register/deleted/",
    "imports": "/admin/register/imports/",
    "asks": "/admin/register/asks/",
    "call list": "/admin/register/asks/calls/",
    "answers on paper": "/admin/register/asks/returned/",
    "campaigns": "/admin/register/campaigns/",
    "new campaign": "/admin/register/campaigns/add/",
    "visits": "/admin/register/visits/",
    "visit": "/admin/register/visits/add/",
    "yearly counts": "/admin/register/visits/counts/",
}
#: Screens of those who look after everything.
OF_ADMINISTRATOR = {
    "new import": "/admin/register/imports/upload/",
    "policies": "/admin/register/rhythm/",
    "new policy": "/admin/register/rhythm/add/",
    "invitations": "/admin/invitations/",
    "substitutions": "/admin/substitutions/",
    "mails": "/admin/mails/",
    "resident report": "/admin/residents/",
    "resident targets": "/admin/snippets/members/registrationtarget/",
    "search words": "/admin/search-words/",
    "new search word": "/admin/search-words/add/",
    "shipped search words": "/admin/search-words/shipped/",
    "search tried": "/admin/search-words/try/?q=体操",
    "questions": "/admin/search-words/questions/",
}

#: Asks the prepared site for a row of each kind that Karasuyama's staff may open; prints JSON.
ROWS = """
import json
from areas.models import Area
from directory.models import *
from wagtail.models import WorkflowState
district = Area.objects.districts().get(slug="karasuyama")
here = Resource.objects.filter(district=district)
if not MistakeReport.objects.filter(resource__district=district).exists():
    MistakeReport.objects.create(
        resource=here.published().first(), field_group="schedule", message="木曜日です。", receipt="M-AXE001")
busy = {int(pk) for pk in WorkflowState.objects.filter(
    status="in_progress", content_type__model="resource").values_list("object_id", flat=True)}
pages = {
    "review": ("review/resource", here.filter(pk__in=busy)),
    "record a confirmation": ("resources/verify", here.published()),
    "change a date": ("resources/dates", here.published().filter(occurrences__isnull=False)),
    "registration": ("registrations/inspect", Registration.objects.filter(district=district)),
    "claim": ("claims/decide", Claim.objects.filter(state="waiting")),
    "mistake": ("mistakes/inspect", MistakeReport.objects.filter(resource__district=district)),
    "duplicates side by side": ("duplicates/compare", DuplicateCandidate.objects.filter(
        state="open", first_resource__district=district)),
    "ask": ("asks/phone", VerificationAsk.objects.filter(resource__district=district)),
    "campaign": ("campaigns/inspect", VerificationCampaign.objects.filter(area=district)),
}
print(json.dumps({name: f"/admin/register/{at}/{rows.order_by('pk').first().pk}/"
                  for name, (at, rows) in pages.items() if rows.exists()}))
"""
OF_ROWS = (
    "review",
    "record a confirmation",
    "change a date",
    "registration",
    "claim",
    "mistake",
    "duplicates side by side",
    "ask",
    "campaign",
)
