"""One slice of a presence day: its values, and where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.group_day import REGIME, GroupDay, GroupSlice
from ikec_compliance.facts.ratio import Requirement
from ikec_compliance.facts.roster import Line
from ikec_compliance.facts.staffing import Staffing
from ikec_compliance.model.fact import Provenance
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import UNKNOWN_COUNT, UNKNOWN_FLAG, Value, flag, known

GROUP_FIELDS = ("kinderen", "babys", "beroepskrachten", "beroepskrachten_ve", "vereist", "toegestaan",
                "afwijking_tot_en_met", "beroepskrachten_op_dag", "in_opleiding_op_dag",
                "zonder_vast_gezicht")  # fmt: skip
CENTRE_FIELDS = ("kinderen", "kinderen_elders", "kinderen_activiteit", "kinderen_samen", "beroepskrachten",
                 "in_opleiding", "stagiairs", "andersgekwalificeerden", "vereist", "volwassenen", "volwassenen_ehbo",
                 "afwijking_tot_en_met")  # fmt: skip
_CHILDREN = ("kinderen", "babys", "kinderen_elders", "kinderen_activiteit", "kinderen_samen")


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Values of one slice, the day itself left out; ``interval`` is ``None`` when the roster is not known."""

    interval: tuple[int, int] | None
    values: dict[str, Value]
    provenance: Mapping[str, Provenance]


def unknown(fields: Sequence[str]) -> Moment:
    """The one moment of a day whose roster is not declared complete."""
    why = Provenance("het rooster van deze dag is niet volledig verklaard (volledig.rooster)")
    values = {name: UNKNOWN_FLAG if name == "toegestaan" else UNKNOWN_COUNT for name in fields}
    return Moment(None, values, {name: why for name in fields})


def empty(fields: Sequence[str], record: Record) -> Moment:
    """The one moment of a day on which nobody is on the roster."""
    why = Provenance("op deze dag staat niemand op het rooster", (record.place("id"),))
    values = {name: flag(True) if name == "toegestaan" else known(0) for name in fields}
    return Moment((0, 1440), values, {name: why for name in fields})


class _Sources(Mapping[str, Provenance]):
    """Where the values of a slice came from, worked out only when an explanation asks."""

    def lines(self) -> list[tuple[Line, str]]:
        """The lines of the slice, each with the kind of opvang it was counted for."""
        raise NotImplementedError

    need: Requirement
    staffing: Staffing

    def _places(self, staff: bool) -> tuple[Location, ...]:
        found = (line.record.place("id") for line, _ in self.lines() if (line.person is not None) is staff)
        return tuple(dict.fromkeys(found))

    def __getitem__(self, name: str) -> Provenance:
        if name in ("vereist", "toegestaan"):
            return Provenance(self.need.basis or "geen beroepskracht-kindratio", self._places(False))
        if name in _CHILDREN:
            return Provenance("kinderen op het rooster", self._places(False))
        if name == "afwijking_tot_en_met":
            return Provenance("minuten van deze dag met minder beroepskrachten dan vereist", self._places(True))
        if name == "peildatum":
            return Provenance("de dag zelf")
        if name in ("volwassenen", "volwassenen_ehbo"):
            return Provenance("volwassenen op het rooster", self._places(True))
        if name == "zonder_vast_gezicht":
            return Provenance("vaste gezichten van de groep en wie die dag op haar rooster staat", self._places(True))
        return self._counted()

    def _counted(self) -> Provenance:
        formula = "medewerkers op het rooster die meetellen"
        doubts = [found for line, kind in self.lines() if (found := self.staffing.doubts(line, kind)) is not None]
        doubts += [
            (line.record.place("id"), f"roosterregel {line.record.id}: {line.person} staat tegelijk ergens anders")
            for line, _ in self.lines()
            if line.regime == REGIME and line.doubled
        ]
        if not doubts:
            return Provenance(formula, self._places(True))
        text = "; ".join(dict.fromkeys(text for _, text in doubts))
        return Provenance(f"{formula}; vul aan bij {text}", tuple(dict.fromkeys(place for place, _ in doubts)))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*GROUP_FIELDS, *CENTRE_FIELDS)))

    def __len__(self) -> int:
        return len({*GROUP_FIELDS, *CENTRE_FIELDS})


class GroupSources(_Sources):
    """Of a slice of a groep."""

    def __init__(self, item: GroupSlice, kind: str, staffing: Staffing) -> None:
        self._item = item
        self._kind = kind
        self.need = item.need
        self.staffing = staffing

    def lines(self) -> list[tuple[Line, str]]:
        """The lines of the slice."""
        return [(line, self._kind) for line in self._item.part.lines]


class CentreSources(_Sources):
    """Of a slice of a voorziening."""

    def __init__(
        self, span: tuple[int, int], need: Requirement, groups: Sequence[GroupDay], staffing: Staffing
    ) -> None:
        self._span = span
        self._groups = groups
        self.need = need
        self.staffing = staffing

    def lines(self) -> list[tuple[Line, str]]:
        """The lines of its groepen in the slice."""
        start = self._span[0]
        return [(x, group.kind) for group in self._groups for x in group.lines if x.start <= start < x.end]
