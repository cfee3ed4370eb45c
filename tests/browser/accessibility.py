"""Ask axe-core about a page, and say what it found so that one can mend it without running anything."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.sizes import DESKTOP, NARROW, PHONE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
NODES_SHOWN = 5
AXE = Axe().axe_script
RUN = "([context, options]) => axe.run(context ?? document, options).then(found => found.violations)"

#: The part of a staff screen that is ours; the frame, the messages and the small map of a form are Wagtail's.
OURS = {"include": ["#main"], "exclude": [".messages", "[data-minimap-container]"]}


def violations(page: Page, context: dict[str, list[str]] | None = None) -> list[str]:
    """What breaks WCAG 2.2 AA or good practice on the page as it stands now, one readable text a rule."""
    if not page.evaluate("'axe' in window"):  # half a megabyte: once a page, however often it is asked
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, [context, OPTIONS])
    return [_readable(violation) for violation in found]


def _readable(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}, {len(nodes)} times"]
    for node in nodes[:NODES_SHOWN]:
        lines.append(f"  at {' '.join(map(str, node['target']))}: {node['html'][:160]}")
        lines += [f"    {check['message']}" for check in node["any"] + node["all"] + node["none"]][:2]
    return "\n".join(lines)


def assert_accessible(page: Page, context: dict[str, list[str]] | None = None) -> None:
    """Fail with every violation, where it is and what to do."""
    found = violations(page, context)
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_ours_is_accessible(page: Page) -> None:
    """Axe finds nothing in the part of a staff screen that is ours."""
    assert_accessible(page, OURS)


def assert_no_sideways_scrolling(page: Page) -> None:
    """A page fits its width (WCAG 1.4.10); names the widest elements if not."""
    too_wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .slice(0, 5)
                .map(element => element.outerHTML.slice(0, 120));
        }"""
    )
    assert not too_wide, f"{page.url} scrolls sideways:\n" + "\n".join(too_wide)


def assert_usable_at_every_width(page: Page, context: dict[str, list[str]] | None = None) -> None:
    """One load, every width: axe on a desk and on a phone, no sideways scrolling on either nor at 320 px."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert_accessible(page, context)
        assert_no_sideways_scrolling(page)
    page.set_viewport_size(NARROW)
    assert_no_sideways_scrolling(page)
