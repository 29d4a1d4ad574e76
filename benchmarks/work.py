"""The work that engines are given: rules, and facts of which no two look alike to them.

Every engine gets the same facts and owes the same answers: per rule a code for each fact of its subject type. The
program's own engines take rules and facts as the program has them; the others get plain integers and conditions
(``conditions.py``), so that none of them has to read a fact first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from chains import CODES, chain
from conditions import Answers, Plain, PlainRule

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, facts_of, open_centre
from ikec_compliance.engine import verdict
from ikec_compliance.engine.ends import asked, column
from ikec_compliance.engine.formulas import Formula, compile_rule
from ikec_compliance.engine.literals import Columns
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Ref, Term, refs
from ikec_compliance.model.fact import Absent, Fact
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
from ikec_compliance.model.value import UNKNOWN, UNKNOWN_FLAG, Value, known

RULES_OF_A_KIND = 50
_PLACE = Location("regels.yaml", 1, 1)


@dataclass(frozen=True)
class Own:
    """The same work as the program has it."""

    rules: tuple[ResolvedRule, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Work:
    """Work in both forms, with the answers that the reference evaluator gives."""

    name: str
    own: Own
    plain: Plain
    answers: Answers

    @property
    def size(self) -> str:
        """In words."""
        facts = sum(len(rows) for rows in self.plain.rows.values())
        return f"{len(self.own.rules)} rules, {facts} facts, {sum(map(len, self.answers))} verdicts"


def make(name: str, rules: Sequence[ResolvedRule], facts: Sequence[Fact]) -> Work:
    """Work of rules and facts; of facts that look alike to the rules one is kept."""
    columns: dict[str, Columns] = {}
    plain = []
    for rule in rules:
        own = columns.setdefault(rule.head.subject, Columns())
        plain.append(PlainRule(rule.head.subject, chain(rule, own), _clauses(compile_rule(rule, own))))
    asks = asked({type: [column(term) for term in own.terms] for type, own in columns.items()}, facts)
    paths = {
        type: {ref.path for rule in rules if rule.head.subject == type for ref in _reads(rule)} for type in columns
    }
    kept: list[Fact] = []
    for type, own in asks.items():
        first = {place: number for number, place in reversed(list(zip(own.numbers, own.places, strict=True)))}
        kept += [_bare(facts[first[place]], paths[type]) for place in range(len(own.ends))]
    by_type: dict[str, list[Fact]] = {}
    for fact in kept:
        by_type.setdefault(fact.type, []).append(fact)
    answers = [[CODES[verdict(rule, fact)] for fact in by_type.get(rule.head.subject, ())] for rule in rules]
    rows = {type: list(own.ends) for type, own in asks.items()}
    return Work(name, Own(tuple(rules), tuple(kept)), Plain(rows, tuple(plain)), answers)


def example(most_rules: int = 0, most_clauses: int = 0) -> Work:
    """The rules on the example centre; ``most_rules`` spreads a choice over them, of at most so many clauses."""
    request = CheckRequest(Path(__file__).resolve().parent.parent / "examples" / "ikec-hoorn")
    catalogue = open_catalogue(None, None)
    base = facts_of(open_centre(request), catalogue, request)
    rules = list(catalogue.on(base.context.on).rules)
    if most_clauses:
        rules = [rule for rule in rules if sum(map(len, compile_rule(rule, Columns()).values())) <= most_clauses]
    if most_rules and len(rules) > most_rules:
        rules = [rules[number * len(rules) // most_rules] for number in range(most_rules)]
    types = list(dict.fromkeys(rule.head.subject for rule in rules))
    name = "example centre" if not most_rules else "a choice from the example centre"
    return make(name, rules, [fact for type in types for fact in base.of_type(type)])


def synthetic(rules: int, facts: int, seed: int = 1) -> Work:
    """Rules drawn from a seed, sized as the real ones are, and so many facts for each kind of subject.

    There is a kind of subject for every fifty rules.
    """
    random = Random(seed)
    types = [f"soort{number}" for number in range(max(1, rules // RULES_OF_A_KIND))]
    made = [_rule(random, number, types[number % len(types)]) for number in range(rules)]
    names = {
        type: sorted({ref.path for rule in made if rule.head.subject == type for ref in _reads(rule)}) for type in types
    }
    drawn = [
        Fact(type, f"{type}:{number}", {path: _value(random, path) for path in names[type]}, _PLACE)
        for type in types
        for number in range(facts)
    ]
    return make(f"{rules} synthetic rules", made, drawn)


def _clauses(formula: Formula) -> tuple[tuple[int, tuple[tuple[int, bool, int], ...]], ...]:
    return tuple(
        (CODES[verdict], tuple((2 * item.column + item.high, item.upper, item.bound) for item in clause))
        for verdict, clauses in formula.items()
        for clause in clauses
    )


def _reads(rule: ResolvedRule) -> set[Ref]:
    parts = [rule.applies, rule.require, *(e.applies for e in rule.exceptions), *(e.require for e in rule.exceptions)]
    return {ref for part in parts if part is not None for ref in refs(part)}


def _bare(fact: Fact, paths: Iterable[str]) -> Fact:
    """A fact with only what is read of it: no derivation is left to do, and it can be handed to another process."""
    values: dict[str, Value] = {}
    further: dict[str, set[str]] = {}
    for path in paths:
        head, dot, tail = path.partition(".")
        if dot:
            further.setdefault(head, set()).add(tail)
        elif path != "aanwezig":
            values[path] = fact.value(path)
    partners = {name: _partner(fact.partners[name], own) for name, own in further.items()}
    return Fact(fact.type, fact.subject, values, _PLACE, partners)


def _partner(found: Fact | Absent, paths: Iterable[str]) -> Fact | Absent:
    return found if isinstance(found, Absent) else _bare(found, paths)


def _rule(random: Random, number: int, type: str) -> ResolvedRule:
    head = RuleHead(
        id=f"KO-S-{number}", regime="kinderopvang", theme="proef", title="", text={"nl": ""},
        source=(Source("WKO", "1", "", date(2026, 1, 1), "", ""),), evidence=Evidence.READ, binding=Binding.WET,
        valid=Validity(date(2020, 1, 1), None), status=Status.PUBLISHED, severity=Severity.ERROR, subject=type,
        open_norm="Is dat genoeg?" if random.random() < 0.1 else "", repair_who="", repair_what="", tests=(),
        place=_PLACE,
    )  # fmt: skip
    applies = And(tuple(_atom(random, "ja") for _ in range(random.randrange(1, 4))))
    require = _require(random)
    exceptions = ()
    if random.random() < 0.12:
        exceptions = (RuleException("u1", (), _atom(random, "ja"), _require(random) if number % 2 else None),)
    return ResolvedRule(head, applies, require, exceptions, Evidence.READ)


def _require(random: Random) -> Expr:
    items = tuple(_atom(random, random.choice(("ja", "n", "n"))) for _ in range(random.randrange(1, 4)))
    kind = random.random()
    return Not(Or(items)) if kind < 0.1 else Or(items) if kind < 0.3 else And(items)


def _atom(random: Random, kind: str) -> Atom:
    if kind == "ja":
        return Atom(Term(((1, Ref(f"ja{random.randrange(40)}")),)), Op.EQ, random.randrange(2))
    first = (1, Ref(f"n{random.randrange(60)}"))
    parts = (first,) if random.random() < 0.8 else (first, (-2, Ref(f"n{random.randrange(60)}")))
    term = Term(tuple({part[1]: part for part in parts}.values()))
    return Atom(term, random.choice(list(Op)), random.randrange(-5, 20))


def _value(random: Random, path: str) -> Value:
    unknown = random.random() < 0.1
    if path.startswith("ja"):
        return UNKNOWN_FLAG if unknown else known(int(random.random() < 0.7))
    return UNKNOWN if unknown else known(random.randrange(0, 30))
