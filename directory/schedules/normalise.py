"""One spelling for the many ways Japanese schedules are typed, before anything is read."""

import re
import unicodedata

MAX_LENGTH = 2000

_CIRCLED = {chr(0x2460 + n): str(n + 1) for n in range(9)}
_KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = "[〇一二三四五六七八九十]"

_CIRCLED_SESSION = re.compile(r"(?<!第)([①-⑨])\s*(?=\d|午)")
_TILDES = re.compile(r"[〜∼～˜⁓]")
_DASHES = re.compile(r"[‐‑‒–—―−－]")
# The long vowel sign is a dash only between numbers and units; in フードパントリー it is a letter.
_LONG_VOWEL_DASH = re.compile(r"(?<=[\d時分曜日月火水木金土])ー(?=[\d午第月火水木金土日])")
_MONTHS = re.compile(r"[ヶケヵカか箇个]月")
_BLANKS = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMERALS_IN_ORDINALS = re.compile(
    rf"第{_NUMERAL}(?:[・、,/と~]?第?{_NUMERAL}(?=[・、,/と~第週の月火水木金土日]))*"
)
_NUMERALS_WITH_UNIT = re.compile(
    rf"(?<![曜々]){_NUMERAL}{{1,3}}(?=[~、・]?{_NUMERAL}?(?:回|度|時|日(?!曜)|か月|週(?!目)|部|月\d|月{_NUMERAL}))"
    rf"|(?<=[週月年に~、・]){_NUMERAL}(?=回|度)"
)
_AFTER_PERIOD = re.compile(r"(?<=[週月])([一二三四])(?=$|[\s()、。・])")
# People write words in kana whose signs they are not sure of: 金よう, きんようび, ごご1じはん.
_KANA_DAYS = {"げつ": "月", "か": "火", "すい": "水", "もく": "木", "きん": "金", "ど": "土", "にち": "日"}
# A bare よう is a weekday only where no other word goes on from it: 金よう 10時, not お金ようこそ; かよう is 通う.
_WEEKDAY_IN_KANA = re.compile(
    r"(?<!お)(?P<day>[月火水木金土日])よう(?:(?P<full>び|日)|(?=$|[^ぁ-ん]|[のはと]|から|まで))"
    r"|(?<![ぁ-ん])(?P<kana>げつ|か|すい|もく|きん|ど|にち)よう(?:び|日)"
    r"|(?<![ぁ-ん])(?P<short>げつ|すい|もく|きん|にち)よう(?=$|[^ぁ-ん])"
)
_CLOCK_IN_KANA = re.compile(r"(?<=\d)じ(?P<half>はん|半)?(?=$|[^ぁ-ん]|から|まで|より|ごろ|に)")
_WORDS_IN_KANA = (
    (re.compile(r"(?<![ぁ-ん])ごぜん(?= ?\d)"), "午前"),
    (re.compile(r"(?<![ぁ-ん])ごご(?= ?\d)"), "午後"),
    (re.compile(r"(?<![ぁ-ん])まいしゅう"), "毎週"),
    (re.compile(r"(?<![ぁ-ん])まいつき"), "毎月"),
    (re.compile(r"(?<![ぁ-ん])だい(?=\d)"), "第"),
)
_INNER_BLANK = re.compile(r"(?<=第) (?=\d)|(?<=\d) (?=[時分回部])|(?<=[月火水木金土日]) (?=曜)")


def normalise(text: str) -> str:
    """Half-width digits, one tilde, one dash, no kanji numerals in numbers, single blanks; lines kept.

    Cut at 2,000 characters: no schedule is longer, and every later step stays cheap.
    """
    text = text[:MAX_LENGTH]
    text = _CIRCLED_SESSION.sub(lambda found: f" {_CIRCLED[found[1]]}部 ", text)
    text = unicodedata.normalize("NFKC", text)[:MAX_LENGTH].replace("\r\n", "\n").replace("\r", "\n")
    text = _without_kana(_CONTROL.sub(" ", text))
    text = _DASHES.sub("-", _TILDES.sub("~", text))
    text = _LONG_VOWEL_DASH.sub("-", text)
    text = _MONTHS.sub("か月", text)
    text = _NUMERALS_IN_ORDINALS.sub(_digits, text)
    text = _NUMERALS_WITH_UNIT.sub(_digits, text)
    text = _AFTER_PERIOD.sub(_digits, text)
    text = _BLANKS.sub(" ", text).strip()
    return _INNER_BLANK.sub("", text)


def _without_kana(text: str) -> str:
    """The signs for words written in kana."""
    for pattern, signs in _WORDS_IN_KANA:
        text = pattern.sub(signs, text)
    text = _CLOCK_IN_KANA.sub(lambda found: "時半" if found["half"] else "時", text)
    return _WEEKDAY_IN_KANA.sub(_weekday, text)


def _weekday(found: re.Match[str]) -> str:
    day = found["day"] or _KANA_DAYS[found["kana"] or found["short"]]
    return f"{day}曜日" if found["full"] or found["kana"] else f"{day}曜"


def _digits(found: re.Match[str]) -> str:
    return re.sub(rf"{_NUMERAL}+", lambda run: str(_number(run[0])), found[0])


def _number(run: str) -> int:
    """`十五` → 15, `二十` → 20, `三` → 3."""
    if "十" not in run:
        return int("".join(str(_KANJI[sign]) for sign in run))
    tens, _, ones = run.partition("十")
    ones = ones.replace("十", "")
    return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
