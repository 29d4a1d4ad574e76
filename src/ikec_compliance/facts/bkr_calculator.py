"""One calculator of the beroepskracht-kindratio at work, for known counts and for counts with bounds.

Counts are children actually present per age band in completed years. The order is that of the annex: first the
table, then the formula (only with a child of 0 present), then the rule about one child more. Evidence is that of the
parts a group really used. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ikec_compliance.facts.bkr_outcome import (
    Basis,
    Outcome,
    show_cell,
    show_counts,
    show_formula,
    show_refusal,
)
from ikec_compliance.facts.bkr_records import Cell, Counts, Definition, Row, Table, evidence_of
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.rule import Evidence, Source, weakest
from ikec_compliance.model.value import POS, Value, flag

MOST_CHILDREN = 10_000
"""More children than this in one age band is a typing error, not a group."""

_REMEMBERED = 1 << 16


class Calculator:
    """One definition put to work. Outcomes are remembered, so that a roster asks each group once."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._match = lru_cache(maxsize=_REMEMBERED)(self._find_cell)
        self._number = lru_cache(maxsize=_REMEMBERED)(self._compute_number)
        self._outcome = lru_cache(maxsize=_REMEMBERED)(self._compute_outcome)
        self._bounds = lru_cache(maxsize=_REMEMBERED)(self._compute_bounds)

    def outcome(self, *counts: int) -> Outcome:
        """The number required for known counts, one per band; InputError for a wrong number of counts or a wild one."""
        self._check(counts)
        return self._outcome(counts)

    def required(self, *counts: int) -> int | None:
        """Only the number; ``None`` when the group is not allowed."""
        self._check(counts)
        return self._number(counts)

    def combination_outcome(self, counts: Sequence[int], older: int) -> Outcome:
        """The outcome for a combinatiegroep dagopvang/bso with ``older`` children from 4 to the end of primary school.

        Legal source: bijlage 1 onderdeel c (art. 7 lid 7 and art. 9 lid 10 Besluit kwaliteit kinderopvang).
        """
        found = self.outcome(*self.combination_counts(counts, older))
        combination = self.definition.combination
        if combination is None or older == 0:
            return found
        return replace(
            found,
            evidence=weakest(found.evidence, combination.backing.evidence),
            sources=tuple(dict.fromkeys([*found.sources, *combination.backing.source])),
        )

    def combination_counts(self, counts: Sequence[int], older: int) -> Counts:
        """The counts in which each of ``older`` children of 4 and over counts as a child of 3 to 4."""
        combination = self.definition.combination
        if combination is None:
            raise InputError(f"rekenregel {self.definition.id} kent geen combinatiegroep")
        if not 0 <= older <= MOST_CHILDREN:
            raise InputError(
                f"aantal kinderen vanaf 4 jaar is {older}; geef een geheel getal van 0 tot en met {MOST_CHILDREN}"
            )
        return tuple(count + older * (band == combination.counts_as) for band, count in enumerate(counts))

    def required_interval(self, counts: Sequence[Value]) -> Value:
        """Exact lowest and highest number required over all admissible completions of the counts.

        A group that is not allowed asks for more than anyone has: it counts as ``POS``.
        """
        return self._bounds(self._box(counts))[0]

    def allowed_interval(self, counts: Sequence[Value]) -> Value:
        """Whether the group is allowed: true, false, or both when completions differ."""
        return self._bounds(self._box(counts))[1]

    def _check(self, counts: Counts) -> None:
        bands = self.definition.bands
        if len(counts) != len(bands):
            wanted = f"{len(bands)} aantallen kinderen ({', '.join(band.id for band in bands)})"
            raise InputError(f"{self.definition.kind} vraagt {wanted}, gegeven zijn er {len(counts)}")
        for band, count in zip(bands, counts, strict=True):
            if not 0 <= count <= MOST_CHILDREN:
                raise InputError(
                    f"aantal kinderen {band.id} is {count}; geef een geheel getal van 0 tot en met {MOST_CHILDREN}"
                )

    def _row(self, table: Table, counts: Counts) -> Row:
        present = [band for band, count in enumerate(counts) if count]
        return table.rows[present[0], present[-1]]

    def _find_cell(self, counts: Counts) -> Cell | None:
        """The first cell of the table that allows a group with children; ``None`` when no cell does."""
        table = self.definition.table
        if table is None:
            raise InternalError(f"rekenregel {self.definition.id} heeft geen tabel")
        total = sum(counts)
        return next((cell for cell in self._row(table, counts).cells if cell.fits(counts, total)), None)

    def _lowered(self, counts: Counts, staff: int) -> Counts | None:
        """A group with one child less for which the table asks more than ``staff``: adding that child lowers it.

        A smaller group that is not allowed has no number that could become smaller, and the rule speaks of the
        table alone, so it is not applied to its own outcome.
        """
        for band, count in enumerate(counts):
            if count and sum(counts) > 1:
                smaller = (*counts[:band], count - 1, *counts[band + 1 :])
                cell = self._match(smaller)
                if cell is not None and cell.staff > staff:
                    return smaller
        return None

    def _steps(self, counts: Counts) -> tuple[int, int, Counts | None]:
        """What table, formula and one-child rule ask (0: nothing), and the smaller group behind the last."""
        definition = self.definition
        staff = raised = asked = 0
        smaller = None
        if definition.table:
            cell = self._match(counts)
            if cell is None:
                raise InternalError("een groep die niet is toegestaan heeft geen aantal")
            staff = cell.staff
            if definition.one_child_rule:
                smaller = self._lowered(counts, staff)
                if smaller is not None:
                    raised = staff + definition.one_child_rule.step
        if definition.formula and definition.formula.applies(counts):
            asked = definition.formula.rounded_up(counts)
        return asked, raised, smaller

    def _compute_number(self, counts: Counts) -> int | None:
        if not any(counts):
            return 0
        staff = 0
        if self.definition.table:
            cell = self._match(counts)
            if cell is None:
                return None
            staff = cell.staff
        asked, raised, _ = self._steps(counts)
        return max(staff, asked, raised)

    def _compute_outcome(self, counts: Counts) -> Outcome:
        definition = self.definition
        table, formula, rule = definition.table, definition.formula, definition.one_child_rule
        if not any(counts):
            return self._result(0, "geen", [], "geen kinderen aanwezig", [])
        evidence = [definition.bands_evidence]
        sources: list[Source] = []
        staff, shown, note = 0, [], ""
        if table:
            row, cell = self._row(table, counts), self._match(counts)
            sources += table.source
            evidence += _used(row, cell)
            if cell is None:
                return self._result(None, "geen", evidence, show_refusal(row, counts, definition), sources)
            staff, shown = cell.staff, [show_cell(row, cell, definition)]
            note = table.above_footnotes if _above_footnotes(row, counts) else ""
        asked, raised, smaller = self._steps(counts)
        basis: Basis = "tabel" if table else "formule"
        if formula and formula.applies(counts):
            evidence += [formula.backing.evidence, formula.rounding.evidence]
            sources += [*formula.backing.source, *formula.rounding.source]
            text = show_formula(formula, counts)
            if asked > staff:
                basis = "formule"
                shown.insert(0, text)
            else:
                shown.append(text)
        if rule and table and smaller is not None and raised > max(staff, asked):
            basis = "een-kind-regel"
            more = self._match(smaller)
            evidence += [*_used(self._row(table, smaller), more), rule.backing.evidence]
            sources += rule.backing.source
            before = more.staff if more else 0
            shown.insert(
                0,
                f"{rule.name}: met één kind minder ({show_counts(smaller)}) vraagt de tabel {before}, "
                f"dus hier {staff} + {rule.step} = {raised}",
            )
        return self._result(max(staff, asked, raised), basis, evidence, "; ".join(shown), sources, note)

    def _result(
        self,
        required: int | None,
        basis: Basis,
        evidence: list[Evidence],
        row: str,
        sources: list[Source],
        note: str = "",
    ) -> Outcome:
        every = tuple(dict.fromkeys([*self.definition.source, *sources]))
        return Outcome(required, required is not None, basis, weakest(*evidence), row, every, self.definition.id, note)

    def _box(self, counts: Sequence[Value]) -> tuple[Value, ...]:
        if len(counts) != len(self.definition.bands):
            raise InternalError(f"rekenregel {self.definition.id} kreeg {len(counts)} aantallen")
        box = tuple((max(0, low), high) for low, high in counts)
        if any(low > high for low, high in box):
            raise InternalError(f"rekenregel {self.definition.id} kreeg een leeg bereik")
        return box

    def _compute_bounds(self, box: tuple[Value, ...]) -> tuple[Value, Value]:
        table = self.definition.table
        if table is None:
            # Only a formula with weights of zero and more: it never falls when a count rises.
            highest = max(high for _, high in box)
            low = self._open_number(tuple(low for low, _ in box))
            return (low, POS if highest >= POS else self._open_number(tuple(high for _, high in box))), flag(True)
        # One child more may lower the number, so every group that a cell could allow is asked; above the largest
        # cell no group is allowed. These are few: at most all groups of 16 children in four bands.
        found = [self._number(group) for group in _groups(box, table.largest)]
        numbers = [number for number in found if number is not None]
        refused = len(numbers) < len(found) or sum(high for _, high in box) > table.largest
        if not numbers:
            return (POS, POS), flag(False)
        return (min(numbers), POS if refused else max(numbers)), flag(None if refused else True)

    def _open_number(self, counts: Counts) -> int:
        """The number by formula alone, for counts of any size."""
        formula = self.definition.formula
        if formula is None:
            raise InternalError(f"rekenregel {self.definition.id} heeft geen formule")
        return min(POS, formula.rounded_up(counts)) if formula.applies(counts) else 0


def _used(row: Row, chosen: Cell | None) -> Iterator[Evidence]:
    """Evidence of the cells that fix a column: the one chosen, and those of fewer staff that did not fit."""
    for cell in row.cells:
        if chosen is None or cell.staff < chosen.staff or cell is chosen:
            yield evidence_of(cell)


def _above_footnotes(row: Row, counts: Counts) -> bool:
    """Whether the group has more children of the footnoted band than any footnote of its row permits."""
    notes = [cell.footnote for cell in row.cells if cell.footnote]
    return bool(notes) and all(counts[note.band] > note.at_most for note in notes)


def _groups(box: Sequence[Value], room: int) -> Iterator[Counts]:
    """All groups in the box with at most ``room`` children."""
    if not box:
        yield ()
        return
    (low, high), rest = box[0], box[1:]
    for count in range(low, min(high, room) + 1):
        for tail in _groups(rest, room - count):
            yield (count, *tail)
