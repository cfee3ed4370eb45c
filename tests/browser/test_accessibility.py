"""WCAG 2.2 AA on every kind of page and in its states, on phone and desktop, in every look, at every width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import (
    assert_accessible,
    assert_no_sideways_scrolling,
    assert_usable_at_every_width,
)
from tests.browser.conftest import KeepPage, OpenPage
from tests.browser.logins import RESIDENT, LogIn
from tests.browser.pages import LOGGED_IN, MAIN, PHONE_STATES, PLAIN, STATES, visit
from tests.browser.sizes import DESKTOP, NARROW

Addresses = dict[str, str]


@pytest.fixture(scope="module")
def visitor(keep_page: KeepPage) -> Iterator[Page]:
    """Somebody who looks at one page after the other."""
    with keep_page(has_touch=True) as page:
        yield page


@pytest.mark.parametrize("kind", PLAIN)
def test_page_is_accessible_at_every_width(visitor: Page, addresses: Addresses, kind: str) -> None:
    visitor.set_viewport_size(DESKTOP)
    visit(visitor, kind, addresses)
    assert_usable_at_every_width(visitor)


@pytest.mark.parametrize("kind", STATES)
def test_state_of_a_page_is_accessible_at_every_width(desktop: Page, addresses: Addresses, kind: str) -> None:
    visit(desktop, kind, addresses)
    assert_usable_at_every_width(desktop)


@pytest.mark.parametrize("kind", LOGGED_IN)
def test_page_for_somebody_logged_in_is_accessible_at_every_width(
    desktop: Page, addresses: Addresses, log_in: LogIn, kind: str
) -> None:
    base, tail = LOGGED_IN[kind]
    log_in(desktop, RESIDENT).goto(addresses[base] + tail)
    assert desktop.url.endswith(tail)  # not the login
    assert_usable_at_every_width(desktop)


@pytest.mark.parametrize("kind", [*MAIN, *PHONE_STATES])
def test_page_is_accessible_on_a_real_phone(phone: Page, addresses: Addresses, kind: str) -> None:
    visit(phone, kind, addresses)
    assert_accessible(phone)
    assert_no_sideways_scrolling(phone)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("kind", ["home", "found", "paused entry"])
def test_page_is_accessible_in_other_colours_and_sizes(
    desktop: Page, addresses: Addresses, kind: str, theme: str
) -> None:
    choose(desktop, f"150.{theme}.off")
    visit(desktop, kind, addresses)
    assert_accessible(desktop)
    assert_no_sideways_scrolling(desktop)


@pytest.mark.parametrize("kind", [*MAIN, "filtered", "area", "desk"])
def test_page_reflows_at_320_pixels_with_the_largest_letters_and_furigana(
    open_page: OpenPage, addresses: Addresses, kind: str
) -> None:
    page = open_page(viewport=NARROW)
    choose(page, "150.auto.on")
    visit(page, kind, addresses)
    assert page.locator("main ruby").count() > 0
    assert_no_sideways_scrolling(page)
    assert not page.evaluate(OVERLAPPING), "Things in the header lie on each other"


@pytest.mark.parametrize("display", ["100.auto.off", "125.auto.on", "150.auto.on"])
def test_header_of_a_phone_has_room_for_everything(desktop: Page, display: str) -> None:
    choose(desktop, display)
    desktop.goto("/display/")
    for width in (320, 360, 412):
        desktop.set_viewport_size({"width": width, "height": 640})
        assert not desktop.evaluate(OVERLAPPING), f"{width} px"
        assert_no_sideways_scrolling(desktop)


@pytest.mark.parametrize("kind", ["home", "found", "entry"])
def test_page_is_accessible_in_the_systems_own_colours(
    forced_colours: Page, addresses: Addresses, kind: str
) -> None:
    visit(forced_colours, kind, addresses)
    assert_accessible(forced_colours)


def choose(page: Page, display: str) -> None:
    """Come with settings chosen before: size, colours, furigana."""
    page.goto("/robots.txt")
    page.context.add_cookies([{"name": "display", "value": display, "url": page.url}])


#: Pairs of the name and the buttons in the header that cover each other, as text.
OVERLAPPING = """() => {
    const shown = [...document.querySelectorAll('.brand__mark, .brand__name, header .tool')]
        .filter(element => element.getClientRects().length);
    const boxes = shown.map(element => [element.outerHTML.slice(0, 60), element.getBoundingClientRect()]);
    return boxes.flatMap(([html, box], index) => boxes.slice(index + 1)
        .filter(([_html, other]) => box.left < other.right - 1 && other.left < box.right - 1
            && box.top < other.bottom - 1 && other.top < box.bottom - 1)
        .map(([other]) => `${html} / ${other}`));
}"""
