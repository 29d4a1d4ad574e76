"""When on a day a rule is broken: slices that follow each other as one interval, with the numbers in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ikec_compliance.app.evaluation import Judged
from ikec_compliance.engine import Truth, truth
from ikec_compliance.engine import verdict as reference_verdict
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.expr import Op, Ref, atoms, refs
from ikec_compliance.model.fact import Fact, Provenance
from ikec_compliance.model.result import BreachInterval, ReadValue
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import POS, is_known, known
from ikec_compliance.model.verdict import Verdict

_ALLOWANCE = "afwijking_tot_en_met"

Read = Callable[[str, Fact, Provenance | None], ReadValue]
"""A field of a fact as a reader sees it."""


def breaches(judged: Judged, read: Read) -> tuple[BreachInterval, ...]:
    """The maximal intervals of a broken rule; none for what is not about a stretch of the day."""
    if judged.fact.interval is None:
        return ()
    runs: list[list[Fact]] = []
    for fact, verdict in judged.slices:
        if verdict is not Verdict.FAILS or fact.interval is None:
            continue
        last = runs[-1][-1].interval if runs else None
        if last is not None and last[1] == fact.interval[0]:
            runs[-1].append(fact)
        else:
            runs.append([fact])
    return tuple(_run(run, judged.rule, read) for run in runs)


def _run(run: list[Fact], rule: ResolvedRule, read: Read) -> BreachInterval:
    exprs = [rule.require, *(e.require for e in rule.exceptions), *(e.applies for e in rule.exceptions)]
    # Fields of partners do not change during the day and stand in the message already.
    names = sorted({ref.path for expr in exprs if expr is not None for ref in refs(expr) if "." not in ref.path})
    details = {}
    for path in names:
        if path in ("peildatum", _ALLOWANCE):
            continue
        readings = [read(path, fact, fact.source(path)) for fact in run]
        shown = list(dict.fromkeys(reading.shown for reading in readings))
        details[readings[0].title] = shown[0] if len(shown) == 1 else " → ".join(shown)
    if _ALLOWANCE in names:
        details["afwijking"] = _deviation(run[-1], rule)
    basis = [p.formula for fact in run if (p := fact.source("vereist")) is not None and "vereist" in names]
    if basis:
        details["grondslag"] = " → ".join(dict.fromkeys(basis))
    start, end = run[0].interval, run[-1].interval
    if start is None or end is None:
        raise InternalError("een tijdvak zonder begin of einde")
    return BreachInterval(clock(_begin(run[0], rule)), clock(end[1]), details)


def _deviation(fact: Fact, rule: ResolvedRule) -> str:
    """How much of the day's allowance is used when the slice ends: ``2:15 van 3:00 uur gebruikt``."""
    low, high = fact.values[_ALLOWANCE]
    used = _hours(low) if low == high else f"tussen {_hours(low)} en {_hours(high)}"
    unused = replace(fact, values={**fact.values, _ALLOWANCE: known(0)})
    for exception in rule.exceptions:
        for atom in atoms(exception.applies):
            own = atom.term.parts == ((1, Ref(_ALLOWANCE)),) and atom.op is Op.LE
            # An allowance that cannot be had on this day is no allowance.
            if own and truth(exception.applies, unused) is not Truth.FALSE:
                return f"{used} van {_hours(atom.bound)} uur gebruikt"
    return f"{used} uur; afwijken mag op deze dag niet"


def _hours(minutes: int) -> str:
    """Minutes as ``2:15``; what is not known is open."""
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes < POS else "onbekend"


def _begin(fact: Fact, rule: ResolvedRule) -> int:
    """The first breaching minute of a slice: an allowance that runs out within it covers its beginning."""
    start, end = fact.interval or (0, 0)
    used = fact.values.get(_ALLOWANCE, (0, 0))
    before = used[1] - (end - start)
    for exception in rule.exceptions:
        for atom in atoms(exception.applies):
            own = atom.term.parts == ((1, Ref(_ALLOWANCE)),) and atom.op is Op.LE
            if own and is_known(used) and before < atom.bound < used[1]:
                within = replace(fact, values={**fact.values, _ALLOWANCE: known(atom.bound)})
                if reference_verdict(rule, within) is not Verdict.FAILS:
                    return start + atom.bound - before
    return start


def clock(minute: int) -> str:
    """Minutes after midnight as ``08:30``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
