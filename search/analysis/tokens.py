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
    kind = morpheme.part_of_speech()
    parts: tuple[tuple[str, ...], ...] = ()
    if len(surface) > 2:
        parts = tuple(_keys(part) for part in morpheme.split(SplitMode.A))
    return Token(
        surface=surface,
        start=morpheme.begin() + offset,
        end=morpheme.end() + offset,
        keys=_keys(morpheme),
        parts=parts,
        reading=fold(morpheme.reading_form()),
        silent=kind[0] in _SILENT,
        proper=kind[1] == "固有名詞",
    )


def _keys(morpheme: Morpheme) -> tuple[str, ...]:
    forms = (key(morpheme.normalized_form()), key(morpheme.surface()))
    return tuple(dict.fromkeys(form for form in forms if form))


def reading(text: str) -> str:
    """Reading of a whole text in hiragana, without spaces: what a question in kana is compared with."""
    return "".join([token.reading for token in tokenize(text) if token.surface.strip()])
