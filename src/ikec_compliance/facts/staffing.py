"""Who counts: which medewerkers in a slice are beroepskracht, volwassene or first-aider, and how surely."""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derivations import is_vacancy, qualified
from ikec_compliance.facts.derived import all_of
from ikec_compliance.facts.roster import Line
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG, Value, flag, is_known

FULL = "beroepskracht"
IN_TRAINING = "beroepskracht_in_opleiding"
INTERN = "stagiair"
OTHERWISE = "andersgekwalificeerde_beroepskracht"
_FORMATIVE = (IN_TRAINING, INTERN, "pedagogisch_beleidsmedewerker")
_ROLES = (FULL, OTHERWISE, *_FORMATIVE)
_SINCE = ("in_dienst_op", "registraties.personenregister.ingeschreven_op", "registraties.personenregister.gekoppeld_op")
_UNTIL = "ehbo.geldig_tot"

OTHERWISE_SINCE = date(2024, 7, 1)
"""From this day the bso may count andersgekwalificeerden (BKK 1 and 16 lid 8 and 10; Stb. 2024, 64)."""


@dataclass(slots=True, eq=False)
class Staffing:
    """Answers per medewerker and date, remembered because every slice asks again."""

    context: Context
    _memory: dict[tuple[str, str, date], Value] = field(default_factory=dict)

    def turns(self, person: str) -> tuple[date, ...]:
        """The days from which an answer about a medewerker may differ from the day before."""
        record = self.context.must_find("medewerkers", person)
        days = {day for path in _SINCE if (day := record.get(path)) is not None} | {OTHERWISE_SINCE}
        until = record.get(_UNTIL)
        if until is not None and until < date.max:
            days.add(until + timedelta(days=1))
        return tuple(sorted(days))

    def counts(self, line: Line, kind: str, day: date, doubled: bool) -> Value:
        """Whether the line adds one beroepskracht to the ratio of a ``dagopvang`` or ``bso``.

        Counting needs: under the regime kinderopvang; not on a break; 18 or older, paid (Wko 1.1), a fitting diploma
        (BKK 6, 15), registered and linked on the day (Wko 1.50 lid 3-4), a first working day that is not still to
        come. A beroepskracht in opleiding, stagiair or beleidsmedewerker counts only as far as deployed formatively
        (Regeling 9, 9c; BKK 7 lid 10); an andersgekwalificeerde only in the bso (BKK 7 lid 12). Somebody
        ``doubled``, rostered in two places at once, is in at most one of them, and nobody knows in which.
        """
        person = self._counted(line)
        if person is None:
            return FALSE
        if line.role is None:
            every = [self._role(line, role, person, kind, day)[1] for role in _ROLES]
            return (0, max(every))
        value = self._role(line, line.role, person, kind, day)
        return (0, value[1]) if doubled else value

    def deployed(self, line: Line, role: str) -> Value:
        """Whether the line puts its medewerker to work in a role that is to count, whether or not that is allowed."""
        if self._counted(line) is None or line.role not in (None, role):
            return FALSE
        said = line.record.get("formatief")
        formative = TRUE if said is None and role not in _FORMATIVE else flag(said)
        return (0 if line.role is None else formative[0], formative[1])

    def _counted(self, line: Line) -> Record | None:
        """The medewerker of a line that may count."""
        if line.regime != "kinderopvang" or line.person is None or line.resting:
            return None
        if line.role is not None and line.role not in _ROLES:
            return None
        person = self.context.must_find("medewerkers", line.person)
        return None if is_vacancy(person) else person

    def _role(self, line: Line, role: str, person: Record, kind: str, day: date) -> Value:
        """Whether the medewerker would count in a role."""
        if role == FULL:
            return self._person(person, kind, day)
        if role == OTHERWISE:
            return self._person(person, OTHERWISE, day) if kind == "bso" and day >= OTHERWISE_SINCE else FALSE
        return all_of([flag(line.record.get("formatief")), self._person(person, "", day)])

    def _person(self, person: Record, diploma: str, day: date) -> Value:
        """Who may be counted at all and, where a diploma is asked, has it and is an adult."""
        key = (person.id, diploma, day)
        if key not in self._memory:
            parts = [flag(person.get("contract.bezoldigd")), *(_before(person.get(path), day) for path in _SINCE)]
            if diploma:
                parts += [flag(person.get("meerderjarig")), qualified(person, diploma, self.context)]
            self._memory[key] = all_of(parts)
        return self._memory[key]

    def doubts(self, line: Line, kind: str) -> tuple[Location, str] | None:
        """Where to fill in what decides whether the medewerker of a line counts; ``None`` when nothing is unknown."""
        person = self._counted(line)
        if person is None:
            return None
        if line.role is None:
            return line.record.place("rol"), f"roosterregel {line.record.id}: rol"
        if line.role in _FORMATIVE and line.record.get("formatief") is None:
            return line.record.place("formatief"), f"roosterregel {line.record.id}: formatief"
        full = line.role not in _FORMATIVE
        needed = [_SINCE[0], "contract.bezoldigd", *_SINCE[1:], *(["meerderjarig"] if full else [])]
        missing = [path for path in needed if person.get(path) is None]
        if full and not is_known(qualified(person, OTHERWISE if line.role == OTHERWISE else kind, self.context)):
            missing.append("diplomas")
        return (person.place(missing[0]), f"{person.id}: {', '.join(missing)}") if missing else None

    def qualified_ve(self, person: str, learning: bool = False) -> Value:
        """Whether a medewerker is qualified for voorschoolse educatie, or learns for it (Besluit ve 3 lid 3, 4)."""
        kind = "ve_in_opleiding" if learning else "ve"
        return qualified(self.context.must_find("medewerkers", person), kind, self.context)

    def adult(self, id_: str, day: date) -> Value:
        """Whether a medewerker who is there is an adult."""
        person = self.context.must_find("medewerkers", id_)
        if is_vacancy(person):
            return FALSE
        return all_of([_before(person.get(_SINCE[0]), day), flag(person.get("meerderjarig"))])

    def first_aider(self, id_: str, day: date) -> Value:
        """Whether that medewerker is an adult with a valid certificate kinder-EHBO (BKK 4 lid 5, 13 lid 4)."""
        person = self.context.must_find("medewerkers", id_)
        until = person.get(_UNTIL)
        valid = UNKNOWN_FLAG if until is None else flag(until >= day)
        return all_of([self.adult(id_, day), flag(person.get("ehbo.kinderen")), valid])


def _before(day: date | None, on: date) -> Value:
    """Whether something that happened on ``day`` had happened: a weekly roster may name who is still to start."""
    return UNKNOWN_FLAG if day is None else flag(day <= on)
