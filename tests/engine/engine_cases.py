"""Rules and facts for the tests of the engine: small builders, and a seeded random generator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from ikec_compliance.model.expr import ALWAYS, And, Atom, Expr, Not, Op, Or, Period, Ref, Term
from ikec_compliance.model.fact import ABSENT, UNKNOWN_PARTNER, Absent, Fact
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import (
    Binding,
    Evidence,
    ResolvedRule,
    RuleException,
    RuleHead,
    Severity,
    Source,
    Status,
    Validity,
)
from ikec_compliance.model.value import NEG, POS, UNKNOWN, UNKNOWN_COUNT, UNKNOWN_FLAG, Value, known

PLACE = Location("regels.yaml", 3, 5)
FIELDS = ("a", "b", "c", "d", "e")
FLAGS = ("f", "g")


def term(*parts: tuple[int, str] | str) -> Term:
    """A linear term of fields, ``"x"`` meaning 1 · x."""
    return Term(tuple((1, Ref(part)) if isinstance(part, str) else (part[0], Ref(part[1])) for part in parts))


def atom(path: str, op: Op = Op.EQ, bound: int = 1) -> Atom:
    """A comparison of one field."""
    return Atom(term(path), op, bound, text=f"{path} {op.value} {bound}")


def rule(
    require: Expr | None = None,
    applies: Expr = ALWAYS,
    exceptions: Sequence[RuleException] = (),
    *,
    id: str = "KO-001",
    subject: str = "groep",
    open_norm: str = "",
    evidence: Evidence = Evidence.READ,
) -> ResolvedRule:
    """A resolved rule with everything that does not matter filled in."""
    head = RuleHead(
        id=id,
        regime="kinderopvang",
        theme="proef",
        title=id,
        text={"nl": id},
        source=(Source("WKO", "1", "", date(2026, 1, 1), "", ""),),
        evidence=evidence,
        binding=Binding.WET,
        valid=Validity(date(2020, 1, 1), None),
        status=Status.PUBLISHED,
        severity=Severity.ERROR,
        subject=subject,
        open_norm=open_norm,
        repair_who="",
        repair_what="",
        tests=(),
        place=PLACE,
    )
    return ResolvedRule(head, applies, require, tuple(exceptions), evidence)


def exception(applies: Expr, require: Expr | None = None, id: str = "u1") -> RuleException:
    """An exception; with ``require`` it replaces, without it the rule lapses."""
    return RuleException(id, (), applies, require)


def fact(
    values: Mapping[str, Value | int],
    subject: str = "groep:g1",
    type: str = "groep",
    partners: Mapping[str, Fact | Absent] | None = None,
) -> Fact:
    """A fact; plain integers are known values."""
    bounds = {name: known(value) if isinstance(value, int) else value for name, value in values.items()}
    return Fact(type, subject, bounds, Location("centrum.yaml", 1, 1), partners or {}, {"lijst": UNKNOWN_FLAG})


def random_value(random: Random, *, flag: bool = False) -> Value:
    """A known, unknown or half-known value near the thresholds that random rules use."""
    kind = random.random()
    if flag:
        return UNKNOWN_FLAG if kind < 0.3 else known(random.randrange(2))
    if kind < 0.55:
        return known(random.choice((-4, -3, -2, -1, 0, 1, 2, 3, 4, NEG, POS)[: 9 if random.random() < 0.95 else 11]))
    if kind < 0.7:
        return random.choice((UNKNOWN, UNKNOWN_COUNT))
    low = random.randrange(-4, 4)
    return (low, low + random.randrange(1, 5))


def random_fact(random: Random, number: int, type: str = "groep") -> Fact:
    """A fact with every field that random rules may read."""
    values = {name: random_value(random) for name in FIELDS}
    values |= {name: random_value(random, flag=True) for name in FLAGS}
    values |= {"dag": known(random.randrange(739600, 739700)) if random.random() < 0.7 else UNKNOWN}
    if random.random() < 0.5:
        values["lijst~x"] = random_value(random, flag=True)
    partner: Fact | Absent = random.choice((ABSENT, UNKNOWN_PARTNER))
    if random.random() < 0.6:
        partner = fact({"a": random_value(random), "dag": known(random.randrange(739600, 739700))}, "plan:p1", "plan")
    return fact(values, f"{type}:{number}", type, {"plan": partner})


def random_atom(random: Random) -> Atom:
    """A comparison over one to three fields, of the partner and with calendar shifts too."""
    op = random.choice(list(Op))
    kind = random.random()
    if kind < 0.5:
        return Atom(term(random.choice((*FIELDS, "plan.a"))), op, random.randrange(-4, 5))
    if kind < 0.7:
        return Atom(term(random.choice((*FLAGS, "lijst~x", "lijst~y", "plan.aanwezig"))), op, random.randrange(0, 2))
    if kind < 0.8:
        shift = random.choice((Period(months=1), Period(days=-3), Period(months=-2, days=40), Period()))
        parts = ((1, Ref("dag", shift)), (-1, Ref("plan.dag")))
        return Atom(Term(parts), op, random.randrange(-40, 41))
    names = random.sample(FIELDS, random.randrange(2, 4))
    return Atom(Term(tuple((random.choice((-3, -1, 1, 2)), Ref(name)) for name in names)), op, random.randrange(-6, 7))


def one_of(term: Term, bounds: Sequence[int], none: bool = False) -> Expr:
    """A term that is one of some numbers, or ``none`` of them, as the rule language writes it."""
    if none and len(bounds) % 2:
        return And(tuple(Atom(term, Op.NE, bound) for bound in bounds))
    found = Or(tuple(Atom(term, Op.EQ, bound) for bound in bounds))
    return Not(found) if none else found


def random_expr(random: Random, depth: int, pool: Sequence[Atom] | None = None) -> Expr:
    """A nested expression; ``pool`` makes atoms recur."""
    kind = random.random()
    if depth == 0 or kind < 0.35:
        return random.choice(pool) if pool and random.random() < 0.6 else random_atom(random)
    if kind < 0.45:
        return Not(random_expr(random, depth - 1, pool))
    if kind < 0.55:
        bounds = random.sample(range(-4, 5), random.randrange(1, 5))
        return one_of(random_atom(random).term, bounds, random.random() < 0.3)
    items = tuple(random_expr(random, depth - 1, pool) for _ in range(random.randrange(0 if kind > 0.97 else 1, 4)))
    return And(items) if random.random() < 0.5 else Or(items)


def random_rule(random: Random, number: int, types: Sequence[str] = ("groep",), depth: int = 2) -> ResolvedRule:
    """A rule with zero to three exceptions, sometimes an open norm, sometimes unconfirmed."""
    pool = [random_atom(random) for _ in range(3)]
    open_norm = "redelijkheid" if random.random() < 0.25 else ""
    require = None if open_norm and random.random() < 0.5 else random_expr(random, depth, pool)
    exceptions = [
        exception(
            random_expr(random, 1, pool),
            random_expr(random, 1, pool) if random.random() < 0.5 else None,
            f"u{index}",
        )
        for index in range(random.choice((0, 0, 0, 1, 1, 2, 3)))
    ]
    return rule(
        require,
        random_expr(random, random.randrange(depth), pool) if random.random() < 0.8 else ALWAYS,
        exceptions,
        id=f"KO-{number:03d}",
        subject=random.choice(types),
        open_norm=open_norm,
        evidence=Evidence.UNCONFIRMED if random.random() < 0.15 else Evidence.READ,
    )
