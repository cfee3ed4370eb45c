"""Furigana: small kana above kanji, written by the server so that it needs no script.

`ruby_text` marks one text, `annotate_page` every text of a finished page. An element with `data-kana="…"` says how its
own name is read; `data-no-ruby` leaves an element alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

import jaconv

from .readings import KANJI, Segment, known_places, segments

TAG = re.compile(r"""<(?:!--.*?--|(?:[^"'<>]|"[^"]*"|'[^']*')*)>""", re.DOTALL)
NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9-]*)")
OWN_READING = re.compile(r"""\sdata-kana=(?:"([^"]*)"|'([^']*)')""")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
#: What furigana would break or nobody reads.
SKIPPED = frozenset(
    {"script", "style", "textarea", "select", "svg", "ruby", "template", "title", "iframe", "math"}
)
PIECE = re.compile(
    rf"({KANJI.pattern}+)|([ぁ-ゖァ-ヺー]+)|([^ぁ-ゖァ-ヺー]+?(?={KANJI.pattern}|[ぁ-ゖァ-ヺー]|$))"
)


def ruby_text(text: str) -> str:
    """Safe HTML of a plain text with furigana over its kanji."""
    if not KANJI.search(text):
        return html.escape(text)
    return "".join(ruby_word(*segment) for segment in segments(text, known_places()))


def ruby_word(surface: str, reading: str) -> str:
    """One word: 食べ, たべ → ruby over 食 only, the kana outside."""
    if not reading or not KANJI.search(surface):
        return html.escape(surface)
    return "".join(_ruby(part, kana) for part, kana in align(surface, reading))


def _ruby(part: str, kana: str) -> str:
    if not kana:
        return html.escape(part)
    return f"<ruby>{html.escape(part)}<rp>(</rp><rt>{html.escape(kana)}</rt><rp>)</rp></ruby>"


def align(surface: str, reading: str) -> list[Segment]:
    """Split a reading over the kanji of a word. What does not fit together gets its reading as a whole."""
    kana = jaconv.kata2hira(re.sub(r"\s", "", reading))
    if re.search(r"[0-9A-Za-z]", surface):  # 20日 is はつか: the digits are part of what is read
        return [(surface, kana)]
    pieces = [match.group() for match in PIECE.finditer(surface)]
    match = re.fullmatch("".join(map(_pattern, pieces)), kana)
    if not match:
        return [(surface, kana)]
    readings: Iterator[str] = iter(match.groups())
    return [(piece, next(readings) if KANJI.search(piece) else "") for piece in pieces]


def _pattern(piece: str) -> str:
    """What a piece of a word may be in its reading: kanji anything, kana itself, marks nothing or a mark."""
    if KANJI.search(piece):
        return "(.+?)"
    folded = jaconv.kata2hira(piece)
    return re.escape(folded) if re.fullmatch(r"[ぁ-ゖー]+", folded) else r"\W*"


def annotate_page(page: str) -> str:
    """The same page with furigana in the body, but not in forms' fields, scripts, pictures, attributes."""
    start = page.find("<body")
    if start < 0:
        return page
    return page[:start] + "".join(_annotated(_parts(page[start:])))


def _parts(page: str) -> Iterator[tuple[str, bool]]:
    """(text, is it a tag) in order; joined they are the page again."""
    position = 0
    for match in TAG.finditer(page):
        if match.start() > position:
            yield page[position : match.start()], False
        yield match.group(), True
        position = match.end()
    yield page[position:], False


def _annotated(parts: Iterable[tuple[str, bool]]) -> Iterator[str]:
    skipping = ""  # name of the element being left alone
    depth = 0  # how many of that name are open
    own_reading = ""  # for the text that follows at once
    for part, is_tag in parts:
        if not is_tag:
            yield part if skipping else _text_node(part, own_reading)
            continue
        yield part
        match = NAME.match(part)
        name = match.group(1).lower() if match else ""
        own_reading = _own_reading(part)
        if skipping and name == skipping:
            depth += -1 if part.startswith("</") else 1
            skipping = skipping if depth else ""
        elif not skipping and _starts_skipping(part, name):
            skipping, depth = name, 1


def _starts_skipping(tag: str, name: str) -> bool:
    if not name or tag.startswith("</") or tag.endswith("/>") or name in VOID:
        return False
    return name in SKIPPED or " data-no-ruby" in tag


def _own_reading(tag: str) -> str:
    match = OWN_READING.search(tag)
    return html.unescape(match.group(1) or match.group(2) or "") if match else ""


def _text_node(text: str, own_reading: str) -> str:
    if not KANJI.search(text):
        return text
    plain = html.unescape(text)
    words = plain.strip()
    before, _words, after = plain.partition(words)
    marked = ruby_word(words, own_reading) if own_reading else ruby_text(words)
    # One element for one text: where the text stands in a flex box, its pieces must not become boxes of their own.
    return f"{before}<span>{marked}</span>{after}"
