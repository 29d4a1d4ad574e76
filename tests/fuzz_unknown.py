"""Unknown never passes: a value left out may not give a verdict that some value in its place would overturn.

``python -m tests.fuzz_unknown --seconds 600 [--seed N]`` goes through the values of both example centres in random
order, and through small random centres in between; it prints ``N values, M variants, D errors`` and exits 1 when
there was an error.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ikec_compliance.centre import Centre, load_centre  # noqa: E402
from ikec_compliance.model.resources import examples_dir, rules_dir  # noqa: E402
from ikec_compliance.model.rule import ResolvedRule  # noqa: E402
from ikec_compliance.model.verdict import Verdict  # noqa: E402
from ikec_compliance.rules.loader import load_rules  # noqa: E402
from ikec_compliance.rules.ruleset import RuleSet  # noqa: E402
from tests.random_centre import random_centre  # noqa: E402
from tests.support import load  # noqa: E402
from tests.variants import PRESENCE, Key, Leaf, facts, leaves, put, verdicts  # noqa: E402

EXAMPLES = ("ikec-hoorn-op-orde", "ikec-hoorn")
MONDAY = date(2026, 11, 23)
WEEK = tuple(date(2026, 11, 23 + n) for n in range(5))
_FEW = 3

# What the other values may give when the verdict without the value is already decided. A norm that is met
# while an exception is open may still turn out not to apply.
_ADMITTED = {
    Verdict.PASSES: {Verdict.PASSES, Verdict.NOT_APPLICABLE},
    Verdict.NOT_APPLICABLE: {Verdict.NOT_APPLICABLE},
    Verdict.FAILS: {Verdict.FAILS},
    Verdict.REVIEW: {Verdict.REVIEW, Verdict.NOT_APPLICABLE},
    Verdict.UNDECIDED: set(Verdict),
}


@dataclass(frozen=True)
class Error:
    """A verdict that was given without a value that decides it."""

    path: str
    key: Key
    without: Verdict
    value: object
    given: Verdict

    def __str__(self) -> str:
        return (
            f"{self.path} onbekend: {self.key[0]} bij {self.key[1]} is {self.without.value}, "
            f"maar met {self.value!r} {self.given.value}"
        )


@cache
def rule_set() -> RuleSet:
    """The shipped rules, loaded once."""
    return load_rules(rules_dir())


@cache
def example(name: str) -> Centre:
    """An example centre, loaded once."""
    return load_centre(examples_dir() / name)


@cache
def _rules(presence: bool) -> tuple[ResolvedRule, ...]:
    types = rule_set().vocabulary.types
    return tuple(rule for rule in rule_set().on(MONDAY).rules if presence or not types[rule.head.subject].per_day)


def check_leaf(centre: Centre, leaf: Leaf, random: Random, thorough: bool = False) -> tuple[int, list[Error]]:
    """Leave out one value and try others, on a random day of the week: how many variants, and what was wrong.

    Unless thorough, three other values are tried, presence is judged only where the value can matter to it,
    and of the medewerkers only the value's own and a few others.
    """
    day = random.choice([day for day in WEEK if any(first <= day <= last for first, last in centre.complete_days())])
    others = leaf.others if thorough or len(leaf.others) <= _FEW else random.sample(leaf.others, _FEW)
    rules = _rules(thorough or leaf.kind.startswith(PRESENCE))
    own = _medewerker(centre, leaf)

    def wanted(subject: str) -> bool:
        name = subject.partition("/")[0]
        return thorough or not name.startswith("medewerker:") or name.endswith(("7", own))

    def judge(value: object) -> dict[Key, Verdict]:
        return verdicts(facts(put(centre, leaf.path, value), rule_set(), MONDAY, [day]), rules, wanted)

    without = judge(None)
    errors = []
    for value in (leaf.value, *others):
        found = judge(value)
        errors += [
            Error(_shown(leaf, centre), key, decided, value, found[key])
            for key, decided in without.items() if found[key] not in _ADMITTED[decided]
        ]  # fmt: skip
    return len(others) + 1, errors


def _medewerker(centre: Centre, leaf: Leaf) -> str:
    key, number = leaf.path[:2]
    if key not in ("medewerkers", "rooster") or not isinstance(number, int):
        return "7"
    record = centre.records(str(key))[number]
    return f":{record.id if key == 'medewerkers' else record.get('medewerker')}"


def _shown(leaf: Leaf, centre: Centre) -> str:
    return f"{leaf.kind} ({centre.places.nearest(leaf.path)})"


def one_of_each(name: str, random: Random) -> list[Leaf]:
    """One value of every kind of a centre, chosen at random."""
    kinds: dict[str, list[Leaf]] = {}
    for leaf in leaves(example(name), MONDAY):
        kinds.setdefault(leaf.kind, []).append(leaf)
    return [random.choice(found) for found in kinds.values()]


def small(random: Random) -> Centre:
    """A small random centre."""
    with tempfile.TemporaryDirectory() as folder:
        return load(random_centre(random), Path(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz for a number of seconds."""
    parser = argparse.ArgumentParser(prog="fuzz_unknown")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    seed = options.seed if options.seed is not None else Random().randrange(10**9)
    random = Random(seed)
    until = time.monotonic() + options.seconds
    todo = [(example(name), leaf) for name in EXAMPLES for leaf in leaves(example(name), MONDAY)]
    random.shuffle(todo)
    values = variants = 0
    problems: list[Error] = []
    while time.monotonic() < until:
        one = small(random)
        for centre, leaf in [(one, leaf) for leaf in leaves(one, MONDAY)] + [todo.pop() for _ in todo[:3]]:
            count, errors = check_leaf(centre, leaf, random, thorough=True)
            values, variants = values + 1, variants + count
            problems += errors
    for error in problems[:40]:
        print(error)
    print(f"seed {seed}: {values} values, {variants} variants, {len(problems)} errors")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
