"""Dates, clock times and periods as people write them in YAML, with a message when they are impossible."""

from __future__ import annotations

import calendar
import re
from datetime import date

DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TIME_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
PERIOD_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$"

DATE_WANTED = "een datum als 2026-08-31"
TIME_WANTED = "een tijd als 08:30"
PERIOD_WANTED = "een periode als 2026-08-31/2026-12-18"

_DATE = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


class WrongForm(ValueError):
    """Text that does not look like a date, time or period."""


class Impossible(ValueError):
    """Text that looks right and still is no date or period; its text is the Dutch message."""


def to_date(text: str) -> date:
    """``2026-08-31`` as a date; ``WrongForm`` or ``Impossible`` otherwise."""
    found = _DATE.fullmatch(text)
    if not found:
        raise WrongForm(text)
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        raise Impossible(f"maand {month} bestaat niet (een datum is jaar-maand-dag)")
    if year < 1:
        raise Impossible("het jaar 0000 bestaat niet")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        suffix = f" in {year}" if (month, day) == (2, 29) else ""
        raise Impossible(f"{day} {_MONTHS[month - 1]} bestaat niet{suffix}")
    return date(year, month, day)


def to_minutes(text: str) -> int:
    """``08:30`` as minutes after midnight (510); ``24:00`` is 1440, the end of a day."""
    found = _TIME.fullmatch(text)
    if not found:
        raise WrongForm(text)
    return int(text[:2]) * 60 + int(text[3:])


def to_period(text: str) -> tuple[date, date]:
    """``2026-08-31/2026-12-18`` as its first and last day, both inclusive."""
    first, slash, last = text.partition("/")
    if not slash or not _DATE.fullmatch(first) or not _DATE.fullmatch(last):
        raise WrongForm(text)
    begin, end = to_date(first), to_date(last)
    if end < begin:
        raise Impossible("de laatste dag van de periode ligt vóór de eerste")
    return begin, end
