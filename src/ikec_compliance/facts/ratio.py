"""The required number of beroepskrachten of a moment, out of the dated calculators."""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta
from pathlib import Path

from ikec_compliance.facts.bkr import Calculator, calculator
from ikec_compliance.facts.bkr_tables import load_tables
from ikec_compliance.facts.slices import between
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.record import dataclass
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
    _memory: dict[tuple[str, str, tuple[Value, ...]], Requirement] = field(default_factory=dict)
    _methods: dict[tuple[str, date], tuple[Calculator | None, str]] = field(default_factory=dict)

    def turns(self) -> tuple[date, ...]:
        """The days from which another calculator may hold than on the day before."""
        days = set()
        for item in load_tables(self.rules_dir).calculators:
            days.add(item.valid.first)
            if item.valid.last is not None and item.valid.last < date.max:
                days.add(item.valid.last + timedelta(days=1))
        return tuple(sorted(days))

    def per_basisgroep(self, day: date) -> bool:
        """Whether the law of the day counts the bso per basisgroep (until 2024-06-30), as far as it is known."""
        method = self._method("bso", day)[0]
        return method is None or method.definition.scope == "basisgroep"

    def group(self, counts: dict[int, Value], day: date) -> Requirement:
        """The requirement of a stamgroep. Children of four and over count as 3 to 4 (bijlage 1 onderdeel c)."""
        bands = (between(counts, 0, 0), between(counts, 1, 1), between(counts, 2, 2), between(counts, 3, 99))
        return self._ask("dagopvang", bands, day)

    def basisgroep(self, counts: dict[int, Value], day: date) -> Requirement:
        """The requirement of a basisgroep by the law that counted per basisgroep."""
        return self.bso(between(counts, 0, 6), between(counts, 7, 99), between(counts, 0, 3), day)

    def bso(self, younger: Value, older: Value, under_four: Value, day: date) -> Requirement:
        """The requirement for children of 4 to 7 and of 7 and over; ``under_four`` are among the younger."""
        found = self._ask("bso", (younger, older), day)
        if under_four[1]:
            # The formula is written for children who may go to primary school; it gives no more than a minimum.
            return Requirement((found.required[0], POS), found.allowed, _TOO_YOUNG, found.sources)
        return found

    def _ask(self, kind: str, bands: tuple[Value, ...], day: date) -> Requirement:
        method, why = self._method(kind, day)
        key = (kind, why if method is None else method.definition.id, bands)
        found = self._memory.get(key)
        if found is None:
            found = self._memory[key] = self._compute(method, why, bands)
        return found

    def _method(self, kind: str, day: date) -> tuple[Calculator | None, str]:
        """The calculator of a day, or why there is none."""
        key = (kind, day)
        if key not in self._methods:
            load_tables(self.rules_dir)  # A file that cannot be read is an error and no reason to know less.
            try:
                self._methods[key] = calculator(kind, day, self.rules_dir), ""
            except InputError as error:
                self._methods[key] = None, error.message
        return self._methods[key]

    @staticmethod
    def _compute(method: Calculator | None, why: str, bands: tuple[Value, ...]) -> Requirement:
        if method is None:
            return Requirement(UNKNOWN_COUNT, UNKNOWN_FLAG, why, ())
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
