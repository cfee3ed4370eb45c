"""Where SQLite and PostgreSQL differ: how tokens are stored and matched, how a piece of text is found."""

# ruff: noqa: S608 - table and column names are ours; every value is a parameter
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from django.db import connection

from ..analysis.analysed import AnalysedDocument
from ..plan import AllOf


class Dialect(Protocol):
    """The SQL of one database."""

    contains: str
    by_code_point: str

    def matching(self) -> str:
        """A SELECT of `id` with one parameter made by `expression`."""

    def expression(self, any_of: Iterable[AllOf]) -> str:
        """Token combinations as the database's own query string."""

    def stored_tokens(self, document: AnalysedDocument) -> str:
        """Value of the `tokens` column."""

    def add(self, ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> None:
        """Put the tokens of stored rows into the full-text index."""

    def forget(self, where: str, params: Sequence[Any]) -> None:
        """Take rows out of the full-text index, before they are deleted."""


class SqliteDialect:
    """FTS5 with external content: it has to be told the old tokens of a row that goes."""

    contains = "instr({column}, %s)"
    by_code_point = ""

    def matching(self) -> str:
        return "SELECT rowid AS id FROM search_fts WHERE search_fts MATCH %s"

    def expression(self, any_of: Iterable[AllOf]) -> str:
        return _boolean(any_of, lambda token: f'"{token}"', " AND ", " OR ")

    def stored_tokens(self, document: AnalysedDocument) -> str:
        return " ".join(document.tokens)

    def add(self, ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> None:
        # From the stored column: what `forget` gives back must be the very text that was indexed.
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_fts (rowid, tokens) SELECT id, tokens FROM search_indexeddocument "
                f"WHERE id IN ({', '.join(['%s'] * len(ids))})",
                list(ids),
            )

    def forget(self, where: str, params: Sequence[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_fts (search_fts, rowid, tokens) "
                f"SELECT 'delete', id, tokens FROM search_indexeddocument WHERE {where}",
                list(params),
            )


class PostgresqlDialect:
    """A tsvector column of our own lexemes with a GIN index."""

    contains = "strpos({column}, %s)"
    by_code_point = ' COLLATE "C"'  # the same order as SQLite, whatever the database's locale

    def matching(self) -> str:
        return "SELECT id FROM search_indexeddocument WHERE lexemes @@ %s::tsquery"

    def expression(self, any_of: Iterable[AllOf]) -> str:
        return _boolean(any_of, _lexeme, " & ", " | ")

    def stored_tokens(self, document: AnalysedDocument) -> str:
        return ""

    def add(self, ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> None:
        rows = [(list(document.tokens), pk) for pk, document in zip(ids, documents, strict=True)]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_indexeddocument SET lexemes = array_to_tsvector(%s::text[]) WHERE id = %s",
                rows,
            )

    def forget(self, where: str, params: Sequence[Any]) -> None:
        """The column goes with its row."""


def _lexeme(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _boolean(any_of: Iterable[AllOf], quote: Callable[[str], str], both: str, either: str) -> str:
    alternatives = [
        both.join(f"({either.join(quote(token) for token in tokens)})" for tokens in all_of)
        for all_of in dict.fromkeys(any_of)
        if all_of and all(all_of)
    ]
    return either.join(f"({alternative})" for alternative in alternatives)


def current_dialect() -> Dialect:
    """The dialect of the default database. NotSupportedError names what is supported."""
    dialects: dict[str, type[Dialect]] = {"sqlite": SqliteDialect, "postgresql": PostgresqlDialect}
    try:
        return dialects[connection.vendor]()
    except KeyError:
        raise NotImplementedError(
            f"The database search engine needs SQLite or PostgreSQL, not {connection.vendor}"
        ) from None
