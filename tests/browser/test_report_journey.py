"""A group reports from the phone with a photo; staff publish it; somebody on the photo has it gone at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_usable_at_every_width
from tests.browser.logins import EDITOR, LogIn
from tests.browser.screens.forms import press_until_taken
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import DESKTOP, PHONE

GROUP = """
from directory.models import Organization
print(Organization.objects.get(members__user__email="editor@example.jp").code)
"""
#: Staff have read it: what their screen does is tried in test_review_journey.
APPROVE = """
from directory.services.review_decisions import approve
from events.models import Report
from members.models import User
report = Report.objects.get(code={code!r})
approve(report, by=User.objects.filter(is_superuser=True).first())
"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_1.jpg"
    Image.new("RGB", (1200, 900), "#8a6").save(path)
    return path


@pytest.fixture
def desk(site_url: str, site_shell: SiteShell) -> str:
    return f"/group/{site_shell(GROUP)}/reports/"


def _write(page: Page, desk: str, photo: Path, title: str) -> str:
    """Write a report with one photo and send it in; gives its code."""
    page.goto(desk)
    page.get_by_role("link", name="報告を書く").click()
    page.get_by_label("題名").fill(title)
    page.get_by_label("本文").fill("庭でお茶を飲みました。\n\nまた開きます。")
    page.get_by_label("参加した人の数").fill("12")
    page.get_by_role("button", name="下書きに保存して、写真へ進む").click()
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_label("何が写っていますか").fill("庭のお茶会")
    page.get_by_label("写っている人みんなに、載せてよいと聞いた").check()
    page.get_by_role("button", name="下書きに入れる").click()
    page.get_by_role("link", name="写真はこれでよい").click()
    page.get_by_role("button", name="審査に出す").click()
    expect(page.get_by_text("審査中")).to_be_visible()
    return page.url.rstrip("/").split("/")[-1]


@pytest.mark.parametrize("kind", ["phone", "without_script"])
def test_a_report_is_written_published_and_its_photo_asked_away(
    request: pytest.FixtureRequest, kind: str, desk: str, photo: Path, log_in: LogIn, site_shell: SiteShell
) -> None:
    page: Page = log_in(request.getfixturevalue(kind), EDITOR)
    code = _write(page, desk, photo, f"秋のお茶会({kind})")
    if kind == "phone":  # axe is a script itself
        _every_page_is_accessible(page, f"{desk}{code}/")
    site_shell(APPROVE.format(code=code))
    page.context.clear_cookies()
    page.goto("/reports/")
    page.get_by_role("link", name=f"秋のお茶会({kind})").click()
    picture = page.get_by_role("img", name="庭のお茶会").get_attribute("src") or ""
    assert page.request.get(picture).status == 200
    page.get_by_role("link", name="この写真を取り除いてほしい").click()
    press_until_taken(page, "公開を止める")
    expect(page.get_by_role("heading", name="公開を止めました")).to_be_visible()
    assert page.request.get(picture).status == 404
    page.goto(f"/reports/{code}/")
    expect(page.get_by_role("img", name="庭のお茶会")).to_have_count(0)


def _every_page_is_accessible(page: Page, report: str) -> None:
    """What its writer sees of a report with a photo that waits for its review."""
    for tail in ("", "edit/", "photos/", "preview/"):
        page.set_viewport_size(DESKTOP)
        page.goto(f"{report}{tail}")
        assert page.url.endswith(tail)  # not the login
        assert_usable_at_every_width(page)
    page.set_viewport_size(PHONE)
