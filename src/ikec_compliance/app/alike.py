"""Facts that must get the same verdicts, found before the rules run: a year of rosters repeats itself.

Days of a presence subject with the same content are one day to the rules, unless a comparison with the date turns
between them; slices of a subject with the same numbers are one slice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date

from ikec_compliance.engine.flips import flip_points, is_monotone
from ikec_compliance.engine.validity import TODAY
from ikec_compliance.facts.base import FactBase, PresenceSubject
from ikec_compliance.model.expr import Atom, Expr, atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ResolvedRule

_DAY = "dag"
_DAY_TODAY = f"{_DAY}.{TODAY}"


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A subject of judgement: which facts of the pool decide about it, and its own facts for whoever explains.

    ``like`` is the place in the list of an earlier subject with the same content on another day.
    """

    id: str
    numbers: tuple[int, ...]
    make: Callable[[], Sequence[Fact]]
    like: int | None = None


@dataclass(slots=True, eq=False)
class Pool:
    """The facts to evaluate, no two alike."""

    facts: list[Fact] = field(default_factory=list)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def plain(self, facts: Iterable[Fact]) -> Iterator[Subject]:
        """Subjects that are not about a day. Facts of one subject stand next to each other."""
        own: list[Fact] = []
        for fact in facts:
            if own and own[0].subject != fact.subject:
                yield self._whole(own)
                own = []
            own.append(fact)
        if own:
            yield self._whole(own)

    def presence(self, base: FactBase, name: str, days: Sequence[date], rules: Sequence[ResolvedRule]) -> list[Subject]:
        """The subjects of a presence type on days of one law."""
        compared = [atom for rule in rules if rule.head.subject == name for atom in _dated(rule)]
        turns: dict[object, list[int] | None] = {}
        seen: dict[tuple[object, ...], int] = {}
        found: list[Subject] = []
        first, last = min(days).toordinal(), max(days).toordinal()
        # Kept while they are compared: content is known by the identity of what they hold.
        subjects = list(base.presence(name, days))
        for item in subjects:
            record = item.content[0]
            if record not in turns:
                turns[record] = _turns(compared, item.make(), first, last)
            since = _class(turns[record], item)
            key = (*item.content, since)
            if key in seen:
                twin = found[seen[key]]
                id_ = f"{twin.id.partition('@')[0]}@{item.day.isoformat()}"
                found.append(Subject(id_, twin.numbers, item.make, seen[key]))
                continue
            seen[key] = len(found)
            facts = item.make()
            numbers = tuple(self._number(fact, place, record, since) for place, fact in enumerate(facts))
            found.append(Subject(facts[0].subject, numbers, _given(facts)))
        return found

    def _whole(self, facts: list[Fact]) -> Subject:
        start = len(self.facts)
        self.facts += facts
        return Subject(facts[0].subject, tuple(range(start, len(self.facts))), _given(facts))

    def _number(self, fact: Fact, place: int, record: object, since: int) -> int:
        """The place in the pool of a fact with the same record and numbers, and with a date that compares the same."""
        day = fact.partners.get(_DAY)
        totals = _numbers_of(day) if isinstance(day, Fact) else ()
        partners = tuple([id(partner) for name, partner in fact.partners.items() if name != _DAY])
        settled = place if fact.interval is None else -1
        key = (fact.type, record, since, settled, partners, totals, _numbers_of(fact))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.facts)
            self.facts.append(fact)
        return number


def _given(facts: Sequence[Fact]) -> Callable[[], Sequence[Fact]]:
    return lambda: facts


def _numbers_of(fact: Fact) -> tuple[object, ...]:
    return tuple([value for name, value in fact.values.items() if name != TODAY])


def _dated(rule: ResolvedRule) -> Iterator[Atom]:
    parts: list[Expr] = [rule.applies] + ([] if rule.require is None else [rule.require])
    for exception in rule.exceptions:
        parts += [exception.applies] + ([] if exception.require is None else [exception.require])
    for part in parts:
        for atom in atoms(part):
            if any(ref.path in (TODAY, _DAY_TODAY) for _, ref in atom.term.parts):
                yield atom


def _turns(compared: Sequence[Atom], facts: Sequence[Fact], first: int, last: int) -> list[int] | None:
    """The days in a period on which some comparison with the date may turn; ``None`` when that may be every day."""
    found: set[int] = set()
    for atom in compared:
        paths = {ref.path for _, ref in atom.term.parts}
        today = paths & {TODAY, _DAY_TODAY}
        # Other numbers of the day differ from slice to slice, and then the date alone does not tell.
        if len(today) > 1 or any("." not in path or path.startswith(f"{_DAY}.") for path in paths - today):
            return None
        path = today.pop()
        if not is_monotone(atom, path):
            return None
        for fact in facts:
            found.update(flip_points(atom, path, fact.value, first, last))
    return sorted(found)


def _class(turns: list[int] | None, item: PresenceSubject) -> int:
    """A number that two days share only if every comparison with the date gives the same on both."""
    if turns is None or not item.settled:
        return item.day.toordinal()
    return bisect_right(turns, item.day.toordinal())
