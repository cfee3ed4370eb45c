"""An event's life by hand: posted from a phone, approved, signed up for, given up, and somebody moves up."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.logins import GROUP, STAFF, LogIn
from tests.browser.screens.forms import press_until_taken
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import PHONE

#: A Friday far enough away for every deadline.
TITLE = "旅のはなしの会"
STATES = (
    "from events.models import SignUp; "
    f"print(sorted(SignUp.objects.filter(event__title='{TITLE}').values_list('name', 'state')))"
)
DAY = (dt.date.today() + dt.timedelta(days=21)).isoformat()


@pytest.fixture
def group_code(site_url: str, site_shell: SiteShell) -> str:
    return site_shell(
        "from directory.models import Organization\n"
        "print(Organization.objects.get(members__user__email='group@example.jp').code)"
    )


def post_event(page: Page, code: str, title: str, capacity: str) -> None:
    """From the desk to 「審査に出す」. What is missing is asked for, and nothing typed is lost."""
    page.goto(f"/group/{code}/events/new/")
    page.get_by_label("題名").fill(title)
    page.get_by_label("日にち", exact=False).first.fill(DAY)
    page.get_by_label("はじまり").fill("14:00")
    page.get_by_label("おわり").fill("16:00")
    page.locator("input[type=radio][value=open]").check()
    page.get_by_label("定員").fill(capacity)
    page.get_by_role("button", name="審査に出す").click()
    expect(page.locator("#form-errors")).to_contain_text("会場を選ぶか")
    expect(page.get_by_label("題名")).to_have_value(title)
    page.get_by_label("ひとこと紹介").fill("旅の写真を見ながら話します。")
    page.locator("input[name=venue]").nth(1).check()
    page.get_by_role("button", name="審査に出す").click()
    expect(page.get_by_text("審査中").first).to_be_visible()


def approve(page: Page, title: str) -> None:
    page.goto("/admin/register/review/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="承認して公開する").click()
    expect(page.get_by_text(f"「{title}」:承認しました。")).to_be_visible()


def sign_up(page: Page, address: str, name: str) -> str:
    """From the page of the event to the number of the receipt. Returns what the last page says."""
    page.goto(address)
    page.get_by_role("link", name="申し込む").first.click()
    page.get_by_label("お名前").fill(name)
    page.get_by_label("電話").fill("03-0000-0000")
    page.get_by_role("button", name="確認へ進む").click()
    expect(page.get_by_text(name).first).to_be_visible()
    press_until_taken(page, "申し込む", lambda: page.url.endswith("/done/"))
    expect(page.get_by_text("受付番号").first).to_be_visible()
    return page.locator("main").inner_text()


def test_from_the_phone_of_the_group_to_the_one_who_moves_up_and_comes(
    open_page: OpenPage, group_code: str, log_in: LogIn, site_shell: SiteShell
) -> None:
    group = log_in(open_page(viewport=PHONE, has_touch=True), GROUP)
    post_event(group, group_code, TITLE, capacity="1")
    approve(log_in(open_page(), STAFF), TITLE)
    address = site_shell(
        f"from events.models import Event; print(Event.objects.get(title='{TITLE}').get_absolute_url())",
    )

    first = open_page(viewport=PHONE, java_script_enabled=False)
    assert "申込みを受け付けました" in sign_up(first, address, "はな")
    second = open_page(viewport=PHONE, has_touch=True)
    assert "空き待ちで受け付けました" in sign_up(second, address, "うめ")

    first.get_by_role("link", name="申込みの確認・取消しのページ").click()
    give_up(first)
    second.get_by_role("link", name="申込みの確認・取消しのページ").click()
    expect(second.get_by_text("参加できます").first).to_be_visible()

    site_shell(
        "from django.utils import timezone; from events.models import EventDate; "
        f"print(EventDate.objects.filter(event__title='{TITLE}').update(date=timezone.localdate()))",
    )
    door(group, group_code, address)
    assert site_shell(STATES) == "[('うめ', 'attended'), ('はな', 'cancelled')]"


def give_up(page: Page) -> None:
    """Opening the page changes nothing; its button does."""
    for _press in range(3):
        page.locator("main").get_by_role("button", name=re.compile("取り消す|取消")).first.click()
        page.wait_for_load_state()
        if "取り消しました" in page.locator("main").inner_text():
            return
    expect(page.get_by_text("取り消しました").first).to_be_visible()


def door(page: Page, code: str, address: str) -> None:
    """On the day: one press for who came."""
    page.goto(f"/group/{code}/events/{address.strip('/').split('/')[-1]}/")
    page.locator("main a[href*='-']", has_text=re.compile("月.*日")).first.click()
    page.get_by_role("button", name=re.compile("来ました|来た")).first.click()
    page.wait_for_load_state()
