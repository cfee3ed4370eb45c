"""How a card speaks: distances, minutes, proofs, notices, marks. No database."""

from __future__ import annotations

from datetime import date

import pytest

from directory.cards import card_from, distance_words, place_words, verified_words, walk_minutes
from directory.choices import PlaceVisibility
from directory.find_page import marked
from directory.visibility import Place

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("metres", "words", "minutes"),
    [
        (None, "", None),
        (0, "10m", 1),
        (3, "10m", 1),
        (80, "80m", 1),
        (81, "80m", 2),
        (424, "420m", 6),
        (994, "990m", 13),
        (996, "1.0km", 13),
        (1250, "1.2km", 16),
        (4800, "4.8km", 60),
        (4801, "4.8km", None),
    ],
)
def test_distance_is_as_exact_as_it_helps(metres: float | None, words: str, minutes: int | None) -> None:
    assert distance_words(metres) == words
    assert walk_minutes(metres) == minutes


def test_proof_of_another_year_names_the_year() -> None:
    assert verified_words(date(2026, 10, 3), TODAY, "phone", False) == "10月3日 電話で確認"
    assert verified_words(date(2025, 12, 31), date(2026, 1, 5), "owner", False) == "2025年12月 団体が確認"


def test_old_and_missing_proofs_are_said_in_words() -> None:
    assert verified_words(date(2025, 12, 31), TODAY, "visit", True) == "確認が古い情報です(2025年12月)"
    assert verified_words(None, TODAY, "", True) == "まだ確認していません"
    card = card_from(DATA | {"verified_on": None}, today=TODAY)
    assert (card.verified, card.stale) == ("まだ確認していません", True)


def test_pause_is_said_before_its_reason() -> None:
    card = card_from(DATA | {"paused": True, "paused_note": "春に再開します。"}, today=TODAY)
    assert card.notice == "現在はお休みしています。春に再開します。"


DATA = {"code": "7K3QF", "name": "体操の会"}


def test_card_of_older_data_has_gaps_and_no_error() -> None:
    card = card_from(DATA, today=TODAY)
    assert (card.url, card.name, card.facts, card.verified) == ("/r/7K3QF/", "体操の会", (), "")
    assert not card.stale


@pytest.mark.parametrize(
    ("notice_from", "notice_until", "is_shown"),
    [
        (None, None, True),
        ("2026-11-20", "2026-11-20", True),
        ("2026-11-21", None, False),
        (None, "2026-11-19", False),
    ],
)
def test_notice_is_shown_while_it_is_in_force(notice_from, notice_until, is_shown: bool) -> None:
    data = DATA | {"notice": "会場が変わります", "notice_from": notice_from, "notice_until": notice_until}
    assert bool(card_from(data, today=TODAY).notice) == is_shown


def test_paused_entry_says_so_and_names_no_date() -> None:
    card = card_from(DATA | {"paused": True}, today=TODAY, next_date=TODAY)
    assert card.notice == "現在はお休みしています"
    assert card.next_date is None


def test_seven_months_after_its_proof_a_card_is_stale() -> None:
    assert not card_from(DATA | {"verified_on": "2026-04-21"}, today=TODAY).stale
    assert card_from(DATA | {"verified_on": "2026-04-20"}, today=TODAY).stale


def test_a_card_is_stale_from_the_day_the_entry_keeps() -> None:
    data = DATA | {"verified_on": "2026-10-03", "stale_on": "2026-11-20"}
    assert card_from(data, today=TODAY).stale
    assert not card_from(data, today=date(2026, 11, 19)).stale


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(2, 4)], "ab<mark>cd</mark>&lt;"),
        ([(4, 5)], "abcd<mark>&lt;</mark>"),
        ([(0, 1), (0, 3), (3, 9)], "<mark>a</mark>bcd&lt;"),
        ([], None),
        ([(9, 12)], None),
        ([(2, 2), (-1, 1)], None),
    ],
)
def test_marks_are_put_around_found_words_only(spans: list[tuple[int, int]], expected: str | None) -> None:
    assert marked("abcd<", spans) == expected


def test_place_is_named_as_closely_as_it_may_be_known() -> None:
    exact = Place(visibility=PlaceVisibility.EXACT, name="区民ひろば", town="南烏山六丁目")
    assert place_words(exact) == "南烏山六丁目 区民ひろば"
    assert place_words(Place(visibility=PlaceVisibility.BLOCK, town="南烏山六丁目")) == "南烏山六丁目"
    assert place_words(Place(visibility=PlaceVisibility.HIDDEN)) == "場所は公開していません"
