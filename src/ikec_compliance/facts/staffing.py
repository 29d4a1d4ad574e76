"""Who counts: which medewerkers in a slice are beroepskracht, volwassene or first-aider, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derivations import is_vacancy, qualified
from ikec_compliance.facts.derived import all_of
from ikec_compliance.facts.roster import Line
from ikec_compliance.model.place import Location
from ikec_compliance.model.value import FALSE, UNKNOWN_FLAG, Value, flag, is_known

_FULL = ("beroepskracht",)
_FORMATIVE = ("beroepskracht_in_opleiding", "stagiair", "pedagogisch_beleidsmedewerker")


@dataclass(slots=True, eq=False)
class Staffing:
    """Answers per medewerker and date, remembered because every slice asks again."""

    context: Context
    _memory: dict[tuple[str, str, str, date], Value] = field(default_factory=dict)

    def counts(self, line: Line, kind: str, day: date, doubled: bool) -> Value:
        """Whether the line adds one beroepskracht to the ratio of a ``dagopvang`` or ``bso``.

        Counting needs: under the regime kinderopvang; 18 or older, paid (Wko 1.1), a fitting diploma (BKK 6, 15),
        registered and linked on the day (Wko 1.50 lid 3-4), a first working day that is not still to come. A
        beroepskracht in opleiding, stagiair or beleidsmedewerker counts only as far as deployed formatively (Regeling
        9, 9c; BKK 7 lid 10). Somebody rostered in two places at once is in at most one of them, and nobody knows in
        which.
        """
        if line.regime != "kinderopvang" or line.person is None:
            return FALSE
        person = self.context.must_find("medewerkers", line.person)
        if is_vacancy(person):
            return FALSE
        if line.role not in (None, *_FULL, *_FORMATIVE):
            return FALSE
        full = self._person(person, kind, day, True)
        formative = all_of([flag(line.record.get("formatief")), self._person(person, kind, day, False)])
        if line.role is None:
            return (0, max(full[1], formative[1]))
        value = full if line.role in _FULL else formative
        return (0, value[1]) if doubled else value

    def _person(self, person: Record, kind: str, day: date, needs_diploma: bool) -> Value:
        key = (person.id, kind, str(needs_diploma), day)
        if key not in self._memory:
            parts = [
                _before(person.get("in_dienst_op"), day),
                flag(person.get("contract.bezoldigd")),
                _before(person.get("registraties.personenregister.ingeschreven_op"), day),
                _before(person.get("registraties.personenregister.gekoppeld_op"), day),
            ]
            if needs_diploma:
                parts += [flag(person.get("meerderjarig")), qualified(person, kind, self.context)]
            self._memory[key] = all_of(parts)
        return self._memory[key]

    def doubts(self, line: Line, kind: str) -> tuple[Location, str] | None:
        """Where to fill in what decides whether the medewerker of a line counts; ``None`` when nothing is unknown."""
        if line.regime != "kinderopvang" or line.person is None or line.role not in (None, *_FULL, *_FORMATIVE):
            return None
        person = self.context.must_find("medewerkers", line.person)
        if is_vacancy(person):
            return None
        if line.role is None:
            return line.record.place("rol"), f"roosterregel {line.record.id}: rol"
        if line.role in _FORMATIVE and line.record.get("formatief") is None:
            return line.record.place("formatief"), f"roosterregel {line.record.id}: formatief"
        needed = ["in_dienst_op", "contract.bezoldigd", "registraties.personenregister.ingeschreven_op",
                  "registraties.personenregister.gekoppeld_op"]  # fmt: skip
        needed += ["meerderjarig"] if line.role in _FULL else []
        missing = [path for path in needed if person.get(path) is None]
        if line.role in _FULL and not is_known(qualified(person, kind, self.context)):
            missing.append("diplomas")
        return (person.place(missing[0]), f"{person.id}: {', '.join(missing)}") if missing else None

    def qualified_ve(self, line: Line) -> Value:
        """Whether the medewerker of a line is qualified for voorschoolse educatie (Besluit ve art. 4)."""
        if line.person is None:
            return FALSE
        return qualified(self.context.must_find("medewerkers", line.person), "ve", self.context)

    def adult(self, lines: Sequence[Line], day: date) -> Value:
        """Whether one medewerker, with all lines of that moment, is an adult who is present."""
        person = self._present(lines)
        if person is None:
            return FALSE
        return all_of([_before(person.get("in_dienst_op"), day), flag(person.get("meerderjarig"))])

    def first_aider(self, lines: Sequence[Line], day: date) -> Value:
        """Whether that medewerker is an adult with a valid certificate kinder-EHBO (BKK 4 lid 5, 13 lid 4)."""
        person = self._present(lines)
        if person is None:
            return FALSE
        until = person.get("ehbo.geldig_tot")
        valid = UNKNOWN_FLAG if until is None else flag(until >= day)
        return all_of([self.adult(lines, day), flag(person.get("ehbo.kinderen")), valid])

    def _present(self, lines: Sequence[Line]) -> Record | None:
        person = self.context.must_find("medewerkers", lines[0].person or "")
        return None if is_vacancy(person) else person


def _before(day: date | None, on: date) -> Value:
    """Whether something that happened on ``day`` had happened: a weekly roster may name who is still to start."""
    return UNKNOWN_FLAG if day is None else flag(day <= on)


def total(values: Sequence[Value]) -> Value:
    """The sum of values."""
    return (sum(v[0] for v in values), sum(v[1] for v in values))
