"""What norms speak of: the quantities of a merged subject, and relations between several of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from fractions import Fraction

from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, intersection

_UNSAFE = str.maketrans({"|": "/", ":": ",", "×": "x", "{": "(", "}": ")", ";": ","})


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that has one value: a quantity of a merged subject, or one member of a list.

    ``owner`` is the subject it belongs to, ``low`` its natural lower bound (a number of children is not negative),
    ``counting`` the rule by which it is counted, ``window`` the part of the day it is about.
    """

    owner: str
    quantity: str
    axis: Axis
    counting: str = ""
    member: str = ""
    low: int | None = None
    window: tuple[int, int] | None = None

    @property
    def title(self) -> str:
        """How proofs call it: ``onderdelen (mentor)``, ``kinderen (12:00-13:00)``."""
        extra = [self.member.replace("_", " ")] if self.member else []
        if self.window is not None:
            extra.append("-".join(f"{minute // 60:02d}.{minute % 60:02d}" for minute in self.window))
        return (f"{self.quantity} ({', '.join(extra)})" if extra else self.quantity).translate(_UNSAFE)


@dataclass(frozen=True, slots=True)
class Relation:
    """``low ≤ Σ coefficient · variable ≤ high`` over at least two variables, in whole steps; ``None`` is open."""

    parts: tuple[tuple[int, Variable], ...]
    low: int | None
    high: int | None

    def holds(self, point: Mapping[Variable, int]) -> bool:
        """Whether a point satisfies it."""
        total = sum(number * point[variable] for number, variable in self.parts)
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)

    def text(self) -> str:
        """``8 × beroepskrachten - kinderen ≥ 0``, in units and not in steps; a certificate check can read it back."""
        numbers = [Fraction(number * variable.axis.scale) for number, variable in self.parts]
        # Units differ in their steps: divide so that the smallest number becomes 1 where that stays a plain decimal.
        least = min(abs(number) for number in numbers)
        bounds = [Fraction(bound) for bound in (self.low, self.high) if bound is not None]
        divisor = least if all(_plain(number / least) for number in [*numbers, *bounds]) else Fraction(1)
        shown = ""
        for number, (_, variable) in zip(numbers, self.parts, strict=True):
            value = number / divisor
            sign = ("- " if value < 0 else "+ ") if shown else ("-" if value < 0 else "")
            times = "" if abs(value) == 1 else f"{decimal(abs(value))} × "
            shown += f"{' ' if shown else ''}{sign}{times}{variable.title}"
        if self.low is not None and self.low == self.high:
            return f"{shown} = {decimal(Fraction(self.low) / divisor)}"
        low = f"{decimal(Fraction(self.low) / divisor)} ≤ " if self.low is not None and self.high is not None else ""
        if self.high is not None:
            return f"{low}{shown} ≤ {decimal(Fraction(self.high) / divisor)}"
        return f"{shown} ≥ {decimal(Fraction(self.low or 0) / divisor)}"


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """All that one norm asks: a set of values for single variables, and relations between several.

    ``partial`` tells that the rule asks more than could be put in this form.
    """

    domains: Mapping[Variable, Domain] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    partial: bool = False
    variables: tuple[Variable, ...] = field(init=False)
    """Every variable it speaks of, once, in order."""

    def __post_init__(self) -> None:
        related = (variable for relation in self.relations for _, variable in relation.parts)
        object.__setattr__(self, "variables", tuple(dict.fromkeys([*self.domains, *related])))

    @property
    def full(self) -> bool:
        """Whether it leaves everything free."""
        return not self.relations and all(domain.full for domain in self.domains.values())

    def only(self, variables: Iterable[Variable]) -> Demand:
        """What it asks of some variables, where its relations speak of no others."""
        wanted = set(variables)
        return Demand(
            {variable: domain for variable, domain in self.domains.items() if variable in wanted},
            tuple(r for r in self.relations if {variable for _, variable in r.parts} <= wanted),
            self.partial,
        )

    def text(self) -> str:
        """Everything asked, as a certificate check can read it back."""
        lists: dict[str, list[str]] = {}
        shown: list[str] = []
        for variable, domain in self.domains.items():
            if variable.member and domain == _yes(variable.axis):
                lists.setdefault(variable.quantity.translate(_UNSAFE), []).append(variable.member.replace("_", " "))
            else:
                shown.append(f"{variable.title}: {domain.text()}")
        listed = [f"{name} bevat {{{', '.join(members)}}}" for name, members in lists.items()]
        return " | ".join([*shown, *listed, *(relation.text() for relation in self.relations)])

    def words(self) -> str:
        """The same as a director reads it."""
        lists: dict[str, list[str]] = {}
        shown: list[str] = []
        for variable, domain in self.domains.items():
            if variable.member and domain == _yes(variable.axis):
                lists.setdefault(variable.quantity, []).append(variable.member.replace("_", " "))
            else:
                shown.append(f"{variable.title}: {domain.words()}")
        listed = [f"{name} met {', '.join(members)}" for name, members in lists.items()]
        return "; ".join([*shown, *listed, *(relation.text() for relation in self.relations)])


def combined(demands: Iterable[Demand]) -> Demand:
    """All demands at once: the intersection per variable and every relation once."""
    domains: dict[Variable, Domain] = {}
    relations: dict[Relation, None] = {}
    for demand in demands:
        for variable, domain in demand.domains.items():
            before = domains.get(variable)
            domains[variable] = domain if before is None else intersection([before, domain], variable.axis)
        relations.update(dict.fromkeys(demand.relations))
    return Demand(domains, tuple(relations))


def decimal(number: Fraction) -> str:
    """A number with a finite decimal form, in Dutch notation."""
    value = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{value.normalize():f}".replace(".", ",")


def _plain(number: Fraction) -> bool:
    rest = number.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _yes(axis: Axis) -> Domain:
    return Domain(axis, members=frozenset({1})) if axis.kind is AxisKind.CHOICE else Domain(axis, 1, 1)
