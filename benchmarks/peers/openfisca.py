"""OpenFisca-core: a tax-benefit system for each subject type, a variable for each column end and each rule.

OpenFisca works on all facts of a type at once, with NumPy. A simulation is made for every run, as for every centre.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
from conditions import Answers, Condition, Plain, PlainRule, ends_in
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

VERSION_OF = "OpenFisca-Core"
WHEN = "2026-11"
_MOST = 2_000_000_000
"""Integers are of 32 bits in OpenFisca: open ends are brought within them; no rule compares with so much."""

Column = Callable[[int], Any]


def _compiled(item: Condition) -> Callable[[Column], Any]:
    """A condition as operations on whole columns."""
    if item[0] == "le":
        return lambda column: column(item[1]) <= item[2]
    if item[0] == "ge":
        return lambda column: column(item[1]) >= item[2]
    if item[0] == "not":
        inner = _compiled(item[1])
        return lambda column: ~inner(column)
    parts = [_compiled(part) for part in item[1]]
    combine = numpy.logical_and if item[0] == "and" else numpy.logical_or

    def joined(column: Column) -> Any:
        found = parts[0](column)
        for part in parts[1:]:
            found = combine(found, part(column))
        return found

    # An empty one never comes here: a chain leaves out what always or never holds.
    return joined


def _formula(rule: PlainRule) -> Callable[[Any, Any], Any]:
    *steps, (_, last) = rule.chain
    conditions = [(_compiled(item), code) for item, code in steps if item is not None and item[1] != ()]
    for item, code in steps:
        if item == ("and", ()):  # it always holds, so nothing after it is reached
            conditions, last = conditions[: [code for _, code in steps].index(code)], code
            break

    def formula(subject: Any, period: Any) -> Any:
        def column(end: int) -> Any:
            return subject(f"e{end}", period)

        found = numpy.full(subject.count, last, dtype=numpy.int32)
        for condition, code in reversed(conditions):
            found = numpy.where(condition(column), code, found)
        return found

    return formula


def _system(type: str, rules: dict[str, PlainRule], ends: set[int]) -> TaxBenefitSystem:
    entity = build_entity(key="subject", plural="subjects", label=type, is_person=True)
    system = TaxBenefitSystem([entity])
    common = {"value_type": int, "entity": entity, "definition_period": DateUnit.MONTH, "label": type}
    for end in sorted(ends):
        system.add_variable(_variable(f"e{end}", common))
    for name, rule in rules.items():
        system.add_variable(_variable(name, {**common, "formula": _formula(rule)}))
    return system


def _variable(name: str, parts: dict[str, Any]) -> Any:
    return type(name, (Variable,), dict(parts))


def build(work: Plain) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    systems = []
    for type_, rows in work.rows.items():
        rules = {f"r{number}": rule for number, rule in enumerate(work.rules) if rule.type == type_}
        ends = {end for rule in rules.values() for item, _ in rule.chain if item is not None for end in ends_in(item)}
        table = numpy.clip(numpy.array(rows, dtype=numpy.int64), -_MOST, _MOST).astype(numpy.int32)
        columns = {f"e{end}": table[:, end].copy() for end in ends}
        systems.append((_system(type_, rules, ends), list(rules), columns, len(rows)))

    def run() -> object:
        found = {}
        for system, rules, columns, count in systems:
            simulation = SimulationBuilder().build_default_simulation(system, count)
            for name, values in columns.items():
                simulation.set_input(name, WHEN, values)
            for name in rules:
                found[name] = simulation.calculate(name, WHEN)
        return found

    def read(found: object) -> Answers:
        assert isinstance(found, dict)
        return [found[f"r{n}"].tolist() if f"r{n}" in found else [] for n in range(len(work.rules))]

    return run, read
