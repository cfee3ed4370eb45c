"""Objects → index entries, for both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Manager
from django.utils.encoding import force_str
from modelsearch.conf import get_app_config
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.utils import get_content_type_pk

from .compiling import TITLE_FIELDS
from .texts import body_tokens, title_tokens

IndexEntry = get_app_config().get_model("IndexEntry", require_ready=False)


class TokenIndex:
    """What modelsearch's index does, with our tokens in `title` and `body`; `autocomplete` stays empty: parts of words
    are found in both."""

    entries: Any

    def stored(self, tokens: list[str]) -> str:
        """Tokens as the column of this database takes them."""
        raise NotImplementedError

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        """Add or replace the entries of `items`, in two statements whatever their number."""
        if not model.get_search_fields():
            return
        content_type = get_content_type_pk(model)
        rows = {force_str(item.pk): self._entry(item, content_type) for item in items}
        self.entries.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
            batch_size=200,
        )

    def _entry(self, item: Any, content_type: int) -> Any:
        title: list[str] = []
        body: list[str] = []
        for is_title, text in dict.fromkeys(_texts(item)):
            title += title_tokens(text) if is_title else []
            body += [] if is_title else body_tokens(text)
        return IndexEntry(
            content_type_id=content_type,
            object_id=force_str(item.pk),
            title=self.stored(title),
            body=self.stored(body),
            autocomplete=self.stored([]),
        )

    def _refresh_title_norms(self, full: bool = False) -> None:
        """The order needs no average length of titles, and no table is read at each save."""


def _texts(item: Any) -> Iterator[tuple[bool, str]]:
    """(whether it is its name, text) of all that the model says may be searched."""
    for field in item.get_search_fields():
        for found, value in _values(item, field):
            is_title = found is field and found.field_name in TITLE_FIELDS
            yield from ((is_title, text) for text in _flat(value) if text)


def _values(item: Any, field: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(field, SearchField | AutocompleteField):
        yield field, field.get_value(item)
    elif isinstance(field, RelatedFields):
        others = field.get_value(item)
        for other in others.all() if isinstance(others, Manager) else [others]:
            if other is not None:
                for part in field.fields:
                    yield from _values(other, part)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
    elif value is not None:
        yield force_str(value, errors="replace")
