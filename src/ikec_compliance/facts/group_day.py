"""One groep on one day: what is there in each slice, and what it adds to its kindercentrum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from datetime import date

from ikec_compliance.facts.derived import all_of
from ikec_compliance.facts.ratio import Ratio, Requirement
from ikec_compliance.facts.roster import OUTSIDE, Line, Lines
from ikec_compliance.facts.slices import Slice, between, children, sweep
from ikec_compliance.facts.staffing import FULL, IN_TRAINING, INTERN, OTHERWISE, Staffing
from ikec_compliance.facts.tally import Step, pack
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_COUNT, Value

REGIME = "kinderopvang"
_NO_RATIO = Requirement(FALSE, TRUE, "", ())
FixedFaces = Sequence[Sequence[str]] | None
PEOPLE = ("beroepskrachten", "in_opleiding", "stagiairs", "andersgekwalificeerden", "volwassenen", "volwassenen_ehbo")


@dataclass(frozen=True, slots=True, eq=False)
class GroupSlice:
    """A slice with the numbers the rules read (those in the groep itself) and how the required number was found."""

    part: Slice
    need: Requirement
    values: dict[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class GroupDay:
    """A groep with its lines on a day, counted for a ``dagopvang`` or ``bso``; shared by days that are alike.

    ``shared`` are the lines of people who are rostered elsewhere too: only the kindercentrum can count them once.
    """

    kind: str
    lines: Lines
    slices: tuple[GroupSlice, ...]
    steps: tuple[Step, ...]
    shared: Lines


@dataclass(frozen=True, slots=True, eq=False)
class _Team:
    """What the people of a slice count for, in the groep and for the kindercentrum."""

    staff: Value
    qualified_ve: Value
    totals: dict[str, Value]


@dataclass(slots=True, eq=False)
class GroupCounter:
    """Works out groepen; ``day`` decides who counts and which table holds."""

    staffing: Staffing
    ratio: Ratio
    _answers: dict[tuple[int, str, date, bool], dict[str, Value]] = field(default_factory=dict)

    def count(self, lines: Lines, kind: str, day: date, fixed: FixedFaces) -> GroupDay:
        """The slices of a groep; ``fixed`` are the sets of vaste gezichten of its children, ``None`` when unknown."""
        whole = {**self._whole_day(lines, kind, day), "zonder_vast_gezicht": _without(lines, fixed)}
        deviation: Value = (0, 0)
        slices, steps = [], []
        # People change less often than children: what they add up to is kept for the slices that follow.
        teams: dict[Lines, _Team] = {}
        for part in sweep(lines):
            here = tuple(line for line in part.lines if line.person is not None)
            team = teams.get(here)
            if team is None:
                team = teams[here] = self._team(here, kind, day)
            away = [line for line in part.lines if line.activity and line.person is None]
            everyone = children(part.lines, REGIME)
            counts = children([line for line in part.lines if not line.activity], REGIME) if away else everyone
            need = self._need(counts, kind, day)
            deviation = deviated(deviation, part.end - part.start, team.staff, need.required)
            values = {
                "kinderen": between(counts, 0, 99), "babys": between(counts, 0, 0), "beroepskrachten": team.staff,
                "beroepskrachten_ve": team.qualified_ve, "vereist": need.required, "toegestaan": need.allowed,
                "afwijking_tot_en_met": deviation, **whole,
            }  # fmt: skip
            slices.append(GroupSlice(part, need, values))
            adds = {
                "groups": TRUE, "kinderen": values["kinderen"], "younger": between(everyone, 0, 6),
                "older": between(everyone, 7, 99), "under_four": between(everyone, 0, 3),
                "vereist": need.required if everyone else FALSE, **team.totals,
            }  # fmt: skip
            if away:
                outside = children([line for line in away if line.activity == OUTSIDE], REGIME)
                inside = children([line for line in part.lines if line.activity != OUTSIDE], REGIME)
                adds |= {
                    "kinderen": between(inside, 0, 99), "kinderen_elders": between(outside, 0, 99),
                    "kinderen_activiteit": between(children(away, REGIME), 0, 99),
                    # Leaving the groep lowers no total (BKK 7 lid 3, 16 lid 3).
                    "vereist": self._need(everyone, kind, day).required,
                }  # fmt: skip
            steps.append(Step(part.start, part.end, pack(adds)))
        shared = tuple(line for line in lines if line.others)
        return GroupDay(kind, lines, tuple(slices), tuple(steps), shared)

    def _team(self, lines: Lines, kind: str, day: date) -> _Team:
        inside = [line for line in lines if not line.activity]
        return _Team(
            self._people(inside, "beroepskrachten", kind, day),
            self._qualified_ve(inside, kind, day),
            self.totals([line for line in lines if not line.others], kind, day),
        )

    def totals(self, lines: Sequence[Line], kind: str, day: date) -> dict[str, Value]:
        """How many people of each sort are on the lines, each person once."""
        return {name: self._people(lines, name, kind, day) for name in PEOPLE}

    def _people(self, lines: Iterable[Line], name: str, kind: str, day: date) -> Value:
        return people(lines, lambda line: self.answers(line, kind, day)[name])

    def answers(self, line: Line, kind: str, day: date, here: frozenset[str] = frozenset()) -> dict[str, Value]:
        """What the medewerker of a line counts as. In several groepen of ``here`` at once is not in two places."""
        doubled = line.mixed or not line.others <= here
        key = (id(line), kind, day, doubled)
        found = self._answers.get(key)
        if found is None:
            staffing = self.staffing
            counted = staffing.counts(line, kind, day, doubled)
            learns = line.role in (IN_TRAINING, INTERN, None)
            there = line.activity != OUTSIDE and line.person is not None
            # In the dagopvang an andersgekwalificeerde may not be deployed: there it is the roster that tells.
            otherwise = counted if kind == "bso" else staffing.deployed(line, OTHERWISE)
            found = self._answers[key] = {
                "beroepskrachten": counted,
                "in_opleiding": counted if learns else FALSE,
                "stagiairs": counted if line.role in (INTERN, None) else FALSE,
                "andersgekwalificeerden": otherwise if line.role in (OTHERWISE, None) else FALSE,
                "volwassenen": staffing.adult(line.person, day) if there and line.person else FALSE,
                "volwassenen_ehbo": staffing.first_aider(line.person, day) if there and line.person else FALSE,
            }
            if not line.others <= here:
                for name in ("volwassenen", "volwassenen_ehbo"):
                    found[name] = (0, found[name][1])
            if line.role is None:
                for name in ("in_opleiding", "stagiairs", "andersgekwalificeerden"):
                    found[name] = (0, found[name][1])
        return found

    def _need(self, counts: dict[int, Value], kind: str, day: date) -> Requirement:
        if kind == "dagopvang":
            return self.ratio.group(counts, day)
        if kind == "bso" and self.ratio.per_basisgroep(day):
            return self.ratio.basisgroep(counts, day)
        return _NO_RATIO

    def _qualified_ve(self, lines: Sequence[Line], kind: str, day: date) -> Value:
        """Beroepskrachten ve; one who still follows the schooling counts beside one who is qualified (Besluit ve 3)."""

        def ve(learning: bool) -> Value:
            def answer(line: Line) -> Value:
                qualified = self.staffing.qualified_ve(line.person or "", learning)
                return all_of([self.answers(line, kind, day)["beroepskrachten"], qualified])

            return people(lines, answer)

        full, learners = ve(False), ve(True)
        return (full[0] + (learners[0] if full[0] else 0), full[1] + (learners[1] if full[1] else 0))

    def _whole_day(self, lines: Lines, kind: str, day: date) -> dict[str, Value]:
        """Who was deployed in the groep at any time of the day."""
        full = [line for line in lines if line.role in (FULL, None)]
        return {
            "beroepskrachten_op_dag": self._people(full, "beroepskrachten", kind, day),
            "in_opleiding_op_dag": people(lines, lambda line: self.staffing.deployed(line, IN_TRAINING)),
        }


def _without(lines: Lines, fixed: FixedFaces) -> Value:
    """How many of the sets of vaste gezichten have nobody at work in the groep."""
    if fixed is None:
        return UNKNOWN_COUNT
    working = [line for line in lines if line.regime == REGIME and line.person is not None]
    maybe = {line.person for line in working}
    surely = {line.person for line in working if not line.doubled}
    return (sum(maybe.isdisjoint(own) for own in fixed), sum(surely.isdisjoint(own) for own in fixed))


def people(lines: Iterable[Line], answer: Callable[[Line], Value]) -> Value:
    """How many persons the answer holds for, each once whatever their lines."""
    best: dict[str, Value] = {}
    for line in lines:
        if line.person is not None:
            low, high = answer(line)
            before = best.get(line.person)
            best[line.person] = (low, high) if before is None else (max(before[0], low), max(before[1], high))
    return (sum(value[0] for value in best.values()), sum(value[1] for value in best.values()))


def deviated(so_far: Value, minutes: int, staff: Value, required: Value) -> Value:
    """Minutes of the day with fewer beroepskrachten than required, ``minutes`` more included."""
    surely = staff[1] < required[0]
    maybe = staff[0] < required[1]
    return (so_far[0] + (minutes if surely else 0), so_far[1] + (minutes if maybe else 0))


def some(value: Value) -> Value:
    """Whether there is at least one."""
    return (int(value[0] > 0), int(value[1] > 0))
