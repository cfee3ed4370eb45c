from search.registry import Term
from search.understanding.stations import station_terms, stations
from search.vocabulary import place_terms


def terms(*labels, rank=0):
    return [
        term for label in labels for term in place_terms(field="area", value=label, label=label, rank=rank)
    ]


def meant(places):
    found: dict[str, set[str]] = {}
    for term in station_terms(places):
        found.setdefault(term.surface, set()).add(term.value)
    return found


def test_a_station_means_the_districts_beside_it():
    found = meant(terms("成城地区", "祖師谷地区", "砧地区"))
    assert found["成城学園前"] == found["成城学園前駅"] == {"成城地区"}
    assert found["祖師ヶ谷大蔵"] == {"祖師谷地区", "砧地区"}


def test_a_place_of_the_same_name_keeps_its_name():
    found = meant([*terms("用賀地区"), *terms("三軒茶屋", rank=3), *terms("太子堂地区")])
    assert "用賀" not in found
    assert found["用賀駅"] == {"用賀地区"}
    assert "三軒茶屋" not in found
    assert found["三軒茶屋駅"] == {"太子堂地区"}


def test_the_narrowest_place_of_a_name_is_meant():
    found = meant([*terms("烏山地区"), *terms("烏山地域", rank=2)])
    assert found["千歳烏山"] == {"烏山地区"}


def test_nothing_is_said_of_other_towns():
    assert meant(terms("欅台地区")) == {}
    assert list(station_terms([])) == []


def test_every_station_has_a_reading_in_kana_and_a_place():
    assert all(station.reading and all(station.near) for station in stations())
    assert not any(isinstance(term, Term) and term.kind != "place" for term in station_terms(terms("砧地区")))
