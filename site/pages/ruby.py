"""Furigana: small kana above kanji, written by the server so that it needs no script.

`ruby_text` marks one text, `annotate_page` every text of a finished page. An element with `data-kana="…"` says how its
own name is read; `data-no-ruby` leaves an element alone.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator

import jaconv

from .readings import KANJI, Segment, known_places, segments
from .ruby_names import Name, Part

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
SPACES = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)
#: A reading that stands over more letters than this in one piece is a guess that breaks narrow screens.
LONGEST_LUMP = 6
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


def _parts(page: str) -> Iterator[Part]:
    """(text, is it a tag) in order; joined they are the page again."""
    position = 0
    for match in TAG.finditer(page):
        if match.start() > position:
            yield page[position : match.start()], False
        yield match.group(), True
        position = match.end()
    yield page[position:], False


def _annotated(parts: Iterable[Part]) -> Iterator[str]:
    skipping = ""  # name of the element being left alone
    depth = 0  # how many of that name are open
    waiting = deque(parts)
    while waiting:
        part, is_tag = waiting.popleft()
        if not is_tag:
            yield part if skipping else _text_node(part)
            continue
        yield part
        name = _element(part)
        if skipping and name == skipping:
            depth += -1 if part.startswith("</") else 1
            skipping = skipping if depth else ""
        elif not skipping and _starts_skipping(part, name):
            skipping, depth = name, 1
        elif not skipping and (reading := _own_reading(part)):
            yield _take_name(waiting, name, reading)


def _element(tag: str) -> str:
    match = NAME.match(tag)
    return match.group(1).lower() if match else ""


def _take_name(waiting: deque[Part], element: str, reading: str) -> str:
    """Take from `waiting` what stands in the element just opened, with its own reading; nothing if it is no name."""
    end = next(
        (at for at, (part, is_tag) in enumerate(waiting) if is_tag and part.startswith(f"</{element}")), 0
    )
    name = Name.of([waiting[at] for at in range(end)], _element)
    if name is None or not KANJI.search(name.text):
        return ""
    for _part in range(end):
        waiting.popleft()
    before, words, after = SPACES.match(name.text).groups()  # type: ignore[union-attr]
    return f"<span>{name.html([(before, ''), *_pieces(words, reading), (after, '')])}</span>"


def _pieces(name: str, reading: str) -> list[Segment]:
    """A name cut where its kanji are read. A long one that its reading does not fit is read as any other text."""
    fitted = align(name, reading)
    if len(fitted) > 1 or len(name) <= LONGEST_LUMP:
        return fitted
    known = segments(name, known_places())
    return [piece for word, kana in known for piece in (align(word, kana) if kana else [(word, "")])]


def _starts_skipping(tag: str, name: str) -> bool:
    if not name or tag.startswith("</") or tag.endswith("/>") or name in VOID:
        return False
    return name in SKIPPED or " data-no-ruby" in tag


def _own_reading(tag: str) -> str:
    match = OWN_READING.search(tag)
    return html.unescape(match.group(1) or match.group(2) or "") if match else ""


def _text_node(text: str) -> str:
    if not KANJI.search(text):
        return text
    before, words, after = SPACES.match(html.unescape(text)).groups()  # type: ignore[union-attr]
    # One element for one text: where the text stands in a flex box, its pieces must not become boxes of their own.
    return f"{before}<span>{ruby_text(words)}</span>{after}"
