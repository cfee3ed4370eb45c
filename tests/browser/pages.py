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
    "board": "/board/",
    "board narrowed to nothing": "/board/?q=ぬるぽがっ",
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
from events.choices import DateStatus, OpportunityState
from events.models import Event, EventDate, Opportunity, Report
from events.services.signups import sign_up
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
open_event = events.filter(signup_policy="open", kind="event", organization__members__user__email="group@example.jp").first()
date = open_event.dates.taking_place().order_by("date").first()
mine = sign_up(event=open_event, date=date, name="見本 うめ", phone="03-0000-0000", once="axe").token
post = Opportunity.objects.published().filter(state=OpportunityState.OPEN).order_by("pk").first()
report = Report.objects.published().filter(photos__isnull=False).order_by("pk").first()
gathering = Event.objects.published().filter(kind="gathering", last_date__gte=timezone.localdate()).first()
print(json.dumps({
    "event": events.filter(signup_policy="open").first().get_absolute_url(),
    "sign-up form": f"/e/{open_event.code}/signup/{date.uuid}/",
    "sign-up done": f"/signup/{mine}/done/",
    "own sign-up": f"/signup/{mine}/",
    "gathering": gathering.get_absolute_url(),
    "board post": post.get_absolute_url(),
    "board answer": post.get_absolute_url() + "answer/",
    "report": report.get_absolute_url(),
    "removal": report.get_absolute_url() + "remove/",
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
    "sign-up form",
    "sign-up done",
    "own sign-up",
    "gathering",
    "board post",
    "board answer",
    "report",
    "removal",
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
    page.get_by_role("alert").first.wait_for()


def _join_with_errors(page: Page) -> None:
    page.get_by_role("button", name="次へ").click()
    page.locator("#form-errors").wait_for()


def _mistake_with_errors(page: Page) -> None:
    MistakeScreen(page).send()
    MistakeScreen(page).errors.wait_for()


def _sign_up_with_errors(page: Page) -> None:
    page.get_by_role("button", name="確認へ進む").click()
    page.locator("#form-errors").wait_for()


def _last_look_at_a_sign_up(page: Page) -> None:
    page.get_by_label("お名前").fill("見本 はな")
    page.get_by_label("電話").fill("03-0000-0000")
    page.get_by_label("車いす").check()
    page.get_by_role("button", name="確認へ進む").click()
    page.get_by_role("button", name="申し込む").wait_for()


def _answer_with_errors(page: Page) -> None:
    page.get_by_role("button", name="送る").click()
    page.locator("#form-errors").wait_for()


def _removal_with_errors(page: Page) -> None:
    page.get_by_label("わけ").fill("あ" * 5000)
    page.get_by_role("button", name="公開を止める").click()
    page.locator("#form-errors").wait_for()


#: State → (kind of page it is a state of, how to get into it).
STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "login with an error": ("login", _fail_login),
    "join with errors": ("join activity", _join_with_errors),
    "mistake with errors": ("mistake", _mistake_with_errors),
    "thanks for a mistake": ("mistake", lambda page: MistakeScreen(page).report("木曜日です。")),
    "sign-up with errors": ("sign-up form", _sign_up_with_errors),
    "last look at a sign-up": ("sign-up form", _last_look_at_a_sign_up),
    "answer with errors": ("board answer", _answer_with_errors),
    "removal with errors": ("removal", _removal_with_errors),
}
#: Page for those who are logged in → (kind of page it hangs on, the rest of its address).
LOGGED_IN = {
    "claim": ("entry", "claim/"),
    "introduction for somebody without a group": ("organization", "introduction/"),
    "gathering for somebody without a group": ("gathering", "take-part/"),
}
#: States only a phone has.
PHONE_STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "sheet of events open": ("events", _open_sheet),
    "sheet open": ("filtered", _open_sheet),
    "menu open": ("home", lambda page: Frame(page).open_menu()),
}

PLAIN = [*FIXED, *ASKED]
#: Those most people see.
MAIN = ["home", "found", "entry", "district", "mistake"]


def visit(page: Page, kind: str, addresses: Mapping[str, str]) -> None:
    """Go to a page of that kind, into that state. Nothing of ours comes later than the page itself."""
    base, enter = (STATES | PHONE_STATES).get(kind, (kind, None))
    page.goto(addresses[base])
    if enter:
        enter(page)
