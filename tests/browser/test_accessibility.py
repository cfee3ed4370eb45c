"""WCAG 2.2 AA on every kind of page, on phone and desktop, in every look, at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.conftest import OpenPage
from tests.browser.pages import KINDS, visit
from tests.browser.screens.frame import Frame


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_accessible_on_a_phone(phone: Page, kind: str) -> None:
    visit(phone, kind)
    assert_accessible(phone)
    assert_no_sideways_scrolling(phone)


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_accessible_on_a_desktop(desktop: Page, kind: str) -> None:
    visit(desktop, kind)
    assert_accessible(desktop)
    assert_no_sideways_scrolling(desktop)


@pytest.mark.parametrize("theme", ["dark", "contrast"])
@pytest.mark.parametrize("kind", ["home", "found", "entry"])
def test_page_is_accessible_in_other_colours_and_sizes(desktop: Page, kind: str, theme: str) -> None:
    desktop.context.add_cookies([{"name": "display", "value": f"150.{theme}.off", "url": _site(desktop)}])
    visit(desktop, kind)
    assert_accessible(desktop)
    assert_no_sideways_scrolling(desktop)


@pytest.mark.parametrize("kind", KINDS)
def test_page_reflows_at_320_pixels_with_furigana(open_page: OpenPage, kind: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.context.add_cookies([{"name": "display", "value": "100.auto.on", "url": _site(page)}])
    visit(page, kind)
    assert_no_sideways_scrolling(page)


@pytest.mark.parametrize("kind", KINDS)
def test_keyboard_reaches_the_content_first(desktop: Page, kind: str) -> None:
    visit(desktop, kind)
    frame = Frame(desktop)
    desktop.keyboard.press("Tab")
    expect(frame.skip_link).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(frame.main).to_be_focused()


@pytest.mark.parametrize("kind", ["home", "found", "entry"])
def test_everything_the_keyboard_reaches_can_be_seen(desktop: Page, kind: str) -> None:
    visit(desktop, kind)
    unseen = []
    for _press in range(60):
        desktop.keyboard.press("Tab")
        state = desktop.evaluate(FOCUSED)
        if state is None:
            break
        if not (state["outlined"] and state["sized"]):
            unseen.append(state["html"])
    assert not unseen, "Focused but not to be seen:\n" + "\n".join(unseen)


@pytest.mark.parametrize("kind", ["home", "found", "entry"])
def test_page_is_accessible_in_the_systems_own_colours(forced_colours: Page, kind: str) -> None:
    visit(forced_colours, kind)
    assert_accessible(forced_colours)


def _site(page: Page) -> str:
    """The address of the site, for cookies set before the first page."""
    page.goto("/robots.txt")
    return page.url


#: What has the focus: outlined, of a size; null when the browser took it back.
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
        html: element.outerHTML.slice(0, 140),
        outlined: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        sized: box.width > 1 && box.height > 1,
    };
}"""
