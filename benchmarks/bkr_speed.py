"""How many groups a second the beroepskracht-kindratio is worked out for: this program beside OpenFisca-core.

``python benchmarks/bkr_speed.py [--rounds N] [--groups N]`` prints a table. Groups are drawn from a seed out of all
those of at most seventeen children, one in five of them not allowed; every answer is first compared with the fractions
of the tests. Figures are of one processor.
"""

from __future__ import annotations

import argparse
import importlib
import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from statistics import median
from typing import Any

import paths  # noqa: F401
from test_bkr_dagopvang import ALL, worked_out

from ikec_compliance.facts.bkr import named_calculator

os.environ |= {"OMP_NUM_THREADS": "1", "NUMEXPR_MAX_THREADS": "1", "NUMEXPR_NUM_THREADS": "1"}

REFUSED = -1
SLOW_GROUPS = 20_000
"""An engine that is asked group by group gets so many."""

Group = tuple[int, ...]
Run = Callable[[], Any]


@dataclass
class Entry:
    """An engine on groups of one kind: what to time, over how many groups, and what came of it."""

    kind: str
    name: str
    count: int
    run: Run | None
    why: str = ""
    seconds: list[float] = field(default_factory=list)

    @property
    def speed(self) -> float:
        """Groups a second."""
        return self.count / median(self.seconds)


def drawn(kind: str, count: int, seed: int = 7) -> tuple[list[Group], list[int]]:
    """Groups and the required number of each, by exact fractions."""
    random = Random(seed)
    if kind == "dagopvang":
        answers = worked_out()
        numbers = {group: REFUSED if answers[group][0] is None else int(answers[group][0] or 0) for group in ALL}
        groups: list[Group] = random.choices(ALL, k=count)
        return groups, [numbers[group] for group in groups]
    groups = [(random.randrange(60), random.randrange(60)) for _ in range(count)]
    return groups, [math.ceil(Fraction(100 * young + 83 * old, 1000)) for young, old in groups]


def one_by_one(kind: str, groups: Sequence[Group]) -> Run:
    """The calculator as a check of one centre uses it, with numbers worked out anew."""
    name = {"dagopvang": "bkr_dagopvang_2019", "bso": "bkr_bso_2024"}[kind]
    known = named_calculator(name)

    def run() -> list[int]:
        fresh = type(known)(known.definition)
        return [REFUSED if (found := fresh.required(*group)) is None else found for group in groups]

    return run


def at_once(kind: str, groups: Sequence[Group]) -> Run:
    """The calculator on whole columns."""
    numpy, vector = importlib.import_module("numpy"), importlib.import_module("ikec_compliance.facts.bkr_vector")
    columns = numpy.array(groups, dtype=numpy.int64).T.copy()
    work = vector.vectorised(named_calculator({"dagopvang": "bkr_dagopvang_2019", "bso": "bkr_bso_2024"}[kind]))
    return lambda: work(*columns)


def openfisca(kind: str, groups: Sequence[Group]) -> Run:
    """OpenFisca-core: a variable per age, the annex as a formula over whole columns."""
    return importlib.import_module("peers.openfisca_bkr").build(kind, groups)  # type: ignore[no-any-return]


ENGINES: tuple[tuple[str, Callable[[str, Sequence[Group]], Run], bool], ...] = (
    ("ikec, whole columns (NumPy)", at_once, False),
    ("ikec, group by group", one_by_one, True),
    ("OpenFisca-core, whole columns", openfisca, False),
)


def measure(count: int, rounds: int) -> list[Entry]:
    """Every engine on both kinds, in turn within each round; ends the program when an answer differs."""
    entries = []
    for kind in ("dagopvang", "bso"):
        groups, answers = drawn(kind, count)
        for name, build, slow in ENGINES:
            size = min(count, SLOW_GROUPS) if slow else count
            try:
                run = build(kind, groups[:size])
            except ImportError as error:
                entries.append(Entry(kind, name, size, None, f"absent: {error}"))
                continue
            if list(map(int, run())) != answers[:size]:
                raise SystemExit(f"the answers differ: {name}, {kind}")
            entries.append(Entry(kind, name, size, run))
    for _ in range(rounds):
        for entry in entries:
            if entry.run is not None:
                start = time.process_time()
                entry.run()
                entry.seconds.append(time.process_time() - start)
    return entries


def table(entries: Sequence[Entry]) -> str:
    """The results as Markdown; ratios to the first engine of a kind that was there."""
    lines = ["| opvang | engine | groups | groups/s | ratio to the first |", "|---|---|--:|--:|--:|"]
    for kind in dict.fromkeys(entry.kind for entry in entries):
        own = [entry for entry in entries if entry.kind == kind]
        first = next((entry for entry in own if entry.seconds), None)
        for entry in own:
            if first is None or not entry.seconds:
                lines.append(f"| {kind} | {entry.name} | {entry.count:,} | {entry.why or 'not run'} | |")
                continue
            # Seconds for a group, beside those of the first, within each round.
            ratio = median(
                (one / entry.count) / (two / first.count) for one, two in zip(entry.seconds, first.seconds, strict=True)
            )
            lines.append(f"| {kind} | {entry.name} | {entry.count:,} | {entry.speed:,.0f} | {ratio:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--groups", type=int, default=1_000_000)
    options = parser.parse_args()
    print(table(measure(max(1, options.groups), max(1, options.rounds))))


if __name__ == "__main__":
    main()
