"""Differential fuzz of the solver: conditions of rules, three readers, one answer.

``python -m tests.fuzz.solver --seconds 600 [--seed N]`` generates sets of rules over a small world of values and
compares for each set

- the reference evaluator with durable-rules: the verdict of every rule in points of the world;
- the demand that the reconciler makes of a condition with the reference evaluator: in every point of the world;
- the minimal conflicts and minimal repairs of the solver with those that follow, by their definition, from the
  verdicts of the reference evaluator in all points.

It prints ``N rule sets, M verdicts, K conflicts, D differences`` and exits 1 when there was a difference.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "engine")]

from engine_cases import fact, one_of, rule  # noqa: E402

from ikec_compliance.engine import DurableEngine, verdict  # noqa: E402
from ikec_compliance.engine.formulas import compile_rule  # noqa: E402
from ikec_compliance.engine.literals import Columns  # noqa: E402
from ikec_compliance.model.errors import InputError  # noqa: E402
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Ref, Term  # noqa: E402
from ikec_compliance.model.rule import ResolvedRule  # noqa: E402
from ikec_compliance.model.verdict import Verdict  # noqa: E402
from ikec_compliance.reconcile.demands import demand_of  # noqa: E402
from ikec_compliance.reconcile.domain import Axis, AxisKind  # noqa: E402
from ikec_compliance.reconcile.quantities import Demand, Variable  # noqa: E402
from ikec_compliance.reconcile.solver import minimal_sets  # noqa: E402
from ikec_compliance.reconcile.system import System  # noqa: E402

HIGHEST = 5
"""Every rule asks of each number it speaks of that it is at most this: what holds anywhere holds in the world."""

FIXED = 3
SAMPLE = 40

_COUNT = Axis(AxisKind.NUMBER, "stuks")
_FORM = Axis(AxisKind.CHOICE, choices=("a", "b", "c"))
NUMBERS = ("x", "y", "z")
VARIABLES = {
    **{name: Variable("proef", name, _COUNT, low=0) for name in NUMBERS},
    "vorm": Variable("proef", "vorm", _FORM),
}
WORLD = [
    dict(zip(VARIABLES, values, strict=True))
    for values in product(*[range(HIGHEST + 2)] * len(NUMBERS), range(len(_FORM.choices)))
]


@dataclass
class Tally:
    """What was compared."""

    sets: int = 0
    verdicts: int = 0
    conflicts: int = 0
    differences: list[str] = field(default_factory=list)


def resolve(ref: Ref) -> Variable | int | None:
    """``vast`` is a number that is fixed in this centre, ``los`` something that cannot be merged."""
    return FIXED if ref.path == "vast" else VARIABLES.get(ref.path)


def condition(random: Random, depth: int) -> Expr:
    """A condition over the quantities, as a rule file could have it."""
    kind = random.random()
    if depth and kind < 0.4:
        items = tuple(condition(random, depth - 1) for _ in range(random.randrange(1, 4)))
        return And(items) if random.random() < 0.7 else Or(items)
    if depth and kind < 0.5:
        return Not(condition(random, depth - 1))
    if kind < 0.6:
        name = random.choice((*NUMBERS, "vorm"))
        bounds = random.sample(range(len(_FORM.choices) if name == "vorm" else HIGHEST + 1), random.randrange(1, 3))
        return one_of(Term(((1, Ref(name)),)), bounds, random.random() < 0.3)
    names = random.sample((*NUMBERS, *NUMBERS, "vorm", "vast", "los"), random.choice((1, 1, 2, 2, 3)))
    parts: dict[str, int] = {}
    for name in names:
        parts[name] = parts.get(name, 0) + random.choice((-8, -3, -2, -1, 1, 1, 2, 3))
    used = tuple((number, Ref(name)) for name, number in parts.items() if number) or ((1, Ref("x")),)
    return Atom(Term(used), random.choice(list(Op)), random.randrange(-9, 10))


def rule_set(random: Random) -> list[ResolvedRule]:
    """Two to six rules that the engine takes."""
    made: list[ResolvedRule] = []
    for number in range(random.randrange(2, 7)):
        while True:
            asked = condition(random, random.choice((0, 1, 1, 2)))
            limits = tuple(Atom(Term(((1, Ref(name)),)), Op.LE, HIGHEST) for name in NUMBERS if _names(asked, name))
            found = rule(And((asked, *limits)), id=f"KO-{number:03d}")
            try:
                compile_rule(found, Columns())
            except InputError:
                continue  # too complicated: refused, as it should be
            break
        made.append(found)
    return made


def _names(expr: Expr, name: str) -> bool:
    if isinstance(expr, Atom):
        return any(ref.path == name for _, ref in expr.term.parts)
    items = (expr.item,) if isinstance(expr, Not) else expr.items
    return any(_names(item, name) for item in items)


def compare(random: Random, tally: Tally) -> None:
    """One random set of rules."""
    rules = rule_set(random)
    tally.sets += 1
    other = random.randrange(-2, 9)
    facts = [fact({**point, "vast": FIXED, "los": other}, f"groep:{n}") for n, point in enumerate(WORLD)]
    passes = [[verdict(item, one) is Verdict.PASSES for one in facts] for item in rules]
    tally.verdicts += len(rules) * len(facts)
    tally.differences += _against_durable(random, rules, facts, passes)
    demands = [demand_of(item.require, resolve) for item in rules if item.require is not None]
    for item, demand, held in zip(rules, demands, passes, strict=True):
        tally.differences += _against_demand(item, demand, held)
    whole = [place for place, demand in enumerate(demands) if not demand.partial]
    if len(whole) > 1:
        _against_definition([demands[n] for n in whole], [passes[n] for n in whole], tally)


def _against_durable(
    random: Random, rules: Sequence[ResolvedRule], facts: Sequence[object], passes: Sequence[Sequence[bool]]
) -> list[str]:
    some = sorted(random.sample(range(len(facts)), SAMPLE))
    with DurableEngine(rules) as engine:
        found = {(i.rule, i.fact): i.verdict is Verdict.PASSES for i in engine.evaluate([facts[n] for n in some])}
    return [
        f"durable-rules: {rules[r].require} at {WORLD[n]}: {found.get((r, place))}, expected {passes[r][n]}"
        for r in range(len(rules))
        for place, n in enumerate(some)
        if found.get((r, place)) is not passes[r][n]
    ]


def holds(demand: Demand, point: Mapping[Variable, int]) -> bool:
    """Whether a point satisfies a demand."""
    return all(domain.holds(point[variable]) for variable, domain in demand.domains.items()) and all(
        relation.holds(point) for relation in demand.relations
    )


def _against_demand(item: ResolvedRule, demand: Demand, passes: Sequence[bool]) -> list[str]:
    """A whole demand holds where the rule passes; a partial one at least there."""
    for point, passed in zip(WORLD, passes, strict=True):
        held = holds(demand, {VARIABLES[name]: value for name, value in point.items()})
        if held is not passed and not (demand.partial and held):
            return [f"demand: {item.require} at {point}: {held}, expected {passed} (partial: {demand.partial})"]
    return []


def _against_definition(demands: Sequence[Demand], passes: Sequence[Sequence[bool]], tally: Tally) -> None:
    system = System(demands)

    def oracle(chosen: Collection[int]) -> Collection[int] | None:
        answer = system.solve(chosen)
        return None if answer.point is not None else answer.core

    found = minimal_sets(len(demands), oracle, limit=1000)
    everything = frozenset(range(len(demands)))
    together = {frozenset(n for n in everything if passes[n][place]) for place in range(len(WORLD))}
    together = {item for item in together if not any(item < other for other in together)}
    repairs = {everything - item for item in together} - {frozenset()}
    conflicts: set[frozenset[int]] = set()
    for size in range(1, len(demands) + 1):
        for some in map(frozenset, combinations(sorted(everything), size)):
            if not any(some <= item for item in together) and not any(other <= some for other in conflicts):
                conflicts.add(some)
    tally.conflicts += len(conflicts)
    for what, expected, answer in (("conflicts", conflicts, found.conflicts), ("repairs", repairs, found.repairs)):
        if {frozenset(item) for item in answer} != expected or len(answer) != len(expected):
            shown = "; ".join(demand.text() for demand in demands)
            tally.differences.append(f"solver: {what} of {shown}: {answer}, expected {sorted(map(sorted, expected))}")


def main() -> int:
    """Run for the time asked and report."""
    parser = argparse.ArgumentParser(prog="tests.fuzz.solver", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = int(time.time()) if options.seed is None else options.seed
    random, tally = Random(seed), Tally()
    print(f"seed {seed}", flush=True)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end and len(tally.differences) < 20:
        compare(random, tally)
    for line in tally.differences[:20]:
        print(line, file=sys.stderr)
    print(
        f"{tally.sets} rule sets, {tally.verdicts} verdicts, {tally.conflicts} conflicts, "
        f"{len(tally.differences)} differences"
    )
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
