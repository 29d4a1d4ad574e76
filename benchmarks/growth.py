"""How time grows with the number of rules and of facts, for every engine on the same synthetic work.

``python benchmarks/growth.py [--rounds N] [--rules N …] [--facts N …] [--limit SECONDS]`` prints two tables. Rules and
facts are drawn from a seed (``work.synthetic``); there is a kind of subject for every fifty rules and of each kind
the same number of facts, so that the number of verdicts grows as the number of rules does. An engine that
passed the limit at one size is not asked at a larger one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from desk import IKEC, PEERS, Peer, Result, side_by_side
from work import RULES_OF_A_KIND, Work, synthetic

RULES = (50, 100, 200, 500, 1000, 2000)
FACTS = (50, 500, 5000)
FACTS_OF_A_KIND = 25
RULES_FOR_FACTS = 100


def of_rules(count: int) -> Work:
    """So many rules, with as many facts of every kind of subject."""
    return synthetic(count, FACTS_OF_A_KIND)


def of_facts(count: int) -> Work:
    """So many facts together, under a hundred rules."""
    return synthetic(RULES_FOR_FACTS, count * RULES_OF_A_KIND // RULES_FOR_FACTS)


def grow(
    sizes: Sequence[int], make: Callable[[int], Work], peers: Sequence[Peer], rounds: int, limit: float
) -> dict[str, dict[int, tuple[Result, int]]]:
    """Per engine and size what was measured, and the number of verdicts."""
    found: dict[str, dict[int, tuple[Result, int]]] = {peer.name: {} for peer in peers}
    left = list(peers)
    for size in sizes:
        work = make(size)
        for result in side_by_side(work, left, rounds, limit):
            found[result.peer.name][size] = result, sum(map(len, work.answers))
        left = [peer for peer in left if not found[peer.name][size][0].why]
    return found


def table(what: str, sizes: Sequence[int], found: dict[str, dict[int, tuple[Result, int]]]) -> str:
    """Milliseconds by size, and how the time for one verdict changed from the smallest size to the largest."""
    lines = [
        f"| engine | {' | '.join(f'{size:,} {what}' for size in sizes)} | a verdict, largest / smallest |",
        "|---|" + "--:|" * (len(sizes) + 1),
    ]
    for name, own in found.items():
        cells = [_cell(own[size][0], size, found) if size in own else "not asked" for size in sizes]
        timed = [(result.milliseconds / verdicts) for result, verdicts in own.values() if not result.why]
        flat = f"{timed[-1] / timed[0]:.2f}" if len(timed) > 1 else ""
        lines.append(f"| {name} | {' | '.join(cells)} | {flat} |")
    return "\n".join(lines)


def _cell(result: Result, size: int, found: dict[str, dict[int, tuple[Result, int]]]) -> str:
    if result.why or not result.processor:
        return result.why
    own = found[IKEC.name].get(size)
    beside = f" ({result.beside(own[0]):.2f})" if own and own[0].processor and result.peer != IKEC else ""
    return f"{result.milliseconds:.1f}{beside}"


def tables(rules: Sequence[int], facts: Sequence[int], rounds: int, limit: float, peers: Sequence[Peer] = PEERS) -> str:
    """A table by number of rules and one by number of facts; none where there are no sizes."""
    parts = []
    if rules:
        what = (
            f"Milliseconds of a run by number of rules, {FACTS_OF_A_KIND} facts of each kind; in brackets the ratio to"
        )
        parts.append(f"{what} ikec\n\n{table('rules', rules, grow(rules, of_rules, peers, rounds, limit))}")
    if facts:
        grown = grow(facts, of_facts, peers, rounds, limit)
        parts.append(f"The same by number of facts, {RULES_FOR_FACTS} rules\n\n{table('facts', facts, grown)}")
    return "\n\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rules", type=int, nargs="+", default=list(RULES))
    parser.add_argument("--facts", type=int, nargs="+", default=list(FACTS))
    parser.add_argument("--limit", type=float, default=30.0, help="seconds for building an engine, and for a run")
    options = parser.parse_args()
    print(tables(options.rules, options.facts, max(1, options.rounds), options.limit))


if __name__ == "__main__":
    main()
