"""Dated values that leave days without one, and dates that may lie in the future."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.facts.bkr_records import Definition
from ikec_compliance.facts.bkr_tables import TABLES_FILE, load_tables
from ikec_compliance.model.expr import Expr, Op, atoms
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import ParameterValue, Status, Validity
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

_DAY = timedelta(days=1)


def gaps(rules: RuleSet) -> Iterator[LintFinding]:
    """Days on which a parameter or a statutory table has no value although it has one before and after, and days on
    which a published rule needs a parameter without a value."""
    seen: set[Location] = set()
    for version in rules.versions:
        for name, values in version.parameters.values.items():
            ordered = sorted(values, key=lambda value: value.valid.first)
            if ordered[0].place not in seen:
                seen.add(ordered[0].place)
                rows = [(value.valid, value.place) for value in ordered]
                yield from _between(f"parameter '{name}'", rows)
            if version.head.status is Status.PUBLISHED and name in version.parameter_names():
                yield from _around(version, name, ordered)
    if (rules.folder / TABLES_FILE).is_file():
        tables: dict[str, list[Definition]] = {}
        for item in load_tables(rules.folder).calculators:
            tables.setdefault(item.kind, []).append(item)
        for kind, items in tables.items():
            items.sort(key=lambda item: item.valid.first)
            yield from _between(f"de rekenregel voor {kind}", [(item.valid, item.place) for item in items])


def _between(what: str, rows: Sequence[tuple[Validity, Location]]) -> Iterator[LintFinding]:
    for (before, earlier), (after, place) in pairwise(rows):
        if before.last is not None and before.last + _DAY < after.first:
            first, last = before.last + _DAY, after.first - _DAY
            yield finding(
                "gat-in-waarden",
                f"{what} heeft geen waarde van {first} tot en met {last}",
                place,
                f"Laat de waarden op elkaar aansluiten: to: {last} bij de eerste of from: {first} bij de tweede.",
                related=((earlier, f"geldt tot en met {before.last}"),),
            )


def _around(version: RuleVersion, name: str, ordered: Sequence[ParameterValue]) -> Iterator[LintFinding]:
    head, first, last = version.head, ordered[0].valid.first, ordered[-1].valid.last
    if head.valid.first < first:
        yield finding(
            "gat-in-waarden",
            f"{head.id} geldt vanaf {head.valid.first}, maar parameter '{name}' heeft pas vanaf {first} een waarde",
            ordered[0].place,
            "Geef de waarde van die dagen met haar bron, of laat de regel later beginnen.",
            head.id,
            ((head.place, head.id),),
        )
    if last is not None and (head.valid.last is None or last < head.valid.last):
        until = f"tot en met {head.valid.last}" if head.valid.last else "zonder einddatum"
        yield finding(
            "gat-in-waarden",
            f"{head.id} geldt {until}, maar parameter '{name}' heeft na {last} geen waarde",
            ordered[-1].place,
            "Geef de waarde van de dagen daarna met haar bron, of laat de regel eindigen.",
            head.id,
            ((head.place, head.id),),
        )


def future_dates(rules: RuleSet) -> Iterator[LintFinding]:
    """A date that is required to be recent but may lie in the future would pass for having happened."""
    for version in rules.versions:
        if version.head.status is not Status.PUBLISHED or "require" not in version.raw:
            continue
        try:
            rule = version.resolve(version.head.valid.first, rules.vocabulary, rules.laws)
        except NoValue:  # a parameter that starts later
            continue
        if rule.require is not None:
            yield from _future(version, rule.require)


def _future(version: RuleVersion, require: Expr) -> Iterator[LintFinding]:
    shifted, bounded = {}, set()
    for atom in atoms(require):
        signs = {ref.path: coefficient for coefficient, ref in atom.term.parts}
        own = signs.get("peildatum")
        if own is None or len(signs) != 2:
            continue
        other = next(ref for _, ref in atom.term.parts if ref.path != "peildatum")
        upper = atom.op in (Op.LE, Op.LT) if own > 0 else atom.op in (Op.GE, Op.GT)
        if upper and (other.shift.months or other.shift.days):
            shifted[other.path] = atom
        elif not upper:
            bounded.add(other.path)
    for path, atom in shifted.items():
        if path not in bounded:
            yield finding(
                "datum-in-de-toekomst",
                f"{version.head.id}: '{path}' mag in de toekomst liggen; eis ook dat de datum niet na de peildatum is",
                atom.place or version.head.place,
                f"Voeg toe: {{field: {path}, at_most: {{field: peildatum}}}}.",
                version.head.id,
            )
