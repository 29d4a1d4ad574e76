"""Small mistakes in a rule, one at a time: each threshold, operator, date, unit and branch made wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ikec_compliance.rules.periods import parse_period

Path = tuple[str | int, ...]

_SWAPS = {
    "at_most": ("less_than", "at_least"),
    "less_than": ("at_most", "more_than"),
    "at_least": ("more_than", "at_most"),
    "more_than": ("at_least", "less_than"),
    "is": ("is_not",),
    "is_not": ("is",),
    "one_of": ("none_of",),
    "none_of": ("one_of",),
    "plus": ("minus",),
    "minus": ("plus",),
}
# Not ``contains_all``: which parts a document has is content, to be compared with the article and not with a test.
_MEMBERS = ("one_of", "none_of", "sum")
_UNITS = {"dag": "week", "dagen": "weken", "week": "maand", "weken": "maanden", "maand": "jaar", "maanden": "jaar",
          "jaar": "maanden"}  # fmt: skip
_NAMES = ("field", "param", "contains", "contains_all")


@dataclass(frozen=True, slots=True)
class Mutant:
    """``value`` takes the place of what stands at ``path``; ``kind`` and ``shown`` say what was done."""

    path: Path
    value: Any
    kind: str
    shown: str


def expression_mutants(raw: Any, path: Path) -> Iterator[Mutant]:
    """Every small mistake in a condition that stands at ``path`` of its rule."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            yield from _key(raw, key, value, path)
    elif isinstance(raw, list | tuple):
        for index, item in enumerate(raw):
            yield from expression_mutants(item, (*path, index))


def _key(raw: Mapping[str, Any], key: str, value: Any, path: Path) -> Iterator[Mutant]:
    for other in _SWAPS.get(key, ()):
        swapped = {other if name == key else name: item for name, item in raw.items()}
        yield Mutant(path, swapped, "bewerking", f"{key} → {other}")
    if key in ("all", "any") and len(value) > 1:
        other = "any" if key == "all" else "all"
        yield Mutant(path, {other: value}, "verband", f"{key} → {other}")
        yield from _without_one(value, (*path, key), f"onderdeel van {key} weggelaten")
    if key in _MEMBERS and len(value) > 1:
        yield from _without_one(value, (*path, key), f"lid van {key} weggelaten")
    if key in _NAMES:
        return
    if isinstance(value, Mapping | list | tuple):
        yield from expression_mutants(value, (*path, key))
    else:
        yield from literal_mutants(value, (*path, key))


def _without_one(items: Any, path: Path, shown: str) -> Iterator[Mutant]:
    for index, item in enumerate(items):
        rest = [other for number, other in enumerate(items) if number != index]
        named = f": {item}" if isinstance(item, str) else f" ({index + 1})"
        yield Mutant(path, rest, "onderdeel", shown + named)


def literal_mutants(value: Any, path: Path) -> Iterator[Mutant]:
    """A number or date one step up and down, a period one unit more and less and in another unit."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | Decimal):
        step = Decimal(1).scaleb(int(Decimal(value).as_tuple().exponent)) if isinstance(value, Decimal) else 1
        for other in (value + step, value - step):
            yield Mutant(path, other, "grens", f"{value} → {other}")
    elif isinstance(value, str) and parse_period(value) is not None:
        count, unit = value.split()
        for number in (int(count) + 1, int(count) - 1):
            yield Mutant(path, f"{number} {unit}", "grens", f"{value} → {number} {unit}")
        yield Mutant(path, f"{count} {_UNITS[unit]}", "eenheid", f"{value} → {count} {_UNITS[unit]}")
    else:
        day = value if isinstance(value, date) else _date(value)
        if day is not None:
            for moved in (day + timedelta(days=1), day - timedelta(days=1)):
                text = moved if isinstance(value, date) else moved.isoformat()
                yield Mutant(path, text, "datum", f"{day} → {moved}")


def replaced(raw: Any, path: Path, value: Any) -> Any:
    """A copy of ``raw`` with ``value`` at ``path``."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(raw, Mapping):
        return {key: replaced(item, rest, value) if key == head else item for key, item in raw.items()}
    return [replaced(item, rest, value) if index == head else item for index, item in enumerate(raw)]


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
