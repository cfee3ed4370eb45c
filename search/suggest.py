"""What somebody may be about to type: places, kinds and conditions, words of the dictionary, titles.

Everything is found by a beginning, written or spoken: からす, カラス, karas, からsu and 烏 lead to 烏山.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import jaconv

from .analysis.normalise import clean, compact, fold, is_kana
from .dictionary import current_dictionary
from .engines.base import Completion, Engine
from .failover import COMPLETION_SECONDS, ask
from .known_words import WORD, KnownWord, KnownWords, known_words
from .registry import registry
from .vocabulary import Vocabulary, current_vocabulary

MAX_TYPED = 60  # nobody waits for the end of a longer one
LIMIT = 10
KNOWN_FIRST = 5  # known words that go before the titles
WORDS_KEPT = 2  # places kept for words of the dictionary behind the titles
SPARE = 10  # titles asked for beyond those shown: some may not be public any more
TITLE = "title"

_TAIL = re.compile(r"^(.*?)([a-z]+)$")
_CONSONANTS = re.compile(r"[b-df-hj-np-tv-z]+$")
#: A consonant already typed → how the kana that is coming may begin.
_ROWS = {
    "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねのん", "h": "はひふへほ",
    "m": "まみむめも", "y": "やゆよ", "r": "らりるれろ", "w": "わを", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だでどじず", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "j": "じ", "c": "ち", "f": "ふ", "v": "ぶゔ", "l": "ら",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to choose. `text` is the whole question it makes; `url` is set where it leads to one entry.

    `kind`: of `Term`, `"word"` or `"title"`. `label` is what is shown, `means` what it stands for where that differs.
    """

    kind: str
    label: str
    text: str
    means: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """The end of what was typed, as it may be meant: `stem` is certain; of `rows` the next kana must be one."""

    stem: str
    rows: str = ""

    def fits(self, form: str) -> bool:
        return not self.rows or form[len(self.stem) : len(self.stem) + 1] in (*self.rows,)


def suggest(
    text: str, types: Sequence[str] = (), *, limit: int = LIMIT, user: Any = None
) -> tuple[Suggestion, ...]:
    """At most `limit` suggestions for what is typed so far: known words first, then titles that `user` may see.

    What stands before the last space is kept. Never raises for anything typed.
    """
    typed = clean(text)
    if not typed or len(typed) > MAX_TYPED or text[-1:].isspace():
        return ()
    vocabulary = current_vocabulary()
    known = known_words(vocabulary, current_dictionary())
    head, last = _divided(typed, vocabulary, known)
    words = list(_known(head, last, known))
    titles = list(_titles(typed, types, limit, user))
    return tuple(_mixed(words, titles, limit))


def typed_forms(word: str) -> tuple[Typed, ...]:
    """What may be meant by a word half typed: as it stands, and with the Latin letters at its end read as kana."""
    form = compact(word)
    found = [Typed(form)] if form else []
    tail = _TAIL.match(form)
    if tail:
        found += [way for way in _spoken(tail[1], tail[2]) if way not in found]
    return tuple(found)


def _spoken(before: str, letters: str) -> Iterator[Typed]:
    if before and not is_kana(before[-1]) and before[-1].isascii():
        return
    open_end = _CONSONANTS.search(letters)
    closed = letters[: open_end.start()] if open_end else letters
    stem = before + fold(jaconv.alphabet2kana(closed.replace("-", "")))
    if re.search("[a-z]", stem):
        return
    if not open_end:
        yield Typed(stem)
    elif stem:
        # kk and the like: っ comes first.
        doubled = len(open_end[0]) > 1 and open_end[0][0] == open_end[0][1] != "n"
        yield Typed(stem + "っ" * doubled, _ROWS.get(open_end[0][0], ""))


def _divided(typed: str, vocabulary: Vocabulary, known: KnownWords) -> tuple[str, str]:
    """What is kept and what is completed: at the last space; without one, behind a place that begins the text."""
    head, _space, last = typed.rpartition(" ")
    if head or any(True for way in typed_forms(last) for _found in _beginning(way, known)):
        return head, last
    for end in range(len(typed) - 1, 1, -1):
        terms = vocabulary.by_surface.get(compact(typed[:end]), ())
        if any(term.kind == "place" for term in terms):
            return typed[:end], typed[end:]
    return "", last


def _beginning(way: Typed, known: KnownWords) -> Iterator[tuple[str, KnownWord]]:
    if len(way.stem) + bool(way.rows) > 0 and way.stem:
        yield from (entry for entry in known.beginning(way.stem) if way.fits(entry[0]))


def _known(head: str, last: str, known: KnownWords) -> Iterator[Suggestion]:
    """Known words that begin so: the exact one, then the shortest; each meaning once."""
    entries = [(form, word) for way in typed_forms(last) for form, word in _beginning(way, known)]
    exact = {way.stem for way in typed_forms(last) if not way.rows}
    entries.sort(key=lambda entry: (entry[0] not in exact, len(entry[0]), entry[1].order, entry[0]))
    meanings: set[tuple[str, str]] = set()
    texts = {compact(head)} if head else set()
    for _form, word in entries:
        if word.meaning in meanings or compact(word.text) in texts:
            continue
        meanings.add(word.meaning)
        texts.add(compact(word.text))
        means = "" if compact(word.label) == compact(word.text) else word.label
        yield Suggestion(word.kind, word.text, f"{head} {word.text}".strip(), means)


def _titles(typed: str, types: Sequence[str], limit: int, user: Any) -> Iterator[Suggestion]:
    found = _completions(typed, types, limit + SPARE)
    addresses = _addresses(found, user)
    for completion in islice((one for one in found if (one.type, one.id) in addresses), limit):
        # Of several with one title the list of all is the answer.
        url = addresses[completion.type, completion.id] if completion.alone else ""
        yield Suggestion(TITLE, completion.title, completion.title, url=url)


def _completions(typed: str, types: Sequence[str], limit: int) -> tuple[Completion, ...]:
    ways = typed_forms(typed)
    stem = ways[-1].stem if ways else ""  # letters read as kana, where they can be
    if not stem:
        return ()

    def question(engine: Engine, index: str) -> tuple[Completion, ...]:
        return engine.complete(stem, index=index, types=types, limit=limit)

    found = ask(question, seconds=COMPLETION_SECONDS)
    return tuple(completion for completion in found if ways[-1].fits(completion.form)) or found


def _addresses(found: Iterable[Completion], user: Any) -> dict[tuple[str, str], str]:
    """(type, id) → address of those that `user` may see now: the index may be a moment behind."""
    by_type: dict[str, list[str]] = {}
    for completion in found:
        by_type.setdefault(completion.type, []).append(completion.id)
    known = {source.type for source in registry.sources}
    return {
        (type_, id_): address
        for type_, ids in by_type.items()
        if type_ in known
        for id_, address in registry.source(type_).addresses(ids, user).items()
    }


def _mixed(words: list[Suggestion], titles: list[Suggestion], limit: int) -> list[Suggestion]:
    """Places and kinds, titles, words of the dictionary; whoever has room left takes more."""
    known = [word for word in words if word.kind != WORD]
    plain = [word for word in words if word.kind == WORD]
    kept = min(len(plain), WORDS_KEPT)
    first = known[: max(KNOWN_FIRST, limit - kept - len(titles))][:limit]
    shown = {compact(word.label) for word in first}
    titles = [title for title in titles if compact(title.label) not in shown][
        : max(0, limit - len(first) - kept)
    ]
    shown |= {compact(title.label) for title in titles}
    last = [word for word in plain if compact(word.label) not in shown]
    return [*first, *titles, *last][:limit]
