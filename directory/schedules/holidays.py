"""Japanese public holidays (国民の祝日に関する法律), 振替休日 and 国民の休日 included."""

from datetime import date
from functools import lru_cache

import jpholiday

# The library extrapolates equinoxes; outside this span its answers are not law and not needed here.
FIRST_YEAR, LAST_YEAR = 1949, 2150


@lru_cache(maxsize=256)
def holidays_of(year: int) -> dict[date, str]:
    """Holidays of one year with their names; empty outside the years the library can answer for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    return dict(jpholiday.year_holidays(year))


def holiday_name(day: date) -> str | None:
    """`文化の日` for 3 November; None on any other day."""
    return holidays_of(day.year).get(day)
