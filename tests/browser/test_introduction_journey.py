"""One group asks to meet another one; staff ask both; both agree, one of them without a script; what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_ours_is_accessible, assert_usable_at_every_width
from tests.browser.conftest import OpenPage
from tests.browser.logins import GROUP, STAFF, LogIn
from tests.browser.screens.account import link_mailed_to, new_address
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import PHONE

OURS, THEIRS = "代表 見本はな 03-0000-0000", "受付 見本うめ 03-0000-0001"
PURPOSE = "子ども食堂で使う野菜について相談したいです。"

#: A public group of the same district, reached by its own address only; prints the code of the demo's group and its own.
NEIGHBOUR = """
from directory.models import Organization
from tests.factories.directory import OrganizationContactFactory, OrganizationFactory
own = Organization.objects.get(members__user__email="group@example.jp")
other = OrganizationFactory(name="はたけの会", kana="はたけのかい", areas=list(own.areas.all()))
OrganizationContactFactory(organization=other, email="{address}")
print(own.code, other.code, own.name)
"""
OUTCOME = """
from events.models import Introduction
print(*Introduction.objects.filter(to_organization__code="{code}").values_list("state", "outcome").get())
"""


@pytest.fixture
def small(open_page: OpenPage) -> Page:
    """A phone in the hand of staff."""
    return open_page(viewport=PHONE, has_touch=True)


def test_two_groups_meet_through_staff_and_learn_their_contacts_only_when_both_agreed(
    phone: Page, without_script: Page, small: Page, log_in: LogIn, site_shell: SiteShell, site_var: Path
) -> None:
    address = new_address("hatake")
    own, other, own_name = site_shell(NEIGHBOUR.format(address=address)).split(maxsplit=2)
    ours, theirs, staff = log_in(phone, GROUP), without_script, log_in(small, STAFF)

    _ask(ours, other)
    _take_up(staff, own_name)

    theirs.goto(link_mailed_to(address, site_var))
    expect(theirs.get_by_text(PURPOSE)).to_be_visible()
    _agree(theirs, THEIRS)
    expect(theirs.get_by_text("相手の団体も同意したら")).to_be_visible()

    ours.reload()
    expect(ours.get_by_label("相手に伝える連絡先")).to_be_visible()
    for page, contact in ((ours, THEIRS), (theirs, OURS)):
        assert contact not in page.content(), "One side agreed, and its contact is out"
    assert_usable_at_every_width(ours)
    ours.set_viewport_size(PHONE)
    _agree(ours, OURS)
    expect(ours.get_by_text(THEIRS)).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_text(OURS)).to_be_visible()

    _record_what_came_of_it(staff)
    assert site_shell(OUTCOME.format(code=other)) == "done together"
    ours.goto(f"/group/{own}/introductions/")
    expect(ours.locator("main li", has_text="はたけの会")).to_contain_text("結果を記録しました")


def _ask(page: Page, other: str) -> None:
    """From the public page of the other group; without a reason the form says what is missing."""
    page.goto(f"/o/{other}/")
    page.get_by_role("link", name="つないでほしい").click()
    page.get_by_role("button", name="申し込む").click()
    expect(page.locator("#form-errors")).to_contain_text("つないでほしいわけを書いてください")
    assert_usable_at_every_width(page)
    page.set_viewport_size(PHONE)
    page.get_by_label("つないでほしいわけ").fill(PURPOSE)
    page.get_by_role("button", name="申し込む").click()
    expect(page.get_by_text("担当の職員が、相手の団体にたずねます。")).to_be_visible()
    expect(page.get_by_label("相手に伝える連絡先")).to_have_count(0)  # nobody was asked yet


def _take_up(page: Page, own_name: str) -> None:
    page.set_default_timeout(60_000)
    page.goto("/admin/register/introductions/")
    page.get_by_role("link", name=f"{own_name} → はたけの会").click()
    page.get_by_role("button", name="引き受ける").click()
    expect(page.get_by_text("引き受けました。")).to_be_visible()
    page.get_by_role("button", name="双方にたずねる").click()
    expect(page.get_by_text("メールでたずねました。")).to_be_visible()
    assert_ours_is_accessible(page)


def _agree(page: Page, contact: str) -> None:
    page.get_by_label("相手に伝える連絡先").fill(contact)
    page.get_by_role("button", name="同意する").click()
    page.wait_for_load_state()


def _record_what_came_of_it(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("つなぎました").first).to_be_visible()
    for contact in (OURS, THEIRS):
        expect(page.get_by_text(contact)).to_be_visible()
    page.get_by_label("いっしょに活動している").check()
    page.get_by_role("button", name="結果を記録する").click()
    expect(page.get_by_text("結果を記録しました。").first).to_be_visible()
