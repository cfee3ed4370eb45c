"""Counting the questions that find nothing, so that staff learn what is missing: a word, or a place to go.

What people type is personal. Kept are normalised words, a place and a day; never who asked, from where, the text as
typed, or words that may be somebody's number or address.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import DatabaseError

from .analysis.normalise import fold, key
from .analysis.tokens import prepare
from .dictionary import current_dictionary
from .models import UnansweredQuestion
from .understanding import Piece, Understood, understand
from .vocabulary import current_vocabulary

logger = logging.getLogger(__name__)

KEPT_DAYS = 400  # a year can be compared with the one before
MAX_WORDS = 5
MAX_LENGTH = 30
MAX_AREA = 200
_NUMBER = re.compile(r"\d{4,}|\d[\d\-ー.()]{4,}\d")  # of a telephone, a house, a postal code, a birthday
_ADDRESS = re.compile(r"[@:/]|\.[a-z]{2,}|[!-~]{31,}")  # and what looks like a key or a password


def count_question(text: str, *, area: str, day: date) -> None:
    """Count what is left of a text that found nothing once it is understood: see `count_unanswered`."""
    understood = understand(text, current_vocabulary(), dictionary=current_dictionary())
    count_unanswered(understood, area=area, day=day)


def count_unanswered(understood: Understood, *, area: str, day: date) -> None:
    """Count a question that found nothing. `area` is the path of the place it was about, or "". Never raises."""
    words = normalised_words(understood)
    if not words:
        return
    try:
        UnansweredQuestion.objects.add_one(words=words, area=area[:MAX_AREA], day=day)
        UnansweredQuestion.objects.erase_before(day - timedelta(days=KEPT_DAYS))
    except DatabaseError as error:
        # A count is worth less than the page. Without the words: a log outlives them.
        logger.warning("search: an unanswered question was not counted: %s", type(error).__name__)


def normalised_words(understood: Understood) -> str:
    """Dictionary forms of the words, in one order, joined by spaces; places and conditions left out. "" for none."""
    personal = [chunk for chunk in prepare(understood.text).split() if _may_be_personal(fold(chunk))]
    pieces = [
        piece
        for piece in understood.pieces
        if not piece.is_condition and not any(piece.surface in chunk for chunk in personal)
    ]
    words = dict.fromkeys(word for piece in pieces for word in _words(piece))
    return " ".join(sorted(list(words)[:MAX_WORDS]))


def _words(piece: Piece) -> Iterator[str]:
    """The forms a piece is counted under. A bare figure is no word."""
    spoken = [token.keys[0] for token in piece.tokens if not token.silent and token.keys]
    for word in spoken or [key(piece.surface)]:
        if 0 < len(word) <= MAX_LENGTH and any(char.isalpha() for char in word):
            yield word


def _may_be_personal(folded: str) -> bool:
    """Of a stretch between spaces: what the analyser cuts to harmless bits is seen here as a whole."""
    return bool(_NUMBER.search(folded) or _ADDRESS.search(folded))
