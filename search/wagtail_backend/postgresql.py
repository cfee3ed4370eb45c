"""On PostgreSQL: modelsearch's tsvector columns with our tokens, past every text search configuration."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, QuerySet
from django.db.models.expressions import CombinedExpression
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from .compiling import Compiler, Results
from .indexing import IndexEntry, TokenIndex
from .texts import Needle, Word


class Index(TokenIndex, PostgresIndex):
    def stored(self, tokens: list[str]) -> str:
        return " ".join(f"'{token}':{position}" for position, token in enumerate(tokens, start=1))


class Tokens(SearchQuery):
    """A tsquery of our tokens as they are: no parser, no stemming."""

    def as_sql(self, *_args: Any, **_extra: Any) -> tuple[str, Any]:
        value: Any = self.source_expressions[0]
        return "%s::tsquery", [value.value]


class PostgresqlCompiler(Compiler):
    def entries(self, words: tuple[Word, ...], *, title_only: bool) -> QuerySet[Any]:
        query = Tokens(" & ".join(_any_of(word) for word in words))
        # The very expression of modelsearch's index over both columns.
        where = F("title") if title_only else CombinedExpression(F("title"), "||", F("body"))
        return IndexEntry._default_manager.annotate(_where=where).filter(_where=query)


def _any_of(word: Word) -> str:
    return f"({' | '.join(_all_of(way) for way in word)})"


def _all_of(way: tuple[Needle, ...]) -> str:
    return f"({' & '.join(_phrase(needle) for needle in way)})"


def _phrase(needle: Needle) -> str:
    return "(" + " <-> ".join(f"'{token}'" + ":*" * needle.is_prefix for token in needle.tokens) + ")"


class Backend(PostgresSearchBackend):
    query_compiler_class = PostgresqlCompiler
    autocomplete_query_compiler_class = PostgresqlCompiler
    index_class = Index
    results_class = Results
