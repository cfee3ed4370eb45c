"""Words of a Japanese text by SudachiPy: normalised forms and readings, long units (C) with their parts (A)."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from .normalise import clean, fold, key

MAX_CHUNK = 4_000  # Sudachi refuses more than about 49,000 bytes at once
_SILENT = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号", "接頭辞"})
_local = threading.local()
_dictionary_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """A word: where it stands in the text, the keys it is compared by, its parts' keys, its reading in hiragana.

    `keys` are alternatives (normalised form, surface); each of `parts` likewise. `silent` words (particles,
    punctuation) carry no meaning of their own. `proper` marks proper nouns.
    """

    surface: str
    start: int
    end: int
    keys: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    reading: str
    silent: bool
    proper: bool


#: The fields of a `Token` from `keys` on: all that does not depend on where the word stands.
_Facts = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str, bool, bool]


@lru_cache(maxsize=1)
def _load_dictionary() -> Dictionary:
    return Dictionary()


def _tokenizer() -> Tokenizer:
    """One tokenizer a thread (Sudachi's are not thread-safe), one dictionary a process (it is 200 MB, mapped)."""
    tokenizer: Tokenizer | None = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        with _dictionary_lock:
            tokenizer = _local.tokenizer = _load_dictionary().tokenizer(mode=SplitMode.C)
    return tokenizer


@lru_cache(maxsize=16_384)
def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of `text` after width normalisation (positions refer to `prepare(text)`)."""
    found: list[Token] = []
    for offset, chunk in _chunks(prepare(text)):
        found.extend(_token(morpheme, offset) for morpheme in _tokenizer().tokenize(chunk))
    return tuple(found)


@lru_cache(maxsize=16_384)
def prepare(text: str) -> str:
    """The form of a text that tokens' positions refer to: clean and of one width, kana and kanji as typed."""
    return unicodedata.normalize("NFKC", clean(text))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    for start in range(0, len(text), MAX_CHUNK):
        yield start, text[start : start + MAX_CHUNK]


def _token(morpheme: Morpheme, offset: int) -> Token:
    surface = morpheme.surface()
    return Token(surface, morpheme.begin() + offset, morpheme.end() + offset, *_facts(morpheme, surface))


#: (word of the dictionary, as it is written) → what it is: a few thousand words make up nearly every text.
_known: dict[tuple[int, str], _Facts] = {}
MAX_KNOWN = 100_000


def _facts(morpheme: Morpheme, surface: str) -> _Facts:
    if morpheme.is_oov():
        return _look_up(morpheme, surface)
    name = morpheme.word_id(), surface
    facts = _known.get(name)
    if facts is None:
        if len(_known) >= MAX_KNOWN:
            _known.clear()
        facts = _known[name] = _look_up(morpheme, surface)
    return facts


def _look_up(morpheme: Morpheme, surface: str) -> _Facts:
    kind = morpheme.part_of_speech()
    parts: tuple[tuple[str, ...], ...] = ()
    if len(surface) > 2:
        parts = tuple(_keys(part) for part in morpheme.split(SplitMode.A))
    return (
        _keys(morpheme),
        parts,
        fold(morpheme.reading_form()),
        kind[0] in _SILENT,
        kind[1] == "固有名詞",
    )


def _keys(morpheme: Morpheme) -> tuple[str, ...]:
    forms = (key(morpheme.normalized_form()), key(morpheme.surface()))
    return tuple(dict.fromkeys(form for form in forms if form))


#: The same words as `_known`, as a document needs them: all their keys (none when silent) and their reading.
_Name = tuple[int, str] | tuple[int, str, str]
_said: dict[_Name, tuple[tuple[str, ...], str]] = {}


@lru_cache(maxsize=32_768)
def words_and_reading(line: str) -> tuple[frozenset[str], str]:
    """Keys of all words of a line and of their parts (particles and punctuation left out), and how the line is read.

    What `tokenize` says, without an object a word: documents are made of these. Kinds, places and timetables stand
    in thousands of documents as the very same line.
    """
    words: set[str] = set()
    spoken: list[str] = []
    for _offset, chunk in _chunks(prepare(line)):
        for morpheme in _tokenizer().tokenize(chunk):
            surface = morpheme.surface()
            name: _Name = (morpheme.word_id(), surface)
            if morpheme.is_oov():  # what its letters and kind are, and as read here: 七 is しち or なな
                name = (morpheme.part_of_speech_id(), surface, morpheme.reading_form())
            said = _said.get(name)
            if said is None:
                said = _said_by(morpheme, surface, name)
            words.update(said[0])
            spoken.append(said[1])
    return frozenset(words), "".join(spoken)


def _said_by(morpheme: Morpheme, surface: str, name: _Name) -> tuple[tuple[str, ...], str]:
    keys, parts, kana, silent, _proper = _look_up(morpheme, surface)
    forms = () if silent else (*keys, *(form for part in parts for form in part))
    if len(_said) >= MAX_KNOWN:
        _said.clear()
    said = _said[name] = forms, kana if surface.strip() else ""
    return said


def reading(text: str) -> str:
    """Reading of a whole text in hiragana, without spaces: what a question in kana is compared with."""
    return "".join([words_and_reading(line)[1] for line in text.split("\n")])
