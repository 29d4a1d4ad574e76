"""Calendar periods and dates as they are written in rule files."""

from __future__ import annotations

import re
from datetime import date

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import Period
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Validity

_PERIOD = re.compile(r"^(\d{1,4}) (dag|dagen|week|weken|maand|maanden|jaar)$")

_LAST_YEAR = 2199
"""Days are counted on from the last day of a version: far from today they leave the calendar."""


def read_validity(first: date, last: date | None, place: Location) -> Validity:
    """The days on which a version holds; ``InputError`` at ``place`` of the last day when there are none."""
    if last is not None and last < first:
        raise InputError("de laatste dag ligt voor de eerste", place)
    if last is not None and last.year > _LAST_YEAR:
        raise InputError("laat to weg als er nog geen laatste dag is", place)
    return Validity(first, last)


def parse_period(text: str) -> Period | None:
    """``4 jaar``, ``6 maanden``, ``6 weken``, ``42 dagen``; ``None`` when it is something else."""
    match = _PERIOD.match(text.strip())
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if unit.startswith("dag"):
        return Period(days=count)
    if unit.startswith("we"):
        return Period(days=7 * count)
    if unit.startswith("maand"):
        return Period(months=count)
    return Period(months=12 * count)


def parse_date(text: str) -> date | None:
    """An ISO date, or ``None``."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def show_period(period: Period) -> str:
    """The period in Dutch."""
    parts = []
    if period.months:
        years, months = divmod(abs(period.months), 12)
        parts += [f"{years} jaar"] if years else []
        parts += [f"{months} {'maand' if months == 1 else 'maanden'}"] if months else []
    if period.days:
        weeks, days = divmod(abs(period.days), 7)
        if weeks and not days:
            parts.append(f"{weeks} {'week' if weeks == 1 else 'weken'}")
        else:
            parts.append(f"{abs(period.days)} {'dag' if abs(period.days) == 1 else 'dagen'}")
    return " en ".join(parts) or "0 dagen"
