"""The roster of one day: which lines hold, after weekdays, kalender and dated replacements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.period import WEEKDAYS, day_kind, inside
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import POS, Value

INSIDE, OUTSIDE = "binnen", "buiten"
"""Where an activity is for which children left their group: in the kindercentrum, or away from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A roster line, or the part of one in which its medewerker is rostered in the same other places.

    ``start`` and ``end`` are minutes after midnight, ``end`` exclusive. ``counts`` are children per age in years.
    ``activity`` is empty, ``binnen`` or ``buiten``. ``others`` are the other groepen where the medewerker stands on
    the roster in these minutes; ``mixed`` is whether that is, there or here, under another regime.
    """

    record: Record
    group: str
    regime: str
    start: int
    end: int
    person: str | None
    role: str | None
    counts: tuple[tuple[int, Value], ...] = ()
    activity: str = ""
    resting: bool = False
    others: frozenset[str] = frozenset()
    mixed: bool = False

    @property
    def doubled(self) -> bool:
        """Whether the medewerker is to be in two places, or under two regimes, at once."""
        return self.mixed or bool(self.others)

    def part(self, start: int, end: int, others: frozenset[str], mixed: bool) -> Line:
        """These minutes of the line."""
        return Line(self.record, self.group, self.regime, start, end, self.person, self.role, self.counts,
                    self.activity, self.resting, others, mixed)  # fmt: skip


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RosterDay:
    """The lines of a day by groep. ``complete`` is whether absence from it means absence.

    Days on which a groep has the same lines share one tuple of them.
    """

    day: date
    kind: str | None
    complete: bool
    by_group: dict[str, Lines]


@dataclass(frozen=True, slots=True, eq=False)
class _Week:
    """The weekly lines of one weekday and kind of day, before dated lines replace some.

    ``doubtful`` are the owners of lines of which it is unknown whether they hold.
    """

    doubtful: frozenset[tuple[str, str]]
    whole: dict[str, list[Line]]
    cut: dict[str, Lines]


@dataclass(slots=True, eq=False)
class Roster:
    """Expands weekly and dated lines over the days asked for."""

    context: Context
    _weekly: dict[str, list[Record]] = field(default_factory=dict)
    _dated: dict[date, list[Record]] = field(default_factory=dict)
    _lines: dict[str, Line] = field(default_factory=dict)
    _weeks: dict[tuple[str, str | None], _Week] = field(default_factory=dict)
    _parts: dict[tuple[str, int, int, frozenset[str], bool], Line] = field(default_factory=dict)
    _named: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.context.centre.records("rooster"):
            self._lines[record.id] = self._line(record)
            if "datum" in record.data:
                self._dated.setdefault(record.get("datum"), []).append(record)
            else:
                days = record.get("dag")
                for day in (days,) if isinstance(days, str) else days:
                    self._weekly.setdefault(day, []).append(record)

    def day(self, day: date) -> RosterDay:
        """The roster of ``day``. A line whose kalender cannot be decided makes the day incomplete."""
        centre = self.context.centre
        kind = day_kind(centre, day)
        week = self._week(WEEKDAYS[day.weekday()], kind)
        dated = self._dated.get(day, [])
        replaced = {_owner(record) for record in dated}
        complete = week.doubtful <= replaced and inside(day, centre.complete_days())
        if not dated:
            return RosterDay(day, kind, complete, week.cut)
        found = {
            group: [line for line in lines if _owner(line.record) not in replaced]
            for group, lines in week.whole.items()
        }
        for record in dated:
            line = self._lines[record.id]
            found.setdefault(line.group, []).append(line)
        cut = self._cut(found)
        # Most groepen have the lines of every week: their tuple is shared, so that they are worked out once.
        same = {group: week.cut[group] for group, lines in cut.items() if week.cut.get(group) == lines}
        return RosterDay(day, kind, complete, {group: lines for group, lines in (cut | same).items() if lines})

    def with_children(self, day: date) -> frozenset[str]:
        """The groepen for which some line of children names ``day``, whatever the kalender says of it."""
        weekday = WEEKDAYS[day.weekday()]
        if weekday not in self._named:
            self._named[weekday] = _with_children(self._weekly.get(weekday, ()))
        return self._named[weekday] | _with_children(self._dated.get(day, ()))

    def _week(self, weekday: str, kind: str | None) -> _Week:
        key = (weekday, kind)
        if key not in self._weeks:
            doubtful: set[tuple[str, str]] = set()
            whole: dict[str, list[Line]] = {}
            for record in () if kind == "gesloten" else self._weekly.get(weekday, ()):
                wanted = record.get("kalender") or "alle"
                if wanted != "alle" and kind is None:
                    doubtful.add(_owner(record))
                if wanted in ("alle", kind):
                    line = self._lines[record.id]
                    whole.setdefault(line.group, []).append(line)
            self._weeks[key] = _Week(frozenset(doubtful), whole, self._cut(whole))
        return self._weeks[key]

    def _cut(self, whole: dict[str, list[Line]]) -> dict[str, Lines]:
        """The same lines, those of somebody in two places at once cut where that begins and ends."""
        persons: dict[str, list[Line]] = {}
        for lines in whole.values():
            for line in lines:
                if line.person is not None:
                    persons.setdefault(line.person, []).append(line)
        twice = {id(line): own for own in persons.values() if _in_two_places(own) for line in own}
        if not twice:
            return {group: tuple(lines) for group, lines in whole.items()}
        return {
            group: tuple(part for line in lines for part in self._pieces(line, twice.get(id(line), ())))
            for group, lines in whole.items()
        }

    def _pieces(self, line: Line, own: Sequence[Line]) -> Iterable[Line]:
        rivals = [other for other in own if _apart(line, other) and other.start < line.end and line.start < other.end]
        if not rivals:
            yield line
            return
        inner = {m for other in rivals for m in (other.start, other.end) if line.start < m < line.end}
        edges = sorted({line.start, line.end} | inner)
        for start, end in pairwise(edges):
            there = [other for other in rivals if other.start <= start and end <= other.end]
            others = frozenset(other.group for other in there if other.group != line.group)
            mixed = any(other.regime != line.regime for other in there)
            key = (line.record.id, start, end, others, mixed)
            if key not in self._parts:
                self._parts[key] = line.part(start, end, others, mixed)
            yield self._parts[key]

    def _line(self, record: Record) -> Line:
        get = record.data.get
        counts = tuple(
            (int(age), (0, POS) if number is None else (number, number))
            for age, number in (get("aantallen") or {}).items()
        )
        return Line(record, get("groep", ""), self.context.regime(record), get("van", 0), get("tot", 0),
                    get("medewerker"), get("rol"), counts, get("activiteit") or "",
                    get("pauze") is True)  # fmt: skip


def _owner(record: Record) -> tuple[str, str]:
    """Whose weekly lines a dated line replaces: the medewerker's, or for children the groep's."""
    person = record.data.get("medewerker")
    return ("medewerker", person) if person is not None else ("groep", record.data["groep"])


def _apart(one: Line, two: Line) -> bool:
    """Whether two lines of a medewerker are in different places, or under different regimes in one place."""
    return (one.group, one.regime) != (two.group, two.regime)


def _in_two_places(own: Sequence[Line]) -> bool:
    return any(_apart(one, two) for one in own[:1] for two in own[1:])


def _with_children(records: Iterable[Record]) -> frozenset[str]:
    return frozenset(record.data["groep"] for record in records if "aantallen" in record.data)
