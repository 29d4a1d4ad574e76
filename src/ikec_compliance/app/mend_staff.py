"""Repairs of the roster: qualified people who are free in the breaching hours, somebody whom another groep can do
without, and vacancies that are to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ikec_compliance.app.mend_moves import Recheck, move_of
from ikec_compliance.centre.centre import Record
from ikec_compliance.centre.references import DEFAULT_REGIME
from ikec_compliance.engine import Truth
from ikec_compliance.engine.truth import truth_from
from ikec_compliance.facts.base import FactBase
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.period import WEEKDAYS
from ikec_compliance.facts.roster import Line, Roster
from ikec_compliance.facts.staffing import Staffing
from ikec_compliance.model.expr import atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import TRUE, Value

DEPLOY, MOVE, MORE_HOURS, VACANCY = 3, 4, 5, 10
"""What it costs to deploy somebody who is free, to move somebody, to deploy somebody beyond the hours of the contract,
and to fill a new place."""

_MOST = 3
_AT_ONCE = 4
"""The most people that are looked for at a time, and the most that are tried for a move."""
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

    facts: FactBase
    law: Sequence[ResolvedRule]
    _recheck: Recheck | None = None

    @property
    def context(self) -> Context:
        """The configuration on the date of the check."""
        return self.facts.context

    def repairs(self, finding: str, rule: ResolvedRule, failing: Sequence[Fact], who: str) -> list[Repair]:
        """Ways to staff the breaching slices of one day: up to three with people there are, and one with vacancies.

        None when the rule is not about people, or when more than four are missing at a time.
        """
        needs = frozenset(
            ref.path for atom in atoms(rule.require) for c, ref in atom.term.parts if c > 0 and ref.path in _FIELDS
        ) if rule.require is not None else frozenset()  # fmt: skip
        short = next((n for n in range(1, _AT_ONCE + 1) if all(_helps(rule, f, needs, n) for f in failing)), 0)
        gaps = list(self._gaps(failing, needs)) if needs and short else []
        if not gaps:
            return []
        people = sorted(self._people(gaps), key=lambda item: (item[1], item[0].id))
        found = [self._deployed(finding, gaps, team, short, who) for team in _teams(people, short)]
        if short == 1 and not any(cost == DEPLOY for _, cost in people):
            found += list(self._moves(finding, rule, failing[0].subject, gaps, who))
        found.append(self._deployed(finding, gaps, [], short, who))
        return found

    def _deployed(
        self, finding: str, gaps: Sequence[Gap], team: Sequence[tuple[Record, int]], short: int, who: str
    ) -> Repair:
        """People who are free, and a vacancy for each place that is left."""
        edits: list[Edit] = []
        parts, cost = [], 0
        for person, price in team:
            edits += [self._line(gap, person.id, number) for number, gap in enumerate(gaps)]
            text = "; ".join(f"{person.id} inzetten bij {_named(gap)}" for gap in gaps)
            parts.append(text + (" (meer uren dan in het contract staan)" if price == MORE_HOURS else ""))
            cost += price
        open_places = short - len(team)
        if open_places:
            edits += self._vacancies(gaps, open_places)
            where = "; ".join(_named(item) for item in gaps)
            many = (
                "vacature voor een beroepskracht"
                if open_places == 1
                else f"{open_places} vacatures voor beroepskrachten"
            )
            filled = "de plaats vervuld is" if open_places == 1 else "de plaatsen vervuld zijn"
            parts.append(f"{many} bij {where}; tot {filled}, blijft dit niet te bepalen")
            cost += VACANCY * open_places
        return Repair(finding, "; ".join(parts), who, cost, "bestuur" if open_places else "directeur", tuple(edits))

    def _moves(self, finding: str, rule: ResolvedRule, subject: str, gaps: Sequence[Gap], who: str) -> Iterator[Repair]:
        """Somebody who works in another groep at that time, which stays as well staffed as it has to be."""
        if self._recheck is None:
            self._recheck = Recheck(self.facts, self.law)
        day = gaps[0].day
        for person, lines in self._busy(gaps):
            taken = [_typed(gap, person.id) for gap in gaps]
            move = move_of(person.id, lines, day, taken)
            if move is not None and self._recheck.mends(move, day, (rule.id, subject)):
                left = {line.group for line in lines if any(not _free([line], gap) for gap in gaps)}
                names = sorted(_name(self.context.must_find("groepen", id_)) for id_ in left)
                text = "; ".join(f"{person.id} van {' en '.join(names)} naar {_named(gap)}" for gap in gaps)
                yield Repair(finding, f"verplaats {text}", who, MOVE, "directeur", move.edits)

    def _busy(self, gaps: Sequence[Gap]) -> list[tuple[Record, list[Line]]]:
        """Those who suit and stand elsewhere as beroepskracht, where most people stand first."""
        staffing, day = Staffing(self.context), gaps[0].day
        by_group = Roster(self.context).day(day).by_group
        every = [line for lines in by_group.values() for line in lines if line.person is not None]
        groups = {gap.group.id for gap in gaps}
        owners = {f.get("organisatie") for gap in gaps for f in self.context.facilities(gap.group)}
        found = []
        for person in self.context.centre.records("medewerkers"):
            mine = [line for line in every if line.person == person.id]
            hit = [line for line in mine if any(not _free([line], gap) for gap in gaps)]
            apt = person.get("organisatie") in owners and person.get("vacature") is not True
            if not hit or not apt or any(line.group in groups or line.role != "beroepskracht" for line in hit):
                continue
            if all(self._suits(staffing, person, gap) for gap in gaps):
                there = sum(1 for line in every if line.group == hit[0].group and line.role == "beroepskracht")
                found.append((-there, person.id, person, mine))
        return [(person, mine) for _, _, person, mine in sorted(found, key=lambda item: item[:2])[:_AT_ONCE]]

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
                yield person, DEPLOY if self._week(person) + minutes <= _contract(person) else MORE_HOURS

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
        typed = _typed(gap, person)
        value: dict[str, object] = {"id": f"{id_}-{number + 1}" if number else id_, "groep": gap.group.id}
        value |= {"dag": [weekday]} if weekly else {"datum": gap.day.isoformat()}
        value |= {**typed, "van": _clock(gap.start), "tot": _clock(gap.end)}
        return Edit("add", "rooster", str(value["id"]), "", value)

    def _vacancies(self, gaps: Sequence[Gap], many: int) -> list[Edit]:
        gap = gaps[0]
        facility = next(f for f in self.context.facilities(gap.group) if f.get("soort") == gap.kind)
        edits = []
        for place in range(1, many + 1):
            id_ = f"vacature-{gap.group.id}-{gap.day.isoformat()}" + (f"-{place}" if many > 1 else "")
            value: dict[str, object] = {
                "id": id_, "functie": "pedagogisch_medewerker", "organisatie": facility.get("organisatie"),
                "werkt_bij": [facility.id], "vacature": True, "vervulling_gepland": True,
            }  # fmt: skip
            edits.append(Edit("add", "medewerkers", id_, "", value))
            edits += [self._line(item, id_, number) for number, item in enumerate(gaps)]
        return edits


def _teams(people: Sequence[tuple[Record, int]], short: int) -> list[list[tuple[Record, int]]]:
    """The best people for a number of places, then the same with others in the last place; all of them when too few."""
    if len(people) <= short:
        return [list(people)] if people else []
    first = list(people[: short - 1])
    return [[*first, last] for last in people[short - 1 : short - 1 + _MOST]]


def _typed(gap: Gap, person: str) -> dict[str, Any]:
    """A roster line in a gap, as the configuration has it when it is read."""
    value: dict[str, Any] = {"groep": gap.group.id, "van": gap.start, "tot": gap.end, "rol": "beroepskracht"}
    if gap.group.get("soort") not in DEFAULT_REGIME:
        value["regime"] = "kinderopvang"
    return {**value, "medewerker": person}


def _helps(rule: ResolvedRule, fact: Fact, needs: frozenset[str], more: int) -> bool:
    """Whether the rule asks no more than so many people besides those who are there."""

    def read(path: str) -> Value:
        low, high = fact.value(path)
        return (low + more, high + more) if path in needs else (low, high)

    return rule.require is not None and truth_from(rule.require, read) is Truth.TRUE


def _free(lines: Sequence[Line], gap: Gap) -> bool:
    return not any(line.start < gap.end and gap.start < line.end for line in lines)


def _contract(person: Record) -> int:
    hours = person.get("contract.uren_per_week")
    return int(hours * 60) if hours is not None else 0


def _name(group: Record) -> str:
    return str(group.get("naam") or group.id)


def _named(gap: Gap) -> str:
    return f"{_name(gap.group)} op {gap.day.isoformat()} van {_clock(gap.start)} tot {_clock(gap.end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
