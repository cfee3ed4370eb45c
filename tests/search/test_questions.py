"""What nobody could find is counted for staff, without saying who asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from search.models import UnansweredQuestion
from search.questions import KEPT_DAYS, count_unanswered, normalised_words
from search.registry import Term
from search.understanding import understand
from search.vocabulary import Vocabulary, place_terms

DAY = date(2026, 11, 21)
PLACE = "setagaya/karasuyama/karasuyama"
VOCABULARY = Vocabulary.of(
    [
        *place_terms(field="area", value=PLACE, label="烏山地区"),
        Term(surface="無料", field="free", value="yes", label="無料"),
    ]
)
database = [pytest.mark.django_db, pytest.mark.postgres]


def words_of(text: str) -> str:
    return normalised_words(understand(text, VOCABULARY))


@pytest.mark.parametrize("typed", ["ロケット 体操", "体操　ﾛｹｯﾄ", "烏山 体操のロケット 無料"])
def test_one_question_in_other_words_is_one(typed: str) -> None:
    assert words_of(typed) == words_of("ロケット 体操") == "ろけっと 体操"


def test_places_and_conditions_alone_are_no_words() -> None:
    assert words_of("烏山 無料") == ""


@pytest.mark.parametrize(
    "typed",
    [
        "03-0000-0000",
        "０９０００００００００",
        "taro.yamada@example.jp",
        "南町6-12-34",
        "1234",
        "https://example.jp/x",
    ],
)
def test_what_may_be_a_number_or_an_address_is_not_kept(typed: str) -> None:
    assert words_of(f"{typed} ロケット") == "ろけっと"


def test_long_words_and_long_questions_are_not_kept_whole() -> None:
    assert words_of("a" * 31) == ""
    assert len(words_of("犬 猫 馬 牛 豚 鳥 魚 虫").split()) == 5


class TestInTheDatabase:
    pytestmark = database

    def ask(self, text: str, *, times: int = 1, area: str = "", day: date = DAY) -> None:
        for _time in range(times):
            count_unanswered(understand(text, VOCABULARY), area=area, day=day)

    def test_the_same_words_on_one_day_are_one_row_that_counts(self) -> None:
        self.ask("ロケット", times=3, area=PLACE)
        self.ask("ロケット", area=PLACE, day=DAY + timedelta(days=1))
        rows = UnansweredQuestion.objects.order_by("day").values_list("words", "area", "day", "count")
        assert list(rows) == [
            ("ろけっと", PLACE, DAY, 3),
            ("ろけっと", PLACE, DAY + timedelta(days=1), 1),
        ]

    def test_a_question_is_counted_in_one_statement_and_old_ones_go(self, django_assert_num_queries) -> None:
        self.ask("潜水艦", day=DAY - timedelta(days=KEPT_DAYS + 1))
        self.ask("飛行船", day=DAY - timedelta(days=KEPT_DAYS))
        with django_assert_num_queries(2):
            self.ask("ロケット")
        assert set(UnansweredQuestion.objects.values_list("words", flat=True)) == {"飛行船", "ろけっと"}

    def test_frequent_ones_are_added_up_over_days_and_rare_ones_not_shown(self) -> None:
        self.ask("ロケット", times=2, area=PLACE)
        self.ask("ロケット", times=1, area=PLACE, day=DAY - timedelta(days=5))
        self.ask("ロケット", times=2, area="setagaya/kitazawa/umegaoka")
        self.ask("潜水艦", times=4, area="")
        found = UnansweredQuestion.objects.frequent(DAY - timedelta(days=30))
        assert [(row["words"], row["area"], row["total"], row["last"]) for row in found] == [
            ("潜水艦", "", 4, DAY),
            ("ろけっと", PLACE, 3, DAY),
        ]
        assert not UnansweredQuestion.objects.frequent(DAY, areas=["setagaya/karasuyama"])

    def test_staff_of_an_area_see_what_was_asked_in_it_and_below(self) -> None:
        self.ask("ロケット", times=3, area=PLACE)
        self.ask("潜水艦", times=3, area="setagaya/karasuyama2")
        frequent = UnansweredQuestion.objects.frequent
        assert [row["words"] for row in frequent(DAY, areas=["setagaya/karasuyama"])] == ["ろけっと"]
        assert [row["words"] for row in frequent(DAY, areas=[PLACE])] == ["ろけっと"]
        assert not frequent(DAY, areas=[])

    def test_a_database_in_trouble_breaks_no_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_args: object, **_named: object) -> None:
            raise DatabaseError("locked")

        monkeypatch.setattr(type(UnansweredQuestion.objects.all()), "add_one", refuse)
        self.ask("ロケット")
        assert not UnansweredQuestion.objects.exists()
