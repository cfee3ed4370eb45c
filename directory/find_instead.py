"""What to ask instead where a question found nothing, or not all of it: a word put right, fewer words, other places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from areas.models import Area
from search.distances import metres
from search.spelling import did_you_mean
from search.word_counts import WordCount, facet_counts, word_counts

from .find_form import without_words
from .find_page import FindPage
from .find_query import FindQuery

PLACES = 3


@dataclass(frozen=True)
class Instead:
    """Another question: what it is called, its address, how many it finds."""

    text: str
    url: str
    count: int


@dataclass(frozen=True)
class FindInstead:
    """Looked up only where the page shows it. `place` is the path of the place that was asked for, or empty."""

    page: FindPage
    place: str

    @property
    def is_wanted(self) -> bool:
        """Nothing was found, or something had to be let go for it."""
        return bool(self.page.query.text) and (not self.page.total or bool(self.page.result.relaxed))

    @cached_property
    def words(self) -> tuple[WordCount, ...]:
        query = self.page.query
        return word_counts(query.to_request(types=query.types, page=1)) if self.is_wanted else ()

    @property
    def failed(self) -> list[str]:
        """Words that nothing has, within the conditions chosen."""
        return [word.surface for word in self.words if not word.count]

    @cached_property
    def meant(self) -> Instead | None:
        """「もしかして」: the question with a word put right, where that finds something."""
        query = self.page.query
        correction = did_you_mean(query.text, self.failed) if self.failed else None
        if correction is None:
            return None
        put_right = query.with_text(correction.text)
        total, _areas = facet_counts(put_right.to_request(types=put_right.types), "area")
        return Instead(correction.text, put_right.url, total) if total else None

    @cached_property
    def fewer(self) -> list[Instead]:
        """Each word alone that something has, when there were several."""
        if len(self.words) < 2:
            return []
        query = self.page.query
        return [
            Instead(word.surface, query.with_text(word.surface).url, word.count)
            for word in self.words
            if word.count and not word.condition
        ]

    @cached_property
    def everywhere(self) -> FindQuery | None:
        """The same question without its place; None where there is nothing else in it."""
        query = self.page.query
        surfaces = [chip.surface for chip in self.page.result.understood if chip.field in ("area", "town")]
        wider = (
            query.with_text(without_words(query.text, surfaces))
            .without("area")
            .without("near")
            .without("radius")
        )
        return None if wider.is_empty or wider == query.on_page(1) else wider

    @cached_property
    def elsewhere(self) -> list[Instead]:
        """The nearest districts where the same question finds something."""
        if not self.place or self.everywhere is None:
            return []
        _total, found = facet_counts(self.everywhere.to_request(), "area")
        counts = {path: count for path, count in found.items() if path.count("/") == 2}
        if not counts:
            return []
        return [
            Instead(name, self.everywhere.with_value("area", path).url, counts[path])
            for path, name in self._nearest(list(counts))[:PLACES]
        ]

    def _nearest(self, paths: list[str]) -> list[tuple[str, str]]:
        """(path, name), the nearest to the place first."""
        keys = self.page.query.words.area_keys
        known = {keys[path]: path for path in paths if path in keys and path != self.place}
        rows = {
            area.pk: area for area in Area.objects.filter(pk__in=[*known, keys[self.place]]).defer("boundary")
        }
        here = rows.pop(keys[self.place], None)
        ordered = sorted(rows.values(), key=lambda area: (_distance(here, area), area.order, area.pk))
        return [(known[area.pk], area.name) for area in ordered]


def _distance(one: Area | None, other: Area) -> float:
    if one is None or None in (one.lat, one.lng, other.lat, other.lng):
        return float("inf")
    return metres((one.lat or 0.0, one.lng or 0.0), (other.lat or 0.0, other.lng or 0.0))
