"""The outcome of a calculation of the beroepskracht-kindratio, and its Dutch wording."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ikec_compliance.facts.bkr_records import Cell, Counts, Definition, Formula, Row
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Evidence, Source

Basis = Literal["tabel", "formule", "een-kind-regel", "geen"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many beroepskrachten a group needs.

    ``required`` is ``None`` exactly when the group is not allowed. ``basis`` is what fixed the number; ``tabel`` also
    when formula and table agree, ``geen`` for the empty group and for one that is not allowed. ``evidence`` is the
    weakest among the parts used for this very group. ``row`` shows the row, column or formula in Dutch; ``note`` is a
    caution where sources differ, else empty.
    """

    required: int | None
    allowed: bool
    basis: Basis
    evidence: Evidence
    row: str
    sources: tuple[Source, ...]
    calculator: str
    note: str = ""

    def as_json(self) -> dict[str, int | bool | str | None]:
        """The three fields of ``ikec bkr --format json``."""
        return {"required": self.required, "allowed": self.allowed, "basis": self.basis}


def show_cell(row: Row, cell: Cell, definition: Definition) -> str:
    """``rij 0 tot 4 jaar, kolom 3: hoogstens 15 kinderen, van wie hoogstens 5 van 0 tot 1 jaar``."""
    text = f"rij {row.name}, kolom {cell.staff}: hoogstens {_children(cell.children)}"
    if cell.footnote:
        text += f", van wie hoogstens {cell.footnote.at_most} van {definition.bands[cell.footnote.band].title}"
    return text


def show_refusal(row: Row, counts: Counts, definition: Definition) -> str:
    """Why no column of the row allows the group."""
    total = sum(counts)
    text = f"rij {row.name}: geen kolom staat {_children(total)} toe"
    if any(total <= cell.children for cell in row.cells):
        band = next(cell.footnote.band for cell in row.cells if cell.footnote and total <= cell.children)
        text += f" van wie {counts[band]} van {definition.bands[band].title}"
    return text


def show_formula(formula: Formula, counts: Counts) -> str:
    """``rekenregel 1: Z = 2/3 + (0/5 + 1/6 + 2/8) / 1,2 ≈ 1,014, naar boven afgerond 2``."""
    shown: list[str] = []
    for part in formula.parts:
        terms = [
            f"{counts[band]}/{weight.denominator}" if part.as_divisors else f"{counts[band]} × {show_number(weight)}"
            for band, weight in part.weights.items()
        ]
        text = " + ".join(terms)
        if part.divided_by != 1:
            text = f"({text}) / {show_number(part.divided_by)}"
        shown.append(text)
    total = formula.sum(counts)
    sign = "=" if (total * 1000).denominator == 1 else "≈"
    symbol = f"{formula.symbol} = " if formula.symbol else ""
    rounded = formula.rounded_up(counts)
    tail = "" if total == rounded else f", naar boven afgerond {rounded}"
    return f"{formula.name}: {symbol}{' + '.join(shown)} {sign} {show_number(total)}{tail}"


def show_number(number: Fraction) -> str:
    """A fraction with a decimal comma and at most three decimals, the last one rounded half up."""
    thousandths = int(number * 1000 + Fraction(1, 2))
    whole, rest = divmod(thousandths, 1000)
    return f"{whole},{rest:03d}".rstrip("0").rstrip(",")


def show_counts(counts: Counts) -> str:
    """``0/1/11/0``."""
    return "/".join(str(count) for count in counts)


def _children(count: int) -> str:
    return "1 kind" if count == 1 else f"{count} kinderen"
