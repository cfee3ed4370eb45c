"""The map of what was found: loaded when opened, counted for the part one looks at, usable without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.screens.find import FindScreen

#: Nobody but a script can click what Leaflet draws faster than a test looks: one wait for its answer is enough.
ANSWER = re.compile(r"/find/map\.json\?.*box=")


def open_map(page: Page, question: str = "") -> Locator:
    """Open the find page and its map; returns the marks."""
    FindScreen(page).open(question)
    button = page.locator("#map-button")
    # The test has no tiles: any address of ours stands for them.
    button.evaluate("button => { button.dataset.tiles = '/static/img/none-{z}-{x}-{y}.png'; }")
    with page.expect_response(ANSWER):
        button.click()
    marks = page.locator(".map .leaflet-marker-icon")
    expect(marks.first).to_be_visible()
    return marks


def counted(page: Page) -> int:
    """Sum of the numbers on all marks; a pin is one."""
    texts = page.locator(".map .leaflet-marker-icon").all_inner_texts()
    return sum(int(text.replace(",", "") or 1) for text in texts)


def test_map_opens_on_demand_and_says_how_many(desktop: Page) -> None:
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    FindScreen(desktop).open("q=サロン")
    assert not [url for url in asked if "leaflet" in url or "map.js" in url]
    open_map(desktop, "q=サロン")
    expect(desktop.locator(".map__message")).to_contain_text("地図に出しています")
    expect(desktop.locator(".map")).to_contain_text("地理院タイル")
    assert_accessible(desktop)
    button = desktop.locator("#map-button")
    expect(button).to_have_text("地図を閉じる")
    button.click()
    expect(desktop.locator(".map")).to_have_count(0)


def test_marks_hold_all_that_the_message_counts(desktop: Page) -> None:
    open_map(desktop)
    said = re.search(r"([\d,]+)件を地図に", desktop.locator(".map__message").inner_text())
    assert said
    assert counted(desktop) == int(said.group(1).replace(",", ""))


def test_a_circle_comes_apart_by_keyboard_until_it_tells_names(desktop: Page) -> None:
    open_map(desktop)
    circle = desktop.locator(".map__cluster").first
    assert re.search(r"^[\d,]+件", circle.get_attribute("aria-label") or "")
    for _ in range(8):
        if desktop.locator(".map__popup").count():
            break
        mark = desktop.locator(".map .leaflet-marker-icon").first
        mark.focus()
        is_pin = "map__pin" in (mark.get_attribute("class") or "")
        if is_pin:
            desktop.keyboard.press("Enter")
        else:
            with desktop.expect_response(re.compile(r"/find/map\.json")):
                desktop.keyboard.press("Enter")
            desktop.wait_for_timeout(400)  # the end of Leaflet's zoom, which tells nobody
    expect(desktop.locator(".map__popup a").first).to_be_focused()
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".map__popup")).to_have_count(0)
    expect(desktop.locator(".map .leaflet-marker-icon:focus")).to_have_count(1)


def test_moving_on_shows_only_the_last_place_looked_at(desktop: Page) -> None:
    open_map(desktop)
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url) if ANSWER.search(request.url) else None)
    with desktop.expect_response(ANSWER):
        for _ in range(3):
            desktop.locator(".leaflet-control-zoom-in").click()
    expect(desktop.locator(".map__message")).to_contain_text("この範囲に")
    assert len(asked) <= 2
    assert "zoom=" in asked[-1]


def test_a_failed_answer_leaves_the_map_and_points_to_the_list(desktop: Page) -> None:
    open_map(desktop)

    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="")

    desktop.route(ANSWER, refuse)
    desktop.locator(".leaflet-control-zoom-in").click()
    expect(desktop.locator(".map__message")).to_contain_text("一覧をご覧ください")
    expect(desktop.locator(".map")).to_be_visible()
    desktop.unroute(ANSWER)
    desktop.locator(".leaflet-control-zoom-in").click()
    expect(desktop.locator(".map__message")).to_contain_text("この範囲に")


@pytest.mark.parametrize("question", ["", "q=サロン"])
def test_map_fits_a_phone(phone: Page, question: str) -> None:
    marks = open_map(phone, question)
    assert_no_sideways_scrolling(phone)
    for box in (mark.bounding_box() for mark in marks.all()):
        assert box
        assert min(box["width"], box["height"]) >= 30
