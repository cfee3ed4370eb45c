"""「ためす」: a question taken apart, also with words that are not saved yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from search.analysis.normalise import clean
from search.analysis.synonyms import KINDS, WordGroup
from search.dictionary import dictionary_with, read_dictionary
from search.models import SynonymGroup
from search.trial import MAX_QUESTION, try_question
from search.word_checks import MAX_WORD, MAX_WORDS, lines_of


def try_box(request: HttpRequest) -> HttpResponse:
    """Nothing is saved, counted or logged. What was typed comes back, whatever it was."""
    typed = request.POST if request.method == "POST" else request.GET
    question = clean(typed.get("q", ""))[:MAX_QUESTION]
    group = _group_of(typed)
    dictionary = dictionary_with(group) if group is not None else read_dictionary()
    context = {
        "q": question,
        "trial": try_question(question, dictionary=dictionary) if question else None,
        "group": group,
        "direction": typed.get("direction", ""),
        "directions": SynonymGroup.Direction.choices,
        "words": typed.get("words", "")[:2_000],
        "finds": typed.get("finds", "")[:2_000],
        "page_title": _("検索をためす"),
        "header_title": _("検索をためす"),
        "header_icon": "search",
    }
    return TemplateResponse(request, "search/admin/try.html", context)


def _group_of(typed: Any) -> WordGroup | None:
    """The words typed and not saved, as far as they make a group."""
    words, finds = (_some_words(typed.get(name, "")) for name in ("words", "finds"))
    kind = typed.get("kind", "") if typed.get("kind", "") in KINDS else "other"
    if typed.get("direction") == SynonymGroup.Direction.FINDS:
        return WordGroup(kind, words, finds) if words and finds else None
    return WordGroup(kind, words) if len(words) > 1 else None


def _some_words(text: str) -> tuple[str, ...]:
    return tuple(word for line in lines_of(text)[:MAX_WORDS] if (word := clean(line)[:MAX_WORD]))
