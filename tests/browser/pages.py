"""The kinds and states of public pages: where each is in the demo content, and how one gets into the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from tests.browser.screens.entry import MistakeScreen
from tests.browser.screens.find import FindScreen
from tests.browser.screens.frame import Frame

#: Name → address.
FIXED = {
    "home": "/",
    "find": "/find/",
    "found": "/find/?q=体操",
    "filtered": "/find/?q=からすやま サロン&weekday=workdays&free=yes",
    "nothing found": "/find/?q=ぬるぽがっ&area=setagaya/karasuyama/karasuyama",
    "near": "/find/near/",
    "districts": "/districts/",
    "municipality": "/areas/setagaya/",
    "area": "/areas/setagaya/karasuyama/",
    "district": "/areas/setagaya/karasuyama/karasuyama/",
    "desk": "/desk/?q=南烏山6丁目",
    "desk candidates": "/desk/?q=池尻4丁目",
    "desk not found": "/desk/?q=どこにもない町",
    "display": "/display/",
    "articles": "/news/",
    "reports": "/reports/",
    "case book": "/reports/cases/",
    "presentations": "/reports/presentations/",
    "events": "/events/",
    "events narrowed": "/events/?when=week&area=setagaya&free=yes",
    "no events": "/events/?kind=meeting&when=2026-01-01",
    "events near": "/events/near/",
    "month of events": "/events/month/",
    "month on paper": "/events/print/",
    "month for the wall": "/events/print/?paper=a3",
    "policy": "/privacy/",
    "login": "/login/",
    "sign-up": "/account/signup/",
    "join": "/join/",
    "forgotten password": "/account/password/reset/",
    "not found": "/r/ZZZZZZ/",
}

#: Asks the prepared site for the addresses whose codes differ from one preparation to the next; prints JSON.
ADDRESSES = """
import json
from django.utils import timezone
from directory.models import Organization, Resource
from directory.services import registrations
from events.choices import DateStatus
from events.models import Event, EventDate
from pages.models import ArticlePage
sent, typing, filled = (registrations.begin(number=n) for n in ("demo-waiting", "demo-typing", "demo-filled"))
row = registrations.find(filled)
row.answers = registrations.find(sent).answers
row.save(update_fields=["answers"])
public = Resource.objects.published().order_by("pk")
entry = public.filter(life_status="active", place_visibility="exact", notice="", photos__isnull=False).first()
paused = public.filter(life_status="paused").first()
events = Event.objects.published().filter(last_date__gte=timezone.localdate()).order_by("pk")
changed = EventDate.objects.filter(event__in=events).exclude(status=DateStatus.PLANNED).order_by("pk").first()
print(json.dumps({
    "event": events.filter(signup_policy="open").first().get_absolute_url(),
    "event with a change": changed.event.get_absolute_url(),
    "entry": entry.get_absolute_url(),
    "paused entry": paused.get_absolute_url(),
    "hidden place": public.filter(place_visibility="hidden").first().get_absolute_url(),
    "notice": public.exclude(notice="").first().get_absolute_url(),
    "print": entry.get_absolute_url() + "print/",
    "print of a pause": paused.get_absolute_url() + "print/",
    "read": entry.get_absolute_url() + "read/",
    "mistake": entry.get_absolute_url() + "mistake/",
    "organization": Organization.objects.published().order_by("pk").first().get_absolute_url(),
    "join group": f"/join/{typing}/1/",
    "join activity": f"/join/{typing}/2/",
    "join contact": f"/join/{filled}/3/",
    "join check": f"/join/{filled}/check/",
    "join done": f"/join/{sent}/done/",
    "article": ArticlePage.objects.live().order_by("pk").first().url,
}))
"""
ASKED = (
    "event",
    "event with a change",
    "entry",
    "paused entry",
    "hidden place",
    "notice",
    "print",
    "print of a pause",
    "read",
    "mistake",
    "organization",
    "join group",
    "join activity",
    "join contact",
    "join check",
    "join done",
    "article",
)


def _open_sheet(page: Page) -> None:
    FindScreen(page).open_sheet()


def _fail_login(page: Page) -> None:
    page.fill("main input[name=login]", "nobody@example.jp")
    page.fill("main input[type=password]", "chigau-aikotoba-1")
    page.locator("main input[type=password]").press("Enter")
    page.wait_for_load_state()


def _join_with_errors(page: Page) -> None:
    page.get_by_role("button", name="次へ").click()
    page.wait_for_load_state()


def _claim(page: Page) -> None:
    address = page.url
    page.goto("/login/")
    page.fill("main input[name=login]", "resident@example.jp")
    page.fill("main input[type=password]", "tsunagu-demo")
    page.locator("main input[type=password]").press("Enter")
    page.wait_for_load_state()
    page.goto(f"{address}claim/")
    page.wait_for_selector("h1:text('この団体の方へ')")


#: State → (kind of page it is a state of, how to get into it).
STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "login with an error": ("login", _fail_login),
    "join with errors": ("join activity", _join_with_errors),
    "claim": ("entry", _claim),
    "mistake with errors": ("mistake", lambda page: MistakeScreen(page).send()),
    "thanks for a mistake": ("mistake", lambda page: MistakeScreen(page).report("木曜日です。")),
}
#: States only a phone has.
PHONE_STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "sheet of events open": ("events", _open_sheet),
    "sheet open": ("filtered", _open_sheet),
    "menu open": ("home", lambda page: Frame(page).open_menu()),
}

PLAIN = [*FIXED, *ASKED]
KINDS = [*PLAIN, *STATES]
PHONE_KINDS = [*KINDS, *PHONE_STATES]
#: Those most people see.
MAIN = ["home", "found", "entry", "district", "mistake"]


def visit(page: Page, kind: str, addresses: Mapping[str, str]) -> None:
    """Go to a page of that kind, into that state, and wait until it stands still."""
    base, enter = (STATES | PHONE_STATES).get(kind, (kind, None))
    page.goto(addresses[base])
    if enter:
        enter(page)
    page.wait_for_load_state("networkidle")
