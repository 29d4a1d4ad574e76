"""The required number of beroepskrachten of a moment, out of the dated calculators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ikec_compliance.facts.bkr import calculator
from ikec_compliance.facts.bkr_tables import load_tables
from ikec_compliance.facts.slices import between
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.rule import Source
from ikec_compliance.model.value import POS, TRUE, UNKNOWN_COUNT, UNKNOWN_FLAG, Value, is_known, known

# The part after the semicolon is put to the reader as what to fill in.
_TOO_YOUNG = (
    "formule van de bso; vul aan bij de leeftijden in de groep: kinderen jonger dan 4 jaar horen bij een dagopvang"
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """How many beroepskrachten are required, whether the group may exist, and what decides it."""

    required: Value
    allowed: Value
    basis: str
    sources: tuple[Source, ...]


@dataclass(slots=True, eq=False)
class Ratio:
    """Asks the calculator of the day; a date before the first calculator gives unknown."""

    rules_dir: Path
    _memory: dict[tuple[str, tuple[Value, ...], date], Requirement] = field(default_factory=dict)

    def group(self, counts: dict[int, Value], day: date) -> Requirement:
        """The requirement of a stamgroep. Children of four and over count as 3 to 4 (bijlage 1 onderdeel c)."""
        bands = (between(counts, 0, 0), between(counts, 1, 1), between(counts, 2, 2), between(counts, 3, 99))
        return self._ask("dagopvang", bands, day)

    def centre(self, kind: str, groups: Sequence[dict[int, Value]], day: date) -> Requirement:
        """The requirement of a whole voorziening: the sum of its stamgroepen, or the bso formula over all children."""
        if kind == "dagopvang":
            found = [self.group(counts, day) for counts in groups if counts]
            low = sum(one.required[0] for one in found)
            high = sum(one.required[1] for one in found)
            return Requirement((low, high), TRUE, "som van de stamgroepen", ())
        if kind == "bso":
            younger = _total([between(counts, 0, 6) for counts in groups])
            older = _total([between(counts, 7, 99) for counts in groups])
            found_bso = self._ask("bso", (younger, older), day)
            if any(between(counts, 0, 3)[1] for counts in groups):
                # The formula is written for children who may go to primary school; it gives no more than a minimum.
                return Requirement((found_bso.required[0], POS), found_bso.allowed, _TOO_YOUNG, found_bso.sources)
            return found_bso
        return Requirement(known(0), TRUE, "", ())

    def _ask(self, kind: str, bands: tuple[Value, ...], day: date) -> Requirement:
        key = (kind, bands, day)
        if key not in self._memory:
            self._memory[key] = self._compute(kind, bands, day)
        return self._memory[key]

    def _compute(self, kind: str, bands: tuple[Value, ...], day: date) -> Requirement:
        load_tables(self.rules_dir)  # A file that cannot be read is an error and no reason to know less.
        try:
            method = calculator(kind, day, self.rules_dir)
        except InputError as error:
            return Requirement(UNKNOWN_COUNT, UNKNOWN_FLAG, error.message, ())
        if all(is_known(band) for band in bands):
            outcome = method.outcome(*(band[0] for band in bands))
            if outcome.required is None:
                # A group that may not exist has no number; the rule on the size of the group speaks instead.
                return Requirement(UNKNOWN_COUNT, (0, 0), outcome.row, outcome.sources)
            return Requirement(known(outcome.required), TRUE, outcome.row, outcome.sources)
        allowed = method.allowed_interval(bands)
        # A completion that may not exist has no number either: the interval must hold what that would give.
        required = method.required_interval(bands) if allowed[0] else UNKNOWN_COUNT
        return Requirement(required, allowed, "aantallen kinderen niet alle bekend", ())


def _total(values: Sequence[Value]) -> Value:
    return (sum(v[0] for v in values), sum(v[1] for v in values))
