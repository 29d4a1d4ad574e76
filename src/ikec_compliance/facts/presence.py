"""Presence facts: what is there in each slice of each day, per groep and per voorziening."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.period import is_open
from ikec_compliance.facts.ratio import Ratio, Requirement
from ikec_compliance.facts.roster import Line, Roster, RosterDay
from ikec_compliance.facts.slices import Slice, between, children, longest_run, sweep
from ikec_compliance.facts.staffing import Staffing, total
from ikec_compliance.model.fact import Provenance
from ikec_compliance.model.place import Location
from ikec_compliance.model.value import FALSE, POS, UNKNOWN_COUNT, UNKNOWN_FLAG, Value, flag, known

REGIME = "kinderopvang"
_DAY = 24 * 60


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Values of one slice; ``interval`` is ``None`` for a day whose roster is not known."""

    interval: tuple[int, int] | None
    values: dict[str, Value]
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True, slots=True, eq=False)
class PresenceDay:
    """A groep or voorziening on one day: its slices, at least one."""

    record: Record
    day: date
    moments: tuple[Moment, ...]


@dataclass(slots=True, eq=False)
class Presence:
    """Computes presence per day; ratio and staffing answers are shared between groep and voorziening."""

    context: Context
    ratio: Ratio
    roster: Roster = field(init=False)
    staffing: Staffing = field(init=False)
    _days: dict[date, RosterDay] = field(default_factory=dict)
    _persons: dict[date, dict[str, list[Line]]] = field(default_factory=dict)
    # By line (each is made once and lives as long as the roster), kind and day: every slice asks again.
    _counted: dict[tuple[int, str, date], Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roster = Roster(self.context)
        self.staffing = Staffing(self.context)

    def roster_day(self, day: date) -> RosterDay:
        """The roster of a day, expanded once."""
        if day not in self._days:
            self._days[day] = self.roster.day(day)
            persons: dict[str, list[Line]] = {}
            for lines in self._days[day].by_group.values():
                for line in lines:
                    if line.person is not None:
                        persons.setdefault(line.person, []).append(line)
            self._persons[day] = persons
        return self._days[day]

    def groups(self, day: date) -> list[Record]:
        """The groepen of a day: one of their voorzieningen is open on that weekday, or children are rostered."""
        context, rostered = self.context, self.roster.with_children(day)
        return [g for g in context.centre.records("groepen") if g.id in rostered or is_open(context.facilities(g), day)]

    def facilities(self, day: date) -> list[Record]:
        """The voorzieningen of a day: open on that weekday, or with children on the roster of one of their groepen."""
        centre, rostered = self.context.centre, self.roster.with_children(day)
        used = {id_ for g in centre.records("groepen") if g.id in rostered for id_ in g.get("voorzieningen")}
        return [f for f in centre.records("voorzieningen") if f.id in used or is_open([f], day)]

    def group_day(self, group: Record, day: date) -> PresenceDay:
        """The slices of a groep on a day."""
        roster = self.roster_day(day)
        if not roster.complete:
            return PresenceDay(group, day, (self._unknown(_GROUP_FIELDS, day),))
        slices = sweep(roster.by_group.get(group.id, ()))
        if not slices:
            return PresenceDay(group, day, (self._empty(_GROUP_FIELDS, day, group),))
        kind = "bso" if self.context.facility(group, "dagopvang") is None else "dagopvang"
        deviation: Value = (0, 0)
        moments = []
        for part in slices:
            counts = children(part.lines, REGIME)
            staff = self._staff(part.lines, kind, day)
            need = self.ratio.group(counts, day) if kind == "dagopvang" else Requirement(known(0), flag(True), "", ())
            deviation = _deviation(deviation, part, staff, need.required)
            ve = self._staff(part.lines, kind, day, ve=True)
            values = {
                "kinderen": between(counts, 0, 99), "babys": between(counts, 0, 0), "beroepskrachten": staff,
                "beroepskrachten_ve": ve, "vereist": need.required, "toegestaan": need.allowed,
                "afwijking_tot_en_met": deviation, "peildatum": known(day.toordinal()),
            }  # fmt: skip
            moments.append(Moment((part.start, part.end), values, _Sources(part, need, self, kind, day)))
        return PresenceDay(group, day, tuple(moments))

    def centre_day(self, facility: Record, day: date) -> tuple[PresenceDay, dict[str, Value]]:
        """The slices of a voorziening on a day, and its totals (``schooldag``, ``aaneengesloten``, ``afwijking``)."""
        roster = self.roster_day(day)
        school = UNKNOWN_FLAG if roster.kind is None else flag(roster.kind == "school" and day.weekday() < 5)
        totals: dict[str, Value] = {"peildatum": known(day.toordinal()), "schooldag": school}
        if not roster.complete:
            totals |= {"aaneengesloten": _offered(facility, (0, _DAY)), "afwijking": UNKNOWN_COUNT}
            return PresenceDay(facility, day, (self._unknown(_CENTRE_FIELDS, day),)), totals
        groups = [g for g in self.context.centre.records("groepen") if facility.id in g.get("voorzieningen")]
        ids = [group.id for group in groups]
        here = frozenset(ids)
        kind = str(facility.get("soort"))
        lines = [line for group in groups for line in self._lines_of(roster, group, facility)]
        slices = sweep(lines)
        deviation: Value = (0, 0)
        moments = []
        for part in slices:
            of_group: dict[str, list[Line]] = {id_: [] for id_ in ids}
            for line in part.lines:
                of_group[line.group].append(line)
            by_group = {id_: children(own, REGIME) for id_, own in of_group.items()}
            need = self.ratio.centre(kind, list(by_group.values()), day)
            people = _people(part.lines)
            adults, aiders = [], []
            for own in people:
                there = (0 if self._elsewhere(own, here, part, day) else 1, 1)
                adults.append(_both(self.staffing.adult(own, day), there))
                aiders.append(_both(self.staffing.first_aider(own, day), there))
            staff = self._staff(part.lines, kind, day)
            trainees = [line for line in part.lines if line.role in ("beroepskracht_in_opleiding", "stagiair", None)]
            deviation = _deviation(deviation, part, staff, need.required)
            counts = [between(counted, 0, 99) for counted in by_group.values()]
            values = {
                "kinderen": _sum(counts), "beroepskrachten": staff,
                "in_opleiding": self._staff(trainees, kind, day),
                "stagiairs": self._staff([line for line in trainees if line.role in ("stagiair", None)], kind, day),
                "vereist": need.required,
                "volwassenen": total(adults),
                "volwassenen_ehbo": total(aiders),
                "afwijking_tot_en_met": deviation, "peildatum": known(day.toordinal()),
            }  # fmt: skip
            moments.append(Moment((part.start, part.end), values, _Sources(part, need, self, kind, day)))
        offered = [_some(moment.values["kinderen"]) for moment in moments]
        totals |= {"aaneengesloten": _offered(facility, longest_run(slices, offered)), "afwijking": deviation}
        found = tuple(moments) or (self._empty(_CENTRE_FIELDS, day, facility),)
        return PresenceDay(facility, day, found), totals

    def _lines_of(self, roster: RosterDay, group: Record, facility: Record) -> list[Line]:
        """Lines that count for a voorziening: all of its groepen, children of another kind of opvang left out."""
        lines = roster.by_group.get(group.id, [])
        others = [f for f in self.context.facilities(group) if f.get("soort") in ("dagopvang", "bso") and f != facility]
        if not others or facility.get("soort") not in ("dagopvang", "bso"):
            return lines
        # A combined group stands with its dagopvang: the law counts it there (BKK 7 lid 7).
        return lines if facility.get("soort") == "dagopvang" else []

    def _counts(self, line: Line, kind: str, day: date) -> Value:
        key = (id(line), kind, day)
        found = self._counted.get(key)
        if found is None:
            found = self._counted[key] = self.staffing.counts(line, kind, day, self.doubled(line, day))
        return found

    def doubled(self, line: Line, day: date) -> bool:
        """Whether the medewerker of a line is rostered at the same time in another groep or under another regime."""
        own = self._persons[day].get(line.person or "", ())
        return any((other.group, other.regime) != (line.group, line.regime) and other.start < line.end
                   and line.start < other.end for other in own)  # fmt: skip

    def _elsewhere(self, own: Sequence[Line], here: Collection[str], part: Slice, day: date) -> bool:
        """Whether a medewerker is rostered in another voorziening at the same time."""
        for line in self._persons[day].get(own[0].person or "", ()):
            if line.group not in here and line.start < part.end and part.start < line.end:
                return True
        return False

    def _staff(self, lines: Sequence[Line], kind: str, day: date, ve: bool = False) -> Value:
        """How many persons count, each once; with ``ve`` only those qualified for voorschoolse educatie."""
        best: dict[str, Value] = {}
        for line in lines:
            if line.person is not None:
                value = self._counts(line, kind, day)
                value = _both(value, self.staffing.qualified_ve(line)) if ve else value
                low, high = best.get(line.person, FALSE)
                best[line.person] = (max(low, value[0]), max(high, value[1]))
        return total(list(best.values()))

    @staticmethod
    def _unknown(fields: tuple[str, ...], day: date) -> Moment:
        values = {name: UNKNOWN_FLAG if name == "toegestaan" else UNKNOWN_COUNT for name in fields}
        values["peildatum"] = known(day.toordinal())
        why = Provenance("het rooster van deze dag is niet volledig verklaard (volledig.rooster)")
        return Moment(None, values, {name: why for name in fields})

    @staticmethod
    def _empty(fields: tuple[str, ...], day: date, record: Record) -> Moment:
        values = {name: flag(True) if name == "toegestaan" else known(0) for name in fields}
        values["peildatum"] = known(day.toordinal())
        why = Provenance("op deze dag staat niemand op het rooster", (record.place("id"),))
        return Moment((0, 1440), values, {name: why for name in fields})


_GROUP_FIELDS = ("kinderen", "babys", "beroepskrachten", "beroepskrachten_ve", "vereist", "toegestaan",
                 "afwijking_tot_en_met")  # fmt: skip
_CENTRE_FIELDS = ("kinderen", "beroepskrachten", "in_opleiding", "stagiairs", "vereist", "volwassenen",
                  "volwassenen_ehbo", "afwijking_tot_en_met")  # fmt: skip


def _offered(facility: Record, present: Value) -> Value:
    """Consecutive minutes for which care is offered (BKK 7 lid 4, 16 lid 4): the opening hours, whoever is there.

    Without opening hours it is at least the longest stretch with children.
    """
    start, end = facility.get("openingstijden.van"), facility.get("openingstijden.tot")
    if start is None or end is None:
        return (present[0], _DAY)
    return known(max(0, end - start))


def _deviation(so_far: Value, part: Slice, staff: Value, required: Value) -> Value:
    """Minutes of the day with fewer beroepskrachten than required, this slice included."""
    surely = staff[1] < required[0]
    maybe = staff[0] < required[1]
    return (so_far[0] + (part.minutes if surely else 0), so_far[1] + (part.minutes if maybe else 0))


def _people(lines: Sequence[Line]) -> list[list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.person is not None:
            found.setdefault(line.person, []).append(line)
    return list(found.values())


def _both(one: Value, two: Value) -> Value:
    return (min(one[0], two[0]), min(one[1], two[1]))


def _some(value: Value) -> Value:
    return (int(value[0] > 0), int(value[1] > 0))


def _sum(values: Sequence[Value]) -> Value:
    return (sum(v[0] for v in values), min(POS, sum(v[1] for v in values)))


class _Sources(Mapping[str, Provenance]):
    """Where the values of a slice came from, worked out only when an explanation asks."""

    def __init__(self, part: Slice, need: Requirement, presence: Presence, kind: str, day: date) -> None:
        self._part = part
        self._need = need
        self._presence = presence
        self._kind = kind
        self._day = day

    def _places(self, staff: bool) -> tuple[Location, ...]:
        return tuple(line.record.place("id") for line in self._part.lines if (line.person is not None) is staff)

    def __getitem__(self, name: str) -> Provenance:
        if name in ("vereist", "toegestaan"):
            return Provenance(self._need.basis or "geen beroepskracht-kindratio", self._places(False))
        if name in ("kinderen", "babys"):
            return Provenance("kinderen op het rooster", self._places(False))
        if name == "afwijking_tot_en_met":
            return Provenance("minuten van deze dag met minder beroepskrachten dan vereist", self._places(True))
        if name == "peildatum":
            return Provenance("de dag zelf")
        if name in ("volwassenen", "volwassenen_ehbo"):
            return Provenance("volwassenen op het rooster", self._places(True))
        return self._counted()

    def _counted(self) -> Provenance:
        formula = "medewerkers op het rooster die meetellen"
        staffing = self._presence.staffing
        doubts = [found for line in self._part.lines if (found := staffing.doubts(line, self._kind)) is not None]
        doubts += [
            (line.record.place("id"), f"roosterregel {line.record.id}: {line.person} staat tegelijk ergens anders")
            for line in self._part.lines
            if line.regime == REGIME and self._presence.doubled(line, self._day)
        ]
        if not doubts:
            return Provenance(formula, self._places(True))
        text = "; ".join(dict.fromkeys(text for _, text in doubts))
        return Provenance(f"{formula}; vul aan bij {text}", tuple(dict.fromkeys(place for place, _ in doubts)))

    def __iter__(self) -> Iterator[str]:
        return iter((*_GROUP_FIELDS, *_CENTRE_FIELDS))

    def __len__(self) -> int:
        return len(_GROUP_FIELDS) + len(_CENTRE_FIELDS)
