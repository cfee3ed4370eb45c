"""Everything without a mouse: reached in order, seen while it has the focus, left by Escape."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import MAIN, visit
from tests.browser.screens.find import FindScreen
from tests.browser.screens.frame import Frame

#: Presses of Tab after which a page of ours must have been walked far enough.
PRESSES = 70


@pytest.mark.parametrize("kind", [*MAIN, "desk", "login", "article", "not found"])
def test_skip_link_leads_to_the_content(desktop: Page, addresses: dict[str, str], kind: str) -> None:
    visit(desktop, kind, addresses)
    frame = Frame(desktop)
    desktop.keyboard.press("Tab")
    expect(frame.skip_link).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(frame.main).to_be_focused()


@pytest.mark.parametrize("kind", MAIN)
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_what_has_the_focus_can_be_seen(
    request: pytest.FixtureRequest, addresses: dict[str, str], size: str, kind: str
) -> None:
    page = request.getfixturevalue(size)
    visit(page, kind, addresses)
    hidden = [state["html"] for state in walked(page) if not (state["outlined"] and state["uncovered"])]
    assert not hidden, "Focused but not to be seen:\n" + "\n".join(hidden)


def test_list_is_walked_from_the_question_to_the_hits(desktop: Page) -> None:
    FindScreen(desktop).open("q=からすやま サロン&weekday=workdays")
    order = list(dict.fromkeys(state["part"] for state in walked(desktop) if state["part"]))
    assert order[:5] == ["search", "search-button", "chip", "filter", "card"]


def test_escape_closes_the_sheet_and_gives_the_focus_back(phone: Page) -> None:
    find = FindScreen(phone).open()
    button = phone.locator("#find-filters > summary")
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".sheet__foot button")).to_be_visible()
    phone.locator("#f-weekday-sun").focus()
    phone.keyboard.press("Escape")
    expect(phone.locator(".sheet__foot button")).to_be_hidden()
    expect(button).to_be_focused()
    assert find.hits.count() > 0


def test_escape_closes_the_menu_and_gives_the_focus_back(phone: Page) -> None:
    phone.goto("/")
    button = phone.locator("header .menu > summary")
    button.focus()
    phone.keyboard.press("Enter")
    link = Frame(phone).menu_link("さがす")
    expect(link).to_be_visible()
    link.focus()
    phone.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()


def walked(page: Page) -> list[dict[str, Any]]:
    """What had the focus, in order, until the page ends. A date has several stops; the first speaks for it."""
    states: list[dict[str, Any]] = []
    for _press in range(PRESSES):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUSED)
        if state is None:
            break
        if not states or states[-1]["html"] != state["html"]:
            states.append(state)
    return states


#: What has the focus; null when the browser took it back. Uncovered: its middle, or a corner, is not under anything.
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const drawn = element.matches('.visually-hidden, input[type=radio], input[type=checkbox]')
        ? element.closest('label') ?? element : element;
    const ringed = [element, drawn, ...drawn.children, element.closest('.search') ?? element].map(item => getComputedStyle(item));
    const box = [...drawn.getClientRects()][0] ?? drawn.getBoundingClientRect();
    const points = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + 3, box.top + box.height / 2]];
    const part = element.id.startsWith('search') ? element.id
        : element.closest('.chip') ? 'chip'
        : element.closest('#find-filters') ? 'filter'
        : element.closest('main .card') ? 'card' : '';
    return {
        html: element.outerHTML.slice(0, 140),
        part,
        outlined: ringed.some(style => style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
        uncovered: box.width > 1 && box.height > 1 && points.some(([x, y]) => {
            const top = document.elementFromPoint(x, y);
            return top && (drawn.contains(top) || top.contains(drawn));
        }),
    };
}"""
