"""Links of a group: the web only, five at most, called as people call them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from directory.sns_links import MOST_LINKS, SnsLinksField, named_links


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://example.jp/",
        "@nakayoshi",
        "https://",
        "あ" * 10_000,
        "mailto:a@example.jp",
    ],
)
def test_what_is_no_page_of_the_web_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        SnsLinksField().clean(typed)


def test_one_a_line_and_each_once() -> None:
    typed = "https://x.com/a\n\n lin.ee/abc \nhttps://x.com/a"
    assert SnsLinksField().clean(typed) == ["https://x.com/a", "https://lin.ee/abc"]
    assert SnsLinksField().clean("") == []


def test_five_are_enough() -> None:
    lines = [f"https://example.jp/{n}" for n in range(MOST_LINKS + 1)]
    assert SnsLinksField().clean("\n".join(lines[1:])) == lines[1:]
    with pytest.raises(ValidationError):
        SnsLinksField().clean("\n".join(lines))
    assert len(named_links(lines)) == MOST_LINKS


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.instagram.com/a/", "Instagram"),
        ("https://m.facebook.com/a", "Facebook"),
        ("https://twitter.com/a", "X"),
        ("https://page.line.me/a", "LINE"),
        ("https://notx.com/a", "notx.com"),
        ("http://blog.example.jp/", "blog.example.jp"),
    ],
)
def test_a_link_is_called_by_its_service_or_its_host(url, name) -> None:
    assert named_links([url])[0].name == name


def test_what_was_stored_without_asking_is_not_shown_as_a_link() -> None:
    assert named_links(["javascript:alert(1)", "//example.jp", "http://[", 3, None]) == []
