"""Units of the rule language: a named unit, a quotient of two, or dimensionless."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.vocabulary import Vocabulary

PERIOD = "periode"
PLAIN = "getal"


@dataclass(frozen=True, slots=True)
class Measure:
    """Numerator and denominator units; both empty is dimensionless."""

    over: str = ""
    under: str = ""

    def __str__(self) -> str:
        if not self.over and not self.under:
            return PLAIN
        return f"{self.over or '1'}/{self.under}" if self.under else self.over

    def times(self, other: Measure) -> Measure | None:
        """The product, when one denominator cancels against the other's numerator; else ``None``."""
        if not other.over and not other.under:
            return self
        if not self.over and not self.under:
            return other
        if other.under and other.under == self.over and not self.under:
            return Measure(other.over)
        if self.under and self.under == other.over and not other.under:
            return Measure(self.over)
        return None


def parse_measure(text: str, vocabulary: Vocabulary) -> Measure | None:
    """``m2``, ``m2/kind`` or ``getal``; ``None`` when a unit is unknown."""
    if text == PLAIN:
        return Measure()
    over, slash, under = text.partition("/")
    if over not in vocabulary.units or (slash and under not in vocabulary.units):
        return None
    return Measure(over, under)


def scale(measure: Measure, vocabulary: Vocabulary) -> Fraction:
    """Steps per unit. For a quotient: steps of the upper unit per step of the lower one, so that a product is exact."""
    over = vocabulary.units[measure.over].scale if measure.over else 1
    return Fraction(over, vocabulary.units[measure.under].scale if measure.under else 1)


def steps(number: int | Decimal, measure: Measure, vocabulary: Vocabulary) -> int | None:
    """``number`` in whole steps of its unit, or ``None`` when it has more decimals than the unit."""
    exact = Fraction(number) * scale(measure, vocabulary)
    return int(exact) if exact.denominator == 1 else None


def show_number(value: int, measure: Measure, vocabulary: Vocabulary) -> str:
    """A number of steps in Dutch notation with its unit."""
    exact = Fraction(value) / scale(measure, vocabulary)
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    text = f"{number.normalize():f}".replace(".", ",")
    if not measure.over:
        return text
    unit = vocabulary.units[measure.over]
    title = unit.one if number == 1 else unit.title
    text = f"{text} {title}".rstrip()
    return f"{text} per {vocabulary.units[measure.under].one}" if measure.under else text
