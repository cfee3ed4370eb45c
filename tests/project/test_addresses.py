"""Every public address answers as declared, is a whole page in Japanese, and asks nothing of other hosts."""

from __future__ import annotations

import re

import pytest

from tests.project.routes import EXPECTED, SAMPLES, public_routes, undeclared
from tests.project.visits import Walk

# The walk is made before tests that empty the database, Wagtail's root page included, as other database tests are.
pytestmark = pytest.mark.django_db

#: Tag → attribute that makes a browser fetch something.
FETCHES = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "use": "href",
}
#: Links that are read, not fetched.
NOT_FETCHED = {"canonical", "alternate", "license", "author", "next", "prev", "help"}


def test_nobody_forgot_a_route() -> None:
    forgotten = [route.pattern for route in undeclared()]
    assert not forgotten, f"Add a sample to SAMPLES in tests/project/routes.py for: {forgotten}"


def test_declared_routes_exist() -> None:
    patterns = {route.pattern for route in public_routes()}
    gone = sorted({*EXPECTED, *SAMPLES} - patterns)
    assert not gone, f"tests/project/routes.py names routes that no longer exist: {gone}"


def test_every_public_address_answers_as_declared(walked: Walk) -> None:
    wrong = [f"{v.path}: {v.status}, declared {v.declared}" for v in walked.visits if v.status != v.declared]
    assert not wrong, "Mend the view, or declare the status in tests/project/routes.py:\n" + "\n".join(wrong)


def test_every_page_is_a_whole_page_in_japanese(walked: Walk) -> None:
    wrong = []
    for path, page in ((visit.path, visit.page) for visit in walked.pages):
        headings = len(page.find_all("h1"))
        if headings != 1:
            wrong.append(f"{path}: {headings} <h1>, wanted one")
        if not page.html or page.html.get("lang") != "ja":
            wrong.append(f'{path}: <html> without lang="ja"')
        if not page.title or not page.title.get_text(strip=True):
            wrong.append(f"{path}: no <title>")
        if len(page.find_all("main")) != 1:
            wrong.append(f"{path}: wanted one <main>")
    assert walked.pages
    assert not wrong, "\n".join(wrong)


def test_no_two_pages_share_a_title(walked: Walk) -> None:
    titles: dict[str, list[str]] = {}
    for visit in walked.pages:
        titles.setdefault(visit.page.title.get_text(strip=True), []).append(visit.path)
    shared = {title: paths for title, paths in titles.items() if len(paths) > 1}
    assert not shared


def test_no_page_uses_an_id_twice(walked: Walk) -> None:
    wrong = []
    for visit in walked.pages:
        ids = [tag["id"] for tag in visit.page.find_all(id=True)]
        wrong += [
            f"{visit.path}: id={name}" for name in sorted({name for name in ids if ids.count(name) > 1})
        ]
    assert not wrong, "\n".join(wrong)


def test_every_page_has_a_strict_content_security_policy(walked: Walk) -> None:
    wrong = [
        f"{visit.path}: {visit.policy or 'no policy'}"
        for visit in walked.pages
        if "default-src 'none'" not in visit.policy or "unsafe-" in visit.policy
    ]
    assert not wrong, "\n".join(wrong)


def test_no_page_needs_what_the_policy_forbids(walked: Walk) -> None:
    wrong = set()
    for path, page in ((visit.path, visit.page) for visit in walked.pages):
        wrong |= {f"{path}: style attribute on <{tag.name}>" for tag in page.find_all(style=True)}
        wrong |= {f"{path}: <style> without nonce" for tag in page.find_all("style") if not tag.get("nonce")}
        wrong |= {
            f"{path}: inline <script> without nonce" for tag in page.find_all("script") if _is_inline(tag)
        }
        handlers = page.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))
        wrong |= {f"{path}: event attribute on <{tag.name}>" for tag in handlers}
    assert not wrong, "\n".join(sorted(wrong))


def _is_inline(script) -> bool:
    is_data = script.get("type", "").endswith("json")
    return not (script.get("src") or script.get("nonce") or is_data)


def test_no_page_asks_another_host_for_anything(walked: Walk) -> None:
    wrong = [
        f"{visit.path}: <{name} {attribute}={tag[attribute]}>"
        for visit in walked.pages
        for name, attribute in FETCHES.items()
        for tag in visit.page.find_all(name)
        if not NOT_FETCHED & set(tag.get("rel", [])) and re.match(r"(?:[a-z]+:)?//", tag.get(attribute) or "")
    ]
    assert not wrong, "\n".join(wrong)


def test_every_inner_link_of_a_page_leads_somewhere(walked: Walk) -> None:
    broken = [f"{link} (on {path}): {status}" for link, path, status in walked.broken_links]
    assert not broken, "\n".join(broken)
