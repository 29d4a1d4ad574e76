"""When a statutory term ends: not on a Saturday, Sunday or public holiday (Algemene termijnenwet art. 1 and 3)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

# The King's birthday is kept on 27 April, and on the 26th when that is a Sunday.
_KINGS_DAY = (4, 27)
_FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))
# Days after Easter: Good Friday, Easter Monday, Ascension Day, Whit Monday.
_AFTER_EASTER = (-2, 1, 39, 50)


def due_day(last: date) -> date:
    """The day on which a term that would end on ``last`` ends at the latest."""
    while last.weekday() >= 5 or last in _holidays(last.year):
        last += timedelta(days=1)
    return last


@cache
def _holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    king = date(year, *_KINGS_DAY)
    days = {date(year, *day) for day in _FIXED} | {easter + timedelta(days=n) for n in _AFTER_EASTER}
    return frozenset(days | {king - timedelta(days=1) if king.weekday() == 6 else king})


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)
