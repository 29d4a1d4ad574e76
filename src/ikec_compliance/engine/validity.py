"""Until when a norm stays met if nothing changes but the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ikec_compliance.engine.flips import flip_points, is_monotone
from ikec_compliance.engine.reference import verdict
from ikec_compliance.engine.truth import lapses
from ikec_compliance.model.expr import Atom, Expr, atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import Value, is_known, known
from ikec_compliance.model.verdict import Verdict

TODAY = "peildatum"
"""The field that holds the day of evaluation."""

_LAST_DAY = date.max.toordinal()
_CYCLE = 146_097
"""Days in 400 years, after which the calendar repeats itself."""


def valid_until(rule: ResolvedRule, fact: Fact, dated: Sequence[Atom] | None = None) -> int | None:
    """Last day (``date.toordinal``) on which a ``voldoet`` of today still holds, all else equal.

    ``None`` when the verdict is not ``voldoet``, when it never lapses, and when the fact has no known
    ``peildatum``. Only the subject's own ``peildatum`` moves, not that of a partner. ``dated`` is what ``dated_atoms``
    gives for the rule, where that is at hand.
    """
    try:
        # Not ``get``: a mapping may compute its values when they are asked for.
        today = fact.value(TODAY)
    except KeyError:
        return None
    if not is_known(today):
        return None
    days = sorted(
        {day for atom in (dated_atoms(rule) if dated is None else dated) for day in _turns(atom, fact, today[0])}
    )
    if not days or verdict(rule, fact) is not Verdict.PASSES:
        return None
    for day in days:
        if verdict(rule, _on(fact, day)) is not Verdict.PASSES:
            return day - 1
    return None


def dated_atoms(rule: ResolvedRule) -> list[Atom]:
    """The comparisons of a rule that read the day of evaluation."""
    parts: list[Expr] = [rule.applies, lapses(rule)]
    parts += [] if rule.require is None else [rule.require]
    for exception in rule.exceptions:
        parts += [] if exception.require is None else [exception.applies, exception.require]
    return [atom for part in parts for atom in atoms(part) if any(ref.path == TODAY for _, ref in atom.term.parts)]


def _turns(atom: Atom, fact: Fact, today: int) -> list[int]:
    if is_monotone(atom, TODAY):
        return flip_points(atom, TODAY, fact.value, today, _LAST_DAY)
    # Two shifted forms of today subtracted from each other: no order to search in, so every day of a cycle.
    return list(range(today + 1, min(today + _CYCLE, _LAST_DAY) + 1))


def _on(fact: Fact, day: int) -> Fact:
    return replace(fact, values=_Moved(fact.values, known(day)))


class _Moved(Mapping[str, Value]):
    """The values of a fact on another day. They are not copied: some are computed only when asked for."""

    __slots__ = ("_today", "_values")

    def __init__(self, values: Mapping[str, Value], today: Value) -> None:
        self._values = values
        self._today = today

    def __getitem__(self, path: str) -> Value:
        return self._today if path == TODAY else self._values[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
