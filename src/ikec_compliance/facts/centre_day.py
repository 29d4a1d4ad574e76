"""One voorziening on one day: its groepen added up, people who are in two of them counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.group_day import PEOPLE, GroupCounter, GroupDay, deviated, people, some
from ikec_compliance.facts.ratio import Requirement
from ikec_compliance.facts.roster import Line
from ikec_compliance.facts.slices import longest_run
from ikec_compliance.facts.tally import FIELDS, Step, add_up
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import FALSE, POS, TRUE, UNKNOWN_COUNT, Value, known

if TYPE_CHECKING:
    from ikec_compliance.facts.moment import Moment

_DAY = 24 * 60
_SUM = "som van de stamgroepen"
_SUM_OLD = "som van de basisgroepen"

Span = tuple[tuple[int, int], dict[str, Value], Requirement]


@dataclass(frozen=True, slots=True, eq=False)
class CentreTotals:
    """The slices of a voorziening and its totals of the day (``schooldag``, ``aaneengesloten``, ``afwijking``)."""

    spans: tuple[Span, ...]
    values: dict[str, Value]
    moments: tuple[Moment, ...] = ()

    def with_moments(self, moments: tuple[Moment, ...]) -> CentreTotals:
        """The same with its slices as the rules read them."""
        return replace(self, moments=moments)

    @staticmethod
    def unknown(facility: Record, school: Value) -> CentreTotals:
        """The totals of a day whose roster is not known."""
        values = {"schooldag": school, "aaneengesloten": _offered(facility, (0, _DAY)), "afwijking": UNKNOWN_COUNT}
        return CentreTotals((), values)


def add_centre(
    facility: Record, groups: Sequence[GroupDay], joined: Sequence[GroupDay], school: Value, counter: GroupCounter,
    day: date,
) -> CentreTotals:  # fmt: skip
    """The slices and totals of a voorziening; ``joined`` are the groepen of others that share its rooms."""
    kind = str(facility.get("soort"))
    shared = [(line, group.kind) for group in groups for line in group.shared]
    others = add_up(group.steps for group in joined)
    here = frozenset(line.group for group in groups for line in group.lines)
    deviation: Value = (0, 0)
    spans: list[Span] = []
    # Nothing is added for the others, but where they change a slice ends.
    edges = [Step(start, end, 0) for start, end, _ in others]
    for start, end, sums in add_up([*(group.steps for group in groups), edges]):
        values = {name: sums[name] for name in FIELDS[1:]}
        own = [(line, counted) for line, counted in shared if line.start <= start < line.end]
        if own:
            for name, value in _shared_people(own, here, counter, day).items():
                values[name] = (values[name][0] + value[0], min(POS, values[name][1] + value[1]))
        need = _need(kind, values, counter, day)
        values["vereist"] = need.required
        for name in ("younger", "older", "under_four"):
            del values[name]
        deviation = deviated(deviation, end - start, values["beroepskrachten"], need.required)
        values["afwijking_tot_en_met"] = deviation
        values["kinderen_samen"] = _together(values["kinderen"], others, start)
        spans.append(((start, end), values, need))
    offered = longest_run([span for span, _, _ in spans], [some(values["kinderen"]) for _, values, _ in spans])
    totals = {"schooldag": school, "aaneengesloten": _offered(facility, offered), "afwijking": deviation}
    return CentreTotals(tuple(spans), totals)


def _need(kind: str, values: dict[str, Value], counter: GroupCounter, day: date) -> Requirement:
    """The sum of the stamgroepen, or the bso by the law of the day: over all children, or per basisgroep."""
    if kind == "dagopvang":
        return Requirement(values["vereist"], TRUE, _SUM, ())
    if kind != "bso":
        return Requirement(FALSE, TRUE, "", ())
    if counter.ratio.per_basisgroep(day):
        return Requirement(values["vereist"], TRUE, _SUM_OLD, ())
    return counter.ratio.bso(values["younger"], values["older"], values["under_four"], day)


def _shared_people(
    lines: Sequence[tuple[Line, str]], here: frozenset[str], counter: GroupCounter, day: date
) -> dict[str, Value]:
    """People with lines in more groepen at once: in the kindercentrum each counts once."""
    kinds = {id(line): kind for line, kind in lines}

    def count(name: str) -> Value:
        return people([line for line, _ in lines], lambda line: counter.answers(line, kinds[id(line)], day, here)[name])

    return {name: count(name) for name in PEOPLE}


def _together(children: Value, others: Sequence[tuple[int, int, dict[str, Value]]], start: int) -> Value:
    """Children in the voorziening and in those that share its rooms."""
    low, high = children
    for first, last, sums in others:
        if first <= start < last:
            low, high = low + sums["kinderen"][0], high + sums["kinderen"][1]
    return (low, min(POS, high))


def _offered(facility: Record, present: Value) -> Value:
    """Consecutive minutes for which care is offered (BKK 7 lid 4, 16 lid 4): the opening hours, whoever is there.

    Without opening hours it is at least the longest stretch with children.
    """
    start, end = facility.get("openingstijden.van"), facility.get("openingstijden.tot")
    if start is None or end is None:
        return (present[0], _DAY)
    return known(max(0, end - start))
