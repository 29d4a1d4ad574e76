"""All minimal conflicts and minimal repairs of a set of demands. The only module that imports a solver, and lazily."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ikec_compliance.model.record import dataclass

LIMIT = 20
"""How many minimal conflicts and how many minimal repairs are worked out; the rest is only known to be there."""

Core = Collection[int]
Oracle = Callable[[Collection[int]], Core | None]
"""Whether demands can hold together: ``None`` when they can, else some of them that cannot."""


@dataclass(frozen=True, slots=True)
class Minimal:
    """Minimal sets that cannot hold together, and minimal sets whose removal leaves what can; each set in order.

    ``complete`` tells whether these are all; else there is at least one more of one of them.
    """

    conflicts: tuple[tuple[int, ...], ...]
    repairs: tuple[tuple[int, ...], ...]
    complete: bool


def shrink(core: Core, oracle: Oracle, keep: Sequence[int] = ()) -> list[int]:
    """A minimal set within ``core`` that cannot hold together; what is early in ``keep`` rather stays."""
    order = {number: place for place, number in enumerate(keep)}
    left = set(core)
    for number in sorted(core, key=lambda item: (-order.get(item, len(order)), -item)):
        if number in left and len(left) > 1:
            smaller = oracle(left - {number})
            if smaller is not None:
                left = set(smaller)
    return sorted(left)


def minimal_sets(count: int, oracle: Oracle, limit: int = LIMIT) -> Minimal:
    """Every minimal conflict and every minimal repair of ``count`` demands, up to ``limit`` of each.

    Each subset that is not yet explained is tried: one that holds is grown to a maximal one (what it leaves out is a
    repair), one that does not is shrunk to a minimal one. A satisfiability solver keeps the record of what is
    explained, so that nothing is tried twice and nothing is left out.
    """
    if oracle(range(count)) is None:
        return Minimal((), (), True)
    from pysat.solvers import Solver

    conflicts: list[tuple[int, ...]] = []
    repairs: list[tuple[int, ...]] = []
    with Solver(name="minisat22") as record:
        # Variable n + 1 says that demand n is in the subset; large subsets are tried first.
        record.set_phases([number + 1 for number in range(count)])
        complete = True
        while record.solve():
            model = record.get_model()
            seed = (
                {number for number in range(count) if model[number] > 0} if len(model) >= count else set(range(count))
            )
            core = oracle(seed)
            if core is None:
                for number in range(count):
                    if number not in seed and oracle(seed | {number}) is None:
                        seed.add(number)
                left_out = tuple(number for number in range(count) if number not in seed)
                record.add_clause([number + 1 for number in left_out])
                if len(repairs) >= limit:
                    complete = False
                    break
                repairs.append(left_out)
            else:
                smallest = tuple(shrink(core, oracle))
                record.add_clause([-(number + 1) for number in smallest])
                if len(conflicts) >= limit:
                    complete = False
                    break
                conflicts.append(smallest)
    return Minimal(_ordered(conflicts), _ordered(repairs), complete)


def from_values(breakers: Sequence[Collection[int]], limit: int = LIMIT) -> Minimal | None:
    """The same where the possible values can be listed: ``breakers`` are, per value, the demands that forbid it.

    A repair is a minimal such set; a conflict is a minimal set that meets them all. No solver is needed; ``None``
    when there are too many on the way.
    """
    if any(not item for item in breakers):
        return Minimal((), (), True)
    repairs = [frozenset(item) for item in dict.fromkeys(tuple(sorted(set(b))) for b in breakers)]
    repairs = [item for item in repairs if not any(other < item for other in repairs)]
    found: list[frozenset[int]] = [frozenset()]
    for needed in sorted(repairs, key=len):
        met = [item for item in found if item & needed]
        grown = {item | {number} for item in found if not item & needed for number in needed}
        found = met + [item for item in grown if not any(other <= item for other in met)]
        found = [item for item in found if not any(other < item for other in found)]
        if len(found) > 50 * limit:
            return None
    conflicts = [tuple(sorted(item)) for item in found]
    complete = len(conflicts) <= limit and len(repairs) <= limit
    return Minimal(_ordered(conflicts)[:limit], _ordered([tuple(sorted(item)) for item in repairs])[:limit], complete)


def cheapest(
    targets: Sequence[Collection[int]], costs: Sequence[int], exclusive: Sequence[Collection[int]], most: int
) -> list[tuple[int, ...]]:
    """Up to ``most`` cheapest sets of choices that meet every target, cheapest first; ties in order of the choices.

    ``targets`` are, per thing to reach, the choices that reach it; of each set in ``exclusive`` at most one may be
    chosen. Empty when nothing reaches them all.
    """
    if not targets:
        return [()]
    from pysat.examples.rc2 import RC2
    from pysat.formula import WCNF

    formula = WCNF()
    for target in targets:
        formula.append([number + 1 for number in sorted(target)])
    for group in exclusive:
        members = sorted(group)
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                formula.append([-(one + 1), -(other + 1)])
    for number, cost in enumerate(costs):
        formula.append([-(number + 1)], weight=cost)
    found: list[tuple[int, tuple[int, ...]]] = []
    with RC2(formula) as solver:
        for model in solver.enumerate(block=1):
            chosen = tuple(sorted(number - 1 for number in model if 0 < number <= len(costs)))
            found.append((sum(costs[number] for number in chosen), chosen))
            if len(found) >= most:
                break
    ordered = [chosen for _, chosen in sorted(found)]
    return [item for place, item in enumerate(ordered) if not any(set(o) < set(item) for o in ordered[:place])]


def components(links: Mapping[int, Collection[object]]) -> list[list[int]]:
    """Numbers in groups that share a link, directly or through others; each group and the groups in order."""
    root: dict[int, int] = {number: number for number in links}

    def top(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    first: dict[object, int] = {}
    for number, shared in links.items():
        for item in shared:
            one, other = top(first.setdefault(item, number)), top(number)
            root[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for number in links:
        groups.setdefault(top(number), []).append(number)
    return [sorted(group) for _, group in sorted(groups.items())]


def _ordered(found: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(found, key=lambda item: (len(item), item)))
