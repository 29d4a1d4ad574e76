"""Which groups of children need another number of beroepskrachten under two sets of statutory tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from ikec_compliance.facts.bkr_calculator import Calculator
from ikec_compliance.facts.bkr_records import Definition
from ikec_compliance.facts.bkr_tables import TABLES_FILE, load_tables
from ikec_compliance.model.rule import Status
from ikec_compliance.model.rule_diff import TableChange, TableFlip
from ikec_compliance.rules.ruleset import RuleSet

_SHOWN = 3
_WITHOUT_TABLE = 40
"""Children counted up to where only a formula holds: more than any kindercentrum step shows."""

_DAY = timedelta(days=1)
_CITED = re.compile(r"rekenwijze (\w+)")


def compare_tables(old: RuleSet, new: RuleSet, days: tuple[date, date] | None = None) -> tuple[TableChange, ...]:
    """Every change per kind of opvang and stretch of days; with ``days`` the tables of those two days."""
    before, after = _definitions(old.folder), _definitions(new.folder)
    found: list[TableChange] = []
    for kind in sorted({item.kind for item in (*before, *after)}):
        one = [item for item in before if item.kind == kind]
        other = [item for item in after if item.kind == kind]
        rules = _citing(new, {item.id for item in (*one, *other)})
        if days is not None:
            found += _stretch(kind, _on(one, days[0]), _on(other, days[1]), days[1], None, rules)
            continue
        turns = sorted({day for item in (*one, *other) for day in _turns(item)})
        for number, first in enumerate(turns):
            last = turns[number + 1] - _DAY if number + 1 < len(turns) else None
            found += _stretch(kind, _on(one, first), _on(other, first), first, last, rules)
    return tuple(found)


def _definitions(folder: Path) -> tuple[Definition, ...]:
    return load_tables(folder).calculators if (folder / TABLES_FILE).is_file() else ()


def _turns(item: Definition) -> Iterator[date]:
    yield item.valid.first
    if item.valid.last is not None:
        yield item.valid.last + _DAY


def _on(items: Sequence[Definition], day: date) -> Definition | None:
    return next((item for item in items if item.valid.holds(day)), None)


def _stretch(
    kind: str, old: Definition | None, new: Definition | None, first: date, last: date | None, rules: tuple[str, ...]
) -> Iterator[TableChange]:
    known = new or old
    if known is None:
        return
    if old is None or new is None:
        what = "nieuw" if old is None else "vervallen"
        yield TableChange(
            known.id,
            known.title,
            what,
            first,
            last,
            (),
            0,
            rules,
            old.place if old else None,
            new.place if new else None,
        )
        return
    flips = list(_flips(old, new))
    if flips:
        yield TableChange(
            new.id, new.title, "gewijzigd", first, last, tuple(flips[:_SHOWN]), len(flips), rules, old.place, new.place
        )


def _flips(old: Definition, new: Definition) -> Iterator[TableFlip]:
    """Groups that differ, smallest first; every group that a table of either has, and with a formula forty children."""
    bands = [band.id for band in new.bands]
    if [band.id for band in old.bands] != bands:
        return
    most = max((item.table.largest if item.table else _WITHOUT_TABLE) for item in (old, new))
    one, other = Calculator(old), Calculator(new)
    titles = [band.title for band in new.bands]
    for total in range(1, most + 1):
        for counts in _splits(total, len(bands)):
            before, after = one.required(*counts), other.required(*counts)
            if before != after:
                shown = tuple((title, count) for title, count in zip(titles, counts, strict=True) if count)
                yield TableFlip(shown, before, after)


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number over age bands, the youngest first."""
    if parts == 1:
        yield (total,)
        return
    for count in range(total, -1, -1):
        for rest in _splits(total - count, parts - 1):
            yield (count, *rest)


def _citing(rules: RuleSet, calculators: set[str]) -> tuple[str, ...]:
    """The published rules whose sources say that they count with one of these calculators."""
    found = {
        version.head.id
        for version in rules.versions
        if version.head.status is Status.PUBLISHED
        for source in version.head.source
        for name in _CITED.findall(source.note)
        if name.rstrip(".") in calculators
    }
    return tuple(sorted(found))
