"""Whether conditions can hold: exact, over the whole numbers that the fields of a subject type can have.

A condition is *true* here as the engine means it: no unknown value left, and no field read of a partner that is not
there. Shifts by months are first taken as any number of days they can be and then checked on the calendar, so a
``None`` is a proof and an answer is a configuration that was evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product

from ikec_compliance.engine.truth import Truth, shifted, truth_from
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Period, Ref, atoms
from ikec_compliance.model.fact import FieldReader
from ikec_compliance.model.value import UNKNOWN, Value, known
from ikec_compliance.model.vocabulary import FieldKind, Vocabulary
from ikec_compliance.reconcile.inequalities import TooHard, solve
from ikec_compliance.reconcile.rows import Row, row

CALENDAR = ("peildatum", "begin_dit_jaar", "een_juni_dit_jaar", "begin_schooljaar")
"""Fields that follow from the date of a check alone, whatever they belong to."""

_NODES = 600
_DAYS = (1, date.max.toordinal())
# How far a date is moved when the true lengths of months do not fit it.
_STEPS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 14, -14, 31, -31, 366, -366)
_NOTHING: frozenset[int] = frozenset()
# What is always so between the days of CALENDAR: low and high of the first minus the second.
_ALMANAC = (
    ("peildatum", "begin_dit_jaar", 0, 365),
    ("een_juni_dit_jaar", "begin_dit_jaar", 151, 152),
    ("peildatum", "begin_schooljaar", 0, 365),
)

Model = Mapping[str, int]
"""A value for each field that matters; ``partner.aanwezig`` is 0 where a partner is absent."""


class Undecided(Exception):
    """The question is larger than what is worked out here: nothing is known, and nothing may be said."""


def canonical(path: str) -> str:
    """The one name of a field: the day of a check is the same for a subject and its partners."""
    last = path.rpartition(".")[2]
    return last if last in CALENDAR else path


def owners(path: str) -> Iterator[str]:
    """``partner.aanwezig`` of every partner that must be there for the field to have a value."""
    steps = path.split(".")
    if steps[-1] in CALENDAR:
        return
    for number in range(1, len(steps)):
        name = ".".join([*steps[:number], "aanwezig"])
        if name != path:
            yield name


def reader(model: Model) -> FieldReader:
    """Fields as a configuration has them: unknown where a partner is absent or nothing is said."""

    def read(path: str) -> Value:
        if any(model.get(owner, 1) == 0 for owner in owners(path)):
            return UNKNOWN
        value = model.get(canonical(path))
        return UNKNOWN if value is None else known(value)

    return read


class Decider:
    """Answers for the conditions of one subject type; ``fixed`` are fields whose value is given."""

    def __init__(self, vocabulary: Vocabulary, subject: str, fixed: Model | None = None) -> None:
        self._vocabulary = vocabulary
        self._subject = subject
        self._fixed = dict(fixed or {})

    @property
    def today(self) -> int:
        """The day of the check when it is given, else an ordinary one: dates are taken near it."""
        return self._fixed.get("peildatum", _ORDINARY)

    def model(self, *conditions: Expr) -> dict[str, int] | None:
        """Values with which all conditions are true, or ``None`` when there are none; ``Undecided`` beyond a limit."""
        search = _Search(self, conditions)
        try:
            return search.run(list(conditions), [])
        except TooHard:
            raise Undecided from None

    def domain(self, path: str) -> Value:
        """The least and greatest value that a field can have."""
        if path in self._fixed:
            return known(self._fixed[path])
        if path in CALENDAR:
            return _DAYS
        found = self._vocabulary.field(self._subject, path)
        if found is None or "~" in path:
            return (0, 1)
        return _DAYS if found.kind is FieldKind.DATE else found.unknown


class _Search:
    """One question: a tree of choices over the alternatives in the conditions, with linear rows at each node."""

    def __init__(self, decider: Decider, conditions: Sequence[Expr]) -> None:
        self._decider = decider
        self._conditions = conditions
        self._numbers: dict[tuple[str, Period], int] = {}
        self._natural: list[Row] = []
        self._nodes = 0
        self._shifted: list[tuple[str, Period]] = []
        self._bounds: dict[str, Value] = {}
        for condition in conditions:
            for atom in atoms(condition):
                for _, ref in atom.term.parts:
                    self._variable(ref)
        self._near = self._ordinary()
        for one, other, low, high in _ALMANAC:
            if (one, Period()) in self._numbers and (other, Period()) in self._numbers:
                first, second = self._numbers[one, Period()], self._numbers[other, Period()]
                self._natural.append(row({first: 1, second: -1}, high, _NOTHING))
                self._natural.append(row({first: -1, second: 1}, -low, _NOTHING))

    def run(self, pending: list[Expr], rows: list[Row]) -> dict[str, int] | None:
        self._nodes += 1
        if self._nodes > _NODES:
            raise Undecided
        rows, choices = list(rows), list[Or]()
        stack = list(reversed(pending))
        while stack:
            item = stack.pop()
            while isinstance(item, Not):
                item = _negated(item.item)
            if isinstance(item, Atom):
                if item.op is Op.NE:
                    choices.append(Or((_with(item, Op.LT), _with(item, Op.GT))))
                else:
                    rows += self._rows(item)
            elif isinstance(item, And):
                stack.extend(reversed(item.items))
            elif len(item.items) == 1:
                stack.append(item.items[0])
            else:
                choices.append(item)
        point = self._point(rows)
        if point is None:
            return None
        read = reader(point)
        wrong = [choice for choice in choices if truth_from(choice, read) is not Truth.TRUE]
        if not wrong:
            if self._holds(point):
                return point
            if choices:
                wrong = choices
            else:
                return self._on_the_calendar(rows, point)
        chosen = min(wrong, key=lambda choice: len(choice.items))
        others: list[Expr] = [choice for choice in choices if choice is not chosen]
        undecided = False
        for alternative in chosen.items:
            try:
                found = self.run([alternative, *others], rows)
            except Undecided:
                if self._nodes > _NODES:
                    raise
                undecided = True
                continue
            if found is not None:
                return found
        if undecided:
            raise Undecided
        return None

    def _holds(self, point: Model) -> bool:
        read = reader(point)
        return all(truth_from(condition, read) is Truth.TRUE for condition in self._conditions)

    def _point(self, rows: Sequence[Row]) -> dict[str, int] | None:
        answer = solve([*self._natural, *rows], {}, self._near)
        if answer.point is None:
            return None
        found = {}
        for (path, shift), number in self._numbers.items():
            if shift == Period():
                low, high = self._bounds[path]
                found[path] = answer.point.get(number, min(max(self._near.get(number, 0), low), high))
        return found

    def _ordinary(self) -> dict[int, int]:
        """An ordinary day for dates and 1 for the presence of partners; else as little as possible."""
        near = {}
        for (path, shift), number in self._numbers.items():
            if self._bounds[path] == _DAYS:
                near[number] = self._decider.today
            elif path.endswith(".aanwezig") and shift == Period():
                near[number] = 1
        return near

    def _on_the_calendar(self, rows: Sequence[Row], point: Model) -> dict[str, int]:
        """The point moved until the true lengths of months fit; ``Undecided`` when no near day does."""
        used = {number for item in rows for number, _ in item.parts}
        moved = [(path, shift) for path, shift in self._shifted if self._numbers[path, shift] in used]
        bases = sorted({path for path, _ in moved})
        for steps in product(_STEPS, repeat=len(bases)) if len(bases) < 3 else zip(*[_STEPS] * len(bases), strict=True):
            exact = list(rows)
            for path, step in zip(bases, steps, strict=True):
                day = min(max(point[path] + step, _DAYS[0]), _DAYS[1])
                exact += self._equal(self._numbers[path, Period()], day)
                for owner, shift in moved:
                    if owner == path:
                        exact += self._equal(self._numbers[path, shift], shifted(day, Period(shift.months)))
            found = self._point(exact)
            if found is not None and self._holds(found):
                return found
        raise Undecided

    @staticmethod
    def _equal(number: int, value: int) -> list[Row]:
        return [row({number: 1}, value, _NOTHING), row({number: -1}, -value, _NOTHING)]

    def _variable(self, ref: Ref) -> None:
        path = canonical(ref.path)
        for name in (path, *owners(path)):
            if (name, Period()) not in self._numbers:
                number = self._numbers[name, Period()] = len(self._numbers)
                low, high = self._bounds[name] = self._decider.domain(name)
                self._natural.append(row({number: -1}, -low, _NOTHING))
                self._natural.append(row({number: 1}, high, _NOTHING))
        shift = Period(months=ref.shift.months)
        if shift.months and (path, shift) not in self._numbers:
            number = self._numbers[path, shift] = len(self._numbers)
            base = self._numbers[path, Period()]
            least, most = _days_of(shift.months)
            self._natural.append(row({number: 1, base: -1}, most, _NOTHING))
            self._natural.append(row({number: -1, base: 1}, -least, _NOTHING))
            self._shifted.append((path, shift))

    def _rows(self, atom: Atom) -> Iterator[Row]:
        sums: dict[int, int] = {}
        bound = atom.bound
        for coefficient, ref in atom.term.parts:
            path = canonical(ref.path)
            number = self._numbers[path, Period(months=ref.shift.months)]
            sums[number] = sums.get(number, 0) + coefficient
            bound -= coefficient * ref.shift.days
            for owner in owners(path):
                yield from self._equal(self._numbers[owner, Period()], 1)
        opposite = {number: -coefficient for number, coefficient in sums.items()}
        if atom.op in (Op.LE, Op.LT, Op.EQ):
            yield row(sums, bound - (atom.op is Op.LT), _NOTHING)
        if atom.op in (Op.GE, Op.GT, Op.EQ):
            yield row(opposite, -bound - (atom.op is Op.GT), _NOTHING)


_ORDINARY = date(2026, 11, 23).toordinal()


@cache
def _days_of(months: int) -> Value:
    """The least and most days that a number of months can be; the calendar repeats itself after 400 years."""
    found = set()
    for month in range(12 * 400):
        first = date(4000 + month // 12, month % 12 + 1, 1)
        after = date(4000 + (month + 1) // 12, (month + 1) % 12 + 1, 1)
        for day in (first.toordinal(), after.toordinal() - 1):
            found.add(shifted.__wrapped__(day, Period(months=months)) - day)
    return min(found), max(found)


def _with(atom: Atom, op: Op) -> Atom:
    return Atom(atom.term, op, atom.bound, atom.text, atom.place)


def _negated(item: Expr) -> Expr:
    """The condition that is true where ``item`` is false."""
    if isinstance(item, Atom):
        return _with(item, item.op.negated)
    if isinstance(item, Not):
        return item.item
    parts = tuple(Not(part) for part in item.items)
    return Or(parts) if isinstance(item, And) else And(parts)


def paths(conditions: Iterable[Expr]) -> set[str]:
    """Every field that conditions read, by its one name."""
    return {canonical(ref.path) for item in conditions for atom in atoms(item) for _, ref in atom.term.parts}
