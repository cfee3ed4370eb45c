"""Addresses as people type them, against the real places."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from areas.choices import Precision
from areas.locate import Location, locate, locate_address
from areas.models import Area, Town
from areas.place_index import places
from areas.services import load_places
from tests.factories.areas import DistrictFactory, MunicipalityFactory, PostalCodeFactory, TownFactory

with (Path(__file__).parent / "addresses.csv").open(encoding="utf-8") as file:
    GOLDEN = list(csv.DictReader(file))


def answer(location: Location) -> dict[str, str]:
    """A location in the columns of `addresses.csv`."""
    found = location.as_dict()
    return {
        "precision": found["precision"],
        "town": found["town"] or "",
        "district": found["district"] or "",
        "candidates": " ".join(found["candidates"]),
    }


class RealAddressTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_places()

    def test_golden_table_is_answered_row_by_row(self) -> None:
        for row in GOLDEN:
            with self.subTest(row["text"]):
                expected = {name: row[name] for name in ("precision", "town", "district", "candidates")}
                assert answer(locate(row["text"])) == expected

    def test_every_town_is_found_by_its_name_and_by_digits(self) -> None:
        index = places()
        for town in Town.objects.select_related("district", "municipality"):
            digits = f"{town.base_name}{town.chome}-1-1" if town.chome else f"{town.base_name}1-1"
            for text in (f"{town.municipality.name}{town.name}1番1号", digits):
                with self.subTest(text):
                    found = locate_address(text, index=index)
                    assert (found.town, found.district) == (town, town.district)

    def test_address_is_written_out_and_taken_apart(self) -> None:
        found = locate_address("池尻４ー３５ー１　コーポ見本 101号室")
        assert found.normalized == "東京都世田谷区池尻四丁目35-1"
        assert found.number == "35-1"
        assert found.rest == "コーポ見本 101号室"

    def test_point_says_what_it_is_the_point_of(self) -> None:
        assert locate_address("池尻3-1").point_of == "district"
        town = Town.objects.get(name="池尻三丁目")
        town.lat, town.lng = 35.6496, 139.6801
        town.save()
        found = locate_address("池尻3-1")
        assert (found.point_of, found.lat, found.lng) == ("town", 35.6496, 139.6801)

    def test_candidates_have_no_point(self) -> None:
        found = locate_address("三軒茶屋")
        assert (found.lat, found.lng, found.point_of) == (None, None, "")

    def test_home_municipality_does_not_win_over_the_text(self) -> None:
        setagaya = Area.objects.get(code="131121")
        assert locate_address("狛江市元和泉1-1", setagaya).municipality.code == "132195"
        assert locate_address("元和泉1-1", setagaya).precision == Precision.NONE

    def test_one_query_for_an_address_and_none_with_an_index(self) -> None:
        locate_address("池尻1-1")
        with self.assertNumQueries(1):
            locate_address("三軒茶屋1-1")
        index = places()
        with self.assertNumQueries(0):
            locate_address("千歳台3-1", index=index)

    @settings(max_examples=300, deadline=None)
    @given(
        st.text(
            alphabet="池尻世田谷区東京都市町0123456789４-ー−一二十百千丁目番地号の桜、 \0〒,.aあ", max_size=40
        )
        | st.text()
    )
    def test_locate_never_raises_and_never_has_district_and_candidates(self, text: str) -> None:
        found = locate(text)
        assert not (found.district and found.candidates)
        assert found.as_dict()["precision"] == str(found.precision)


@pytest.mark.django_db
class TestSharedNames:
    def test_town_name_of_two_municipalities_gives_candidates(self) -> None:
        here, there = TownFactory(base_name="本町"), TownFactory(base_name="本町")
        found = locate_address("本町1-2-3")
        assert found.district is None
        assert found.municipality is None
        assert set(found.candidates) == {here.district, there.district}

    def test_municipality_in_the_text_tells_them_apart(self) -> None:
        TownFactory(base_name="本町")
        there = TownFactory(base_name="本町")
        found = locate_address(f"{there.municipality.name}本町1-2-3")
        assert found.district == there.district

    def test_given_municipality_tells_them_apart(self) -> None:
        TownFactory(base_name="本町")
        there = TownFactory(base_name="本町")
        assert locate_address("本町1-2-3", there.municipality).district == there.district

    def test_postal_code_tells_them_apart(self) -> None:
        TownFactory(base_name="本町")
        there = TownFactory(base_name="本町")
        PostalCodeFactory(code="1990001", municipality=there.municipality, town_name="本町")
        assert locate_address("〒199-0001 本町1-2-3").district == there.district

    def test_chome_that_only_one_of_them_has_is_found_there(self) -> None:
        TownFactory(base_name="本町", chome=1)
        there = TownFactory(base_name="本町", chome=5)
        assert locate_address("本町5-2").district == there.district

    def test_postal_code_over_two_municipalities_names_none(self) -> None:
        first, second = TownFactory(postal_code="1990002"), TownFactory(postal_code="1990002")
        found = locate("199-0002")
        assert found.municipality is None
        assert set(found.candidates) == {first.district, second.district}


@pytest.mark.django_db
class TestFreshness:
    def test_moved_town_is_found_in_its_new_district(self) -> None:
        town = TownFactory(base_name="引越町")
        assert locate_address("引越町1-1").district == town.district
        town.district = DistrictFactory(parent=town.municipality)
        town.save()
        assert locate_address("引越町1-1").district == town.district

    def test_deleted_town_is_no_longer_found(self) -> None:
        town = TownFactory(base_name="消町")
        assert locate_address("消町1-1").town == town
        town.delete()
        assert locate_address("消町1-1").precision == Precision.NONE

    def test_places_without_any_row_answer_none(self) -> None:
        assert locate("池尻4-35-1").precision == Precision.NONE

    def test_municipality_without_towns_is_still_named(self) -> None:
        municipality = MunicipalityFactory()
        assert locate(f"{municipality.name}本町1").municipality == municipality
