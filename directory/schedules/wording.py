"""A schedule in Japanese words. `parse(describe(spec))` gives the same rules, times and closures back.

These are sentences of Japanese, built from parts whose order is Japanese grammar, so they are not msgids:
only whole labels go through gettext. Another language needs its own module beside this one.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .periods import ClosedPeriod, NamedPeriod, Season
from .rules import EVEN_MONTHS, EVERY_DAY, MONDAY_TO_FRIDAY, ODD_MONTHS, Frequency, Rule, Slot
from .spec import HolidayPolicy, Kind, ScheduleSpec

WEEKDAY_SIGNS = "月火水木金土日"

_HOLIDAYS = {
    HolidayPolicy.OFF: "祝日は休み",
    HolidayPolicy.ON: "祝日も開催",
    HolidayPolicy.NEXT_DAY: "祝日の場合は翌日",
    HolidayPolicy.PREVIOUS_DAY: "祝日の場合は前日",
    HolidayPolicy.NEXT_WEEK: "祝日の場合は翌週",
    HolidayPolicy.PREVIOUS_WEEK: "祝日の場合は前週",
}
_PERIODS = {
    NamedPeriod.NEW_YEAR: "年末年始",
    NamedPeriod.OBON: "お盆",
    NamedPeriod.SCHOOL_HOLIDAYS: "学校休業日",
    NamedPeriod.SUMMER_HOLIDAYS: "夏休み期間",
}
_KINDS = {Kind.IRREGULAR: "不定期", Kind.APPOINTMENT: "日時は要相談", Kind.ALWAYS: "いつでも"}
_UNKNOWN = "開催日はお問い合わせください"


def describe(spec: ScheduleSpec) -> str:
    """「第2・第4木曜日 13:30〜15:30(祝日は休み)」, 「2026年4月4日から隔週土曜日」, 「不定期」."""
    if not spec.rules and not spec.dates:
        words = _KINDS.get(spec.kind) or spec.note or _UNKNOWN
        repeats_note = spec.kind == Kind.UNKNOWN and bool(spec.note)
        return words if repeats_note else _joined(words, _slots(spec.slots))
    text = _joined(_days_and_times(spec), "" if _own_times(spec) else _slots(spec.slots))
    remarks = [*_remarks(spec), *(_season(season) for season in spec.seasons)]
    return _bounds(spec) + text + (f"({'、'.join(remarks)})" if remarks else "")


def describe_short(spec: ScheduleSpec) -> str:
    """For a card: 「第2・第4木 13:30〜」, only days and opening times."""
    if not spec.rules and not spec.dates:
        return str(_KINDS.get(spec.kind) or (spec.note or _UNKNOWN))
    days = "、".join(_rule(rule) for rule in _ordered(spec)) or _dates(spec.dates)
    starts = "、".join(f"{clock(slot)}〜" for slot in spec.all_slots)
    return _joined(days.replace("曜日", ""), starts)


def describe_read_aloud(spec: ScheduleSpec) -> str:
    """For a screen reader or a telephone: 「だい2、だい4もくようび。午後1時30分から午後3時30分まで。」"""
    if not spec.rules and not spec.dates:
        return f"{_KINDS.get(spec.kind) or spec.note or _UNKNOWN}。"
    days = "、".join(_rule(rule) for rule in _ordered(spec)) or _dates(spec.dates)
    sentences = [_spoken(_bounds(spec) + days)]
    if _own_times(spec):
        sentences = [f"{_spoken(_rule(rule))}、{_spoken_slots(_effective(spec, rule))}" for rule in _ordered(spec)]
    elif spec.slots:
        sentences.append(_spoken_slots(spec.slots))
    sentences += [_spoken(remark) for remark in _remarks(spec)]
    return "".join(f"{sentence.rstrip('、')}。" for sentence in sentences)


def describe_date(day: date) -> str:
    """「2026年12月5日(土)」."""
    return f"{day.year}年{day.month}月{day.day}日({WEEKDAY_SIGNS[day.weekday()]})"


def holiday_policy_choices() -> list[tuple[str, Promise]]:
    """Choices of a model or form field, the undecided one first."""
    labels = {
        HolidayPolicy.UNKNOWN: _("わからない"),
        HolidayPolicy.OFF: _("祝日は休み"),
        HolidayPolicy.ON: _("祝日も開催"),
        HolidayPolicy.NEXT_DAY: _("祝日の場合は翌日"),
        HolidayPolicy.PREVIOUS_DAY: _("祝日の場合は前日"),
        HolidayPolicy.NEXT_WEEK: _("祝日の場合は翌週"),
        HolidayPolicy.PREVIOUS_WEEK: _("祝日の場合は前週"),
    }
    return [(policy.value, labels[policy]) for policy in HolidayPolicy]


def kind_choices() -> list[tuple[str, Promise]]:
    """Choices of the kind of a schedule."""
    labels = {
        Kind.REGULAR: _("くり返し(曜日や日で決まっている)"),
        Kind.DATES: _("決まった日だけ"),
        Kind.APPOINTMENT: _("日時は相談して決める"),
        Kind.IRREGULAR: _("不定期"),
        Kind.ALWAYS: _("いつでも"),
        Kind.UNKNOWN: _("わからない"),
    }
    return [(kind.value, labels[kind]) for kind in Kind]


def clock(slot: Slot) -> str:
    """Opening time, `9:00` or `13:30`."""
    return f"{slot.start.hour}:{slot.start.minute:02}"


def _days_and_times(spec: ScheduleSpec) -> str:
    if not spec.rules:
        return _dates(spec.dates)
    own = _own_times(spec)
    parts = [_joined(_rule(rule), _slots(_effective(spec, rule)) if own else "") for rule in _ordered(spec)]
    return "、".join([*parts, *([_dates(spec.dates)] if spec.dates else [])])


def _ordered(spec: ScheduleSpec) -> list[Rule]:
    # A month filter before an unfiltered rule, or a time after an untimed one, would be read for both.
    return sorted(spec.rules, key=lambda rule: (not _effective(spec, rule), bool(rule.bymonth)))


def _own_times(spec: ScheduleSpec) -> bool:
    return any(rule.slots for rule in spec.rules)


def _effective(spec: ScheduleSpec, rule: Rule) -> tuple[Slot, ...]:
    return rule.slots or spec.slots


def _rule(rule: Rule) -> str:
    months = _months(rule.bymonth)
    if rule.freq == Frequency.WEEKLY:
        return months + _weekly(rule)
    rhythm = f"{rule.interval}か月に1回 " if rule.interval > 1 else ""
    if rule.monthdays:
        days = "・".join("末日" if day == -1 else f"{day}日" for day in rule.monthdays)
        return f"{months}{rhythm}毎月{days}" if not rhythm else f"{rhythm}{days}"
    return "、".join(f"{months}{group}" if months else group for group in [rhythm + g for g in _nth_groups(rule)])


def _weekly(rule: Rule) -> str:
    if rule.interval == 2:
        return f"隔週{_weekdays(rule.weekdays)}"
    if rule.interval > 2:
        return f"{rule.interval}週間に1回 {_weekdays(rule.weekdays)}"
    return "毎日" if rule.weekdays == EVERY_DAY else f"毎週{_weekdays(rule.weekdays)}"


def _nth_groups(rule: Rule) -> list[str]:
    by_weekday: dict[int, list[int]] = {}
    for ordinal, day in rule.nth:
        by_weekday.setdefault(day, []).append(ordinal)
    groups: dict[tuple[int, ...], list[int]] = {}
    for day, ordinals in by_weekday.items():
        groups.setdefault(tuple(ordinals), []).append(day)
    return [
        "・".join("最終" if ordinal == -1 else f"第{ordinal}" for ordinal in ordinals) + _weekdays(sorted(days))
        for ordinals, days in groups.items()
    ]


def _weekdays(days: Sequence[int]) -> str:
    consecutive = len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1))
    if consecutive:
        return f"{WEEKDAY_SIGNS[days[0]]}〜{WEEKDAY_SIGNS[days[-1]]}曜日"
    return "・".join(WEEKDAY_SIGNS[day] for day in days) + "曜日"


def _months(months: tuple[int, ...]) -> str:
    if not months:
        return ""
    if months in (ODD_MONTHS, EVEN_MONTHS):
        return "奇数月の" if months == ODD_MONTHS else "偶数月の"
    first = next((month for month in months if (month - 2) % 12 + 1 not in months), None)
    run = [(first - 1 + step) % 12 + 1 for step in range(len(months))] if first else []
    if len(months) > 2 and set(run) == set(months):
        return f"{run[0]}〜{run[-1]}月の"
    return "・".join(map(str, months)) + "月の"


def _slots(slots: Iterable[Slot]) -> str:
    return "、".join(clock(slot) + "〜" + (f"{slot.end.hour}:{slot.end.minute:02}" if slot.end else "") for slot in slots)


def _dates(days: Sequence[date]) -> str:
    return "、".join(describe_date(day) for day in days)


def _bounds(spec: ScheduleSpec) -> str:
    start = f"{_plain_date(spec.starts_on)}から" if spec.starts_on else ""
    end = f"{_plain_date(spec.until)}まで" if spec.until else ""
    return f"{start}{end} " if start or end else ""


def _plain_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _remarks(spec: ScheduleSpec) -> list[str]:
    holidays = [_HOLIDAYS[spec.holidays]] if spec.rules and spec.holidays in _HOLIDAYS else []
    return holidays + [f"{_closed(period)}は休み" for period in spec.closed]


def _closed(period: ClosedPeriod) -> str:
    if period.name:
        return _PERIODS[period.name]
    if period.first and period.last:
        (month, day), (last_month, last_day) = period.first, period.last
        if (month, day, last_month) == (last_month, 1, month) and (last_month, last_day) in _MONTH_ENDS:
            return f"{month}月"
        if day == 1 and (last_month, last_day) in _MONTH_ENDS:
            return f"{month}月〜{last_month}月"
        return f"{month}月{day}日〜{last_month}月{last_day}日"
    assert period.start and period.end  # noqa: S101 - ClosedPeriod guarantees one of the three
    return f"{_plain_date(period.start)}〜{_plain_date(period.end)}"


_MONTH_ENDS = set(zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


def _season(season: Season) -> str:
    (month, day), (last_month, last_day) = season.first, season.last
    span = f"{month}月{day}日〜{last_month}月{last_day}日"
    return f"{span}は{_slots(season.slots)}" if season.slots else f"{span}のみ"


def _joined(first: str, second: str) -> str:
    return f"{first} {second}" if second else first


_SPOKEN = {
    "第": "だい",
    "・": "、",
    "〜": "から",
    "年末年始": "ねんまつねんし",
    "毎週": "まいしゅう",
    "隔週": "かくしゅう",
    "毎月": "まいつき",
    "毎日": "まいにち",
    "月曜日": "げつようび",
    "火曜日": "かようび",
    "水曜日": "すいようび",
    "木曜日": "もくようび",
    "金曜日": "きんようび",
    "土曜日": "どようび",
    "日曜日": "にちようび",
    "は休み": "はお休みです",
    "も開催": "も開催します",
}


def _spoken(text: str) -> str:
    # 月・水曜日 → 月曜日・水曜日 first, so that every weekday is read as one.
    for sign in WEEKDAY_SIGNS:
        for after in "・〜":
            text = _full_weekday(text, sign, after)
    for written, spoken in sorted(_SPOKEN.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(written, spoken)
    return text


def _full_weekday(text: str, sign: str, after: str) -> str:
    pieces = text.split(f"{sign}{after}")
    joined = pieces[0]
    for piece in pieces[1:]:
        weekday = bool(piece) and piece[0] in WEEKDAY_SIGNS
        joined += f"{sign}曜日{after}{piece}" if weekday else f"{sign}{after}{piece}"
    return joined


def _spoken_slots(slots: Iterable[Slot]) -> str:
    spoken = []
    for slot in slots:
        end = f"{_spoken_time(slot.end.hour, slot.end.minute)}まで" if slot.end else ""
        spoken.append(f"{_spoken_time(slot.start.hour, slot.start.minute)}から{end}")
    return "、".join(spoken)


def _spoken_time(hour: int, minute: int) -> str:
    half, clock_hour = ("午前", hour) if hour < 12 else ("午後", hour - 12)
    if hour == 12 and minute == 0:
        return "正午"
    return f"{half}{clock_hour}時" + (f"{minute}分" if minute else "")
