"""Why a verdict is what it is: each clause of a rule with its truth and the values it read."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from ikec_compliance.engine.truth import Truth, term_bounds, truth
from ikec_compliance.model.expr import And, Atom, Expr, Not, Ref, Term, atoms
from ikec_compliance.model.fact import Fact, Provenance
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import Value


class Role(str, Enum):
    """The part of a rule a clause stands in."""

    APPLIES = "applies"
    REQUIRE = "require"
    EXCEPTION = "exception"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Reading:
    """One field a clause read, its bounds before any calendar shift, and where they came from."""

    path: str
    value: Value
    provenance: Provenance | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One conjunct of a part of a rule. ``exception`` is its id for exceptions and replacements, else empty."""

    role: Role
    exception: str
    text: str
    truth: Truth
    readings: tuple[Reading, ...]


def clauses(rule: ResolvedRule, fact: Fact) -> tuple[Clause, ...]:
    """Every conjunct of ``applies``, ``require`` and each exception, in the order of the rule.

    Raises ``InternalError`` for a field that is not among the facts.
    """
    found = [*_conjuncts(Role.APPLIES, "", rule.applies, fact)]
    if rule.require is not None:
        found += _conjuncts(Role.REQUIRE, "", rule.require, fact)
    for exception in rule.exceptions:
        found += _conjuncts(Role.EXCEPTION, exception.id, exception.applies, fact)
        if exception.require is not None:
            found += _conjuncts(Role.REPLACEMENT, exception.id, exception.require, fact)
    return tuple(found)


def holding_exceptions(rule: ResolvedRule, fact: Fact) -> tuple[str, ...]:
    """Ids of the exceptions that certainly hold, in the order of the rule."""
    return tuple(item.id for item in rule.exceptions if truth(item.applies, fact) is Truth.TRUE)


def wording(expr: Expr) -> str:
    """An expression in Dutch, from the texts of its atoms."""
    if isinstance(expr, Atom):
        return expr.text or f"{_term(expr.term)} {expr.op.value} {expr.bound}"
    if isinstance(expr, Not):
        return f"niet ({wording(expr.item)})"
    if not expr.items:
        return "altijd" if isinstance(expr, And) else "nooit"
    if len(expr.items) == 1:
        return wording(expr.items[0])
    word = " en " if isinstance(expr, And) else " of "
    return word.join(wording(item) if isinstance(item, Atom | Not) else f"({wording(item)})" for item in expr.items)


def _conjuncts(role: Role, exception: str, expr: Expr, fact: Fact) -> Iterator[Clause]:
    if isinstance(expr, And):
        for item in expr.items:
            yield from _conjuncts(role, exception, item, fact)
    else:
        yield Clause(role, exception, wording(expr), truth(expr, fact), _readings(expr, fact))


def _readings(expr: Expr, fact: Fact) -> tuple[Reading, ...]:
    paths = dict.fromkeys(ref.path for atom in atoms(expr) for _, ref in atom.term.parts)
    return tuple(Reading(path, term_bounds(Term(((1, Ref(path)),)), fact.value), fact.source(path)) for path in paths)


def _term(term: Term) -> str:
    """A term in plain signs, for atoms without a wording of their own."""
    text = ""
    for coefficient, ref in term.parts:
        sign = "-" if coefficient < 0 else "+" if text else ""
        times = "" if abs(coefficient) == 1 else f"{abs(coefficient)} × "
        text += f" {sign} {times}{ref.path}" if text else f"{sign}{times}{ref.path}"
    return text or "0"
