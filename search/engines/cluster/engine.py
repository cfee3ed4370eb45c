"""The cluster engine: the contract of `search.engines.base` on Elasticsearch 8 and 9 and OpenSearch 2 and 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from elasticsearch.dsl import Search

from ...analysis.analysed import AnalysedDocument
from ...analysis.completions import MAX_FORM
from ...plan import Plan
from ...request import SearchRequest
from ..base import (
    ADOPTED,
    Answer,
    Cells,
    Completion,
    DocumentKey,
    Engine,
    EngineUnavailable,
    QuestionRefused,
    best_completions,
)
from . import answers, asking
from .configuration import Configuration
from .connection import Connection, Refused
from .mapping import index_settings, mappings
from .storing import putting, removing, write

BATCH = 5_000
_BAD_QUESTION = 400
_THERE = "resource_already_exists_exception"


class ElasticsearchEngine(Engine):
    """An index is `{prefix}.{name}` on the cluster, written through an alias of its own, so that a write after its end
    is refused. The adopted one bears the alias `{prefix}.adopted`."""

    name = "elasticsearch"
    transactional = False

    def __init__(self, connection: Connection | None = None, token: int | None = None) -> None:
        self._given = connection
        self._token = token

    @property
    def _connection(self) -> Connection:
        return self._given or Connection(Configuration.from_settings())

    def within(self, deadline: float) -> ElasticsearchEngine:
        return ElasticsearchEngine(self._connection.until(deadline), self._token)

    def as_of(self, token: int) -> ElasticsearchEngine:
        return ElasticsearchEngine(self._given, token)

    def _full(self, index: str) -> str:
        return f"{self._connection.configuration.prefix}.{index}"

    def _alias(self, index: str) -> str:
        return f"{self._full(index)}.write"

    # Asking

    def search(self, plan: Plan, request: SearchRequest, *, index: str) -> Answer:
        if plan.impossible:
            return Answer((), 0, dict.fromkeys(request.facets, ()))
        body = self._ask(asking.page_search(plan, request), index)
        parts = self._parts(plan, body, index) if request.explain else {}
        return answers.read_answer(body, request, asking.first_day(request), parts)

    def _parts(self, plan: Plan, body: answers.Body, index: str) -> dict[str, dict[str, float]]:
        ids = [hit["_id"] for hit in body["hits"]["hits"]]
        if not ids:
            return {}
        bodies = [self._ask(search, index) for search in asking.parts_searches(plan, ids)]
        return answers.read_parts(bodies, [group.surface for group in plan.groups])

    def count_groups(self, plan: Plan, request: SearchRequest, *, index: str) -> tuple[int, ...]:
        if not plan.groups:
            return ()
        body = self._ask(asking.groups_search(plan, request), index)
        return answers.read_group_counts(body, len(plan.groups))

    def cells(self, plan: Plan, request: SearchRequest, *, index: str, zoom: int, limit: int) -> Cells:
        if plan.impossible:
            return Cells(0, ())
        body = self._ask(asking.cells_search(plan, request, zoom=zoom, limit=limit), index)
        return answers.read_cells(body, zoom)

    def complete(
        self, typed: str, *, index: str, types: Sequence[str] = (), limit: int = 10
    ) -> tuple[Completion, ...]:
        if not 0 < len(typed) <= MAX_FORM:
            return ()
        body = self._ask(asking.completion_search(typed, types), index)
        return best_completions(answers.read_completions(body), limit)

    def _ask(self, search: Search, index: str) -> answers.Body:
        """The whole answer. The server is told the time too, so that it stops working for a visitor who has left."""
        connection, body = self._connection, search.to_dict()
        body["timeout"] = f"{max(1, int(connection.left() * 1_000))}ms"
        try:
            answer = connection.call(
                lambda client: (
                    client.search(index=self._full(index), body=body, allow_partial_search_results=False).body
                )
            )
        except Refused as refused:
            if refused.status == 400:
                raise QuestionRefused(str(refused)) from refused
            raise
        return answers.whole(answer)

    # Writing

    def put(self, documents: Sequence[AnalysedDocument], *, index: str) -> None:
        newest = {document.document.key: document for document in documents}
        operations = (putting(document, self._token) for document in newest.values())
        write(self._connection, self._alias(index), operations)

    def remove(self, keys: Iterable[DocumentKey], *, index: str) -> None:
        operations = (removing(key, self._token) for key in dict.fromkeys(keys))
        write(self._connection, self._alias(index), operations)

    def fingerprints(self, *, index: str) -> Iterator[tuple[DocumentKey, str]]:
        self.settle(index)
        after: DocumentKey | None = None
        while True:
            body = self._ask(asking.fingerprints_search(after, BATCH), index)
            page = list(answers.read_fingerprints(body))
            yield from page
            if len(page) < BATCH:
                return
            after = page[-1][0]

    # Indexes

    def create(self, index: str) -> None:
        settings = index_settings(self._connection.configuration)
        aliases: dict[str, dict[str, Any]] = {self._alias(index): {}}
        try:
            self._connection.call(
                lambda client: client.indices.create(
                    index=self._full(index), settings=settings, mappings=mappings(), aliases=aliases
                )
            )
        except Refused as refused:
            if refused.kind != _THERE:
                raise

    def settle(self, index: str) -> None:
        answer = self._connection.call(lambda client: client.indices.refresh(index=self._full(index)))
        if answer["_shards"]["failed"]:
            raise EngineUnavailable("a part of the search index could not be refreshed")

    def adopt(self, index: str) -> None:
        adopted, full = self._full(ADOPTED), self._full(index)
        nothing: dict[str, Any] = {}
        held = set(
            self._connection.call(lambda client: client.indices.get_alias(name=adopted).body, missing=nothing)
        )
        if held == {full}:
            return
        actions: list[dict[str, Any]] = [{"add": {"index": full, "alias": adopted}}]
        actions += [{"remove": {"index": other, "alias": adopted}} for other in sorted(held - {full})]
        self._connection.call(lambda client: client.indices.update_aliases(actions=actions))

    def drop(self, index: str) -> None:
        self._connection.call(
            lambda client: client.indices.delete(index=self._full(index), ignore_unavailable=True)
        )

    def indexes(self) -> set[str]:
        start = self._full("")
        there = self._connection.call(
            lambda client: client.indices.get_settings(index=f"{start}*", name="index.uuid").body
        )
        return {name.removeprefix(start) for name in there}
