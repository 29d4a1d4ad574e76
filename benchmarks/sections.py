"""What ``run.py`` prints after the program's own figures: this engine beside others, and how it grows."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median

import bkr_speed
import growth
import memory
import reconcile
from desk import PEERS, side_by_side, table
from planted import planted
from work import example

from ikec_compliance.reconcile.norms import AppliedNorm

HERE = Path(__file__).resolve().parent
SLOW = ("cel_python", "rego")
"""Engines that a quick run leaves out of the growth: each would take longer than all others together."""
QUICK_SLOWEST = 4.0
SLOWEST = 120.0
"""Seconds after which an engine is stopped."""


def sections(quick: bool, rounds: int, centres: Sequence[int]) -> Iterator[str]:
    """One after another as Markdown; ``quick`` leaves out all that takes long."""
    yield "\n## Engines on the same rules and facts\n"
    yield engines(quick, rounds)
    yield "\n## Growth\n"
    if quick:
        faster = [peer for peer in PEERS if peer.module not in SLOW]
        yield growth.tables((50, 100), (), 2, QUICK_SLOWEST, faster)
    else:
        yield growth.tables(growth.RULES, growth.FACTS, min(rounds, 3), SLOWEST / 4)
    yield "\n## Beroepskracht-kindratio, groups a second\n"
    yield bkr_speed.table(bkr_speed.measure(100_000 if quick else 1_000_000, min(rounds, 5)))
    yield "\n## Reconciliation\n"
    yield reconciliation(((100, 12), (300, 12)) if quick else reconcile.SIZES, min(rounds, 3))
    yield "\n## Memory of a whole process\n"
    yield memory.table()
    if centres and not quick:
        yield "\n## Many centres\n"
        yield fleet(centres)


def engines(quick: bool, rounds: int) -> str:
    """A choice of rules that every engine can manage, and all rules of the example for those that can."""
    small = example(40, 12)
    # Runs of a few milliseconds: fewer rounds would say little.
    parts = [table(small, side_by_side(small, PEERS, max(7, rounds), QUICK_SLOWEST if quick else SLOWEST))]
    if not quick:
        whole = example()
        parts.append(table(whole, side_by_side(whole, PEERS, rounds, SLOWEST)))
    return "\n\n".join(parts)


def reconciliation(sizes: Sequence[tuple[int, int]], rounds: int) -> str:
    """Every minimal conflict and repair among planted collisions, beside z3."""
    lines = ["| norms | planted collisions | ikec ms | z3 ms | ratio to ikec |", "|--:|--:|--:|--:|--:|"]
    for norms, collisions in sizes:
        made = planted(Random(norms + collisions), collisions, norms)
        runs = [reconcile.ours] + ([reconcile.with_z3] if reconcile.z3 is not None else [])
        for run in runs:
            if run(made.norms) != made.cores:
                raise SystemExit(f"the answers differ: {run.__name__}, {norms} norms")
        own, *others = zip(*([_processor(run, made.norms) for run in runs] for _ in range(rounds)), strict=True)
        z3 = [f"{median(others[0]):.0f}", _ratio(others[0], own)] if others else ["absent", ""]
        lines.append(f"| {norms} | {collisions} | {median(own):.0f} | {' | '.join(z3)} |")
    return "\n".join(lines)


def _processor(run: Callable[[Sequence[AppliedNorm]], object], norms: Sequence[AppliedNorm]) -> float:
    """Milliseconds of processor time."""
    start = time.process_time()
    run(norms)
    return (time.process_time() - start) * 1000


def _ratio(one: Sequence[float], other: Sequence[float]) -> str:
    return f"{median(mine / yours for mine, yours in zip(one, other, strict=True)):.2f}"


def fleet(centres: Sequence[int]) -> str:
    """A country of centres, by the benchmark of its own."""
    command = [sys.executable, str(HERE / "fleet.py"), "--centres", *map(str, centres)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        # Without what reads and writes Parquet there is no fleet; anything else is a failure of the run.
        if "ModuleNotFoundError" in done.stderr:
            return f"absent: {done.stderr.strip().splitlines()[-1]}"
        raise SystemExit(done.stderr)
    return done.stdout.strip()
