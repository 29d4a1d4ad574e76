"""Which days a check covers, and what kind of day each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ikec_compliance.centre.centre import Centre, Interval, Record
from ikec_compliance.model.record import dataclass

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
# A year of school weeks and holidays; longer periods are asked for in parts, so that memory stays bounded.
MAX_DAYS = 400


@dataclass(frozen=True, slots=True)
class Period:
    """The days a check covers, both ends included."""

    first: date
    last: date

    def days(self) -> list[date]:
        """Every day of the period."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def check_days(centre: Centre, on: date, explicit_on: bool, period: Period | None) -> list[date]:
    """The days whose presence is checked (DESIGN §5).

    An explicit period wins; with an explicit date the ISO week that holds it; else every day that the
    roster is declared complete for, or, where none is, the ISO week of ``on``.
    """
    if period is not None:
        return period.days()
    complete = centre.complete_days()
    if complete and not explicit_on:
        return [day for interval in _merged(complete) for day in Period(*interval).days()]
    monday = on - timedelta(days=on.weekday())
    return Period(monday, monday + timedelta(days=6)).days()


def _merged(intervals: Sequence[Interval]) -> list[Interval]:
    """The intervals in order, those that overlap as one: a day that is declared a thousand times is one day."""
    found: list[Interval] = []
    for first, last in sorted(intervals):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def inside(day: date, intervals: Sequence[Interval]) -> bool:
    """Whether a day falls in one of the intervals, ends included."""
    return any(first <= day <= last for first, last in intervals)


def day_kind(centre: Centre, day: date) -> str | None:
    """``gesloten``, ``studiedag``, ``vakantie`` or ``school``; ``None`` when the kalender does not say."""
    for key, kind in (("sluitingsdagen", "gesloten"), ("studiedagen", "studiedag"), ("vakanties", "vakantie"),
                      ("schoolweken", "school")):  # fmt: skip
        if inside(day, centre.calendar(key)):
            return kind
    return None


def opening_days(facility: Record) -> frozenset[str]:
    """The weekdays a voorziening is open; every day when the configuration does not say."""
    days = facility.get("openingstijden.dagen")
    return frozenset(days) if days else frozenset(WEEKDAYS)


def is_open(facilities: Sequence[Record], day: date) -> bool:
    """Whether one of the voorzieningen is open on the weekday of ``day``."""
    weekday = WEEKDAYS[day.weekday()]
    return any(weekday in opening_days(facility) for facility in facilities)
