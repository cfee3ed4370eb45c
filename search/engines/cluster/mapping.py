"""The index: strict fields, only the `whitespace` and `keyword` analysis that every server has in its core.

Words come as tokens of our own analysis (`search.analysis.terms`). Text is kept besides as pairs of neighbouring
characters in their order: a phrase of pairs is exactly a piece of the text, so literal search needs no look at the
stored text. Lines are values of their own, kept apart by the gap between values.
"""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import (
    Date,
    Document,
    Double,
    GeoPoint,
    InnerDoc,
    Keyword,
    Mapping,
    MetaField,
    Nested,
    Object,
    Text,
)

from ...request import MAX_PAGE_SIZE, MAX_RESULTS
from .configuration import Configuration

#: What a hit, a fingerprint or a cell is read from. All else only lives in the index.
STORED = ("type", "id", "title", "sort_key", "card", "lat", "lng", "dates", "completions", "fingerprint")
LONGEST_KEY = 1_000


class _Day(InnerDoc):
    """A day of its own, so that 'the first day from today on' can be sorted by."""

    day = Date(format="strict_date")


class IndexedDocument(Document):
    """A document as the cluster keeps it; made by `storing.stored`."""

    type = Keyword()
    id = Keyword()
    title = Keyword(index=False, doc_values=False)
    title_key = Keyword(doc_values=False, ignore_above=LONGEST_KEY)
    sort_key = Keyword(ignore_above=LONGEST_KEY)
    fingerprint = Keyword(index=False)
    verified_on = Date(format="strict_date")
    tokens = Keyword(doc_values=False)
    title_text = Text(analyzer="whitespace", norms=False)
    other_text = Text(analyzer="whitespace", norms=False)
    title_readings = Text(analyzer="whitespace", norms=False)
    other_readings = Text(analyzer="whitespace", norms=False)
    completions = Keyword()
    keywords = Object(dynamic=True)
    dates = Date(format="strict_date")
    days = Nested(_Day)
    lat = Double()
    lng = Double()
    point = GeoPoint()
    card = Object(enabled=False)

    class Meta:
        dynamic = MetaField("strict")
        dynamic_templates = MetaField(
            [
                {
                    "facets": {
                        "path_match": "keywords.*",
                        "match_mapping_type": "string",
                        "mapping": {"type": "keyword"},
                    }
                }
            ]
        )


def mappings() -> dict[str, Any]:
    """The mapping as the server takes it."""
    mapping: Mapping = IndexedDocument._doc_type.mapping
    return {**mapping.to_dict(), "_source": {"includes": [*STORED, "card.*"]}}


def index_settings(configuration: Configuration) -> dict[str, Any]:
    """Settings of a new index. Pages go as far as the site lets a reader leaf; a deletion is remembered for an hour,
    so that a late write with an older version cannot bring the document back."""
    return {
        "number_of_shards": configuration.shards,
        "number_of_replicas": configuration.replicas,
        "refresh_interval": "1s",
        "max_result_window": MAX_RESULTS + MAX_PAGE_SIZE,
        "gc_deletes": "1h",
    }
