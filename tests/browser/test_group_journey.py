"""A group's owner on a phone: rests, cancels a date, edits, sends in; without script and by keyboard too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.logins import EDITOR, GROUP, LogIn
from tests.browser.site_shell import SiteShell

#: The codes of the demo's group and of its first entry without a review that waits.
CODES = """
from directory.models import Organization, Resource
from wagtail.models import WorkflowState
group = Organization.objects.get(members__user__email="editor@example.jp")
busy = WorkflowState.objects.filter(status="in_progress").values_list("object_id", flat=True)
rows = Resource.objects.published().filter(organization=group, occurrences__isnull=False).order_by("pk").distinct()
entry = next(row for row in rows if str(row.pk) not in set(busy))
print(group.code, entry.code)
"""


@pytest.fixture
def desk(site_url: str, site_shell: SiteShell) -> tuple[str, str]:
    """The desk of the demo's group, and the page of its entry there."""
    group, entry = site_shell(CODES).split()
    return f"/group/{group}/", f"/group/{group}/{entry}/"


def _public(page: Page, entry: str) -> None:
    page.goto(f"/r/{entry.split('/')[3]}/")


@pytest.mark.parametrize("kind", ["phone", "without_script"])
def test_an_owner_rests_and_everybody_sees_it_at_once(
    request: pytest.FixtureRequest, kind: str, desk: tuple[str, str], log_in: LogIn
) -> None:
    page: Page = log_in(request.getfixturevalue(kind), GROUP)
    page.goto(desk[1])
    page.get_by_role("link", name="しばらくお休みする").click()
    page.get_by_label("お休みの説明").fill("会場の工事のためです。")
    page.get_by_role("button", name="お休みにする").click()
    _public(page, desk[1])
    expect(page.get_by_text("会場の工事のためです。")).to_be_visible()
    page.goto(desk[1])
    page.get_by_role("button", name="元に戻す").click()
    _public(page, desk[1])
    expect(page.get_by_text("会場の工事のためです。")).to_have_count(0)


def test_a_cancelled_date_is_on_the_public_page_at_once(
    phone: Page, desk: tuple[str, str], log_in: LogIn
) -> None:
    log_in(phone, GROUP)
    phone.goto(f"{desk[1]}dates/")
    phone.get_by_label("中止する").check()
    phone.get_by_label("どの日").select_option(index=1)
    phone.get_by_label("理由").fill("雪のため")
    phone.get_by_role("button", name="変更する").click()
    _public(phone, desk[1])
    expect(phone.get_by_text("雪のため").first).to_be_visible()
    phone.goto(f"{desk[1]}dates/")
    phone.get_by_role("button", name="元に戻す").first.click()


def test_an_editor_edits_and_sends_in_with_the_keyboard_alone(
    desktop: Page, desk: tuple[str, str], log_in: LogIn
) -> None:
    log_in(desktop, EDITOR)
    desktop.goto(f"{desk[1]}edit/join/")
    field = desktop.get_by_label("持ち物")
    field.focus()
    desktop.keyboard.press("ControlOrMeta+A")
    desktop.keyboard.type("うわばき、飲み物")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_text("下書きに保存しました。")).to_be_visible()
    send = desktop.get_by_role("button", name="審査に出す")
    send.focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_text("審査に出しました。")).to_be_visible()
    expect(desktop.get_by_text("審査中", exact=True)).to_be_visible()
