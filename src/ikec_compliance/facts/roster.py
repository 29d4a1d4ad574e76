"""The roster of one day: which lines hold, after weekdays, kalender and dated replacements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.period import WEEKDAYS, day_kind, inside


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A roster line on a day; ``start`` and ``end`` are minutes after midnight, ``end`` exclusive."""

    record: Record
    group: str
    regime: str
    start: int
    end: int
    person: str | None
    role: str | None


@dataclass(frozen=True, slots=True, eq=False)
class RosterDay:
    """The lines of a day by groep. ``complete`` is whether absence from it means absence."""

    day: date
    kind: str | None
    complete: bool
    by_group: dict[str, list[Line]]


@dataclass(slots=True, eq=False)
class Roster:
    """Expands weekly and dated lines over the days asked for."""

    context: Context
    _weekly: dict[str, list[Record]] = field(default_factory=dict)
    _dated: dict[date, list[Record]] = field(default_factory=dict)
    _lines: dict[str, Line] = field(default_factory=dict)

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
        complete = inside(day, centre.complete_days())
        dated = self._dated.get(day, [])
        replaced = {_owner(record) for record in dated}
        lines: dict[str, list[Line]] = {}
        for record in self._weekly.get(WEEKDAYS[day.weekday()], []):
            if kind == "gesloten" or _owner(record) in replaced:
                continue
            wanted = record.get("kalender") or "alle"
            if wanted != "alle" and kind is None:
                complete = False
            if wanted in ("alle", kind):
                self._add(record, lines)
        for record in dated:
            self._add(record, lines)
        return RosterDay(day, kind, complete, lines)

    def with_children(self, day: date) -> frozenset[str]:
        """The groepen for which some line of children names ``day``, whatever the kalender says of it."""
        named = (*self._weekly.get(WEEKDAYS[day.weekday()], ()), *self._dated.get(day, ()))
        return frozenset(record.get("groep") for record in named if "aantallen" in record.data)

    def _add(self, record: Record, lines: dict[str, list[Line]]) -> None:
        line = self._lines[record.id]
        lines.setdefault(line.group, []).append(line)

    def _line(self, record: Record) -> Line:
        get = record.data.get
        return Line(record, get("groep", ""), self.context.regime(record), get("van", 0), get("tot", 0),
                    get("medewerker"), get("rol"))  # fmt: skip


def _owner(record: Record) -> tuple[str, str]:
    """Whose weekly lines a dated line replaces: the medewerker's, or for children the groep's."""
    person = record.get("medewerker")
    return ("medewerker", person) if person is not None else ("groep", record.get("groep"))


def boundaries(lines: Iterable[Line]) -> list[int]:
    """Every minute at which something may change."""
    return sorted({minute for line in lines for minute in (line.start, line.end)})
