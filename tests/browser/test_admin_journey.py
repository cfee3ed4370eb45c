"""A member of staff enters a salon, sees its dates, publishes it; then cancels one date. In a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.logins import STAFF, LogIn


@pytest.fixture
def staff(desktop: Page, log_in: LogIn) -> Page:
    """The first screen of somebody who looks after 烏山."""
    log_in(desktop, STAFF).goto("/admin/")
    return desktop


def test_a_salon_is_entered_published_and_one_date_cancelled(staff: Page) -> None:
    page = staff
    page.get_by_role("link", name="地域資源を追加").click()
    page.fill("#id_name", "木曜ひだまりサロン")
    page.check("input[name=categories] >> nth=0")
    page.get_by_role("tab", name="いつ").click()
    page.click("#id_schedules-ADD")
    page.check("#id_schedules-0-how input[value=nth]")
    for week in ("2", "4"):
        page.check(f"#id_schedules-0-ordinals input[value='{week}']")
    page.check("#id_schedules-0-weekdays input[value='3']")
    page.fill("#id_schedules-0-start_1", "13:30")
    page.fill("#id_schedules-0-end_1", "15:30")
    page.select_option("#id_schedules-0-holidays", "off")
    understood = page.locator("[data-understood]")
    expect(understood).to_contain_text("第2・第4木曜日 13:30〜15:30(祝日は休み)")
    expect(understood.locator("li")).to_have_count(6)
    # Only the boxes that matter are there.
    expect(page.locator("#id_schedules-0-dates")).to_be_hidden()

    page.get_by_role("tab", name="どこで").click()
    page.select_option("#id_district", label="烏山地区")
    page.locator("footer button:not([name])").last.click()
    page.locator("button[name=action-publish]").click(no_wait_after=True)
    expect(page.get_by_text("「木曜ひだまりサロン」を公開しました。")).to_be_visible()

    page.locator(".messages").get_by_role("link", name="編集").click()
    page.get_by_role("link", name="1日だけの変更").click()
    page.get_by_label("中止する").check()
    page.select_option("#id_occurrence", index=1)
    page.fill("#id_reason", "会場の工事のため")
    page.get_by_role("button", name="変更する").click()
    expect(page.get_by_text("変更しました。公開のページにすぐ出ます。")).to_be_visible()
    expect(page.get_by_role("button", name="取り消す")).to_be_visible()
    page.get_by_role("link", name="もどる").click()
    page.get_by_role("link", name="確認を記録").click()
    page.get_by_label("電話").check()
    page.get_by_role("button", name="記録する").click()
    expect(page.get_by_text("確認を記録しました。")).to_be_visible()


def test_a_pasted_text_is_understood_while_one_looks(staff: Page) -> None:
    page = staff
    page.goto("/admin/register/resources/add/")
    page.get_by_role("tab", name="いつ").click()
    page.click("#id_schedules-ADD")
    page.check("#id_schedules-0-entry input[value=text]")
    page.fill("#id_schedules-0-original_text", "毎週火・金曜 10時〜12時(祝日休み)")
    expect(page.locator("[data-understood]")).to_contain_text("毎週火・金曜日 10:00〜12:00(祝日は休み)")
    page.fill("#id_schedules-0-original_text", "気が向いたら")
    expect(page.locator("[data-understood]")).to_contain_text("理解できませんでした")
