"""What every derivation needs: the configuration, the vocabulary, the date, and quick look-ups."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.centre.references import DEFAULT_REGIME, REGIME_OF
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.vocabulary import Vocabulary

PLAY_ROOMS = ("groepsruimte", "speelruimte", "leslokaal", "overig")
"""The kinds of room in which children may play."""


def may_be_play_room(room: Record) -> bool:
    """Whether a room may count as space to play in."""
    return room.get("soort") in PLAY_ROOMS and room.get("ingericht_voor_spelen") is not False


@dataclass(slots=True, eq=False)
class Context:
    """The configuration on a date of evaluation."""

    centre: Centre
    vocabulary: Vocabulary
    on: date
    _pairs: list[tuple[Record, Record]] | None = field(default=None, repr=False)
    _places: dict[str, list[Record]] | None = field(default=None, repr=False)
    _lines: dict[tuple[str, str], list[Record]] | None = field(default=None, repr=False)

    def must_find(self, key: str, id_: str) -> Record:
        """The item behind a reference that was checked at load."""
        found = self.centre.find(key, id_)
        if found is None:
            raise InternalError(f"verwijzing {key}/{id_} is bij het laden niet gecontroleerd")
        return found

    def facilities(self, record: Record) -> list[Record]:
        """The voorzieningen a record names."""
        return [self.must_find("voorzieningen", id_) for id_ in record.get("voorzieningen") or ()]

    def facility(self, group: Record, kind: str) -> Record | None:
        """The voorziening of a kind that a groep belongs to; the first in file order when there are several."""
        return next((facility for facility in self.facilities(group) if facility.get("soort") == kind), None)

    def sharing(self, facility: Record) -> list[Record]:
        """The other dagopvang and bso with which a voorziening shares a room, straight or through others."""
        found = {facility.id}
        rooms = [set(room.get("voorzieningen")) for room in self.centre.records("ruimtes") if may_be_play_room(room)]
        while more := {id_ for room in rooms if room & found for id_ in room if self._is_care(id_)} - found:
            found |= more
        return [f for f in self.centre.records("voorzieningen") if f.id in found and f.id != facility.id]

    def _is_care(self, id_: str) -> bool:
        return self.must_find("voorzieningen", id_).get("soort") in ("dagopvang", "bso")

    def regime(self, line: Record) -> str:
        """The regime under which a roster line stands."""
        named = line.get("regime")
        if named is not None:
            return str(named)
        return DEFAULT_REGIME[self.must_find("groepen", line.get("groep")).get("soort")]

    def lines(self, key: str, id_: str) -> list[Record]:
        """The roster lines of a ``medewerker`` or ``groep``, in file order."""
        if self._lines is None:
            self._lines = {}
            for line in self.centre.records("rooster"):
                for name in ("medewerker", "groep"):
                    owner = line.get(name)
                    if owner is not None:
                        self._lines.setdefault((name, owner), []).append(line)
        return self._lines.get((key, id_), [])

    def pairs(self) -> list[tuple[Record, Record]]:
        """Each medewerker with each voorziening where that person works, declared or rostered, in file order."""
        if self._pairs is None:
            places: dict[str, set[str]] = {}
            for line in self.centre.records("rooster"):
                person = line.get("medewerker")
                if person is not None:
                    places.setdefault(person, set()).update(f.id for f in self.line_facilities(line))
            self._pairs = []
            for person_record in self.centre.records("medewerkers"):
                wanted = places.get(person_record.id, set()) | set(person_record.get("werkt_bij") or ())
                self._pairs += [(person_record, f) for f in self.centre.records("voorzieningen") if f.id in wanted]
        return self._pairs

    def places(self, person: Record) -> list[Record]:
        """The voorzieningen where a medewerker works, declared or rostered."""
        if self._places is None:
            self._places = {}
            for other, facility in self.pairs():
                self._places.setdefault(other.id, []).append(facility)
        return self._places.get(person.id, [])

    def line_facilities(self, line: Record) -> list[Record]:
        """The voorzieningen of the groep of a roster line that fall under the regime of that line."""
        group = self.must_find("groepen", line.get("groep"))
        regime = self.regime(line)
        return [f for f in self.facilities(group) if REGIME_OF[f.get("soort")] == regime]
