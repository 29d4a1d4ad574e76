"""The statutory tables and calculation rules of the beroepskracht-kindratio, as plain records.

Counts are children present per age band, in the order of ``Definition.bands``; staff are whole beroepskrachten.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Evidence, Source, Validity, weakest

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Backing:
    """How well a part of the calculation was verified, and in which texts."""

    evidence: Evidence
    source: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """At most ``at_most`` children of the band with index ``band``."""

    id: str
    band: int
    at_most: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Cell:
    """``staff`` beroepskrachten suffice for at most ``children`` children, if the footnote is met.

    One column of the law may give several cells: a higher number of children under a stricter footnote.
    """

    staff: int
    children: int
    footnote: Footnote | None
    evidence: Evidence

    def fits(self, counts: Counts, total: int) -> bool:
        """Whether the cell allows this group of ``total`` children."""
        return total <= self.children and (self.footnote is None or counts[self.footnote.band] <= self.footnote.at_most)


@dataclass(frozen=True, slots=True)
class Row:
    """The row for groups whose youngest and oldest bands are ``youngest`` and ``oldest``; cells by rising staff."""

    name: str
    youngest: int
    oldest: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the annex: one row for every pair of youngest and oldest band.

    ``above_footnotes`` is the caution for a mixed group that a cell without footnote allows although it has more
    children of the footnoted band than any footnote of the row permits; empty when the table knows no such group.
    """

    name: str
    rows: Mapping[tuple[int, int], Row]
    largest: int
    above_footnotes: str
    source: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class FormulaPart:
    """``(Σ count × weight) / divided_by``; a weight is 1/divisor or a coefficient, as the law writes it."""

    weights: Mapping[int, Fraction]
    as_divisors: bool
    divided_by: Fraction


@dataclass(frozen=True, slots=True)
class Formula:
    """A weighted sum of the counts, rounded up to whole beroepskrachten.

    The sum is ``Σ count × numerators[band] / denominator``: exact integers, nothing is rounded on the way.
    ``when_present`` is the band of which at least one child must be present, ``None`` when the formula always applies.
    """

    name: str
    symbol: str
    when_present: int | None
    parts: tuple[FormulaPart, ...]
    numerators: tuple[int, ...]
    denominator: int
    backing: Backing
    rounding: Backing

    def applies(self, counts: Counts) -> bool:
        """Whether the formula counts for this group."""
        return self.when_present is None or counts[self.when_present] > 0

    def sum(self, counts: Counts) -> Fraction:
        """The exact outcome before rounding."""
        return Fraction(self._numerator(counts), self.denominator)

    def rounded_up(self, counts: Counts) -> int:
        """The outcome in whole beroepskrachten."""
        return -(-self._numerator(counts) // self.denominator)

    def _numerator(self, counts: Counts) -> int:
        return sum(count * weight for count, weight in zip(counts, self.numerators, strict=True))


@dataclass(frozen=True, slots=True)
class OneChildRule:
    """If one child more lowers the number of the table, that lower number is raised by ``step``."""

    name: str
    step: int
    backing: Backing


@dataclass(frozen=True, slots=True)
class Combination:
    """In a combinatiegroep each child of 4 and older counts as a child of the band with index ``counts_as``."""

    counts_as: int
    backing: Backing


@dataclass(frozen=True, slots=True)
class Band:
    """An age band: the column name of batch files and its Dutch title."""

    id: str
    title: str


@dataclass(frozen=True, eq=False)
class Definition:
    """One named, dated calculator. ``scope`` is what is counted over: stamgroep, basisgroep or kindercentrum."""

    id: str
    kind: str
    title: str
    scope: str
    valid: Validity
    bands: tuple[Band, ...]
    bands_evidence: Evidence
    table: Table | None
    formula: Formula | None
    one_child_rule: OneChildRule | None
    combination: Combination | None
    source: tuple[Source, ...]
    place: Location

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence among all parts: what a rule that cites the calculator can rely on for any group."""
        found = [self.bands_evidence]
        if self.table:
            for row in self.table.rows.values():
                found += [evidence_of(cell) for cell in row.cells]
        if self.formula:
            found += [self.formula.backing.evidence, self.formula.rounding.evidence]
        if self.one_child_rule:
            found.append(self.one_child_rule.backing.evidence)
        return weakest(*found)


@dataclass(frozen=True, eq=False)
class Tables:
    """All calculators of a rule folder; ``digest`` is the SHA-256 of the raw bytes of ``file``."""

    calculators: tuple[Definition, ...]
    file: str
    digest: str


def evidence_of(cell: Cell) -> Evidence:
    """The weakest of the cell and its footnote."""
    return weakest(cell.evidence, cell.footnote.evidence) if cell.footnote else cell.evidence
