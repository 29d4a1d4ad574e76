"""Moving somebody from a groep that can do without, which is worked out anew before it is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.engine import verdict
from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.facts.roster import Line
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

Stretch = tuple[int, int]
"""Minutes after midnight, the end exclusive."""

_OWN = ("id", "dag", "datum", "kalender", "van", "tot")
"""What a part of a roster line has of its own; the rest it takes over."""


@dataclass(frozen=True, slots=True)
class Move:
    """Roster lines of one day: those that go and those that come, as the configuration has them when it is read."""

    gone: tuple[str, ...]
    new: tuple[Mapping[str, Any], ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The same as changes of the text."""
        removed = [Edit("remove", "rooster", id_) for id_ in self.gone]
        return (*removed, *(Edit("add", "rooster", str(item["id"]), "", _written(item)) for item in self.new))


def move_of(person: str, lines: Sequence[Line], day: date, taken: Sequence[Mapping[str, Any]]) -> Move | None:
    """The day of a medewerker with ``taken`` (roster lines without id) in it, and the old lines around that.

    A dated line replaces the weekly ones of that day, so those are written out; ``None`` when a line has a break.
    """
    records = {line.record.id: line.record for line in lines}
    if any(record.get("pauze") for record in records.values()):
        return None
    dated = {id_: record for id_, record in records.items() if record.get("datum") is not None}
    holes = [(int(item["van"]), int(item["tot"])) for item in taken]
    gone = tuple(id_ for id_, record in dated.items() if _cut(record, holes))
    new: list[Mapping[str, Any]] = []
    for id_, record in records.items():
        if id_ in dated and id_ not in gone:
            continue
        rest = {key: value for key, value in record.data.items() if key not in _OWN}
        new += [{**rest, "datum": day, "van": start, "tot": end} for start, end in _left(record, holes)]
    new += [{**item, "datum": day} for item in taken]
    named = [{"id": f"herstel-{person}-{day.isoformat()}-{number}", **item} for number, item in enumerate(new, start=1)]
    return Move(gone, tuple(named))


def _cut(record: Record, holes: Sequence[Stretch]) -> bool:
    return any(start < record.get("tot") and record.get("van") < end for start, end in holes)


def _left(record: Record, holes: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left of a line outside some stretches."""
    start = record.get("van")
    for first, last in sorted(holes):
        if first < record.get("tot") and start < last:
            if start < first:
                yield start, first
            start = max(start, last)
    if start < record.get("tot"):
        yield start, record.get("tot")


def _written(item: Mapping[str, Any]) -> dict[str, object]:
    clock = {key: f"{item[key] // 60:02d}:{item[key] % 60:02d}" for key in ("van", "tot")}
    return {**item, **clock, "datum": item["datum"].isoformat()}


@dataclass(slots=True, eq=False)
class Recheck:
    """Judges the days of a roster with a move, by the rules of presence."""

    facts: FactBase
    law: Sequence[ResolvedRule]
    _before: dict[date, set[tuple[str, str]]] = field(default_factory=dict)

    def mends(self, move: Move, day: date, finding: tuple[str, str]) -> bool:
        """Whether after the move ``finding`` (rule, subject) is gone and nothing that was well that day fails."""
        if day not in self._before:
            self._before[day] = self._failing(self.facts, day)
        centre = _with(self.facts.context.centre, move)
        context = self.facts.context
        after = derive(centre, context.vocabulary, context.on, self.facts.days, self.facts.rules_dir)
        failing = self._failing(after, day)
        return finding not in failing and failing <= self._before[day]

    def _failing(self, facts: FactBase, day: date) -> set[tuple[str, str]]:
        types = facts.context.vocabulary.types
        return {
            (rule.id, fact.subject)
            for rule in self.law
            if types[rule.head.subject].per_day
            for fact in facts.of_type(rule.head.subject, [day])
            if verdict(rule, fact) is Verdict.FAILS
        }


def _with(centre: Centre, move: Move) -> Centre:
    """The configuration with the move in it; its places stay those of the file."""
    kept = [record for record in centre.records("rooster") if record.id not in move.gone]
    first = centre.records("rooster")[0]
    records = (*kept, *(Record("rooster", first.index, dict(item), first.places) for item in move.new))
    index = {**centre.index, "rooster": {record.id: record for record in records}}
    return replace(
        centre,
        data={**centre.data, "rooster": [record.data for record in records]},
        lists={**centre.lists, "rooster": records},
        index=index,
    )
