"""Pictures of the staff screens for the handbook, into docs/images/handbook/: small, few colours, in Japanese."""

from __future__ import annotations

import io
import json
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from scripts.site_server import manage

#: Logins of the demo, and the password they share.
STAFF, ADMINISTRATOR, GROUP = "staff@example.jp", "admin@example.jp", "group@example.jp"
PASSWORD = "tsunagu-demo"
SIZE, PHONE = {"width": 1000, "height": 760}, {"width": 360, "height": 720}
#: Enough for a screen without photos; keeps a picture far under 150 kB.
COLOURS = 64

#: Name of the picture → (who looks, at what). {names} are asked of the prepared site.
PICTURES = {
    "work-list": (STAFF, "/admin/"),
    "review-queue": (STAFF, "/admin/register/review/"),
    "review": (STAFF, "/admin/register/review/resource/{review}/"),
    "campaign": (STAFF, "/admin/register/campaigns/inspect/{campaign}/"),
    "call-list": (STAFF, "/admin/register/asks/calls/"),
    "phone-script": (STAFF, "/admin/register/asks/phone/{call}/"),
    "duplicates": (STAFF, "/admin/register/duplicates/compare/{duplicate}/"),
    "yearly-counts": (STAFF, "/admin/register/visits/counts/"),
    "invitations": (ADMINISTRATOR, "/admin/invitations/"),
    "events": (STAFF, "/admin/register/events/"),
    "sign-ups": (STAFF, "{door}"),
    "gathering": (STAFF, "{gathering}"),
    "introduction": (STAFF, "{introduction}"),
    "reports": (STAFF, "/admin/register/reports/"),
}
ON_A_PHONE = {
    "visit": (STAFF, "/admin/register/visits/add/"),
    "event-form": (GROUP, "/group/{group}/events/new/"),
    "report-form": (GROUP, "/group/{group}/reports/new/"),
}

KEYS = """
import json
from areas.models import Area
from directory.models import (
    DuplicateCandidate, Organization, Resource, VerificationAsk, VerificationCampaign)
from django.urls import reverse
from events.models import Event, Gathering, Introduction
from wagtail.models import WorkflowState
district = Area.objects.districts().get(slug="karasuyama")
busy = [int(pk) for pk in WorkflowState.objects.filter(
    status="in_progress", content_type__model="resource").values_list("object_id", flat=True)]
first = lambda rows: rows.order_by("pk").first().pk
there = lambda name, rows: reverse(name, args=[first(rows)])
print(json.dumps({
    "review": first(Resource.objects.filter(pk__in=busy, district=district, live=True)),
    "campaign": first(VerificationCampaign.objects.filter(area=district)),
    "call": first(VerificationAsk.objects.filter(resource__district=district, state="call")),
    "duplicate": first(DuplicateCandidate.objects.filter(state="open", first_resource__district=district)),
    "door": there("events_signups:show", Event.objects.filter(district=district, signups__isnull=False)),
    "gathering": there("events_gatherings:show", Gathering.objects.filter(event__district=district)),
    "introduction": there("events_introductions:show", Introduction.objects.filter(district=district)),
    "group": Organization.objects.get(members__user__email="group@example.jp").code,
}))
"""


def take_staff(browser: Browser, url: str, var: Path, folder: Path) -> None:
    """Write one PNG per screen of the site served at `url` from `var`."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = json.loads(manage(var, "shell", "-c", KEYS).splitlines()[-1])
    for person in (STAFF, ADMINISTRATOR, GROUP):
        page = _logged_in(browser, url, person)
        for size, pictures in ((SIZE, PICTURES), (PHONE, ON_A_PHONE)):
            page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
            for name, (who, path) in pictures.items():
                if who == person:
                    page.goto(path.format(**keys), wait_until="networkidle")
                    _write(page, folder / f"{name}.png")
        page.context.close()


def _logged_in(browser: Browser, url: str, address: str) -> Page:
    context = browser.new_context(base_url=url, locale="ja-JP", timezone_id="Asia/Tokyo")
    # The menu takes a quarter of such a narrow screen.
    context.add_cookies([{"name": "wagtail_sidebar_collapsed", "value": "1", "url": url}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    start = "/mypage/" if address == GROUP else "/admin/"
    page.goto(start)
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{start}")
    return page


def _write(page: Page, path: Path) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT).save(path, optimize=True)
    print(path.parent.name, path.name, f"{path.stat().st_size // 1000} kB")
