"""When something is held: rules, the dates that follow from them, their wording, and reading them from text.

Pure Python: no database, no clock except the default of `parse`. Import from here.
"""

from .columns import parse_columns
from .holidays import holiday_name
from .occurrences import Occurrence, Status, next_dates, occurrences
from .parser import ParseResult, ParseStatus, parse
from .periods import ClosedPeriod, NamedPeriod, Season
from .read_aloud import describe_read_aloud
from .rules import Frequency, Rule, RuleOutsideSubset, Slot, monthly, monthly_on, weekly
from .spec import ChangeAction, DateChange, HolidayPolicy, Kind, ScheduleSpec
from .wording import describe, describe_date, describe_short, holiday_policy_choices, kind_choices

__all__ = [
    "ChangeAction",
    "ClosedPeriod",
    "DateChange",
    "Frequency",
    "HolidayPolicy",
    "Kind",
    "NamedPeriod",
    "Occurrence",
    "ParseResult",
    "ParseStatus",
    "Rule",
    "RuleOutsideSubset",
    "ScheduleSpec",
    "Season",
    "Slot",
    "Status",
    "describe",
    "describe_date",
    "describe_read_aloud",
    "describe_short",
    "holiday_name",
    "holiday_policy_choices",
    "kind_choices",
    "monthly",
    "monthly_on",
    "next_dates",
    "occurrences",
    "parse",
    "parse_columns",
    "weekly",
]
