"""Presence facts: what is there in each slice of each day, per groep and per voorziening.

Days on which a groep has the same lines and nobody's answer turned are worked out once and share their moments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field
from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.centre_day import CentreTotals, add_centre
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.group_day import GroupCounter, GroupDay
from ikec_compliance.facts.moment import (
    CENTRE_FIELDS,
    GROUP_FIELDS,
    CentreSources,
    GroupSources,
    Moment,
    empty,
    unknown,
)
from ikec_compliance.facts.period import is_open
from ikec_compliance.facts.ratio import Ratio
from ikec_compliance.facts.roster import Lines, Roster, RosterDay
from ikec_compliance.facts.staffing import Staffing
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import UNKNOWN_FLAG, Value, flag

CARE = ("dagopvang", "bso")


@dataclass(frozen=True, slots=True, eq=False)
class PresenceDay:
    """A groep or voorziening on one day: its slices, at least one. Days that are alike share ``moments``."""

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
    counter: GroupCounter = field(init=False)
    _days: dict[date, RosterDay] = field(default_factory=dict)
    _turns: dict[Lines, tuple[date, ...]] = field(default_factory=dict)
    _groups: dict[tuple[str, str, Lines, int], GroupDay] = field(default_factory=dict)
    _moments: dict[int, tuple[Moment, ...]] = field(default_factory=dict)
    _centres: dict[tuple[object, ...], CentreTotals] = field(default_factory=dict)
    _law: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        self.roster = Roster(self.context)
        self.staffing = Staffing(self.context)
        self.counter = GroupCounter(self.staffing, self.ratio)
        self._law = self.ratio.turns()

    def roster_day(self, day: date) -> RosterDay:
        """The roster of a day, expanded once."""
        if day not in self._days:
            self._days[day] = self.roster.day(day)
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
            return PresenceDay(group, day, (unknown(GROUP_FIELDS),))
        lines = roster.by_group.get(group.id, ())
        if not lines:
            return PresenceDay(group, day, self._empty(GROUP_FIELDS, group))
        found = self._group(group, lines, self._kind(group), day)
        if id(found) not in self._moments:
            self._moments[id(found)] = tuple(
                Moment((item.part.start, item.part.end), item.values, GroupSources(item, found.kind, self.staffing))
                for item in found.slices
            )
        return PresenceDay(group, day, self._moments[id(found)])

    def centre_day(self, facility: Record, day: date) -> tuple[PresenceDay, dict[str, Value]]:
        """The slices of a voorziening on a day, and its totals (``schooldag``, ``aaneengesloten``, ``afwijking``)."""
        roster = self.roster_day(day)
        school = UNKNOWN_FLAG if roster.kind is None else flag(roster.kind == "school" and day.weekday() < 5)
        if not roster.complete:
            totals = CentreTotals.unknown(facility, school)
            return PresenceDay(facility, day, (unknown(CENTRE_FIELDS),)), totals.values
        counted = self._counted(facility, roster, day)
        joined = [item for other in self._sharing(facility) for item in self._counted(other, roster, day)]
        key = (facility.id, school, self._law_of(day), tuple(map(id, counted)), tuple(map(id, joined)))
        if key not in self._centres:
            made = add_centre(facility, counted, joined, school, self.counter, day)
            moments = tuple(
                Moment(span, values, CentreSources(span, need, counted, self.staffing))
                for span, values, need in made.spans
            )
            self._centres[key] = made.with_moments(moments or self._empty(CENTRE_FIELDS, facility))
        found = self._centres[key]
        return PresenceDay(facility, day, found.moments), found.values

    def _counted(self, facility: Record, roster: RosterDay, day: date) -> list[GroupDay]:
        """What the groepen of a voorziening come to, those of its own kind of opvang only."""
        kind = str(facility.get("soort"))
        found = []
        for group in self.context.centre.records("groepen"):
            lines = roster.by_group.get(group.id, ())
            # A combined group stands with its dagopvang: the law counts it there (BKK 7 lid 7).
            elsewhere = kind == "bso" and self._kind(group) != "bso"
            if lines and not elsewhere and facility.id in group.get("voorzieningen"):
                found.append(self._group(group, lines, kind, day))
        return found

    def _sharing(self, facility: Record) -> list[Record]:
        """The other dagopvang and bso with which a voorziening shares a room to play in."""
        if facility.get("soort") not in CARE:
            return []
        return self.context.sharing(facility)

    def _group(self, group: Record, lines: Lines, kind: str, day: date) -> GroupDay:
        key = (group.id, kind, lines, self._turn(lines, day))
        found = self._groups.get(key)
        if found is None:
            fixed = group.get("vaste_gezichten")
            found = self._groups[key] = self.counter.count(lines, kind, day, fixed)
        return found

    def _turn(self, lines: Lines, day: date) -> int:
        """A number that is equal on two days only if nothing about the people or the law turned in between."""
        turns = self._turns.get(lines)
        if turns is None:
            people = {line.person for line in lines if line.person is not None}
            days = {turn for person in people for turn in self.staffing.turns(person)}
            turns = self._turns[lines] = tuple(sorted(days.union(self._law)))
        return bisect_right(turns, day)

    def _law_of(self, day: date) -> int:
        return bisect_right(self._law, day)

    def _kind(self, group: Record) -> str:
        return "bso" if self.context.facility(group, "dagopvang") is None else "dagopvang"

    def _empty(self, fields: Sequence[str], record: Record) -> tuple[Moment, ...]:
        key = id(record)
        if key not in self._moments:
            self._moments[key] = (empty(fields, record),)
        return self._moments[key]
