"""How the time to find every collision, minimal conflict and minimal repair grows, beside z3 in the same run.

``python benchmarks/reconcile.py [--rounds N]`` prints a table. Norm sets are made with collisions planted in them, so
that the answer is known; both must give it before anything is timed. The program does not need z3: where z3-solver is
not installed, its column stays empty.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "reconcile")]

from planted import Planted, planted  # noqa: E402
from reconcile_cases import merged  # noqa: E402

from ikec_compliance.reconcile.collision import ConflictClass  # noqa: E402
from ikec_compliance.reconcile.domain import AxisKind  # noqa: E402
from ikec_compliance.reconcile.meetings import collisions  # noqa: E402
from ikec_compliance.reconcile.norms import AppliedNorm  # noqa: E402
from ikec_compliance.reconcile.proofs import minimal  # noqa: E402
from ikec_compliance.reconcile.quantities import Variable  # noqa: E402

try:
    import z3  # type: ignore[import-untyped]
except ImportError:
    z3 = None

SIZES = ((100, 0), (100, 12), (300, 0), (300, 12), (300, 40), (1000, 12), (1000, 40), (3000, 40))

Cores = set[frozenset[str]]


def ours(norms: Sequence[AppliedNorm]) -> Cores:
    """Every minimal conflict as the program finds them, repairs included."""
    found: Cores = set()
    for collision in collisions([(merged(), norms)], ()):
        if collision.conflict_class is ConflictClass.CONTRADICTORY:
            sets = minimal(collision)
            found |= {frozenset(collision.hard[place].rule.id for place in item) for item in sets.conflicts}
    return found


def with_z3(norms: Sequence[AppliedNorm]) -> Cores:
    """The same by z3: all norms in one solver, one core after another, each made minimal by leaving out."""
    names: dict[Variable, Any] = {}

    def of(variable: Variable) -> Any:
        return names.setdefault(variable, z3.Int(f"v{len(names)}"))

    solver = z3.Solver()
    switches = {}
    for norm in norms:
        parts = []
        for variable, domain in norm.demand.domains.items():
            if domain.members is not None:
                parts.append(z3.Or([of(variable) == member for member in sorted(domain.members)]))
            if domain.low is not None:
                parts.append(of(variable) >= domain.low)
            if domain.high is not None:
                parts.append(of(variable) <= domain.high)
        for relation in norm.demand.relations:
            total = z3.Sum([number * of(variable) for number, variable in relation.parts])
            if relation.low is not None:
                parts.append(total >= relation.low)
            if relation.high is not None:
                parts.append(total <= relation.high)
        switch = z3.Bool(norm.rule.id)
        switches[norm.rule.id] = switch
        solver.add(z3.Implies(switch, z3.And(parts)))
    for variable, value in names.items():
        if variable.axis.kind is AxisKind.CHOICE:
            solver.add(value >= 0, value < len(variable.axis.choices))
        elif variable.low is not None:
            solver.add(value >= variable.low)
    found: Cores = set()
    left = dict(switches)
    # The planted collisions have no norm in common: what is found can be set apart, and the rest is asked again.
    while solver.check(*left.values()) == z3.unsat:
        core = {str(item) for item in solver.unsat_core()}
        for name in sorted(core):
            if solver.check(*(switches[other] for other in core - {name})) == z3.unsat:
                core = {str(item) for item in solver.unsat_core()}
        found.add(frozenset(core))
        left = {name: switch for name, switch in left.items() if name not in core}
    return found


def timed(run: Callable[[Sequence[AppliedNorm]], Cores], made: Planted, rounds: int) -> float:
    """Median seconds of a run, after its answer has been compared with what was planted."""
    if run(made.norms) != made.cores:
        raise SystemExit(f"the answers differ: {run.__name__}")
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        run(made.norms)
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    if z3 is None:
        print("z3 is not installed (pip install z3-solver): its column is left out\n")
    print("| norms | planted collisions | ikec | z3 |\n|---:|---:|---:|---:|")
    for total, number in SIZES:
        made = planted(Random(total + number), number, total)
        own = timed(ours, made, rounds)
        other = "-" if z3 is None else f"{timed(with_z3, made, rounds) * 1000:.0f} ms"
        print(f"| {len(made.norms)} | {number} | {own * 1000:.0f} ms | {other} |", flush=True)


if __name__ == "__main__":
    main()
