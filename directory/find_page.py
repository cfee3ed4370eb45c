"""What the find page shows, made from a question and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.request import Chip, Hit, SearchResult, Sort

from .cards import Card, card_from
from .filters import BY_PARAM
from .find_form import Was, without_words
from .find_groups import Group, GroupsOf, days_offered
from .find_query import PAGE_SIZE, FindQuery
from .found_types import address_of
from .japanese_dates import full_date, short_date
from .services.reindexing import ORGANIZATION


@dataclass(frozen=True)
class ConditionChip:
    """A condition in force: its words, the address without it, and the one that looks for the word instead."""

    text: str
    remove_url: str
    plain_url: str = ""
    surface: str = ""


@dataclass(frozen=True)
class PageLink:
    """A page of the list; `url` is empty for the present one, `number` None for a gap."""

    number: int | None
    url: str = ""


@dataclass(frozen=True)
class SortChoice:
    """An order of the list."""

    value: str
    label: str
    is_chosen: bool


class FindPage:
    """Everything `directory/find.html` shows. Asks the database nothing that `query` and `result` do not hold."""

    def __init__(self, query: FindQuery, result: SearchResult) -> None:
        self.query = query
        self.result = result

    @cached_property
    def cards(self) -> list[Card]:
        return cards_of(self.result.hits, self.query)

    @property
    def total(self) -> int:
        return self.result.total

    @cached_property
    def title(self) -> str:
        """The question in words, for the title of the page."""
        words = words_of(self.query)
        return _("%(question)sをさがす") % {"question": words} if words else _("さがす")

    @property
    def asked_on(self) -> str:
        """The day of asking, for the list on paper."""
        return full_date(self.query.today)

    @cached_property
    def status(self) -> str:
        """How many were found, for the heading and for readers of the page's changes."""
        if not self.total:
            return _("見つかりませんでした")
        return _("%(count)s件見つかりました") % {"count": f"{self.total:,}"}

    @cached_property
    def understood(self) -> list[ConditionChip]:
        """Conditions taken from the words of the question."""
        return [
            ConditionChip(
                text=chip_text(chip),
                remove_url=self.query.with_text(without_words(self.query.text, [chip.surface])).url,
                plain_url=self.query.as_plain(chip.surface).url,
                surface=chip.surface,
            )
            for chip in self.result.understood
        ]

    @property
    def asks_for_place(self) -> bool:
        """「近く」 was asked, and from where is still to be said."""
        return any(chip.field == "near" and not chip.narrows for chip in self.result.understood)

    @cached_property
    def chosen(self) -> list[ConditionChip]:
        """Conditions chosen in the filters."""
        return [
            ConditionChip(text=text, remove_url=self.query.without(param, value).url)
            for param, value, text in _described(self.query)
        ]

    @property
    def words(self) -> str:
        """What is looked for as words: 「麻雀」."""
        conditions = {chip.surface for chip in self.result.understood if chip.narrows}
        return "".join(f"「{word}」" for word in self.result.words if word not in conditions)

    @property
    def clear_url(self) -> str:
        return self.query.without_filters().url

    @cached_property
    def groups(self) -> list[Group]:
        return GroupsOf(self.query, self.result).all()

    @cached_property
    def active(self) -> int:
        """How many conditions are in force, as the button on a phone says."""
        return len(self.chosen) + len(self.result.understood)

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along: words taken plainly, the point, what was understood."""
        kept = [("plain", word) for word in self.query.plain]
        kept += [("near", value) for value in self.query.values.get("near", ())]
        kept += [("wish", value) for value in self.query.values.get("wish", ())]
        shown = {
            (choice.name, choice.value) for group in self.groups for choice in (*group.choices, *group.more)
        }
        for chip in self.result.understood:
            if chip.narrows and all((chip.field, value) in shown for value in chip.values):
                kept.append(("was", str(Was.of(chip))))
        return kept

    @property
    def day(self) -> str:
        """The date asked for, when it is none of the named days."""
        value = self.query.values.get("open", ("",))[0]
        return "" if value in BY_PARAM["open"].options(self.query.words) else value

    @property
    def day_limits(self) -> tuple[str, str]:
        return days_offered(self.query.today)

    @cached_property
    def sorts(self) -> list[SortChoice]:
        values = [Sort.RELEVANCE] if self.query.text else []
        values += [Sort.DISTANCE] if self.query.near else []
        values += [Sort.NEXT_DATE, Sort.TITLE]
        chosen = self.query.effective_sort
        return [SortChoice(item.value, str(item.label), item.value == chosen) for item in values]

    @cached_property
    def pages(self) -> list[PageLink]:
        """The pages of the list, with gaps; nothing for a list on one page."""
        count = self.result.pages
        if count < 2:
            return []
        paginator = Paginator(range(count * PAGE_SIZE), PAGE_SIZE)
        current = min(self.query.page, count)
        return [
            PageLink(number, "" if number == self.query.page else self.query.on_page(number).url)
            if isinstance(number, int)
            else PageLink(None)
            for number in paginator.get_elided_page_range(current, on_each_side=1, on_ends=1)
        ]

    @property
    def previous_url(self) -> str:
        page = min(self.query.page - 1, self.result.pages)
        return self.query.on_page(page).url if page >= 1 else ""

    @property
    def next_url(self) -> str:
        return self.query.on_page(self.query.page + 1).url if self.result.has_next else ""

    @property
    def is_past_the_end(self) -> bool:
        """A page was asked for that the list does not reach."""
        return bool(self.total) and not self.result.hits

    @property
    def near_url(self) -> str:
        """The page where an address can be typed instead of telling the position."""
        query = self.query.without("near").query_string
        return reverse("directory:find_near") + (f"?{query}" if query else "")

    @property
    def map_data_url(self) -> str:
        return self.query.map_url

    @cached_property
    def place_paths(self) -> list[str]:
        """Areas asked for, in the filters or in the words."""
        found = list(self.query.values.get("area", ()))
        found += [value for chip in self.result.understood if chip.field == "area" for value in chip.values]
        return list(dict.fromkeys(found))


def chip_text(chip: Chip) -> str:
    """A condition in words: the kind of it where the value alone would not be understood."""
    if chip.field in ("area", "town"):
        return _("場所:%(place)s") % {"place": chip.label}
    if chip.field == "audience":
        return _("対象:%(audience)s") % {"audience": chip.label}
    if chip.field == "days":
        days = [short_date(date.fromisoformat(value)) for value in dict.fromkeys(chip.values)]
        said = _("〜").join(days)
        if any(char.isdigit() for char in chip.label):
            return said
        return _("%(word)s(%(days)s)") % {"word": chip.label, "days": said}
    return chip.label


def words_of(query: FindQuery) -> str:
    """The question in words: its text and its first conditions. Empty for an empty question."""
    parts = [f"「{query.text}」"] if query.text else []
    parts += [text for _param, _value, text in _described(query)[:4]]
    return _("・").join(parts)


def _described(query: FindQuery) -> list[tuple[str, str, str]]:
    """(parameter, value, words) of every chosen condition."""
    return [
        (param, value, BY_PARAM[param].describe(value, query.words, query.today))
        for param, values in query.values.items()
        for value in values
        if param != "radius" or query.near
    ]


def cards_of(hits: Sequence[Hit], query: FindQuery) -> list[Card]:
    """The cards of hits, in their order."""
    return [_card(hit, query) for hit in hits]


def _card(hit: Hit, query: FindQuery) -> Card:
    url = address_of(hit.type, hit.card["code"])
    if hit.type == ORGANIZATION:
        url = reverse("directory:organization", kwargs={"code": hit.card["code"]})
    return card_from(
        hit.card,
        today=query.today,
        next_date=hit.next_date,
        name_html=marked(hit.title, hit.highlight),
        distance_m=hit.distance_m,
        url=url,
    )


def marked(text: str, spans: Sequence[tuple[int, int]]) -> SafeString | None:
    """`text` as HTML with `spans` marked; None where nothing is. Spans out of order or bounds are left out."""
    parts: list[tuple[SafeString | str]] = []
    position = 0
    for start, end in sorted(spans):
        if not position <= start < end <= len(text):
            continue
        parts += [(text[position:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        position = end
    if not position:
        return None
    return format_html_join("", "{}", [*parts, (text[position:],)])
