"""The days of a groep, in words and numbers beside the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ikec_compliance.model.overview import GroupDay, PresenceSlice
from ikec_compliance.model.value import Value
from ikec_compliance.report.audience.pictures import breaches
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.picture.canvas import clock


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a day in which the numbers stay the same; ``state`` says in a word how it stands."""

    start: str
    end: str
    children: str
    required: str
    present: str
    state: str
    short: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a groep; no stretches when its roster is not complete."""

    title: str
    weekday: int
    known: bool
    stretches: tuple[Stretch, ...]

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """The stretches with too few people."""
        return tuple(item for item in self.stretches if item.short)


@dataclass(frozen=True, slots=True)
class Group:
    """A groep, or a bso as a whole, over the days that were checked."""

    subject: str
    title: str
    days: tuple[Day, ...]

    @property
    def gaps(self) -> int:
        """On how many days there are too few people."""
        return sum(bool(day.gaps) for day in self.days)

    @property
    def unknown(self) -> int:
        """Of how many days the roster is not complete."""
        return sum(not day.known for day in self.days)


def groups(read: Reading) -> list[Group]:
    """Every groep with children, in the order of the report."""
    short = breaches(read.report)
    by_subject: dict[str, list[GroupDay]] = {}
    for day in read.overview.days:
        by_subject.setdefault(day.subject, []).append(day)
    return [
        Group(
            subject,
            read.cut(own[0].title, 80),
            tuple(
                Day(read.day(day.day), day.day.weekday(), day.known, _stretches(day, short.get(subject, {})))
                for day in own
            ),
        )
        for subject, own in by_subject.items()
    ]


def _stretches(day: GroupDay, short: dict[date, list[tuple[int, int]]]) -> tuple[Stretch, ...]:
    marks = short.get(day.day, ())
    edges = sorted({minute for mark in marks for minute in mark})
    made: list[tuple[PresenceSlice, int, int, bool]] = []
    for part in day.slices if day.known else ():
        if not (part.children[1] or part.present[1]):
            continue
        # A breach may begin within a slice: the law allows fewer people for a while.
        cuts = [part.start, *(edge for edge in edges if part.start < edge < part.end), part.end]
        for start, end in pairwise(cuts):
            breach = any(first <= start and last >= end for first, last in marks)
            if made:
                before, begun, ended, same = made[-1]
                if ended == start and same == breach and _numbers(before) == _numbers(part):
                    made[-1] = (before, begun, end, breach)
                    continue
            made.append((part, start, end, breach))
    return tuple(
        Stretch(
            clock(start), clock(end), _shown(part.children), _shown(part.required), _shown(part.present),
            _state(part, breach), breach,
        )
        for part, start, end, breach in made
    )  # fmt: skip


def _numbers(part: PresenceSlice) -> Sequence[Value]:
    return part.children, part.required, part.present


def _state(part: PresenceSlice, breach: bool) -> str:
    if breach:
        return "te weinig"
    if part.present[1] < part.required[0]:
        return "minder, en dat mag dan"
    if part.present[0] < part.required[1]:
        return "niet te bepalen"
    return "genoeg"


def _shown(value: Value) -> str:
    low, high = value
    return str(low) if low == high else f"{low} of meer" if high > 999 else f"{low} tot {high}"
