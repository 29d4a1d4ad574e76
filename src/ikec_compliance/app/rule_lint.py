"""First checks on the rules themselves: what loads may still be careless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ikec_compliance.model.expr import Expr, Op, atoms
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Status
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

_NEEDED = {
    "voldoet_niet": "geen toets die faalt",
    "niet_te_bepalen": "geen toets met ontbrekende gegevens",
}


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to mend in a rule file. ``severity`` is ``error`` or ``warning``."""

    id: str
    severity: str
    message: str
    place: Location


def lint(rules: RuleSet) -> list[LintFinding]:
    """Findings in file order: missing kinds of tests, unused parameters, fields nobody reads."""
    found: list[LintFinding] = []
    for version in rules.versions:
        if version.head.status is Status.PUBLISHED:
            found += _tests(version)
    found += _parameters(rules)
    found += _fields(rules)
    return found


def _tests(version: RuleVersion) -> Iterator[LintFinding]:
    head = version.head
    expected = {test.expect for test in head.tests}
    passing = {"te_beoordelen"} if head.open_norm or head.evidence.value == "onbevestigd" else {"voldoet"}
    if not passing & expected:
        yield LintFinding("geen-slagende-toets", "error", f"{head.id}: geen toets die slaagt", head.place)
    for verdict, text in _NEEDED.items():
        if verdict == "voldoet_niet" and (head.evidence.value == "onbevestigd" or "require" not in version.raw):
            continue
        if verdict not in expected:
            yield LintFinding("toets-ontbreekt", "error", f"{head.id}: {text}", head.place)
    if len(head.tests) < 4 and "require" in version.raw:
        yield LintFinding("weinig-toetsen", "warning", f"{head.id}: minder dan vier toetsen", head.place)


def _parameters(rules: RuleSet) -> Iterator[LintFinding]:
    used: dict[str, set[str]] = {}
    names: dict[str, RuleVersion] = {}
    for version in rules.versions:
        names[version.checked.file] = version
        used.setdefault(version.checked.file, set()).update(version.parameter_names())
    for file, version in names.items():
        for name in version.parameters.values:
            if name not in used[file]:
                place = version.checked.place("parameters", name)
                yield LintFinding("parameter-ongebruikt", "error", f"parameter '{name}' wordt nergens gebruikt", place)


def _fields(rules: RuleSet) -> Iterator[LintFinding]:
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
            yield LintFinding(
                "datum-in-de-toekomst", "warning",
                f"{version.head.id}: '{path}' mag in de toekomst liggen; eis ook dat de datum niet na de peildatum is",
                atom.place or version.head.place,
            )  # fmt: skip
