"""Puts together what a reader sees as one: findings of one rule, equal collisions; and says what comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import ConflictLine, VerdictLine
from ikec_compliance.model.rule import Severity

# What touches children at once: enough staff, screened staff, safety, abuse, violence, the law of a plan per child.
_AT_ONCE = frozenset(
    (
        "KO-BKR",
        "KO-PER",
        "KO-VGB",
        "KO-MC",
        "KO-RUI",
        "KO-VE-03",
        "OW-VOG",
        "OW-BEV",
        "OW-VEI",
        "OW-MC",
        "OW-ZED",
        "JH-VOG",
        "JH-PROF",
        "JH-INC",
        "JH-MELD",
    )
)

_STATES = ("open", "onbekend", "voldaan")
_CLASSES = ("tegenstrijdig", "voorwaardelijk", "te_beoordelen", "dubbel")


@dataclass(frozen=True, slots=True)
class Collisions:
    """Equal collisions of several objects: same norms, class and state. The first stands for all."""

    lines: tuple[ConflictLine, ...]

    @property
    def first(self) -> ConflictLine:
        """The one that is shown."""
        return self.lines[0]

    @property
    def title(self) -> str:
        """The title without the object, when there are several."""
        title = self.first.title
        return title.partition(" bij ")[0] if len(self.lines) > 1 else title

    @property
    def subject_type(self) -> str:
        """``medewerker`` for ``medewerker:med-022``."""
        return self.first.subject.partition(":")[0]

    @property
    def regimes(self) -> tuple[str, ...]:
        """The regimes whose norms meet, each once."""
        return tuple(dict.fromkeys(norm.regime for norm in self.first.norms))


def by_rule(lines: Iterable[VerdictLine]) -> list[tuple[VerdictLine, ...]]:
    """Lines of one rule together, accepted ones apart and last; errors before warnings."""
    groups: dict[tuple[object, ...], list[VerdictLine]] = {}
    for line in lines:
        groups.setdefault((line.rule, line.severity, line.evidence, line.accepted is not None), []).append(line)
    made = [tuple(group) for group in groups.values()]
    return sorted(made, key=lambda group: (group[0].accepted is not None, group[0].severity.value))


def collisions(conflicts: Iterable[ConflictLine]) -> list[Collisions]:
    """Equal collisions together, those that weigh most first."""
    groups: dict[tuple[object, ...], list[ConflictLine]] = {}
    for line in conflicts:
        key = (
            line.code,
            line.conflict_class,
            line.state,
            line.severity,
            line.accepted is not None,
            line.subject.partition(":")[0],
        )
        groups.setdefault(key, []).append(line)
    made = [Collisions(tuple(group)) for group in groups.values()]
    return sorted(made, key=lambda group: _weight(group.first))


def _weight(line: ConflictLine) -> tuple[int, str, int, bool]:
    """Open before unknown before met, errors before warnings, contradictions first; documented before others."""
    state = _STATES.index(line.state) if line.state in _STATES else len(_STATES)
    kind = _CLASSES.index(line.conflict_class) if line.conflict_class in _CLASSES else len(_CLASSES)
    return (state, line.severity.value, kind, not line.code.startswith("CF-"))


def first_things(lines: Iterable[VerdictLine]) -> list[tuple[VerdictLine, ...]]:
    """The findings of law that are not accepted, by rule: first what touches children at once, then what hits most.

    Violations come before warnings, and what binds by law before what binds less.
    """
    groups = by_rule(line for line in lines if line.is_finding and line.accepted is None)

    def rank(group: Sequence[VerdictLine]) -> tuple[bool, bool, int, int, str]:
        first = group[0]
        urgent = first.rule in _AT_ONCE or first.rule.rpartition("-")[0] in _AT_ONCE
        return (first.severity is not Severity.ERROR, not urgent, first.binding.rank, -len(group), first.rule)

    return sorted(groups, key=rank)
