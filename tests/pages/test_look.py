"""Icons, dates and line breaks as the templates use them."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from pages.home import WISH_ICONS
from pages.templatetags.look import icon, icon_names, jp_date, nearness, phrases

FRIDAY = date(2026, 11, 20)


def test_an_icon_is_hidden_from_readers() -> None:
    assert 'aria-hidden="true"' in icon("calendar")
    assert icon("calendar").count("#calendar") == 1


@pytest.mark.parametrize("name", ["no-such-icon", "", '"><script>'])
def test_an_unknown_icon_does_not_break_the_page(name: str) -> None:
    assert "#leaf" in icon(name)


def test_every_wish_has_its_icon_drawn() -> None:
    assert set(WISH_ICONS.values()) <= icon_names()


def test_headings_break_only_between_phrases() -> None:
    assert phrases("困ったら、まず地区の窓口へ") == (
        '<span class="phrases">困ったら、<wbr>まず<wbr>地区の<wbr>窓口へ</span>'
    )
    assert "&lt;b&gt;" in phrases("<b>")


def test_dates_are_written_with_their_weekday() -> None:
    assert jp_date(FRIDAY) == "11月20日(金)"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(20, (True, "今日")), (21, (True, "あす")), (22, (True, "")), (23, (False, "")), (19, (False, ""))],
)
def test_this_week_ends_on_sunday(day: int, expected: tuple[bool, str]) -> None:
    assert nearness(date(2026, 11, day), FRIDAY) == expected


def draw(source: str, **context: object) -> str:
    request = RequestFactory().get("/find/?q=a%26b&page=3")
    return Template("{% load look %}" + source).render(Context({"request": request, **context}))


def test_the_month_begins_on_sunday_and_says_which_days_are_open(fixed_clock) -> None:
    html = draw("{% month_calendar day opened off %}", day=FRIDAY, opened=[FRIDAY], off=[date(2026, 11, 27)])
    assert html.index("日</th>") < html.index("月</th>")
    assert html.count("month__day--open") == 1
    assert html.count("month__day--off") == 1
    assert "month__day--today" in html
    assert html.count('class="month__day') == 30


def test_pages_of_a_list_keep_the_question() -> None:
    html = draw("{% pagination page %}", page=Paginator(range(100), 10).page(3))
    assert 'href="?q=a%26b&amp;page=4"' in html
    assert 'aria-current="page">3<' in html


def test_one_page_needs_no_page_numbers() -> None:
    assert "<nav" not in draw("{% pagination page %}", page=Paginator(range(3), 10).page(1))


def test_a_cancelled_day_is_not_shown_as_one_to_come(fixed_clock) -> None:
    html = draw("{% date_block day True %}", day=FRIDAY)
    assert "date-block--off" in html
    assert "date-block--soon" not in html
    assert "休み" in html
