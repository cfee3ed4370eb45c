"""A question taken apart for staff: words as cut, conditions, what each engine is asked, hits with their scores."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .analysis.dictionary import Dictionary
from .analysis.normalise import key
from .analysis.tokens import Token, tokenize
from .asking import Asked, first_asked
from .engines import get_engine
from .engines.base import Engine
from .engines.cluster.asking import page_search
from .failover import ask
from .plan import Group, Want
from .request import SearchRequest, SearchResult
from .services import only_visible, search_index
from .vocabulary import current_vocabulary

MAX_QUESTION = 200
HITS = 10
SHOWN = 12  # ways a word may stand in the index, of each kind
_SLOTS = (
    gettext_lazy("題名"),
    gettext_lazy("種類"),
    gettext_lazy("団体・場所"),
    gettext_lazy("説明"),
    gettext_lazy("しぼりこみ"),
)
_ESCAPED = re.compile(r"x([0-9a-f]{2})x")


@dataclass(frozen=True, slots=True)
class Step:
    """One word or condition of the plan, in words: (where, worth, forms) and the pieces of text looked for."""

    surface: str
    role: str
    wants: tuple[tuple[str, float, str], ...]
    texts: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything the try-it box shows."""

    tokens: tuple[Token, ...]
    asked: Asked
    steps: tuple[Step, ...]
    cluster: str
    engine: str
    result: SearchResult


def try_question(text: str, *, dictionary: Dictionary) -> Trial:
    """What becomes of `text` as the public would ask it. Never raises for anything typed."""
    question = text[:MAX_QUESTION]
    request = SearchRequest(text=question, page_size=HITS, explain=True)
    vocabulary = current_vocabulary()
    asked = first_asked(request, vocabulary, dictionary)
    engine, result = ask(
        lambda engine, index: _answer(request, engine, index, vocabulary=vocabulary, dictionary=dictionary)
    )
    return Trial(
        tokens=tokenize(question),
        asked=asked,
        steps=tuple(_step(group, dictionary) for group in asked.plan.groups),
        cluster=_for_the_cluster(asked),
        engine=engine,
        result=only_visible(result, None),
    )


def _answer(request: SearchRequest, engine: Engine, index: str, **known: Any) -> tuple[str, SearchResult]:
    return engine.name, search_index(request, engine=engine, index=index, **known)


def _for_the_cluster(asked: Asked) -> str:
    """The body sent to a cluster where one is configured; "" otherwise."""
    if get_engine().name != "elasticsearch" or asked.plan.impossible:
        return ""
    return json.dumps(page_search(asked.plan, asked.request).to_dict(), ensure_ascii=False, indent=1)


def _step(group: Group, dictionary: Dictionary) -> Step:
    texts = dict.fromkeys(literal.needle for literal in group.literals)
    from_dictionary = dictionary.others([key(group.surface)]) or dictionary.others(
        dictionary.forms_of(group.surface)
    )
    return Step(
        surface=group.surface,
        role=_role(group),
        wants=tuple(_in_words(want) for want in group.wants),
        texts=tuple(texts)[:SHOWN],
        others=tuple(from_dictionary),
    )


def _role(group: Group) -> str:
    if group.condition:
        return _("条件")
    return _("あれば上に") if group.optional else _("かならず")


def _in_words(want: Want) -> tuple[str, float, str]:
    forms = dict.fromkeys(_readable(want))
    more = _(" ほか%(count)d通り") % {"count": len(forms) - SHOWN} if len(forms) > SHOWN else ""
    return str(_SLOTS[want.slot]), round(want.score, 2), " / ".join(list(forms)[:SHOWN]) + more


def _readable(want: Want) -> Iterator[str]:
    """子ども食堂, 子ども+食堂: the first spelling of each word that must be there."""
    for way in want.any_of:
        yield "+".join(_unescaped(forms[0]) for forms in way if forms)


def _unescaped(term: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), term[1:])
