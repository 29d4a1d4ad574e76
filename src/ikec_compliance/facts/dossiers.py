"""Per-child norms work on counts: given under ``dossiers``, or counted here from the optional list ``kinderen``.

A count says what its name says, so the terms that define "te laat" and the age limits are part of the count:
six weeks after enrolment (WEC art. 41a lid 3, WPO art. 40a lid 3), six weeks after the familiegroepsplan was waived
(Jeugdwet art. 4.1.3 lid 5), under four (WEC art. 39 lid 1), fourteen before this school year (WEC and WPO art. 39
lid 4). A term that ends on a weekend or public holiday runs on to the next working day (Algemene termijnenwet
art. 1). A birth month leaves the day open: a count is an interval when the two ends of the month differ.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.terms import due_day
from ikec_compliance.model.place import Location
from ikec_compliance.model.value import FALSE, POS, TRUE, UNKNOWN_COUNT, UNKNOWN_FLAG, Value, flag, known
from ikec_compliance.rules.testcases import calendar_fields

_SIX_WEEKS = timedelta(days=42)
_Test = Callable[[Record, date], Value]


def _answer(path: str, counted: bool) -> _Test:
    """Counts the children of whom a yes/no field has the answer ``counted``."""

    def test(child: Record, on: date) -> Value:
        answer = child.get(path)
        return UNKNOWN_FLAG if answer is None else flag(answer is counted)

    return test


def _late(start: str, done: str) -> _Test:
    """Counts what was done later than six weeks after its start, or is not done although they have passed."""

    def test(child: Record, on: date) -> Value:
        begun, finished = child.get(start), child.get(done)
        if begun is None:
            return UNKNOWN_FLAG
        if finished is not None:
            return flag(finished > due_day(begun + _SIX_WEEKS))
        # Not filled in may be not done: only within the term is it surely not late.
        return FALSE if on <= due_day(begun + _SIX_WEEKS) else UNKNOWN_FLAG

    return test


def _without_plan(child: Record, on: date) -> Value:
    return FALSE if child.get("plan_vastgesteld_op") is not None else UNKNOWN_FLAG


def _birthday(child: Record, years: int) -> tuple[date, date] | None:
    """First and last possible day on which a child reaches an age."""
    month = child.get("geboortemaand")
    if month is None:
        return None
    year, number = int(month[:4]) + years, int(month[5:])
    following = date(year + (number == 12), number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)


def _under_four(child: Record, on: date) -> Value:
    span = _birthday(child, 4)
    return UNKNOWN_FLAG if span is None else (int(on < span[0]), int(on < span[1]))


def _fourteen_before(child: Record, on: date) -> Value:
    span = _birthday(child, 14)
    start = date.fromordinal(calendar_fields(on)["begin_schooljaar"])
    return UNKNOWN_FLAG if span is None else (int(span[1] < start), int(span[0] < start))


_TESTS: dict[str, _Test] = {
    "totaal": lambda child, on: TRUE,
    "opp_te_laat": _late("ingeschreven_op", "opp_vastgesteld_op"),
    "zonder_tlv": _answer("tlv", False),
    "boven_leeftijdsgrens": _fourteen_before,
    "onder_leeftijdsgrens": _under_four,
    "zonder_plan": _without_plan,
    "plan_te_laat": _late("familiegroepsplan_afgezien_op", "plan_vastgesteld_op"),
    "zonder_toestemming": _answer("toestemming", False),
    "zonder_instemming_waarneming": _answer("instemming_waarneming", False),
}


def count(facility: Record, name: str, context: Context) -> tuple[Value, str, tuple[Location, ...]]:
    """A count for a voorziening, how it was made, and where; no value of a single child leaves this module."""
    centre = context.centre
    given = centre.data.get("dossiers", {}).get(facility.id, {}).get(name)
    if given is not None:
        return known(given), f"dossiers.{facility.id}.{name}", (centre.place("dossiers", facility.id, name),)
    children = [child for child in centre.records("kinderen") if child.get("voorziening") == facility.id]
    test = _TESTS.get(name)
    if not children or test is None:
        place = centre.place("dossiers", facility.id, name)
        complete = centre.complete("kinderen") and "kinderen" in centre.data and test is not None
        return (known(0) if complete else UNKNOWN_COUNT), f"dossiers.{facility.id}.{name}", (place,)
    values = [test(child, context.on) for child in children]
    high = sum(value[1] for value in values) if centre.complete("kinderen") else POS
    return (sum(value[0] for value in values), high), "geteld in de lijst kinderen", (centre.place("kinderen"),)
