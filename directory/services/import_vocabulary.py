"""Kinds, audiences and features an imported row names, in the register's own lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.utils.translation import gettext as _

from ..importers.cells import fold
from ..importers.records import ParsedRow
from ..models import Audience, Category, Feature

T = TypeVar("T", Category, Audience)


class Vocabulary:
    """The controlled lists by code, name and synonym, read once."""

    def __init__(self) -> None:
        self._categories = _by_word(Category.objects.kinds())
        self._audiences = _by_word(Audience.objects.all())
        self.features = {feature.code: feature for feature in Feature.objects.all()}

    def categories(self, parsed: ParsedRow) -> list[Category]:
        """The kinds of a row; words nobody knows become a warning."""
        found = []
        for word in parsed.categories:
            category = self._categories.get(fold(word))
            if category is None:
                parsed.warnings.append(_("種類「%(word)s」は一覧にありません。") % {"word": word})
            elif category not in found:
                found.append(category)
        if not found:
            parsed.warnings.append(_("種類がわかりません。登録の画面で選んでください。"))
        return found

    def audiences(self, parsed: ParsedRow) -> list[Audience]:
        """The audiences of a row. What is not in the list stays in words in `who_may_come`."""
        found = [self._audiences[fold(word)] for word in parsed.audiences if fold(word) in self._audiences]
        return list(dict.fromkeys(found))


def _by_word(items: Iterable[T]) -> dict[str, T]:
    words: dict[str, T] = {}
    for item in items:
        for word in [*item.synonyms.splitlines(), item.name, item.code]:
            words[fold(word)] = item
    return words
