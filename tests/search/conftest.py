"""A small register to search in: Django's groups stand for any app's objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.contrib.auth.models import Group

from search.documents import SearchDocument
from search.engines import get_engine
from search.engines.base import Engine
from search.indexing import index_many
from search.registry import DocumentSource, registry
from search.request import SearchRequest, SearchResult
from search.services import search_index
from search.vocabulary import Vocabulary, forget_vocabulary
from tests.search.outside import outside  # noqa: F401 - a fixture

INDEX = "scratch-test"
Find = Callable[..., SearchResult]


class GroupSource(DocumentSource):
    """A group is public unless its name says 非公開; a name with 壊れた cannot be built."""

    type = "group"
    label = "グループ"

    def queryset(self):
        return Group.objects.all()

    def get_id(self, obj):
        return str(obj.pk)

    def filter_ids(self, queryset, ids):
        return queryset.filter(pk__in=[int(id_) for id_ in ids])

    def build(self, obj):
        if "壊れた" in obj.name:
            raise ValueError("壊れた")
        if "非公開" in obj.name:
            return None
        return SearchDocument(id=str(obj.pk), type=self.type, title=obj.name, card={"name": obj.name})

    def visible_ids(self, ids, user):
        return {
            str(pk)
            for pk in Group.objects.filter(pk__in=ids)
            .exclude(name__contains="非公開")
            .values_list("pk", flat=True)
        }


@pytest.fixture
def source(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[GroupSource]:
    """The only source there is, for one test, over an empty table."""
    Group.objects.all().delete()
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(registry, "_vocabulary", [])
    forget_vocabulary()
    groups = GroupSource()
    registry.register_source(groups)
    yield groups
    forget_vocabulary()


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.cluster)])
def engine(request: pytest.FixtureRequest, db: None) -> Engine:
    """Every engine there is. With TEST_DATABASE_URL the embedded one runs on PostgreSQL."""
    found = get_engine(request.param)
    if not found.transactional:
        request.getfixturevalue("cluster_index")
    found.create(INDEX)
    found.remove([key for key, _ in found.fingerprints(index=INDEX)], index=INDEX)
    found.settle(INDEX)
    return found


@pytest.fixture(scope="session")
def cluster_index() -> Iterator[None]:
    """One index on the cluster for all tests of a process: making one takes longer than most tests."""
    cluster = get_engine("elasticsearch")
    cluster.drop(INDEX)
    yield
    cluster.drop(INDEX)


@pytest.fixture
def find(engine: Engine) -> Find:
    """Ask the scratch index: `find("体操", vocabulary=…, page_size=5)`."""

    def ask(text: str = "", *, vocabulary: Vocabulary | None = None, **options: object) -> SearchResult:
        options.setdefault("today", date(2026, 11, 21))
        request = SearchRequest(text=text, **options)
        return search_index(request, engine=engine, index=INDEX, vocabulary=vocabulary or Vocabulary())

    return ask


@pytest.fixture
def put(engine: Engine) -> Callable[..., None]:
    """Put documents into the scratch index."""

    def put_documents(*documents: SearchDocument) -> None:
        index_many(documents, index=INDEX, engine=engine)
        engine.settle(INDEX)

    return put_documents


def doc(id_: str, title: str = "", **fields: object) -> SearchDocument:
    """A document with what the test is about."""
    return SearchDocument(id=id_, type=str(fields.pop("type", "resource")), title=title or id_, **fields)


def ids(result: SearchResult) -> list[str]:
    """Ids of the hits, in order."""
    return [hit.id for hit in result.hits]
