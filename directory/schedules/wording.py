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
        words = undated_words(spec)
        repeats_note = spec.kind == Kind.UNKNOWN and bool(spec.note)
        return words if repeats_note else _joined(words, _slots(spec.slots))
    text = _days_and_times(spec)
    remarks = [*remarks_words(spec), *(_season(season) for season in spec.seasons)]
    return bounds_words(spec) + text + (f"({'、'.join(remarks)})" if remarks else "")


def describe_short(spec: ScheduleSpec) -> str:
    """For a card: 「第2・第4木 13:30〜」, only days and opening times."""
    if not spec.rules and not spec.dates:
        return undated_words(spec)
    days = days_words(spec)
    starts = "、".join(f"{clock(slot)}〜" for slot in spec.all_slots)
    return _joined(days.replace("曜日", ""), starts)


def undated_words(spec: ScheduleSpec) -> str:
    """What to say of a schedule without dates."""
    return _KINDS.get(spec.kind) or spec.note or _UNKNOWN


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


def _is_workdays(spec: ScheduleSpec) -> bool:
    """平日: Monday to Friday without public holidays, and nothing else."""
    rules = [rule.to_rrule() for rule in spec.rules]
    return spec.holidays == HolidayPolicy.OFF and rules == [_WORKDAYS_RRULE] and not spec.dates


_WORKDAYS_RRULE = Rule(Frequency.WEEKLY, weekdays=MONDAY_TO_FRIDAY).to_rrule()


def days_words(spec: ScheduleSpec) -> str:
    """All days without times."""
    if _is_workdays(spec):
        return "平日"
    rules = [rule_words(rule) for rule in in_reading_order(spec)]
    return "、".join([*rules, *([_dates(spec.dates)] if spec.dates else [])])


def _days_and_times(spec: ScheduleSpec) -> str:
    if not _own_times(spec):
        return _joined(days_words(spec), _slots(spec.slots))
    if _is_workdays(spec):
        return _joined("平日", _slots(spec.rules[0].slots))
    phrases = [
        _joined(phrase, _slots(effective_slots(spec, rule)))
        for rule in in_reading_order(spec)
        for phrase in rule_phrases(rule)
    ]
    return "、".join(phrases)


def in_reading_order(spec: ScheduleSpec) -> list[Rule]:
    """Rules in the order in which they can be told in one way only."""
    # A month filter before an unfiltered rule, or a time after an untimed one, would be read for both.
    return sorted(spec.rules, key=lambda rule: (not effective_slots(spec, rule), bool(rule.bymonth)))


def _own_times(spec: ScheduleSpec) -> bool:
    return any(rule.slots for rule in spec.rules)


def effective_slots(spec: ScheduleSpec, rule: Rule) -> tuple[Slot, ...]:
    """The rule's own times, or those of the spec."""
    return rule.slots or spec.slots


def rule_words(rule: Rule) -> str:
    """「第2火曜日、第4木曜日」."""
    return "、".join(rule_phrases(rule))


def rule_phrases(rule: Rule) -> list[str]:
    """The parts of a rule, each complete in itself: 「奇数月の第2火曜日」, 「奇数月の第4木曜日」."""
    months = _months(rule.bymonth)
    if rule.freq == Frequency.WEEKLY:
        return [months + _weekly(rule)]
    rhythm = f"{rule.interval}か月に1回 " if rule.interval > 1 else ""
    if rule.monthdays:
        days = "・".join("末日" if day == -1 else f"{day}日" for day in rule.monthdays)
        return [(months or rhythm or "毎月") + days]
    return [months + rhythm + group for group in _nth_groups(rule)]


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
        "・".join("最終" if ordinal == -1 else f"第{ordinal}" for ordinal in ordinals)
        + "・".join(WEEKDAY_SIGNS[day] for day in sorted(days))
        + "曜日"
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
    return "、".join(
        clock(slot) + "〜" + (f"{slot.end.hour}:{slot.end.minute:02}" if slot.end else "") for slot in slots
    )


def _dates(days: Sequence[date]) -> str:
    """「2026年12月5日(土)、12月19日(土)」: the year once, and again when it changes."""
    before = [None, *days]
    return "、".join(
        describe_date(day) if last is None or last.year != day.year else describe_date(day).partition("年")[2]
        for last, day in zip(before, days, strict=False)
    )


def bounds_words(spec: ScheduleSpec) -> str:
    start = f"{_plain_date(spec.starts_on)}から" if spec.starts_on else ""
    end = f"{_plain_date(spec.until)}まで" if spec.until else ""
    return f"{start}{end} " if start or end else ""


def _plain_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def remarks_words(spec: ScheduleSpec) -> list[str]:
    said = spec.rules and spec.holidays in _HOLIDAYS and not _is_workdays(spec)
    holidays = [_HOLIDAYS[spec.holidays]] if said else []
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
    return "〜".join(_plain_date(day) for day in (period.start, period.end) if day)


_MONTH_ENDS = set(zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


def _season(season: Season) -> str:
    (month, day), (last_month, last_day) = season.first, season.last
    span = f"{month}月{day}日〜{last_month}月{last_day}日"
    return f"{span}は{_slots(season.slots)}" if season.slots else f"{span}のみ"


def _joined(first: str, second: str) -> str:
    return f"{first} {second}" if second else first
