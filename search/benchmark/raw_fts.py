"""The same words asked of SQLite's FTS5 itself: top 20 by bm25 and the count, nothing else. What fast is compared with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from ..analysis.terms import content, words
from ..analysis.tokens import tokenize
from ..documents import SearchDocument
from .measuring import Times, summary, timed


class RawFts:
    """A plain FTS5 table over the words of the documents."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "raw.sqlite3")
        self.db.execute("CREATE VIRTUAL TABLE raw USING fts5(words, content='', tokenize='unicode61')")

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Index the documents' words, as the analyser cuts them."""
        rows = ((" ".join(self._words(document)),) for document in documents)
        with self.db:
            self.db.executemany("INSERT INTO raw (words) VALUES (?)", rows)

    @staticmethod
    def _words(document: SearchDocument) -> Iterable[str]:
        return words("\n".join((document.title, document.category, document.place, document.body)))

    def ask(self, question: str) -> None:
        """Top 20 and how many there are."""
        tokens = [token.keys[0] for token in content(tokenize(question))]
        match = " AND ".join(f'"{token}"' for token in tokens)
        if match:
            query = "SELECT rowid FROM raw WHERE raw MATCH ? ORDER BY rank LIMIT 20"
            self.db.execute(query, [match]).fetchall()
            self.db.execute("SELECT COUNT(*) FROM raw WHERE raw MATCH ?", [match]).fetchall()

    def measure(self, questions: Iterable[str]) -> Times:
        """Times of these questions."""
        return summary(timed(self.ask, questions))

    def close(self) -> None:
        """End the connection."""
        self.db.close()
