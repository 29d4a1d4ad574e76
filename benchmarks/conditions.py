"""A rule as plain two-valued conditions over integers, for engines that know no unknown.

Every column of a fact has a low and a high end, equal when its value is known. What a rule says of a fact is then a
chain of questions with a code as answer: ``Chain`` is ``((condition, code), …, (None, code))``, the first condition
that holds decides. A condition is ``("and", items)``, ``("or", items)``, ``("not", item)`` or a bound,
``("le" | "ge", end, number)``, where ``end`` is twice the number of a column, plus one for its high end. Codes are
0 voldoet_niet, 1 niet_te_bepalen, 2 te_beoordelen, 3 voldoet, 4 niet_van_toepassing.

Nothing here is of the program: an engine beside it carries none of its memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Condition = tuple[Any, ...]
Chain = tuple[tuple[Condition | None, int], ...]
Answers = list[list[int]]
"""Per rule, in order, a code for each fact of its subject type, in order."""


@dataclass(frozen=True)
class PlainRule:
    """A rule: its subject type, its chain, and the same as alternatives that exclude each other by code."""

    type: str
    chain: Chain
    clauses: tuple[tuple[int, tuple[tuple[int, bool, int], ...]], ...]
    """``(code, ((end, upper, number), …))``: the code holds when every bound of one of its clauses does."""


@dataclass(frozen=True)
class Plain:
    """The whole work: per subject type the facts as rows of ends, and the rules."""

    rows: Mapping[str, list[tuple[int, ...]]]
    rules: tuple[PlainRule, ...]


def every(*items: Condition) -> Condition:
    """All of ``items``."""
    return _joined("and", "or", items)


def one_of(*items: Condition) -> Condition:
    """At least one of ``items``."""
    return _joined("or", "and", items)


def opposite(item: Condition) -> Condition:
    """Not ``item``."""
    return ("not", item)


def _joined(kind: str, other: str, items: Sequence[Condition]) -> Condition:
    if (other, ()) in items:
        return (other, ())
    flat = dict.fromkeys(part for item in items for part in (item[1] if item[0] == kind else (item,)))
    return next(iter(flat)) if len(flat) == 1 else (kind, tuple(flat))


class Notation:
    """How an engine writes conditions: ``joined(kind, texts)``, ``negated(text)`` and ``bound(kind, end, number)``."""

    def __init__(
        self,
        joined: Callable[[str, list[str]], str],
        negated: Callable[[str], str],
        bound: Callable[[str, int, int], str],
    ) -> None:
        self._joined, self._negated, self._bound = joined, negated, bound

    def write(self, item: Condition) -> str:
        """A condition as text."""
        if item[0] in ("and", "or"):
            return self._joined(item[0], [self.write(part) for part in item[1]])
        if item[0] == "not":
            return self._negated(self.write(item[1]))
        return self._bound(*item)


def ends_in(item: Condition) -> set[int]:
    """Every column end a condition reads."""
    if item[0] in ("and", "or"):
        return {end for part in item[1] for end in ends_in(part)}
    return ends_in(item[1]) if item[0] == "not" else {item[1]}
