"""What of a rule is still open for a fact: its conditions with everything known already filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ikec_compliance.engine.truth import Truth, base_require, lapses, truth
from ikec_compliance.model.expr import ALWAYS, NEVER, And, Atom, Expr, Not, Or, atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import is_known

AtomTruth = Callable[[Atom], Truth]


@dataclass(frozen=True, slots=True)
class Residue:
    """The undecided rest of a rule. Every atom left in it is unknown; ``ALWAYS`` and ``NEVER`` are settled."""

    open_norm: bool
    applies: Expr
    lapsed: Expr
    required: Expr

    def atoms(self) -> Iterator[Atom]:
        """Every atom left, repeats included."""
        for part in (self.applies, self.lapsed, self.required):
            yield from atoms(part)

    def decided(self, atom_truth: AtomTruth) -> bool:
        """Whether the rule has a verdict other than ``niet_te_bepalen`` under these truths."""
        applies = combined(self.applies, atom_truth)
        lapsed = combined(self.lapsed, atom_truth)
        if applies is Truth.FALSE or lapsed is Truth.TRUE:
            return True
        if applies is Truth.UNKNOWN:
            return False
        required = combined(self.required, atom_truth)
        if self.open_norm:
            return lapsed is Truth.FALSE and required is not Truth.UNKNOWN
        return required is Truth.TRUE or (required is Truth.FALSE and lapsed is Truth.FALSE)


def residue(rule: ResolvedRule, fact: Fact) -> Residue:
    """The rest of ``rule`` for ``fact``."""
    applies = _rest(rule.applies, fact)
    lapsed = _rest(lapses(rule), fact)
    required = _rest(base_require(rule), fact)
    for exception in reversed(rule.exceptions):
        if exception.require is not None:
            required = _replaced(_rest(exception.applies, fact), _rest(exception.require, fact), required)
    return Residue(bool(rule.head.open_norm), applies, lapsed, required)


def unknown_paths(atom: Atom, fact: Fact) -> list[str]:
    """Fields of an atom that are not known exactly, by name."""
    return sorted({ref.path for _, ref in atom.term.parts if not is_known(fact.value(ref.path))})


def combined(expr: Expr, atom_truth: AtomTruth) -> Truth:
    """Kleene truth of an expression from the truths of its atoms."""
    if isinstance(expr, Atom):
        return atom_truth(expr)
    if isinstance(expr, Not):
        return combined(expr.item, atom_truth).negated
    if isinstance(expr, And):
        return min((combined(item, atom_truth) for item in expr.items), default=Truth.TRUE)
    return max((combined(item, atom_truth) for item in expr.items), default=Truth.FALSE)


def _replaced(holds: Expr, instead: Expr, otherwise: Expr) -> Expr:
    if holds == ALWAYS or instead == otherwise:
        return instead
    if holds == NEVER:
        return otherwise
    parts = (_all(holds, instead), _all(_opposite(holds), otherwise), _all(instead, otherwise))
    return _any(*parts)


def _rest(expr: Expr, fact: Fact) -> Expr:
    if isinstance(expr, Atom):
        known = truth(expr, fact)
        return expr if known is Truth.UNKNOWN else ALWAYS if known is Truth.TRUE else NEVER
    if isinstance(expr, Not):
        return _opposite(_rest(expr.item, fact))
    items = [_rest(item, fact) for item in expr.items]
    return _all(*items) if isinstance(expr, And) else _any(*items)


def _opposite(expr: Expr) -> Expr:
    if expr == ALWAYS:
        return NEVER
    if expr == NEVER:
        return ALWAYS
    return expr.item if isinstance(expr, Not) else Not(expr)


def _all(*items: Expr) -> Expr:
    if NEVER in items:
        return NEVER
    left = tuple(dict.fromkeys(item for item in items if item != ALWAYS))
    return left[0] if len(left) == 1 else And(left)


def _any(*items: Expr) -> Expr:
    if ALWAYS in items:
        return ALWAYS
    left = tuple(dict.fromkeys(item for item in items if item != NEVER))
    return left[0] if len(left) == 1 else Or(left)
