"""Differential fuzz of the engine: durable-rules against the reference evaluator.

``python -m tests.fuzz_engine --seconds 600 [--seed N]`` prints ``N rule sets, M verdicts, D differences`` and
exits 1 when there was a difference. The seed of a run reproduces it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "engine")]

from engine_cases import random_fact, random_rule  # noqa: E402

from ikec_compliance.engine import DurableEngine, pairs, verdict  # noqa: E402
from ikec_compliance.engine.formulas import compile_rule  # noqa: E402
from ikec_compliance.engine.limits import CONDITIONS_PER_RULESET  # noqa: E402
from ikec_compliance.engine.literals import Columns  # noqa: E402
from ikec_compliance.model.errors import InputError, InternalError  # noqa: E402
from ikec_compliance.model.rule import ResolvedRule  # noqa: E402

TYPES = ("groep", "medewerker", "document")


def _rules(random: Random, count: int, depth: int) -> Iterator[ResolvedRule]:
    while count:
        item = random_rule(random, count, TYPES, depth)
        try:
            compile_rule(item, Columns())
        except InputError:
            continue  # too complicated: refused, as it should be
        count -= 1
        yield item


def compare(random: Random) -> tuple[int, list[str]]:
    """One random rule set on random facts: the number of verdicts and a line for each difference."""
    large = random.random() < 0.1
    rules = list(_rules(random, random.randrange(1, 40 if large else 9), 1 if large else random.choice((1, 2, 2, 3))))
    facts = [random_fact(random, n, random.choice((*TYPES, "ruimte"))) for n in range(random.randrange(60))]
    aim = random.choice((1, 16, 48, CONDITIONS_PER_RULESET))
    expected = {
        (r, f): verdict(rules[r], facts[f])
        for r in range(len(rules))
        for f in range(len(facts))
        if rules[r].head.subject == facts[f].type
    }
    try:
        with DurableEngine(rules, aim=aim) as engine:
            engine.evaluate(facts[: len(facts) // 2])  # a session before must leave nothing behind
            found = {(item.rule, item.fact): item.verdict for item in engine.evaluate(facts)}
    except InternalError as error:
        return len(expected), [str(error)]
    keys = sorted(expected.keys() | found.keys())
    return len(expected), [
        f"{rules[r]} on {facts[f]}: {found.get((r, f))}, expected {expected.get((r, f))}"
        for r, f in keys
        if found.get((r, f)) is not expected.get((r, f))
    ]


def compare_pairs(random: Random) -> list[str]:
    """Random norms joined on random fields: a line when the pairs are wrong."""
    names = ("a", "b", "c", "d")
    facts = [{name: random.randrange(-1, 2) for name in names} for _ in range(random.randrange(20))]
    equal, differ = random.sample(names, random.randrange(3)), random.sample(names, random.randrange(1, 4))
    expected = [
        (one, two)
        for one in range(len(facts))
        for two in range(one + 1, len(facts))
        if all(facts[one][n] == facts[two][n] for n in equal) and any(facts[one][n] != facts[two][n] for n in differ)
    ]
    found = pairs(facts, equal, differ)
    return [] if found == expected else [f"{facts} on {equal} and {differ}: {found}, expected {expected}"]


def main() -> int:
    """Run for the time asked and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = int(time.time()) if options.seed is None else options.seed
    random = Random(seed)
    print(f"seed {seed}", flush=True)
    end = time.monotonic() + options.seconds
    sets = verdicts = differences = 0
    while time.monotonic() < end:
        count, lines = compare(random)
        lines += compare_pairs(random)
        sets, verdicts, differences = sets + 1, verdicts + count, differences + len(lines)
        for line in lines[:3]:
            print(line, file=sys.stderr)
    print(f"{sets} rule sets, {verdicts} verdicts, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
