"""A reviewer reads what a group sent, on a phone and on a desk, by hand and by keyboard; axe looks on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_no_sideways_scrolling, assert_ours_is_accessible
from tests.browser.conftest import OpenPage
from tests.browser.logins import STAFF, LogIn
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import PHONE

Opened = Callable[[Page, str], int]

#: A group with its first entry, and a changed entry, wait once more.
WAITING = """
from areas.models import Area
from directory.models import Organization, Resource
from directory.services.review import ensure_workflow
ensure_workflow()
district = Area.objects.districts().get(slug="karasuyama")
group = Organization.objects.create(name="{name}の会", live=False, status="registered")
group.areas.set([district]); group.save()
first = Resource.objects.create(name="{name}サロン", organization=group, district=district, live=False)
changed = Resource.objects.published().filter(district=district, workflow_states__isnull=True).order_by("pk").last()
changed.bring = "うわばきと{name}"
for row in (group, first, changed):
    row.save_revision()
    row = type(row).objects.get(pk=row.pk)
    row.get_workflow().start(row, None)
print(changed.pk)
"""


@pytest.fixture
def opened(log_in: LogIn, site_shell: SiteShell) -> Opened:
    """`opened(page, name)`: staff on the first screen, where `name`'s group waits. Returns the key of the changed entry."""

    def _opened(page: Page, name: str) -> int:
        changed = int(site_shell(WAITING.replace("{name}", name)))
        log_in(page, STAFF).goto("/admin/")
        return changed

    return _opened


@pytest.fixture
def small(open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, has_touch=True)


def test_a_registration_is_approved_on_a_phone(small: Page, opened: Opened, site_shell: SiteShell) -> None:
    page = small
    opened(page, "でんわ")
    assert_ours_is_accessible(page)
    page.get_by_role("link", name="審査を待つもの").click()
    expect(page.get_by_text("いっしょに審査:でんわサロン")).to_be_visible()
    assert_ours_is_accessible(page)
    assert_no_sideways_scrolling(page)
    page.get_by_role("link", name="でんわの会").click()
    expect(page.get_by_role("heading", name="でんわサロン")).to_be_visible()
    assert_ours_is_accessible(page)
    assert_no_sideways_scrolling(page)
    page.get_by_role("link", name="決めるところへ進む").click()
    expect(page.get_by_label("「でんわサロン」もいっしょに承認する")).to_be_checked()
    page.get_by_role("button", name="承認して公開する").click()
    expect(page.get_by_text("「でんわの会」:承認しました。")).to_be_visible()
    public = site_shell(PUBLIC.replace("{name}", "でんわ"))
    assert public == "True True"


PUBLIC = """
from directory.models import Organization, Resource
print(Organization.objects.published().filter(name="{name}の会").exists(),
      Resource.objects.published().filter(name="{name}サロン").exists())
"""


def test_a_change_is_returned_by_keyboard_and_a_late_click_finds_it_decided(
    desktop: Page, opened: Opened
) -> None:
    page = desktop
    changed = opened(page, "つくえ")
    page.goto(f"/admin/register/review/resource/{changed}/")
    expect(page.get_by_text("うわばきとつくえ")).to_be_visible()
    assert_ours_is_accessible(page)
    twin = page.context.new_page()
    twin.goto(page.url)

    page.get_by_role("button", name="差し戻す").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text("直してほしいことを書いてください。")).to_be_visible()
    assert_ours_is_accessible(page)
    page.get_by_label("費用がいくらか、無料かを書いてください。").focus()
    page.keyboard.press("Space")
    page.get_by_label("団体へのことば").focus()
    page.keyboard.type("よろしくお願いします。")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="差し戻す")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("差し戻しました。")).to_be_visible()

    twin.get_by_role("button", name="承認して公開する").click()
    expect(twin.get_by_text("ほかの人が先に決めました")).to_be_visible()
    expect(twin.get_by_text("費用がいくらか、無料かを書いてください。")).to_be_visible()
    assert_ours_is_accessible(twin)
    twin.close()


def test_several_rows_are_verified_from_the_list_on_a_phone(
    small: Page, opened: Opened, site_shell: SiteShell
) -> None:
    page = small
    opened(page, "まとめ")
    page.goto("/admin/register/resources/")
    assert_no_sideways_scrolling(page)
    for number in (0, 1):
        page.locator("[data-bulk-action-checkbox]").nth(number).check()
    page.get_by_role("link", name="選んだものの確認を記録する").click()
    assert_ours_is_accessible(page)
    page.get_by_label("電話").check()
    page.get_by_role("button", name="記録する").click()
    expect(page.get_by_text("確認を記録:2件できました。")).to_be_visible()
