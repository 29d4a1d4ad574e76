"""The differential fuzz of the solver, a little of it, and that it sees what it is there to see."""

from __future__ import annotations

from random import Random

import pytest

from ikec_compliance.model.expr import Expr
from ikec_compliance.reconcile.quantities import Demand
from ikec_compliance.reconcile.solver import Minimal
from tests.fuzz import solver


def test_evaluator_engine_and_solver_agree() -> None:
    random, tally = Random(20261123), solver.Tally()
    for _ in range(20):
        solver.compare(random, tally)
    assert tally.differences == []
    assert tally.verdicts > 50_000
    assert tally.conflicts > 5


def test_a_demand_that_forgets_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = solver.demand_of

    def forgetful(expr: Expr, resolve: object) -> Demand:
        return Demand(right(expr, resolve).domains)  # type: ignore[arg-type]

    monkeypatch.setattr(solver, "demand_of", forgetful)
    random, tally = Random(1), solver.Tally()
    for _ in range(6):
        solver.compare(random, tally)
    assert any(line.startswith("demand: ") for line in tally.differences)
    assert any(line.startswith("solver: ") for line in tally.differences)


def test_a_solver_that_stops_early_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "minimal_sets", lambda *_, **__: Minimal((), (), True))
    random, tally = Random(20261123), solver.Tally()
    for _ in range(6):
        solver.compare(random, tally)
    assert any(line.startswith("solver: conflicts") for line in tally.differences)
