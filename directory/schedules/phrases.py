"""Words around a schedule: how often, how surely, and remarks that change nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from .scan import TAKEN, Scan


class Sign(StrEnum):
    """What a phrase says about the days. The first five mean that stated days are not to be relied on."""

    ENDED = "ended"
    CHOICE = "choice"
    VARIES = "varies"
    IRREGULAR = "irregular"
    APPOINTMENT = "appointment"
    MORE_DAYS = "more_days"
    MAY_CHANGE = "may_change"
    TIMES_VARY = "times_vary"
    ALWAYS = "always"
    HIDDEN = "hidden"


UNRELIABLE = {Sign.ENDED, Sign.CHOICE, Sign.VARIES, Sign.IRREGULAR, Sign.APPOINTMENT}
INCOMPLETE = {Sign.MORE_DAYS, Sign.MAY_CHANGE, Sign.TIMES_VARY}

_GA = r"[がはをも]?"
_EXIST = r"(?:あり|有り|有|ございます|あります|する|します|ある)?(?:ます)?"
SIGNS: tuple[tuple[Sign, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        (
            Sign.ENDED,
            r"(?:(?:活動|運営|事業|開催|提供)[をは]?|をもって)(?:終了|休止|閉鎖|廃止)(?:中|しました|します|いたしました)?"
            r"|^(?:現在)?[は、]?(?:終了|休止中|閉鎖)(?:しました)?$",
        ),
        (Sign.HIDDEN, r"非公開"),
        (
            Sign.MAY_CHANGE,
            rf"(?:日程|日時|曜日|時間|予定|開催日)?{_GA}変更(?:の可能性|(?:する|になる|となる|の)?(?:場合|こと)){_GA}{_EXIST}",
        ),
        (
            Sign.TIMES_VARY,
            rf"(?:夏季|夏期|冬季|冬期|夏|冬)?(?:は|のみ)?、?(?:\d+分|\d+時間)?(?:後ろ倒し|前倒し|繰り下げ|繰り上げ){_EXIST}",
        ),
        (Sign.TIMES_VARY, r"(?:開催)?時間は(?:変更|前後|異なり)(?:あり|します|する|ます)?"),
        (
            Sign.VARIES,
            rf"(?:日程|日時|曜日|開催日|予定)?{_GA}(?:だが|ですが|が|、)?(?:変動|変更|異なる|変わる|前後){_GA}{_EXIST}",
        ),
        (
            Sign.CHOICE,
            r"または|又は|もしくは|若しくは|あるいは|或いは|いずれか|どちらか|(?<=[曜日])か(?=[月火水木金土日第])|\bor\b|\bOR\b",
        ),
        (Sign.IRREGULAR, r"不定期(?:に|で)?(?:開催|実施)?|不定|未定|ランダム"),
        (
            Sign.APPOINTMENT,
            r"(?:要|応)相談|(?:予約|申込|申し込み)時に?(?:調整|相談|決定)|(?:日程|日時|日)?(?:は|を)?(?:要|ご)?(?:調整|相談)(?:の上|により|して決定|に応じて|ください)?|随時|依頼に応じて|都度(?:決定|調整|連絡)?",
        ),
        (Sign.MORE_DAYS, r"(?:その)?(?:他|ほか)(?!\S)|(?<=[曜日])(?:など|等)"),
    )
)

_ALWAYS = re.compile(r"常設|24時間(?:365日)?|いつでも|常時")
_ALSO = re.compile(
    r"(?:平日|土日|週末|[月火水木金土日]曜日?|他の(?:曜)?日)に?も(?:不定期に?|時々|随時|たまに)(?:開催|実施)?"
)
_DAY_NAMES = re.compile(r"(?:いちご|肉|風呂|猫)の日と?")
_APPROX = r"(?P<approx>程度|ほど|くらい|ぐらい|前後|以上|位)?"
_COUNTS = (
    re.compile(
        rf"(?<![\d毎か一-龥])(?P<unit>毎月|月|毎週|週|年間?|毎年)(?:に|の)? ?"
        r"(?P<low>\d{1,3})(?:[回度]?[~、・-] ?(?:月)?(?P<high>\d{1,3}))?"
        rf" ?(?:回|度|(?<=週\d)日){_APPROX}(?:の|で|に)?(?:開催|実施)?"
    ),
    re.compile(
        rf"(?<![\d毎か一-龥])(?P<unit>月|週)(?:に)?(?P<low>[1-9])(?P<high>)(?P<approx>)(?=$|[ ()、。{TAKEN}])"
    ),
)
_INTERVALS = re.compile(
    r"(?P<number>\d{1,2})(?P<unit>か月|週間?)に ?(?P<times>\d)[回度](?:程度)?(?:の)?(?:開催)?"
    r"|(?P<month>隔月)(?:に|で)?(?:の)?(?:開催)?|(?P<week>隔週)(?:に|で)?(?:の)?(?:開催|実施)?"
)


@dataclass(frozen=True, slots=True)
class Count:
    """「月2回」: `unit` is 週, 月 or 年; an unclear number (月1〜2回, 程度) is `vague`."""

    unit: str
    number: int
    vague: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """「2か月に1回」「隔週」: every `number` `unit`s, unit 週 or 月."""

    unit: str
    number: int
    vague: bool = False
    at: int = 0


def take_signs(scan: Scan) -> set[Sign]:
    """Phrases that say how far the stated days can be relied on."""
    return {sign for sign, pattern in SIGNS for _match in scan.take(pattern)}


def take_first_signs(scan: Scan) -> set[Sign]:
    """Signs made of words that would otherwise be read as times or days: 24時間, 平日も不定期開催."""
    always = {Sign.ALWAYS for _match in scan.take(_ALWAYS)}
    return always | {Sign.MORE_DAYS for _match in scan.take(_ALSO)}


def take_day_names(scan: Scan) -> list[str]:
    """Days of every month that have a name by pun (15 いちご, 29 肉): they say 毎月 for the numbers beside."""
    return [match[0].rstrip("と") for match in scan.take(_DAY_NAMES)]


def take_counts(scan: Scan) -> list[Count]:
    """「月2回」「週5日」「年10回」."""
    found = []
    for pattern in _COUNTS:
        for match in scan.take(pattern):
            unit = next(sign for sign in "週月年" if sign in match["unit"])
            found.append(Count(unit, int(match["low"]), bool(match["high"] or match["approx"])))
    return found


def take_intervals(scan: Scan) -> tuple[list[Interval], list[Count]]:
    """「2か月に1回」 is an interval; 「1か月に2回」 is a count."""
    intervals, counts = [], []
    for match in scan.take(_INTERVALS):
        if match["month"] or match["week"]:
            intervals.append(Interval("月" if match["month"] else "週", 2, at=match.start()))
            continue
        unit, number, times = (
            match["unit"][-1] if match["unit"] == "か月" else "週",
            int(match["number"]),
            int(match["times"]),
        )
        if number == 1:
            counts.append(Count(unit, times, "程度" in match[0]))
        else:
            intervals.append(Interval(unit, number, times != 1 or "程度" in match[0], match.start()))
    return intervals, counts


# Words that say nothing about days, as whole fragments between separators.
_PLACES = (
    r"[一-龥ぁ-んァ-ヶーA-Za-z0-9]{0,20}(?:会館|センター|集会所|公民館|集会室|会議室|広場|公園|教会|食堂|小学校|中学校|児童館|図書館|ホール|ラウンジ|カフェ|寺|神社)"
    r"(?:にて|で)?"
)
HARMLESS = re.compile(
    r"(?:(?:毎回)?(?:当日)?(?:先着(?:順)?(?:配付|配布)?|\d{1,3}[名人組食](?:まで|限定)?|定員\d{1,3}[名人組]?|1世帯\d{1,2}セット)"
    r"|(?:要|事前)?(?:予約|申込み?|申し込み|問い?合わ?せ|連絡|登録)(?:制|不要|要|必要|なし|ください|下さい|優先)?"
    r"|要(?:予約|申込|連絡|確認)|(?:詳細は|詳しくは)?お?問い?合わ?せ(?:ください|下さい)?|お申し?込みください"
    r"|(?:参加)?無料|有料|なくなり次第終了|売り切れ次第終了|雨天(?:の場合は?|時は?)?(?:決行|中止)|会場|場所|小雨決行|どなたでも|無し|なし|特になし"
    r"|(?:開催|活動|営業|実施|開店|開館|利用)?(?:日時|時間|曜日|日程|日|時)|開催|実施|活動|営業|オープン|開店|開館|定例(?:開催|会)?|定期(?:的に)?開催?"
    r"|原則(?:として)?|基本(?:的に)?|おおむね|概ね|通常|主に|毎月|各月|毎回|午前中?|午後|夕方|夜|昼"
    r"|ただし|但し|なお|また"
    rf"|{_PLACES})"
)
_PARTICLES = re.compile(
    r"^(?:[のにはがをもで:※]|から|まで|です|ます|します|しています|しております|行います|やっています)+|(?:[のにはがをもで:]|です|します|しています|しております|行います|やっています)+$"
)
_SEPARATORS = re.compile(
    rf"[\s・、,。/()\[\]「」【】*!&＆~:;{TAKEN}※☆★●○■□◆◇-]+|(?<![一-龥ぁ-ん])(?:と|及び|および)(?![一-龥ぁ-ん])"
)
# In a separate remark, words without any of these cannot move a session.
RISKY = re.compile(
    r"曜|第\d|毎|隔|週|祝|休|変|不定|動|中止|延期|平日|土日|除|奇数|偶数|場合|限|期|夏|冬|春|秋|季|月(?!曜)|年|直後|翌|前日|友引|以外|または|か月|未定|調整|都合|確保"
    r"|例外|\d日|日(?:に|は)よ"
)
_SAFE_REMARK = re.compile(
    r"開催日開催時間以外は[^。]*|月一?1?[度回](?:の開催|実施)?|当日|同日|開催日|社員食堂"
)


def leftovers(scan: Scan) -> tuple[list[str], list[str]]:
    """What nobody read: (harmless words, words not understood)."""
    harmless: list[str] = []
    unknown: list[str] = []
    for fragment in _SEPARATORS.split(scan.text):
        word = _PARTICLES.sub("", _PARTICLES.sub("", fragment or ""))
        if not word:
            continue
        (harmless if HARMLESS.fullmatch(word) else unknown).append(fragment)
    return harmless, unknown


def is_harmless_remark(fragment: str) -> bool:
    """Whether words in a remarks column cannot change a day (they name no time, season or condition)."""
    return not RISKY.search(_SAFE_REMARK.sub("", fragment))
