"""The beroepskracht-kindratio in OpenFisca-core: annex 1 written as formulas over whole columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from test_bkr_dagopvang import printed_rows

WHEN = "2026-11"
_NOT_ALLOWED = -1


def _cells() -> list[tuple[int, int, int, int, int]]:
    """Youngest and oldest age, children, babies and staff; the fewest staff last, so that it wins."""
    return [
        (int(name[0]), int(name[2]), most, babies, staff)
        for name, columns in printed_rows().items()
        for staff, column in reversed(list(enumerate(columns, start=1)))
        for most, babies in column
    ]


CELLS = _cells()


def _by_table(ages: Sequence[Any]) -> Any:
    """What table 1 asks; ``_NOT_ALLOWED`` where no cell fits."""
    total, babies = sum(ages), ages[0]
    youngest = numpy.select([age > 0 for age in ages], [0, 1, 2, 3], -1)
    oldest = numpy.select([age > 0 for age in reversed(ages)], [3, 2, 1, 0], -1)
    found = numpy.where(total == 0, 0, _NOT_ALLOWED)
    for first, last, most, few, staff in CELLS:
        found = numpy.where((youngest == first) & (oldest == last) & (total <= most) & (babies <= few), staff, found)
    return found


def _dagopvang(subject: Any, period: Any) -> Any:
    ages = [subject(f"age{age}", period) for age in range(4)]
    staff = _by_table(ages)
    # Rule 1: babies / 3 + (ones / 5 + twos / 6 + threes / 8) / 1,2 in parts of 144, rounded up.
    sum144 = 48 * ages[0] + 24 * ages[1] + 20 * ages[2] + 15 * ages[3]
    asked = numpy.where(ages[0] > 0, -(-sum144 // 144), 0)
    # Rule 2: where one child less asks more of the table, one is added.
    raised = numpy.zeros_like(staff)
    for age in range(4):
        smaller = [count - (place == age) for place, count in enumerate(ages)]
        lowers = (ages[age] > 0) & (sum(ages) > 1) & (_by_table(smaller) > staff)
        raised = numpy.where(lowers, staff + 1, raised)
    return numpy.where(staff == _NOT_ALLOWED, _NOT_ALLOWED, numpy.maximum(numpy.maximum(staff, asked), raised))


def _bso(subject: Any, period: Any) -> Any:
    return -(-(100 * subject("age0", period) + 83 * subject("age1", period)) // 1000)


def build(kind: str, groups: Sequence[Sequence[int]]) -> Callable[[], Any]:
    entity = build_entity(key="subject", plural="subjects", label=kind, is_person=True)
    system = TaxBenefitSystem([entity])
    common = {"value_type": int, "entity": entity, "definition_period": DateUnit.MONTH, "label": kind}
    columns = numpy.array(groups, dtype=numpy.int32).T.copy()
    for age in range(len(columns)):
        system.add_variable(_variable(f"age{age}", common))
    formula = _dagopvang if kind == "dagopvang" else _bso
    system.add_variable(_variable("required", {**common, "formula": formula}))

    def run() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, len(groups))
        for age, values in enumerate(columns):
            simulation.set_input(f"age{age}", WHEN, values)
        return simulation.calculate("required", WHEN)

    return run


def _variable(name: str, parts: dict[str, Any]) -> Any:
    return type(name, (Variable,), dict(parts))
