"""The pictures of the roster against days worked out by hand."""

from __future__ import annotations

from datetime import date

from ikec_compliance.model.overview import GroupDay, PresenceSlice
from ikec_compliance.report.audience.pictures import breaches
from ikec_compliance.report.picture.week import _state
from tests.report.sample_overview import FULL, OVERVIEW, TUESDAY

DAY = date(2026, 11, 24)


def day(*parts: tuple[int, int, tuple[int, int], tuple[int, int]], known: bool = True) -> GroupDay:
    slices = tuple(PresenceSlice(start, end, (8, 8), required, present) for start, end, required, present in parts)
    return GroupDay("groep:g", "G", DAY, ("kdv",), known, slices)


def test_breaches_are_those_the_engine_found() -> None:
    assert breaches(FULL) == {"groep:sg-vossen": {TUESDAY: [(510, 750), (990, 1020)]}}


def test_an_hour_shows_its_worst() -> None:
    one = day((480, 510, (1, 1), (1, 1)), (510, 540, (2, 2), (1, 1)))
    assert _state(one, [(510, 540)], 480, 540) == "short"
    assert _state(one, [], 480, 540) == "allowed_short"  # fewer than required, and the engine found no breach
    assert _state(day((480, 540, (2, 2), (2, 2))), [], 480, 540) == "enough"
    assert _state(day((480, 540, (2, 2), (3, 3))), [], 480, 540) == "ample"
    assert _state(day((480, 540, (2, 2), (1, 3))), [], 480, 540) == "unknown"
    assert _state(day((480, 540, (0, 0), (1, 1))), [], 480, 540) == ""
    assert _state(day(known=False), [], 480, 540) == "unknown"
    assert _state(one, [(540, 600)], 480, 540) == "allowed_short"  # the next hour's breach is not this one's


def test_the_sample_has_an_unknown_day() -> None:
    assert [item.known for item in OVERVIEW.days] == [False, True]
