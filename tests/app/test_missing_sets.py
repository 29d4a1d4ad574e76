"""The smallest set of open fields that decides a verdict, against brute force that shares no code with the search.

Three claims on each answer: every admissible completion of it decides; each proper subset has a completion that does
not; and no smaller set of open fields decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.engine import missing, verdict
from ikec_compliance.model.expr import ALWAYS, And, Atom, Expr, Not, Op, Or, Period, Ref, Term, atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Evidence, ResolvedRule, RuleException
from ikec_compliance.model.value import NEG, POS, Value, known
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.model.vocabulary import FieldKind
from ikec_compliance.rules.testcases import given_fact
from tests.fuzz_unknown import MONDAY, example, rule_set
from tests.variants import facts, leaves, put

Kleene = bool | None
Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Space:
    """For each open field the numbers to try, and how far it reaches while it stays open."""

    tries: Mapping[str, range]
    reach: Mapping[str, tuple[int, int]]


_COMPARE: Mapping[Op, Callable[[int, int], bool]] = {
    Op.LT: lambda a, b: a < b,
    Op.LE: lambda a, b: a <= b,
    Op.GT: lambda a, b: a > b,
    Op.GE: lambda a, b: a >= b,
}
PROTOTYPE = next(iter(rule_set().on(MONDAY).rules))


def made(
    require: Expr, applies: Expr = ALWAYS, exceptions: Sequence[tuple[Expr, Expr | None]] = (), open_norm: bool = False
) -> ResolvedRule:
    """A rule in which nothing but its conditions matters."""
    head = replace(PROTOTYPE.head, open_norm="x" if open_norm else "")
    lapses = tuple(RuleException(f"u{n}", (), *one) for n, one in enumerate(exceptions))
    return replace(PROTOTYPE, head=head, applies=applies, require=require, exceptions=lapses, evidence=Evidence.READ)


def of(op: Op, bound: int, *parts: tuple[int, str]) -> Atom:
    return Atom(Term(tuple((coefficient, Ref(path)) for coefficient, path in parts)), op, bound)


def yes(path: str) -> Atom:
    return of(Op.EQ, 1, (1, path))


# The definition once more, written from the verdicts' own description: no code of the engine is used.


def ends(atom: Atom, numbers: Numbers, space: Space) -> tuple[int, int]:
    """Lowest and highest value of a term over everything its open fields can be."""
    spans = [(numbers[ref.path],) if ref.path in numbers else space.reach[ref.path] for _, ref in atom.term.parts]
    sums = [[c * end for end in span] for (c, _), span in zip(atom.term.parts, spans, strict=True)]
    return sum(map(min, sums)), sum(map(max, sums))


def holds(expr: Expr, numbers: Numbers, space: Space) -> Kleene:
    if isinstance(expr, Atom):
        low, high = ends(expr, numbers, space)
        if expr.op in (Op.EQ, Op.NE):
            same = True if low == high == expr.bound else None if low <= expr.bound <= high else False
            return same if expr.op is Op.EQ or same is None else not same
        answers = {_COMPARE[expr.op](end, expr.bound) for end in (low, high)}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(expr, Not):
        inner = holds(expr.item, numbers, space)
        return None if inner is None else not inner
    items = [holds(item, numbers, space) for item in expr.items]
    settles = isinstance(expr, Or)
    return settles if settles in items else None if None in items else not settles


def decided(rule: ResolvedRule, numbers: Numbers, space: Space) -> bool:
    applies = holds(rule.applies, numbers, space)
    lapsed = [holds(e.applies, numbers, space) for e in rule.exceptions if e.require is None]
    if applies is False or True in lapsed:
        return True
    if applies is None:
        return False
    required = holds(rule.require, numbers, space) if rule.require is not None else True
    for e in reversed(rule.exceptions):
        if e.require is not None:
            when, instead = holds(e.applies, numbers, space), holds(e.require, numbers, space)
            required = instead if when is True or (when is None and instead is required) else required
            if when is None and instead is not required:
                required = None
    if rule.head.open_norm:
        return None not in lapsed and required is not None
    return required is True or (required is False and None not in lapsed)


def undecided_completion(rule: ResolvedRule, chosen: Sequence[str], numbers: Numbers, space: Space) -> Numbers | None:
    """Numbers for the chosen fields that leave the verdict open; more knowledge never undoes a decision."""
    if decided(rule, numbers, space):
        return None
    if not chosen:
        return numbers
    tries = (undecided_completion(rule, chosen[1:], {**numbers, chosen[0]: n}, space) for n in space.tries[chosen[0]])
    return next((found for found in tries if found is not None), None)


def check(rule: ResolvedRule, numbers: Numbers, space: Space, answer: tuple[str, ...]) -> None:
    """The three claims, over all completions there are."""
    read = {ref.path for part in parts(rule) for atom in atoms(part) for _, ref in atom.term.parts}
    unknown = sorted(read - set(numbers))
    assert set(answer) <= set(unknown)
    assert undecided_completion(rule, answer, numbers, space) is None
    for size in range(len(answer)):
        for smaller in combinations(unknown, size):
            assert undecided_completion(rule, smaller, numbers, space) is not None, smaller
    first = next(c for c in combinations(unknown, len(answer))
                 if undecided_completion(rule, c, numbers, space) is None)  # fmt: skip
    assert answer == first


def parts(rule: ResolvedRule) -> Iterator[Expr]:
    yield rule.applies
    if rule.require is not None:
        yield rule.require
    for e in rule.exceptions:
        yield e.applies
        if e.require is not None:
            yield e.require


def probe(values: Mapping[str, Value]) -> Fact:
    return Fact(PROTOTYPE.head.subject, "groep:g1", dict(values), Location("centrum.yaml", 1, 1))


def nested(random: Random, leaf: Callable[[], Atom], depth: int) -> Expr:
    if depth == 0 or random.random() < 0.3:
        return leaf()
    if random.random() < 0.12:
        return Not(nested(random, leaf, depth - 1))
    items = tuple(nested(random, leaf, depth - 1) for _ in range(random.randrange(2, 4)))
    return And(items) if random.random() < 0.5 else Or(items)


def generated(random: Random, leaf: Callable[[], Atom]) -> ResolvedRule:
    exceptions = [
        (nested(random, leaf, 1), nested(random, leaf, 1) if random.random() < 0.5 else None)
        for _ in range(random.choice((0, 0, 1, 2)))
    ]
    applies = nested(random, leaf, 1) if random.random() < 0.6 else ALWAYS
    return made(nested(random, leaf, 2), applies, exceptions, open_norm=random.random() < 0.2)


FLAGS = ("f", "g", "h")
NUMBERS = ("x", "y", "z")


@settings(max_examples=400, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_small_domains(random: Random) -> None:
    domain = {name: range(2) for name in FLAGS}
    for name in NUMBERS:
        low = random.randrange(-2, 2)
        domain[name] = range(low, low + random.randrange(2, 4))

    def leaf() -> Atom:
        kind = random.random()
        if kind < 0.5:
            return of(Op.EQ, random.randrange(2), (1, random.choice(FLAGS)))
        sign = random.choice((1, 1, -1, 2))
        names = random.sample(NUMBERS, 2 if kind > 0.8 else 1)
        return of(random.choice(list(Op)), random.randrange(-3, 4), *((sign, name) for name in names))

    rule = generated(random, leaf)
    numbers = {name: random.choice(span) for name, span in domain.items() if random.random() < 0.25}
    values = {name: known(numbers[name]) if name in numbers else (span[0], span[-1]) for name, span in domain.items()}
    space = Space(domain, {name: (span[0], span[-1]) for name, span in domain.items()})
    answer = missing(rule, probe(values))
    assert bool(answer) is not decided(rule, numbers, space)
    if answer:
        check(rule, numbers, space, answer)


# Dates have no bounds. What comparisons of three of them with constants up to two can give, shows within ten days.
DAYS, FAR = range(-10, 11), 10**9


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_open_domains_tied_together(random: Random) -> None:
    def leaf() -> Atom:
        kind, op, bound = random.random(), random.choice(list(Op)), random.randrange(-2, 3)
        if kind < 0.4:
            one, two = random.sample(NUMBERS, 2)
            return of(op, bound, (1, one), (-1, two))
        return of(op, bound, (1, random.choice(NUMBERS))) if kind < 0.7 else yes(random.choice(FLAGS[:2]))

    rule = generated(random, leaf)
    numbers = {name: random.randrange(-2, 3) for name in NUMBERS if random.random() < 0.25}
    values: dict[str, Value] = {name: (NEG, POS) for name in NUMBERS}
    values |= {name: (0, 1) for name in FLAGS} | {name: known(number) for name, number in numbers.items()}
    space = Space(
        {**dict.fromkeys(NUMBERS, DAYS), **dict.fromkeys(FLAGS, range(2))},
        {**dict.fromkeys(NUMBERS, (-FAR, FAR)), **dict.fromkeys(FLAGS, (0, 1))},
    )
    answer = missing(rule, probe(values))
    assert bool(answer) is not decided(rule, numbers, space)
    if answer:
        check(rule, numbers, space, answer)


def test_only_what_cannot_go_together_is_left_out() -> None:
    """Two dates of which one is always the later: the field that matters when they are neither is not asked."""
    either = Or((of(Op.LE, 0, (1, "x"), (-1, "y")), of(Op.GE, 0, (1, "x"), (-1, "y")), yes("f")))
    open_values: dict[str, Value] = {"x": (NEG, POS), "y": (NEG, POS), "f": (0, 1)}
    assert missing(made(either, yes("g")), probe({**open_values, "g": (0, 1)})) == ("g", "x", "y")
    gap = Or((of(Op.LE, 0, (1, "x"), (-1, "y")), of(Op.GE, 2, (1, "x"), (-1, "y")), yes("f")))
    assert missing(made(gap), probe(open_values)) == ("f", "x", "y")
    later = Or((
        Atom(Term(((1, Ref("x", Period(months=3))), (-1, Ref("y")))), Op.GE, 0),
        of(Op.LE, -80, (1, "x"), (-1, "y")), yes("f"),
    ))  # fmt: skip
    assert missing(made(later), probe(open_values)) == ("x", "y")


# The shipped rules, on the facts of their own tests and of the example centre, with values left out.


@dataclass(frozen=True)
class Flat:
    """A fact as a list of paths: those given here instead of its own."""

    fact: Fact
    instead: Mapping[str, Value]

    def value(self, path: str) -> Value:
        return self.instead.get(path) or self.fact.value(path)


def candidates(rule: ResolvedRule, fact: Fact, unknown: Sequence[str]) -> dict[str, list[int]]:
    """For each open field all its values, or when they are many those around everything it is compared with."""
    terms = [(atom, atom.term.parts) for part in parts(rule) for atom in atoms(part)]
    known_values = {fact.value(ref.path)[0] for _, refs in terms for _, ref in refs
                    if fact.value(ref.path)[0] == fact.value(ref.path)[1]}  # fmt: skip
    found = {}
    for path in unknown:
        low, high = max(fact.value(path)[0], NEG + 1), min(fact.value(path)[1], POS - 1)
        if high - low < 20:
            found[path] = list(range(low, high + 1))
            continue
        near = {low, high}
        days = path_is_date(rule, path)
        anchors = {n for n in known_values if (n > 600_000) == days} | {a.bound for a, refs in terms
                   if path in {r.path for _, r in refs} and (abs(a.bound) > 600_000) == days}  # fmt: skip
        anchors |= {MONDAY.toordinal()} if days else {0}
        moves = {0} | {a.bound for a, _ in terms if abs(a.bound) < 5000}
        moves |= {s * (r.shift.months * 30 + r.shift.days + e) for _, refs in terms for _, r in refs
                  if r.shift != Period() for s in (-1, 1) for e in (-9, 0, 9, 20)}  # fmt: skip
        near |= {anchor + move + step for anchor in anchors for move in moves for step in (-1, 0, 1)}
        found[path] = sorted(n for n in near if low <= n <= high)
    return found


def path_is_date(rule: ResolvedRule, path: str) -> bool:
    definition = rule_set().vocabulary.field(rule.head.subject, path)
    return definition is not None and definition.kind is FieldKind.DATE


def left_open(
    rule: ResolvedRule, fact: Fact, chosen: Sequence[str], values: Mapping[str, list[int]], given: Mapping[str, Value],
    budget: list[int],
) -> bool:  # fmt: skip
    """Whether some completion of the chosen fields leaves the verdict open; stops when the budget is gone."""
    budget[0] -= 1
    if budget[0] < 0 or verdict(rule, cast(Fact, Flat(fact, given))) is not Verdict.UNDECIDED:
        return False
    return not chosen or any(
        left_open(rule, fact, chosen[1:], values, {**given, chosen[0]: known(number)}, budget)
        for number in values[chosen[0]]
    )


def check_shipped(rule: ResolvedRule, fact: Fact, random: Random) -> Counter[str]:
    """The three claims on one shipped rule: how many smaller sets were shown to be too small, and how many not."""
    shown: Counter[str] = Counter()
    answer = missing(rule, fact)
    if not answer:
        assert verdict(rule, fact) is not Verdict.UNDECIDED
        return shown
    read = {ref.path for part in parts(rule) for atom in atoms(part) for _, ref in atom.term.parts}
    unknown = sorted(path for path in read if fact.value(path)[0] != fact.value(path)[1])
    values = candidates(rule, fact, unknown)
    assert set(answer) <= set(unknown)
    assert not left_open(rule, fact, answer, values, {}, [2_000]), (rule.id, answer)
    smaller = list(combinations(unknown, len(answer) - 1))
    for chosen in random.sample(smaller, min(len(smaller), 5)):
        budget = [12_000]
        found = left_open(rule, fact, chosen, values, {}, budget)
        assert found or budget[0] < 0, (rule.id, answer, chosen)
        shown["shown" if found else "given up"] += 1
    return shown


def test_shipped_rules_on_their_own_tests_with_fields_left_out() -> None:
    random, rules, shown = Random(0), rule_set(), Counter[str]()
    for version in rules.versions:
        head = version.head
        for test in random.sample(head.tests, 1):
            kept = {path: raw for path, raw in test.given.items() if random.random() < 0.5}
            fact = given_fact(head.subject, kept, test.date, rules.vocabulary, test.place)
            shown += check_shipped(version.resolve(test.date, rules.vocabulary, rules.laws), fact, random)
    assert shown["shown"] > 200 and shown["given up"] < shown["shown"] // 20


def test_the_example_centre_with_values_left_out() -> None:
    random, centre, shown = Random(7), example("ikec-hoorn-op-orde"), Counter[str]()
    for leaf in random.sample([leaf for leaf in leaves(centre, MONDAY) if leaf.path[0] != "rooster"], 500):
        centre = put(centre, leaf.path, None)
    base = facts(centre, rule_set(), MONDAY, [MONDAY])
    for rule in rule_set().on(MONDAY).rules:
        for fact in base.of_type(rule.head.subject)[:3]:
            shown += check_shipped(rule, fact, random)
    assert shown["shown"] > 50 and shown["given up"] < shown["shown"] // 20
