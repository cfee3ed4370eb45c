"""On SQLite: modelsearch's FTS5 table over our tokens."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Value
from modelsearch.backends.database.sqlite.query import MatchExpression, SearchQueryExpression
from modelsearch.backends.database.sqlite.sqlite import SQLiteFTSIndexEntry, SQLiteIndex, SQLiteSearchBackend

from .compiling import Compiler, Results
from .indexing import IndexEntry, TokenIndex
from .texts import Needle, Word


class Index(TokenIndex, SQLiteIndex):
    def stored(self, tokens: list[str]) -> str:
        return " ".join(tokens)


class SqliteCompiler(Compiler):
    def entries(self, words: tuple[Word, ...], *, title_only: bool) -> QuerySet[Any]:
        expression = SearchQueryExpression(Value(" AND ".join(_any_of(word) for word in words)))
        found = SQLiteFTSIndexEntry.objects.filter(
            MatchExpression(["title"] if title_only else ["title", "body"], expression)
        )
        return IndexEntry._default_manager.filter(pk__in=found.values("index_entry_id"))


def _any_of(word: Word) -> str:
    return f"({' OR '.join(_all_of(way) for way in word)})"


def _all_of(way: tuple[Needle, ...]) -> str:
    return f"({' AND '.join(_phrase(needle) for needle in way)})"


def _phrase(needle: Needle) -> str:
    return f'"{" ".join(needle.tokens)}"' + " *" * needle.is_prefix


class Backend(SQLiteSearchBackend):
    query_compiler_class = SqliteCompiler
    autocomplete_query_compiler_class = SqliteCompiler
    index_class = Index
    results_class = Results
