"""Where apps say what can be found. `search` imports none of them; they call `registry` from `AppConfig.ready`.

registry.register_source(ResourceSource())
registry.register_field(FieldSpec("area", _("地区"), hierarchical=True))
registry.register_vocabulary(area_terms)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from .documents import SearchDocument


class DocumentSource(ABC):
    """How one kind of object becomes findable. `type` is short and stable: it is stored in the index and in URLs."""

    type: str
    label: str

    @abstractmethod
    def queryset(self) -> QuerySet[Any]:
        """Every object that may be in the index, with what `build` needs prefetched. Any order; pk is used."""

    @abstractmethod
    def get_id(self, obj: Any) -> str:
        """The id used in documents and in `enqueue`, e.g. `str(obj.uuid)`."""

    @abstractmethod
    def filter_ids(self, queryset: QuerySet[Any], ids: Collection[str]) -> QuerySet[Any]:
        """Narrow `queryset()` to these ids; unknown ids are simply not in it."""

    @abstractmethod
    def build(self, obj: Any) -> SearchDocument | None:
        """The document, or None when the public may not find it (then it is taken out of the index)."""

    @abstractmethod
    def visible_ids(self, ids: Collection[str], user: Any) -> Collection[str]:
        """Of these ids, those `user` may see now. Asked again when hits are shown; one query."""

    def addresses(self, ids: Collection[str], user: Any) -> Mapping[str, str]:
        """Of these ids, those `user` may see now → the address of their page, "" without one; one query."""
        return dict.fromkeys(self.visible_ids(ids, user), "")

    def prepare(self, objects: Sequence[Any]) -> None:  # noqa: B027 - most have nothing to prepare
        """Load what `build` needs of all of `objects` together and a prefetch would load too dearly."""

    def build_all(
        self, objects: Sequence[Any], on_error: Callable[[Any, Exception], object] | None = None
    ) -> Iterator[SearchDocument]:
        """Documents of the `objects` that may be found. With `on_error(obj, error)` a broken one is passed over."""
        self.prepare(objects)
        for obj in objects:
            try:
                document = self.build(obj)
            except Exception as error:
                if on_error is None:
                    raise
                on_error(obj, error)
                continue
            if document is not None:
                yield document

    def documents(self, ids: Collection[str]) -> Iterator[SearchDocument]:
        """Documents of these ids as they are now."""
        return self.build_all(list(self.filter_ids(self.queryset(), ids)))


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A keyword field that can be filtered and counted."""

    name: str
    label: str
    hierarchical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that means a value of a keyword field: 「烏山」(からすやま) means area=karasuyama.

    `kind` says how far a word binds: `"place"` and `"condition"` narrow the results (and are shown as chips),
    `"topic"` (categories) and `"audience"` only raise what has the value, so that an ambiguous word loses nothing.
    `rank` orders the meanings of one word: 0 is the most specific (district), larger is wider (area, town last).
    """

    surface: str
    field: str
    value: str
    label: str
    reading: str = ""
    kind: str = "condition"
    rank: int = 0


VocabularyProvider = Callable[[], Iterable[Term]]


class Registry:
    """Sources, keyword fields and vocabulary, filled at start-up."""

    def __init__(self) -> None:
        self._sources: dict[str, DocumentSource] = {}
        self._fields: dict[str, FieldSpec] = {}
        self._vocabulary: list[VocabularyProvider] = []

    def register_source(self, source: DocumentSource) -> None:
        """Make a kind of object findable. A second source of the same type is a mistake."""
        if source.type in self._sources:
            raise ValueError(f"A search source of type {source.type!r} is registered already")
        self._sources[source.type] = source

    def register_field(self, spec: FieldSpec) -> None:
        """Name a keyword field. Registering the same spec again is harmless."""
        self._fields[spec.name] = spec

    def register_vocabulary(self, provider: VocabularyProvider) -> None:
        """Add words to understand. The provider is called lazily and its answer is kept for a minute."""
        if provider not in self._vocabulary:
            self._vocabulary.append(provider)

    def source(self, type_: str) -> DocumentSource:
        """The source of a type. KeyError names the types there are."""
        try:
            return self._sources[type_]
        except KeyError:
            raise KeyError(f"No search source {type_!r}; registered: {sorted(self._sources)}") from None

    def source_for(self, obj: Model) -> DocumentSource | None:
        """The source whose queryset holds objects of this model, or None."""
        return next((s for s in self._sources.values() if s.queryset().model is type(obj)), None)

    @property
    def sources(self) -> tuple[DocumentSource, ...]:
        """All sources, in order of registration."""
        return tuple(self._sources.values())

    @property
    def fields(self) -> dict[str, FieldSpec]:
        """Keyword fields by name."""
        return dict(self._fields)

    def terms(self) -> list[Term]:
        """All words of all providers. Reads the database: callers keep the answer."""
        return [term for provider in self._vocabulary for term in provider()]


registry = Registry()
