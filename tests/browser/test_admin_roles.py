"""What each role finds in the staff screens: who only writes, who only looks, who decides; one decision by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_ours_is_accessible
from tests.browser.logins import CSW, STAFF, VIEWER, LogIn
from tests.browser.site_shell import SiteShell

#: An entry of Karasuyama that is public and one that waits for review.
ENTRIES = """
from areas.models import Area
from directory.models import Resource
from wagtail.models import WorkflowState
district = Area.objects.districts().get(slug="karasuyama")
busy = [int(pk) for pk in WorkflowState.objects.filter(
    status="in_progress", content_type__model="resource").values_list("object_id", flat=True)]
here = Resource.objects.filter(district=district).order_by("pk")
print(here.published().exclude(pk__in=busy).first().pk, here.filter(pk__in=busy).first().pk)
"""
#: Somebody says to be of a group of Karasuyama.
CLAIM = """
from django.utils.crypto import get_random_string
from areas.models import Area
from directory.models import Claim, Resource
from members.models import User
here = Resource.objects.published().filter(district=Area.objects.districts().get(slug="karasuyama"))
code = get_random_string(6, "ABCDEFGHJK")
user = User.objects.create_user(f"claim-{code}@example.jp".lower(), name="見本 次郎")
claim = Claim.objects.create(receipt=code, resource=here.last(), user=user, relation="会計", message="引き継ぎました。")
print(claim.pk, code)
"""
DECIDING = re.compile("公開|承認|差し戻|掲載しない")


@pytest.fixture
def entries(site_url: str, site_shell: SiteShell) -> tuple[str, str]:
    """Keys of (a public entry, one that waits for review)."""
    public, waiting = site_shell(ENTRIES).split()
    return public, waiting


def test_a_csw_may_write_but_finds_no_way_to_publish(
    desktop: Page, entries: tuple[str, str], log_in: LogIn
) -> None:
    page, (public, waiting) = log_in(desktop, CSW), entries
    page.goto(f"/admin/register/resources/edit/{public}/")
    expect(page.locator("#id_name")).to_be_editable()
    expect(page.locator("[name=action-publish], a[href*='/unpublish/']")).to_have_count(0)
    expect(page.get_by_role("button", name="下書き")).not_to_have_count(0)

    page.goto(f"/admin/register/review/resource/{waiting}/")
    expect(page.locator("#main").get_by_role("button", name=DECIDING)).to_have_count(0)


def test_who_only_looks_gets_no_form(desktop: Page, entries: tuple[str, str], log_in: LogIn) -> None:
    page, (public, waiting) = log_in(desktop, VIEWER), entries
    page.goto("/admin/register/resources/")
    expect(page.locator("#main a[href*='/add/'], #main a[href*='/edit/']")).to_have_count(0)
    for path in (f"edit/{public}/", "add/", f"verify/{public}/", f"dates/{public}/"):
        page.goto(f"/admin/register/resources/{path}")
        expect(page.locator("#id_name, #main form[method=post]")).to_have_count(0)
    page.goto(f"/admin/register/review/resource/{waiting}/")
    expect(page.locator("#main").get_by_role("button", name=DECIDING)).to_have_count(0)


def test_staff_find_what_the_others_do_not(desktop: Page, entries: tuple[str, str], log_in: LogIn) -> None:
    page, (public, waiting) = log_in(desktop, STAFF), entries
    page.goto(f"/admin/register/resources/edit/{public}/")
    expect(page.locator("[name=action-publish]")).not_to_have_count(0)
    page.goto(f"/admin/register/review/resource/{waiting}/")
    expect(page.get_by_role("button", name=DECIDING)).to_have_count(3)


def test_a_claim_is_refused_by_keyboard_alone(desktop: Page, site_shell: SiteShell, log_in: LogIn) -> None:
    key, receipt = site_shell(CLAIM).split()
    page = log_in(desktop, STAFF)
    page.goto(f"/admin/register/claims/decide/{key}/")
    _tab_to(page, "button[value=reject]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text("理由を書いてください")).to_be_visible()
    assert_ours_is_accessible(page)
    _tab_to(page, "#reason")
    page.keyboard.type("電話で確かめられませんでした。")
    _tab_to(page, "button[value=reject]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("記録して、申し出た人にメールで知らせました。")).to_be_visible()
    expect(page.get_by_role("row", name=receipt)).to_contain_text("認めませんでした")


def _tab_to(page: Page, selector: str, *, presses: int = 90) -> None:
    """Reach it by Tab, and see where one is."""
    for _press in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")
