"""Repairs of the roster: somebody qualified who is free in the breaching hours, else a vacancy that is to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.centre.references import DEFAULT_REGIME
from ikec_compliance.engine import Truth
from ikec_compliance.engine.truth import truth_from
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.period import WEEKDAYS
from ikec_compliance.facts.roster import Line, Roster
from ikec_compliance.facts.staffing import Staffing
from ikec_compliance.model.expr import atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import TRUE, Value

MOVE, MORE_HOURS, VACANCY = 3, 5, 10
"""What it costs to deploy somebody within the hours of the contract, beyond them, and to fill a new place."""

_MOST = 3
_FIELDS = ("beroepskrachten", "beroepskrachten_ve", "volwassenen", "volwassenen_ehbo")


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a day in a groep where somebody is missing; ``needs`` are the fields that fall short."""

    group: Record
    day: date
    start: int
    end: int
    needs: frozenset[str]
    kind: str


@dataclass(slots=True, eq=False)
class Deployment:
    """Finds people for gaps."""

    context: Context

    def repairs(self, finding: str, rule: ResolvedRule, failing: Sequence[Fact], who: str) -> list[Repair]:
        """Ways to staff the breaching slices of one day: up to three people who are free, and a vacancy.

        None when the rule is not about people, or when more than one is missing at a time.
        """
        needs = frozenset(
            ref.path for atom in atoms(rule.require) for c, ref in atom.term.parts if c > 0 and ref.path in _FIELDS
        ) if rule.require is not None else frozenset()  # fmt: skip
        if not needs or not all(_one_more_helps(rule, fact, needs) for fact in failing):
            return []
        gaps = list(self._gaps(failing, needs))
        if not gaps:
            return []
        found: list[Repair] = []
        people = sorted(self._people(gaps), key=lambda item: (item[1], item[0].id))
        for person, cost in people[:_MOST]:
            edits = tuple(self._line(gap, person.id, number) for number, gap in enumerate(gaps))
            text = "; ".join(f"{person.id} inzetten bij {_named(gap)}" for gap in gaps)
            if cost == MORE_HOURS:
                text += " (meer uren dan in het contract staan)"
            found.append(Repair(finding, text, who, cost, "directeur", edits))
        found.append(self._vacancy(finding, gaps, who))
        return found

    def _gaps(self, failing: Sequence[Fact], needs: frozenset[str]) -> Iterator[Gap]:
        runs: list[list[Fact]] = []
        for fact in failing:
            if fact.interval is None:
                return
            last = runs[-1][-1].interval if runs else None
            if last is not None and last[1] == fact.interval[0]:
                runs[-1].append(fact)
            else:
                runs.append([fact])
        for run in runs:
            subject, _, day = run[0].subject.partition("@")
            prefix, _, id_ = subject.partition(":")
            first, last = run[0].interval, run[-1].interval
            if first is None or last is None:
                return
            moment = date.fromisoformat(day)
            group = (
                self.context.must_find("groepen", id_) if prefix == "groep" else self._group_of(id_, moment, first[0])
            )
            if group is None:
                continue
            kinds = {f.get("soort") for f in self.context.facilities(group)}
            kind = "dagopvang" if "dagopvang" in kinds else "bso"
            yield Gap(group, moment, first[0], last[1], needs, kind)

    def _group_of(self, facility: str, day: date, minute: int) -> Record | None:
        """A groep of the voorziening with children at that minute."""
        roster = Roster(self.context).day(day)
        for group in self.context.centre.records("groepen"):
            lines = roster.by_group.get(group.id, ())
            here = facility in group.get("voorzieningen")
            if here and any(line.person is None and line.start <= minute < line.end for line in lines):
                return group
        return None

    def _people(self, gaps: Sequence[Gap]) -> Iterator[tuple[Record, int]]:
        staffing, roster = Staffing(self.context), Roster(self.context)
        days = {gap.day: [line for lines in roster.day(gap.day).by_group.values() for line in lines] for gap in gaps}
        owners = {f.get("organisatie") for gap in gaps for f in self.context.facilities(gap.group)}
        for person in self.context.centre.records("medewerkers"):
            if person.get("organisatie") not in owners or person.get("vacature") is True:
                continue
            mine = {day: [line for line in lines if line.person == person.id] for day, lines in days.items()}
            if all(_free(mine[gap.day], gap) and self._suits(staffing, person, gap) for gap in gaps):
                minutes = sum(gap.end - gap.start for gap in gaps)
                yield person, MOVE if self._week(person) + minutes <= _contract(person) else MORE_HOURS

    def _suits(self, staffing: Staffing, person: Record, gap: Gap) -> bool:
        record = Record("rooster", 0, {"id": "-", "groep": gap.group.id, "medewerker": person.id}, person.places)
        line = Line(record, gap.group.id, "kinderopvang", gap.start, gap.end, person.id, "beroepskracht")
        counted = bool(gap.needs & {"beroepskrachten", "beroepskrachten_ve"})
        if counted and staffing.counts(line, gap.kind, gap.day, False) != TRUE:
            return False
        if "beroepskrachten_ve" in gap.needs and staffing.qualified_ve(person.id) != TRUE:
            return False
        if "volwassenen_ehbo" in gap.needs and staffing.first_aider(person.id, gap.day) != TRUE:
            return False
        return "volwassenen" not in gap.needs or staffing.adult(person.id, gap.day) == TRUE

    def _week(self, person: Record) -> int:
        """Minutes a week on the weekly roster."""
        total = 0
        for line in self.context.lines("medewerker", person.id):
            days = line.get("dag")
            if days is not None and line.get("kalender") in (None, "alle", "school"):
                total += (line.get("tot") - line.get("van")) * (1 if isinstance(days, str) else len(days))
        return total

    def _line(self, gap: Gap, person: str, number: int) -> Edit:
        """The roster line: dated, unless the medewerker has weekly lines that day, which a dated one would replace."""
        weekday = WEEKDAYS[gap.day.weekday()]
        weekly = any(
            weekday in ([days] if isinstance(days := line.get("dag") or (), str) else days)
            for line in self.context.lines("medewerker", person)
        )
        taken = {record.id for record in self.context.centre.records("rooster")}
        id_ = f"herstel-{gap.group.id}-{gap.day.isoformat()}-{person}"
        while id_ in taken:
            id_ += "x"
        value: dict[str, object] = {"id": f"{id_}-{number + 1}" if number else id_, "groep": gap.group.id}
        value |= {"dag": [weekday]} if weekly else {"datum": gap.day.isoformat()}
        value |= {"van": _clock(gap.start), "tot": _clock(gap.end), "rol": "beroepskracht"}
        if gap.group.get("soort") not in DEFAULT_REGIME:
            value["regime"] = "kinderopvang"
        value["medewerker"] = person
        return Edit("add", "rooster", str(value["id"]), "", value)

    def _vacancy(self, finding: str, gaps: Sequence[Gap], who: str) -> Repair:
        gap = gaps[0]
        facility = next(f for f in self.context.facilities(gap.group) if f.get("soort") == gap.kind)
        id_ = f"vacature-{gap.group.id}-{gap.day.isoformat()}"
        place: dict[str, object] = {
            "id": id_, "functie": "pedagogisch_medewerker", "organisatie": facility.get("organisatie"),
            "werkt_bij": [facility.id], "vacature": True, "vervulling_gepland": True,
        }  # fmt: skip
        edits = [Edit("add", "medewerkers", id_, "", place)]
        edits += [self._line(item, id_, number) for number, item in enumerate(gaps)]
        shown = "; ".join(_named(item) for item in gaps)
        text = f"vacature voor een beroepskracht bij {shown}; tot de plaats vervuld is, blijft dit niet te bepalen"
        return Repair(finding, text, who, VACANCY, "bestuur", tuple(edits))


def _one_more_helps(rule: ResolvedRule, fact: Fact, needs: frozenset[str]) -> bool:
    """Whether the rule asks no more than one person besides those who are there."""

    def read(path: str) -> Value:
        low, high = fact.value(path)
        return (low + 1, high + 1) if path in needs else (low, high)

    return rule.require is not None and truth_from(rule.require, read) is Truth.TRUE


def _free(lines: Sequence[Line], gap: Gap) -> bool:
    return not any(line.start < gap.end and gap.start < line.end for line in lines)


def _contract(person: Record) -> int:
    hours = person.get("contract.uren_per_week")
    return int(hours * 60) if hours is not None else 0


def _named(gap: Gap) -> str:
    name = gap.group.get("naam") or gap.group.id
    return f"{name} op {gap.day.isoformat()} van {_clock(gap.start)} tot {_clock(gap.end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
