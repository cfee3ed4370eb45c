"""Furigana: right readings, safe HTML, every text and nothing but text."""

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.readings import PlaceReadings, segments
from pages.ruby import align, annotate_page, ruby_word

PLACES = PlaceReadings.of(
    [
        ("等々力", "とどろき"),
        ("桜", "さくら"),
        ("上町", "かみまち"),
        ("烏山", "からすやま"),
        ("代田", "だいた"),
    ]
)


def read(text: str) -> str:
    """「集まり」 → 「集[あつ]まり」."""
    marked = "".join(ruby_word(*segment) for segment in segments(text, PLACES))
    return re.sub(r"<ruby>(.*?)<rp>\(</rp><rt>(.*?)</rt><rp>\)</rp></ruby>", r"\1[\2]", marked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近くの集まり", "近[ちか]くの集[あつ]まり"),
        ("食べる", "食[た]べる"),
        ("お問い合わせ", "お問[と]い合[あ]わせ"),
        ("等々力の会", "等々力[とどろき]の会[かい]"),
        ("上町まで", "上町[かみまち]まで"),
        ("桜井さん", "桜井[さくらい]さん"),
        ("六丁目", "六丁目[ろくちょうめ]"),
        ("八丁目", "八丁目[はっちょうめ]"),
        ("11月20日(金)", "11月[がつ]20日[はつか](金[きん])"),
        ("12月4日", "12月[がつ]4日[よっか]"),
        ("11月21日", "11月[がつ]21日[にち]"),
        ("歩いて8分", "歩[ある]いて8分[ぷん]"),
        ("歩いて5分", "歩[ある]いて5分[ふん]"),
        ("金・今日", "金[きん]・今日[きょう]"),
        ("2人", "2人[ふたり]"),
        ("カフェ Tea 100", "カフェ Tea 100"),
    ],
)
def test_texts_are_read_as_people_read_them(text: str, expected: str) -> None:
    assert read(text) == expected


def test_a_name_is_read_as_its_owner_says() -> None:
    assert align("ひだまりカフェ南烏山", "ひだまりかふぇ みなみからすやま")[-1] == (
        "南烏山",
        "みなみからすやま",
    )


def test_a_reading_that_does_not_fit_stands_over_the_whole_name() -> None:
    assert align("NPO法人3人の会", "えぬぴーおーほうじんさんにんのかい") == [
        ("NPO法人3人の会", "えぬぴーおーほうじんさんにんのかい")
    ]


@given(st.text(alphabet="漢字烏山等々力六丁目月日分(金)<>&\"'あア10 \n", max_size=60))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
def test_taking_the_readings_away_gives_the_text_back(text: str) -> None:
    marked = "".join(ruby_word(*segment) for segment in segments(text, PLACES))
    bare = re.sub(r"<rp>.</rp>|<rt>[^<]*</rt>|</?ruby>", "", marked)
    assert "<" not in bare
    assert html.unescape(bare) == text


@pytest.fixture
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ruby.known_places", lambda: PLACES)


PAGE = """<html><head><title>漢字</title></head><body>
<p title="漢字>">漢字&amp;&lt;b&gt;</p><input value="漢字"><textarea>漢字</textarea><select><option>漢字</option></select>
<a data-kana="かんな">漢字</a><script>"漢字"</script><!-- 漢字 --><svg><text>漢字</text></svg>
<div data-no-ruby><div>漢字</div>漢字</div><ruby>漢字<rt>かんじ</rt></ruby><b>漢字</b></body></html>"""


@pytest.mark.usefixtures("_known")
def test_only_texts_of_the_page_get_furigana() -> None:
    soup = BeautifulSoup(annotate_page(PAGE), "html.parser")
    assert soup.title.string == "漢字"
    assert soup.p["title"] == "漢字>"
    assert soup.input["value"] == "漢字"
    assert [str(soup.find(name).string) for name in ("textarea", "option", "script")] == [
        "漢字",
        "漢字",
        '"漢字"',
    ]
    assert not soup.svg.find("ruby")
    assert not soup.find(attrs={"data-no-ruby": True}).find("ruby")
    assert [rt.string for rt in soup.find_all("rt")] == ["かんじ", "かんな", "かんじ", "かんじ"]


@pytest.mark.usefixtures("_known")
def test_what_was_escaped_stays_escaped() -> None:
    page = annotate_page("<body><p>漢字&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</p>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&amp;amp;" in page


@pytest.mark.usefixtures("_known")
def test_a_page_without_body_is_not_touched() -> None:
    assert annotate_page("漢字") == "漢字"


def body(inner: str) -> str:
    return annotate_page(f"<body>{inner}</body>").removeprefix("<body>").removesuffix("</body>")


def test_a_name_with_a_word_found_in_it_keeps_its_own_reading() -> None:
    page = body('<a data-kana="あさのとこよたいそう">朝の常世<mark>体操</mark></a>')
    assert page == (
        '<a data-kana="あさのとこよたいそう"><span><ruby>朝<rp>(</rp><rt>あさ</rt><rp>)</rp></ruby>の'
        "<ruby>常世<mark>体操</mark><rp>(</rp><rt>とこよたいそう</rt><rp>)</rp></ruby></span></a>"
    )


def test_a_name_with_places_to_break_keeps_its_own_reading() -> None:
    page = body('<h1 data-kana="あさのたいそう"><span class="phrases">朝の<wbr>体操</span></h1>')
    assert re.findall("<rt>(.*?)</rt>", page) == ["あさ", "たいそう"]
    assert page.endswith("</ruby></span></span></h1>")
    assert "<wbr>" in page


@pytest.mark.usefixtures("_known")
def test_a_long_name_its_reading_does_not_fit_is_read_in_pieces() -> None:
    page = body('<a data-kana="からすやま みほん">福祉の相談窓口(見本)</a>')
    assert max(len(reading) for reading in re.findall("<rt>(.*?)</rt>", page)) <= 12
    assert page.count("<ruby>") > 1


@pytest.mark.usefixtures("_known")
def test_other_things_in_an_element_with_a_reading_are_left_in_place() -> None:
    page = body('<p data-kana="かな"><img src="a.png" alt="絵"><b>名</b></p>')
    assert '<img src="a.png" alt="絵">' in page
