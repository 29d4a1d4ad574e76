"""The exact set of values a norm allows: an interval of whole steps, or a finite set of choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import Value


class AxisKind(str, Enum):
    """What the values on an axis are."""

    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured. ``unit`` is its Dutch name, ``scale`` the whole steps in one unit, ``choices`` the universe."""

    kind: AxisKind
    unit: str = ""
    scale: int = 1
    choices: tuple[str, ...] = ()

    def number(self, steps: int) -> str:
        """One value without its unit, in Dutch notation."""
        if self.kind is AxisKind.CHOICE:
            return self.choices[steps] if 0 <= steps < len(self.choices) else "onbekend"
        if self.kind is AxisKind.DATE:
            return date.fromordinal(steps).isoformat() if 1 <= steps <= date.max.toordinal() else str(steps)
        return f"{(Decimal(steps) / self.scale).normalize():f}".replace(".", ",")

    def show(self, steps: int) -> str:
        """One value with its unit."""
        return self.with_unit(self.number(steps))

    def with_unit(self, text: str) -> str:
        """A text about numbers on this axis, followed by the unit."""
        return f"{text} {self.unit}" if self.unit and self.kind is AxisKind.NUMBER else text


@dataclass(frozen=True, slots=True)
class Domain:
    """A set of values: all from ``low`` to ``high`` (``None`` is open), or exactly ``members``.

    Use the functions of this module to make one: equal sets are then equal objects.
    """

    axis: Axis
    low: int | None = None
    high: int | None = None
    members: frozenset[int] | None = None

    @property
    def empty(self) -> bool:
        """Whether no value is allowed."""
        return self.members is not None and not self.members

    @property
    def full(self) -> bool:
        """Whether every value of the axis is allowed."""
        return self == everything(self.axis)

    def holds(self, value: int) -> bool:
        """Whether ``value`` is allowed."""
        if self.members is not None:
            return value in self.members
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def holds_all(self, value: Value) -> bool:
        """Whether everything an interval value may be is allowed."""
        low, high = self._inside(value)
        if self.members is None:
            return self.holds(low) and self.holds(high)
        return high - low < len(self.members) and all(item in self.members for item in range(low, high + 1))

    def holds_none(self, value: Value) -> bool:
        """Whether nothing an interval value may be is allowed."""
        low, high = self._inside(value)
        if self.members is None:
            return (self.high is not None and self.high < low) or (self.low is not None and high < self.low)
        return not any(low <= item <= high for item in self.members)

    def _inside(self, value: Value) -> Value:
        if self.axis.kind is not AxisKind.CHOICE:
            return value
        return max(value[0], 0), min(value[1], len(self.axis.choices) - 1)

    def nearest(self, value: int | None) -> int | None:
        """The allowed value closest to ``value`` (the lower of two), some allowed value for ``None``; or ``None``."""
        if self.members is not None:
            if not self.members:
                return None
            return min(self.members, key=lambda item: (abs(item - (value or 0)), item))
        start = value if value is not None else 0
        if self.low is not None and start < self.low:
            return self.low
        return self.high if self.high is not None and start > self.high else start

    def bounds(self) -> set[int]:
        """The values at which this set may begin or end."""
        return set(self.members) if self.members is not None else {x for x in (self.low, self.high) if x is not None}

    def text(self) -> str:
        """The set in a form that is read back when a certificate is checked."""
        axis = self.axis
        if axis.kind is AxisKind.CHOICE:
            return f"{{{', '.join(self._codes())}}} uit {{{', '.join(axis.choices)}}}"
        if self.members is not None:
            shown = f"{{{'; '.join(axis.number(item) for item in sorted(self.members))}}}"
            return axis.with_unit(shown) if self.members else "geen enkele waarde"
        if self.low is not None and self.low == self.high:
            return f"= {axis.show(self.low)}"
        parts = [f"≥ {axis.number(self.low)}"] if self.low is not None else []
        parts += [f"≤ {axis.number(self.high)}"] if self.high is not None else []
        return axis.with_unit(" en ".join(parts)) if parts else "elke waarde"

    def words(self) -> str:
        """The set as a director reads it: ``hoogstens 2 jaar``."""
        axis = self.axis
        if self.empty:
            return "geen enkele waarde"
        if axis.kind is AxisKind.CHOICE:
            return _enumerated(self._codes(), "of")
        if self.members is not None:
            return axis.with_unit(_enumerated([axis.number(item) for item in sorted(self.members)], "of"))
        dated = axis.kind is AxisKind.DATE
        if self.low is not None and self.low == self.high:
            return f"{'op' if dated else 'precies'} {axis.show(self.low)}"
        if self.low is not None and self.high is not None:
            return axis.with_unit(f"van {axis.number(self.low)} tot en met {axis.number(self.high)}")
        if self.low is not None:
            return f"{'niet voor' if dated else 'ten minste'} {axis.show(self.low)}"
        return f"{'uiterlijk' if dated else 'hoogstens'} {axis.show(self.high)}" if self.high is not None else "vrij"

    def _codes(self) -> list[str]:
        return [code for number, code in enumerate(self.axis.choices) if number in (self.members or ())]


def everything(axis: Axis) -> Domain:
    """Every value of an axis."""
    return Domain(axis, members=frozenset(range(len(axis.choices)))) if axis.kind is AxisKind.CHOICE else Domain(axis)


def interval(axis: Axis, low: int | None, high: int | None) -> Domain:
    """All whole steps from ``low`` to ``high``, both inclusive."""
    if low is not None and high is not None and low > high:
        return Domain(axis, members=frozenset())
    return Domain(axis, low, high)


def finite(axis: Axis, members: Iterable[int]) -> Domain:
    """Exactly these values; consecutive numbers become an interval, so that equal sets are equal objects."""
    found = frozenset(members)
    if axis.kind is not AxisKind.CHOICE and found and max(found) - min(found) == len(found) - 1:
        return Domain(axis, min(found), max(found))
    return Domain(axis, members=found)


def intersection(domains: Sequence[Domain], axis: Axis) -> Domain:
    """The values in all of ``domains``; everything when there are none."""
    result = everything(axis)
    for domain in domains:
        if result.members is not None:
            result = finite(axis, (item for item in result.members if domain.holds(item)))
        elif domain.members is not None:
            result = finite(axis, (item for item in domain.members if result.holds(item)))
        else:
            lows = [x for x in (result.low, domain.low) if x is not None]
            highs = [x for x in (result.high, domain.high) if x is not None]
            result = interval(axis, max(lows, default=None), min(highs, default=None))
    return result


def candidates(domains: Iterable[Domain], axis: Axis) -> list[int]:
    """Values that tell any two combinations of ``domains`` apart: every choice, or every bound with its neighbours."""
    if axis.kind is AxisKind.CHOICE:
        return list(range(len(axis.choices)))
    bounds = {bound for domain in domains for bound in domain.bounds()} or {0}
    return sorted({bound + step for bound in bounds for step in (-1, 0, 1)})


def _enumerated(items: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def listed(items: Sequence[str]) -> str:
    """``a, b en c``."""
    return _enumerated(items, "en")
