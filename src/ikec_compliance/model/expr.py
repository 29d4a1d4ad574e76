"""The typed intermediate form every rule is compiled to: comparisons of linear integer terms.

It holds no parameters and no names of things outside the facts: parameters are already resolved for
one date. Three back ends read it: the durable-rules compiler, the reference evaluator and, for
norms, the reconciler.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import Enum

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass


class Op(str, Enum):
    """Comparison operators of an atom."""

    LT = "<"
    LE = "<="
    EQ = "=="
    NE = "!="
    GE = ">="
    GT = ">"

    @property
    def negated(self) -> Op:
        """The operator that holds exactly when this one does not."""
        return _NEGATED[self]


_NEGATED = {Op.LT: Op.GE, Op.GE: Op.LT, Op.LE: Op.GT, Op.GT: Op.LE, Op.EQ: Op.NE, Op.NE: Op.EQ}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar period. Months are added first (clipped to the end of the month), then days."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One field of the subject or of a named partner (``schoolplan.vastgesteld_op``).

    ``element`` names a member of a list field (``onderdelen~veiligheid``); the value is then 0 or 1.
    ``shift`` moves a date field by a period before it is compared.
    """

    path: str
    shift: Period = Period()


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Σ coefficient · field."""

    parts: tuple[tuple[int, Ref], ...]
    bare: str = field(init=False, compare=False, repr=False)
    """The path of a term that is one field as it stands, as nearly every term is; else empty."""

    def __post_init__(self) -> None:
        one = self.parts[0] if len(self.parts) == 1 else (0, Ref(""))
        object.__setattr__(self, "bare", one[1].path if one[0] == 1 and one[1].shift == Period() else "")


@dataclass(frozen=True, slots=True)
class Atom:
    """``term op bound``. ``text`` is the Dutch wording for explanations."""

    term: Term
    op: Op
    bound: int
    text: str = field(default="", compare=False)
    place: Location | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of ``items``; true when empty."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``items``; false when empty."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of ``item``."""

    item: Expr


Expr = Atom | And | Or | Not

ALWAYS: Expr = And(())
NEVER: Expr = Or(())


def atoms(expr: Expr) -> Iterator[Atom]:
    """Every atom of an expression, left to right, repeats included."""
    if isinstance(expr, Atom):
        yield expr
    elif isinstance(expr, Not):
        yield from atoms(expr.item)
    else:
        for item in expr.items:
            yield from atoms(item)


def refs(expr: Expr) -> set[Ref]:
    """Every field an expression reads."""
    return {ref for atom in atoms(expr) for _, ref in atom.term.parts}
