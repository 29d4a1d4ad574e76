"""Per-child norms work on counts: given under ``dossiers``, or counted here from the optional list ``kinderen``.

A count says what its name says, so the terms that define "te laat" and the age limits are part of the count:
six weeks after enrolment or after definitive placement (WEC art. 41a lid 3, WPO art. 40a lid 3), six weeks after
registration and at most four more (WEC art. 40 lid 7, WPO art. 40 lid 6), six weeks after the familiegroepsplan was
waived (Jeugdwet art. 4.1.3 lid 5), under four (WEC art. 39 lid 1), fourteen before this school year (WEC and WPO
art. 39 lid 4), trial days from three years and ten months, five at most (WPO art. 39 lid 3). A term that ends on a
weekend or public holiday runs on to the next working day (Algemene termijnenwet art. 1). A birth month leaves the day
open: a count is an interval when the two ends of the month differ. A child on trial days is no pupil.
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
_TEN_WEEKS = timedelta(days=70)
_TRIAL_DAYS = 5
_Test = Callable[[Record, date], Value]


def _answer(path: str, counted: bool) -> _Test:
    """Counts the children of whom a yes/no field has the answer ``counted``."""

    def test(child: Record, on: date) -> Value:
        answer = child.get(path)
        return UNKNOWN_FLAG if answer is None else flag(answer is counted)

    return test


def _late(starts: tuple[str, ...], done: str) -> _Test:
    """Counts what was done later than six weeks after its start, or is not done although they have passed.

    The first of ``starts`` that is filled in counts.
    """

    def test(child: Record, on: date) -> Value:
        begun = next((day for start in starts if (day := child.get(start)) is not None), None)
        finished = child.get(done)
        if begun is None:
            return UNKNOWN_FLAG
        if finished is not None:
            return flag(finished > due_day(begun + _SIX_WEEKS))
        # Not filled in may be not done: only within the term is it surely not late.
        return FALSE if on <= due_day(begun + _SIX_WEEKS) else UNKNOWN_FLAG

    return test


def _without_plan(child: Record, on: date) -> Value:
    """Counts the children who have no plan yet although the six weeks for it have passed."""
    waived, adopted = child.get("familiegroepsplan_afgezien_op"), child.get("plan_vastgesteld_op")
    if (adopted is not None and adopted <= on) or (waived is not None and on <= due_day(waived + _SIX_WEEKS)):
        return FALSE
    # Not filled in may be not done, and a familiegroepsplan may be under way; a plan still to come is no plan.
    return UNKNOWN_FLAG if adopted is None or waived is None else TRUE


def _decided_late(child: Record, on: date) -> Value:
    """Admission decided after six weeks, or after the later day told to the parents, ten weeks at the latest."""
    asked, decided, later = (
        child.get(key) for key in ("aangemeld_op", "toelating_beslist_op", "toelating_uitgesteld_tot")
    )
    if asked is None:
        return UNKNOWN_FLAG
    last = asked + _SIX_WEEKS if later is None else min(max(later, asked + _SIX_WEEKS), asked + _TEN_WEEKS)
    if decided is not None and decided <= on:
        if later is None and due_day(last) < decided <= due_day(asked + _TEN_WEEKS):
            # Whether the parents were told of a later day is not filled in.
            return UNKNOWN_FLAG
        return flag(decided > due_day(last))
    return FALSE if on <= due_day(last) else UNKNOWN_FLAG


def _not_evaluated(child: Record, on: date) -> Value:
    """No evaluation in this or the previous school year, of a pupil who did not enter this school year."""
    enrolled, evaluated = child.get("ingeschreven_op"), child.get("opp_geevalueerd_op")
    start = date.fromordinal(calendar_fields(on)["begin_schooljaar"])
    if enrolled is not None and enrolled >= start:
        return FALSE
    if evaluated is None or evaluated > on:
        return UNKNOWN_FLAG
    if evaluated >= start.replace(year=start.year - 1):
        return FALSE
    return UNKNOWN_FLAG if enrolled is None else TRUE


def _expired(child: Record, on: date) -> Value:
    last = child.get("tlv_tot")
    return UNKNOWN_FLAG if last is None else flag(last < on)


def _only_trial(child: Record) -> bool:
    """Whether a child comes for trial days and is not enrolled: then it is no pupil (WPO art. 39 lid 3)."""
    return child.get("wennen") is not None and child.get("ingeschreven_op") is None


def _on_trial(child: Record, on: date) -> Value:
    if child.get("ingeschreven_op") is not None:
        return FALSE
    return UNKNOWN_FLAG if child.get("wennen") is None else _under_four(child, on)


def _trial_too_young(child: Record, on: date) -> Value:
    first, span = child.get("wennen.vanaf"), _birthday(child, 3, 10)
    if first is None or span is None:
        return UNKNOWN_FLAG
    return (int(first < span[0]), int(first < span[1]))


def _trial_too_long(child: Record, on: date) -> Value:
    days = child.get("wennen.dagen")
    return UNKNOWN_FLAG if days is None else flag(days > _TRIAL_DAYS)


def _birthday(child: Record, years: int, months: int = 0) -> tuple[date, date] | None:
    """First and last possible day on which a child reaches an age in years and months."""
    born = child.get("geboortemaand")
    if born is None:
        return None
    extra, number = divmod(int(born[5:]) - 1 + months, 12)
    year, number = int(born[:4]) + years + extra, number + 1
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
    "opp_te_laat": _late(("definitief_geplaatst_op", "ingeschreven_op"), "opp_vastgesteld_op"),
    "opp_niet_geevalueerd": _not_evaluated,
    "opp_zonder_overeenstemming": _answer("opp_overeenstemming", False),
    "opp_zonder_horen": _answer("opp_gehoord", False),
    "toelating_te_laat": _decided_late,
    "tlv_verlopen": _expired,
    "zonder_tlv": _answer("tlv", False),
    "boven_leeftijdsgrens": _fourteen_before,
    "onder_leeftijdsgrens": _under_four,
    "zonder_plan": _without_plan,
    "plan_te_laat": _late(("familiegroepsplan_afgezien_op",), "plan_vastgesteld_op"),
    "zonder_toestemming": _answer("toestemming", False),
    "zonder_instemming_waarneming": _answer("instemming_waarneming", False),
    "wennen": _on_trial,
    "wennen_te_jong": _trial_too_young,
    "wennen_te_lang": _trial_too_long,
}
_OF_TRIAL_CHILDREN = frozenset({"wennen", "wennen_te_jong", "wennen_te_lang", "toelating_te_laat"})


def count(facility: Record, name: str, context: Context) -> tuple[Value, str, tuple[Location, ...]]:
    """A count for a voorziening, how it was made, and where; no value of a single child leaves this module."""
    centre = context.centre
    given = centre.data.get("dossiers", {}).get(facility.id, {}).get(name)
    if given is not None:
        return known(given), f"dossiers.{facility.id}.{name}", (centre.place("dossiers", facility.id, name),)
    children = [
        child
        for child in centre.records("kinderen")
        if child.get("voorziening") == facility.id and (name in _OF_TRIAL_CHILDREN or not _only_trial(child))
    ]
    test = _TESTS.get(name)
    if not children or test is None:
        place = centre.place("dossiers", facility.id, name)
        complete = centre.complete("kinderen") and "kinderen" in centre.data and test is not None
        return (known(0) if complete else UNKNOWN_COUNT), f"dossiers.{facility.id}.{name}", (place,)
    values = [test(child, context.on) for child in children]
    high = sum(value[1] for value in values) if centre.complete("kinderen") else POS
    return (sum(value[0] for value in values), high), "geteld in de lijst kinderen", (centre.place("kinderen"),)
