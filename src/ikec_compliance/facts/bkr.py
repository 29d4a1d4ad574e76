"""The beroepskracht-kindratio: which calculator holds on a date, and each calculator by its name.

Legal source: Besluit kwaliteit kinderopvang, bijlage 1 with art. 7, 9 and 16; the numbers, texts read and evidence
stand in ``rules/kinderopvang/tabellen/bkr.yaml``. Counts are children present per age band in completed years; the
dagopvang calculator counts per stamgroep, bso per basisgroep until 2024-06-30 and per kindercentrum since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from ikec_compliance.facts.bkr_calculator import Calculator
from ikec_compliance.facts.bkr_outcome import Outcome
from ikec_compliance.facts.bkr_records import Tables
from ikec_compliance.facts.bkr_tables import load_tables
from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.suggest import did_you_mean

__all__ = [
    "Calculator",
    "Outcome",
    "bkr_bso_2019",
    "bkr_bso_2024",
    "bkr_combinatiegroep_2019",
    "bkr_dagopvang_2019",
    "calculate",
    "calculator",
    "named_calculator",
]


def calculator(kind: str, on: date, rules_dir: Path | None = None) -> Calculator:
    """The calculator of ``dagopvang`` or ``bso`` in force on a date; InputError when none was read for that date."""
    tables = load_tables(rules_dir)
    same = sorted((item for item in tables.calculators if item.kind == kind), key=lambda item: item.valid.first)
    if not same:
        kinds = ", ".join(dict.fromkeys(item.kind for item in tables.calculators))
        raise InputError(f"onbekende soort opvang ‘{kind}’; kies uit {kinds}")
    for item in same:
        if item.valid.holds(on):
            return _by_id(tables, item.id)
    first, last = same[0].valid.first, same[-1].valid.last
    until = f", de jongste tot en met {last.isoformat()}" if last else ""
    raise InputError(
        f"geen rekenregel gelezen voor {kind} op {on.isoformat()}; de oudste geldt vanaf {first.isoformat()}{until}"
    )


def named_calculator(name: str, rules_dir: Path | None = None) -> Calculator:
    """The calculator a rule cites by name (``bkr_dagopvang_2019``); InputError when the rule folder has none."""
    tables = load_tables(rules_dir)
    if all(item.id != name for item in tables.calculators):
        names = [item.id for item in tables.calculators]
        raise InputError(f"onbekende rekenregel ‘{name}’{did_you_mean(name, names)}")
    return _by_id(tables, name)


def calculate(kind: str, counts: Sequence[int], on: date, rules_dir: Path | None = None) -> Outcome:
    """The outcome for known counts (n0, n1, n2, n3 for dagopvang; n4_6, n7plus for bso) on a date."""
    return calculator(kind, on, rules_dir).outcome(*counts)


def bkr_dagopvang_2019(n0: int, n1: int, n2: int, n3: int) -> Outcome:
    """Dagopvang since 2019-01-01, per stamgroep: children of 0, 1, 2 and 3 (bijlage 1 onderdeel a)."""
    return named_calculator("bkr_dagopvang_2019").outcome(n0, n1, n2, n3)


def bkr_combinatiegroep_2019(n0: int, n1: int, n2: int, n3: int, older: int) -> Outcome:
    """Combinatiegroep dagopvang/bso since 2019-01-01: ``older`` children of 4 and over (bijlage 1 onderdeel c)."""
    return named_calculator("bkr_dagopvang_2019").combination_outcome((n0, n1, n2, n3), older)


def bkr_bso_2019(n4_6: int, n7plus: int) -> Outcome:
    """Bso from 2019-01-01 to 2024-06-30, per basisgroep: children of 4 to 7, and of 7 and over (table 2)."""
    return named_calculator("bkr_bso_2019").outcome(n4_6, n7plus)


def bkr_bso_2024(n4_6: int, n7plus: int) -> Outcome:
    """Bso since 2024-07-01, per kindercentrum: children of 4 to 7, and of 7 and over (bijlage 1 onderdeel b)."""
    return named_calculator("bkr_bso_2024").outcome(n4_6, n7plus)


@lru_cache(maxsize=32)
def _by_id(tables: Tables, name: str) -> Calculator:
    return Calculator(next(item for item in tables.calculators if item.id == name))
