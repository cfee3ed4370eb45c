"""Understood question → `Plan`: which spellings, synonyms and readings a word may be found by, and their worth.

Weights follow the rule title > category > organization and place > body; a passing mention in the body is worth a
fraction of a title. They were chosen on the judged questions and are the same for every engine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from .analysis.dictionary import SAME, Dictionary, shipped_dictionary
from .analysis.normalise import compact, is_kana, key, sound
from .analysis.romaji import romaji_readings
from .analysis.terms import CLASSES, bigrams, content, encode, keyword, spellings
from .analysis.tokens import Token, tokenize
from .plan import KEYWORD_SLOT, AllOf, Group, Literal, Plan, Want
from .understanding.cutting import falls_to_bits, sounds
from .understanding.pieces import Piece, Understood

CLASS_SCORES = (10.0, 8.0, 2.5, 1.5)
PLACE = CLASSES.index("c")
NAMED_SCORE = 12.0  # less than a title and its kind together, more than either
MAX_NAME = 6
PARTS = 0.8  # all parts of a compound, not necessarily together
TOPIC_SCORE = 8.0
AUDIENCE_SCORE = 4.0
PLACE_SCORES = (30.0, 28.0, 2.0, 1.0)  # 烏山 is first the district, then the wider area of that name
CONDITION_SCORE = 3.0
PLACE_WEIGHT = 4.0
CONDITION_WEIGHT = 3.0
LITERAL_SCORES = (6.0, 0.5)
READING_SCORES = (5.0, 0.4)
WHOLE_SCORES = (5.0, 1.0)
MIN_READING = 3
MAX_GROUPS = 8
KINDS = 2  # title and category
MAX_NEEDLE = 64
FUZZY_LENGTH = 12
#: Fields of which several values asked for mean any of them.
CHOICES = frozenset({"weekday", "weekdays", "time", "join", "free", "fee"})

Combination = tuple[tuple[str, ...], ...]  # keys: one of each inner tuple


def make_plan(understood: Understood, dictionary: Dictionary | None = None) -> Plan:
    """The plan of an understood question. Words beyond `MAX_GROUPS` are left out: a long sentence must still find.

    `dictionary`: other words in force; the shipped ones where none is given.
    """
    others = dictionary or shipped_dictionary()
    pieces = _alternatives_joined(understood.pieces)
    groups = [group for piece in pieces if (group := _group(piece, others)) is not None]
    groups = _lightest_out(_something_asked(groups))
    groups += [_phrase(phrase, others) for phrase in understood.phrases] if groups else []
    groups += _named(understood.text) if groups else []
    whole = compact(understood.text)[:MAX_NEEDLE]
    if not groups and understood.text and not whole:
        return Plan(impossible=True)  # punctuation alone: there is nothing to look for
    alone = (
        len(groups) == 1 and compact(groups[0].surface) == whole
    )  # the word's own literals find it already
    return Plan(
        groups=tuple(groups),
        whole=_literals(understood.text, WHOLE_SCORES, (4.0, 0.5))
        if whole and not (alone and not groups[0].condition)
        else (),
        title_keys=(key(understood.text),) if whole else (),
    )


def _alternatives_joined(pieces: tuple[Piece, ...]) -> list[Piece]:
    """Conditions of one field are joined by OR, as ticked boxes are: 土曜 日曜 is either. Features are wanted together."""
    joined: dict[object, Piece] = {}
    for number, piece in enumerate(pieces):
        field: object = _choice_of(piece) or number
        before = joined.get(field)
        joined[field] = piece if before is None else before.joined(piece)
    return list(joined.values())


def _choice_of(piece: Piece) -> str:
    """The field of which a piece names one value of several; "" where it does not."""
    fields = {(term.kind, term.field, term.rank > 0) for term in piece.terms}
    if len(fields) != 1:
        return ""
    ((kind, field, is_wide),) = fields
    return field if (kind == "place" and not is_wide) or (kind == "condition" and field in CHOICES) else ""


def _group(piece: Piece, dictionary: Dictionary) -> Group | None:
    """None for what the request itself asks for: days, and a place to be near to."""
    if piece.raises:
        group = replace(_word(piece, dictionary), optional=True)
        return group if piece.terms else _fainter(group)
    if piece.is_condition:
        return _condition(piece) if piece.terms else None
    return _word(piece, dictionary)


def _fainter(group: Group) -> Group:
    """A general word settles between equals; a title that has it (サークル) is not better than a text that has."""
    wants = tuple(replace(want, score=min(want.score, CLASS_SCORES[-1])) for want in group.wants)
    return replace(group, wants=wants, literals=())


def _something_asked(groups: list[Group]) -> list[Group]:
    """Where everything only raises, the first is asked for: an age alone."""
    if groups and all(group.optional for group in groups):
        return [replace(groups[0], optional=False), *groups[1:]]
    return groups


def make_fuzzy_plan(understood: Understood) -> Plan:
    """For typing errors: each word of four characters or more by a stretch of it."""
    groups = [_alike(piece.surface) for piece in understood.pieces if not piece.is_condition]
    found = tuple(group for group in groups if group is not None)
    return Plan(groups=found, impossible=not found)


def _alike(surface: str) -> Group | None:
    """Any stretch of the word long enough to tell: まーじゃあん still holds まーじゃ."""
    plain = compact(surface)[:FUZZY_LENGTH]
    length = max(3, math.ceil(len(plain) * 0.6))
    if len(plain) < length or len(plain) < 4:
        return None
    stretches = [plain[start : start + length] for start in range(len(plain) - length + 1)]
    literals = [Literal(stretch, tuple(bigrams("g", stretch)), *LITERAL_SCORES) for stretch in stretches]
    if is_kana(plain):
        literals += [
            Literal(stretch, tuple(bigrams("r", stretch)), *READING_SCORES, readings=True)
            for stretch in stretches
        ]
    return Group(surface, (), tuple(literals))


def _lightest_out(groups: list[Group]) -> list[Group]:
    if len(groups) <= MAX_GROUPS:
        return groups
    heavy = sorted(groups, key=lambda group: (not group.condition, -group.weight))[:MAX_GROUPS]
    return [group for group in groups if group in heavy]


def _phrase(surface: str, dictionary: Dictionary) -> Group:
    """Raises what holds two words as the one they form; asks for nothing."""
    tokens = tokenize(surface)
    wants = (*_wants(_combinations(surface, tokens), 0.5), *_synonym_wants(surface, tokens, dictionary))
    return Group(surface, wants, optional=True)


def _named(text: str) -> list[Group]:
    """Raises what is of an organization called so: of みどり会 the 会 is left out elsewhere, and 緑 is a word as well."""
    tokens = [token for token in tokenize(text) if not token.silent and token.keys]
    if " " in text or not 2 <= len(tokens) <= MAX_NAME:
        return []
    together = _in_class(tuple(token.keys for token in tokens), CLASSES[PLACE])
    return [Group(text, (Want(PLACE, NAMED_SCORE, (together,)),), optional=True)]


def _word(piece: Piece, dictionary: Dictionary) -> Group:
    wants = list(_wants(_combinations(piece.word, piece.tokens), 1.0))
    wants += _synonym_wants(piece.word, piece.tokens, dictionary)
    wants += _keyword_wants(piece)
    literals = [*_literals(piece.surface, LITERAL_SCORES, READING_SCORES), *_spoken(piece)]
    if piece.meant:
        literals += _literals(piece.meant, LITERAL_SCORES, READING_SCORES)
    return Group(piece.surface, tuple(wants), tuple(literals), weight=1 + len(compact(piece.surface)) / 4)


def _synonym_wants(surface: str, tokens: tuple[Token, ...], dictionary: Dictionary) -> Iterable[Want]:
    """Another word counts where it says what the thing is: a related one in a title or kind, never in passing."""
    for worth, others in _by_worth(surface, tokens, dictionary).items():
        ways = [way for other in others for way in _combinations(other, tokenize(other))]
        yield from _wants(ways, worth, slots=len(CLASSES) if worth >= SAME else KINDS)


def _combinations(surface: str, all_tokens: tuple[Token, ...]) -> list[Combination]:
    """Ways the words of a surface stand in the index: as one token, or as its words together."""
    if _is_cut_wrongly(surface, all_tokens):
        return [((key(surface),),)]
    tokens = [token for token in all_tokens if not token.silent and token.keys]
    if len(tokens) == 1:
        token = tokens[0]
        ways: list[Combination] = [(tuple(dict.fromkeys((*token.keys, key(surface)))),)]
        if len(token.parts) > 1:
            ways.append(token.parts)
        return ways
    whole: Combination = ((key(surface),),)
    return [whole, tuple(token.keys for token in tokens)] if tokens else [whole]


def _is_cut_wrongly(surface: str, tokens: tuple[Token, ...]) -> bool:
    """まー and じゃん say nothing of マージャン, て and しごと nothing of 手仕事."""
    if falls_to_bits(surface, tokens):
        return True
    spoken = [token for token in tokens if not token.silent]
    return len(spoken) > 1 and is_kana(compact(surface)) and any(sounds(t.surface) == 1 for t in spoken)


def _wants(combinations: list[Combination], worth: float, slots: int = len(CLASSES)) -> Iterable[Want]:
    for slot, (letter, score) in enumerate(zip(CLASSES[:slots], CLASS_SCORES[:slots], strict=True)):
        any_of = tuple(_in_class(combination, letter) for combination in combinations)
        yield Want(slot, score * worth, any_of)
    scattered = tuple(_anywhere(combination) for combination in combinations if len(combination) > 1)
    if scattered and slots == len(CLASSES):
        yield Want(CLASSES.index("d"), CLASS_SCORES[-1] * worth * PARTS, scattered)


def _in_class(combination: Combination, letter: str) -> AllOf:
    return tuple(tuple(encode(letter, form) for form in forms if form) for forms in combination if any(forms))


def _anywhere(combination: Combination) -> AllOf:
    return tuple(
        tuple(encode(letter, form) for form in forms if form for letter in CLASSES)
        for forms in combination
        if any(forms)
    )


def _by_worth(surface: str, all_tokens: tuple[Token, ...], dictionary: Dictionary) -> dict[float, list[str]]:
    """Synonyms of a surface, or of its only content word, grouped by their worth."""
    forms = {key(surface)}
    tokens = content(all_tokens)
    if len(tokens) == 1:
        forms.update(tokens[0].keys)
    grouped: dict[float, list[str]] = {}
    for other, worth in dictionary.others(forms).items():
        grouped.setdefault(worth, []).append(other)
    return grouped


def _keyword_wants(piece: Piece) -> list[Want]:
    """An audience named first fits best (those of an age: the narrowest)."""
    worth = {"topic": TOPIC_SCORE, "audience": AUDIENCE_SCORE}
    found: dict[str, float] = {}
    for number, term in enumerate(piece.terms):
        score = worth.get(term.kind, CONDITION_SCORE) / (1 + number * (term.kind == "audience"))
        found.setdefault(keyword(term.field, term.value), score)
    return [Want(KEYWORD_SLOT, score, (((token,),),)) for token, score in found.items()]


def _condition(piece: Piece) -> Group:
    """A place or condition: its keyword values; its words in a title (or, for places, an organization) besides."""
    by_score: dict[float, list[str]] = {}
    narrowest = min(term.rank for term in piece.terms)
    for term in piece.terms:
        score = CONDITION_SCORE
        if term.kind == "place":
            score = PLACE_SCORES[min(term.rank - narrowest, len(PLACE_SCORES) - 1)]
        by_score.setdefault(score, []).append(keyword(term.field, term.value))
    wants = [
        Want(KEYWORD_SLOT, score, ((tuple(dict.fromkeys(values)),),)) for score, values in by_score.items()
    ]
    if piece.is_place:
        ways = _combinations(piece.word, piece.tokens)
        for slot, score in ((0, 2.0), (2, 0.5)):
            wants.append(Want(slot, score, tuple(_in_class(way, CLASSES[slot]) for way in ways)))
    # Words in the title stand for the condition where nobody filled in the value, but never above it.
    literals = _literals(piece.surface, (1.0, 0.0), (1.0, 0.0), title_only=True)
    return Group(
        piece.surface,
        tuple(wants),
        literals,
        weight=PLACE_WEIGHT if piece.is_place else CONDITION_WEIGHT,
        condition=True,
        also=piece.also,
    )


def _literals(
    surface: str,
    scores: tuple[float, float],
    reading_scores: tuple[float, float],
    *,
    title_only: bool = False,
) -> tuple[Literal, ...]:
    found = [
        Literal(needle, tuple(bigrams("g", needle)), *scores, title_only=title_only)
        for needle in (spelling[:MAX_NEEDLE] for spelling in spellings(surface))
        if needle
    ]
    plain = compact(surface)[:MAX_NEEDLE]
    if len(plain) >= MIN_READING and is_kana(plain):
        found += [
            Literal(heard, tuple(bigrams("r", heard)), *reading_scores, readings=True, title_only=title_only)
            for heard in dict.fromkeys((plain, sound(plain)))
            if len(heard) >= MIN_READING
        ]
    return tuple(found)


def _spoken(piece: Piece) -> tuple[Literal, ...]:
    """A title in kana for a question in kanji or in Latin letters: 麻雀 finds まーじゃん, kodomo finds こども."""
    plain = compact(piece.surface)
    in_letters = romaji_readings(plain)
    if not in_letters:
        spoken = "".join(token.reading for token in piece.tokens)
        if spoken == plain or len(spoken) <= MIN_READING or not is_kana(spoken):
            return ()
        return (Literal(spoken, tuple(bigrams("g", spoken)), *READING_SCORES),)
    found = [Literal(kana, tuple(bigrams("g", kana)), *READING_SCORES) for kana in in_letters]
    heard = {way for kana in in_letters for way in (kana, sound(kana)) if len(way) >= MIN_READING}
    found += [Literal(way, tuple(bigrams("r", way)), *READING_SCORES, readings=True) for way in sorted(heard)]
    return tuple(found)
