"""A search of modelsearch → one queryset: rows whose index entry holds the words, the best fitting first."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any, cast

from django.db.models import BigIntegerField, Case, Count, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseSearchQueryCompiler, BaseSearchResults, FilterFieldError
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from .texts import Word, question, title_start, whole_title

#: Fields that are the name of a thing. What is found in them comes first.
TITLE_FIELDS = frozenset({"title", "name", "kana", "code", "email"})
_NOTHING = Q(pk__in=())
_EVERYTHING = ~_NOTHING


class Compiler(BaseSearchQueryCompiler):
    """Compiles for both of Wagtail's ways to ask: whoever types a part of a word finds the word."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def check(self) -> None:
        """Any filter will do: this is the database's own query, joined with the index in one statement."""

    def entries(self, words: tuple[Word, ...], *, title_only: bool) -> QuerySet[Any]:
        """Index entries that hold all of `words`. Each database has its own."""
        raise NotImplementedError

    def search(self, start: int, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
        """The rows from `start` to `stop`; `score_field` names an annotation that falls from 4 to 1."""
        rows = self.queryset.filter(self._matching(self.query))
        level = self._level()
        if score_field is not None:
            rows = rows.annotate(**{score_field: Cast(4 - level if level else Value(1), FloatField())})
        own = rows.query.order_by or rows.model._meta.ordering or ("-pk",)
        if self.order_by_relevance and level is not None:
            rows = rows.order_by(level, *own)
        elif not rows.query.order_by:
            rows = rows.order_by(*own)
        return rows[start:stop]

    def _matching(self, query: SearchQuery) -> Q:
        if isinstance(query, MatchAll):
            return _EVERYTHING
        if isinstance(query, PlainText | Phrase | Fuzzy):
            return self._holding(query)
        if isinstance(query, Not):
            return ~self._matching(query.subquery)
        if isinstance(query, Boost):
            return self._matching(query.subquery)
        if isinstance(query, And | Or):
            parts = [self._matching(part) for part in query.subqueries]
            return reduce(and_ if isinstance(query, And) else or_, parts, Q()) if parts else _NOTHING
        raise NotImplementedError(f"{type(query).__name__} is not supported by the admin search")

    def _holding(self, query: PlainText | Phrase | Fuzzy) -> Q:
        words = question(query.query_string)
        title_only = self.fields is not None and set(self.fields) <= TITLE_FIELDS
        if not words:
            return _NOTHING
        if str(getattr(query, "operator", "and")).lower() == "or":
            words = (tuple(way for word in words for way in word),)
        return self._among(words, title_only=title_only)

    def _among(self, words: tuple[Word, ...], *, title_only: bool) -> Q:
        entries = self.entries(words, title_only=title_only).filter(
            content_type_id__in=get_descendants_content_types_pks(self.queryset.model)
        )
        ids = entries.order_by().values_list(Cast("object_id", BigIntegerField()), flat=True)
        return Q(pk__in=ids)

    def _level(self) -> Any:
        """0 the whole name, 1 its beginning, 2 in the name, 3 elsewhere; None where this cannot be said."""
        if not isinstance(self.query, PlainText):
            return None
        text = self.query.query_string
        steps = ((whole_title(text),), (title_start(text),), question(text))
        whens = [
            When(self._among(words, title_only=True), then=Value(level))
            for level, words in enumerate(steps)
            if words and all(words)
        ]
        return Case(*whens, default=Value(3), output_field=IntegerField()) if whens else None


class Results(BaseSearchResults):
    """Answers of `Compiler`."""

    supports_facet = True

    def get_queryset(self) -> QuerySet[Any]:
        """The rows of this slice."""
        compiler = cast(Compiler, self.query_compiler)
        return compiler.search(self.start, self.stop, score_field=self._score_field)

    def _do_search(self) -> list[Any]:
        return list(self.get_queryset())

    def _do_count(self) -> int:
        return self.get_queryset().count()

    def facet(self, field_name: str) -> dict[Any, int]:
        """Value of the field → number of rows, most first."""
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f'Add index.FilterField("{field_name}") to {self.model.__name__}.', field_name=field_name
            )
        rows = cast(Compiler, self.query_compiler).search(0, None).order_by()
        counted = rows.values(field_name).annotate(number=Count("pk")).order_by("-number")
        return {row[field_name]: row["number"] for row in counted}
