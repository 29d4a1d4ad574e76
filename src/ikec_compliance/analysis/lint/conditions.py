"""Conditions that decide nothing: always true, never true, or never of any effect."""

from __future__ import annotations

from collections.abc import Iterator

from ikec_compliance.analysis.decide import Decider, Undecided
from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.analysis.meaning import broken, met, speaks
from ikec_compliance.model.expr import ALWAYS, And, Atom, Expr, Not, atoms
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import ResolvedRule, Status
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion


def constants(rules: RuleSet) -> Iterator[LintFinding]:
    """Comparisons and whole conditions that hold always or never, in every published version that differs."""
    deciders: dict[str, Decider] = {}
    for version in rules.versions:
        head = version.head
        if head.status is not Status.PUBLISHED:
            continue
        decider = deciders.setdefault(head.subject, Decider(rules.vocabulary, head.subject))
        seen: set[tuple[str, Location]] = set()
        for rule in _resolved(version, rules):
            for item in _rule(version, rule, decider):
                if (item.message, item.place) not in seen:
                    seen.add((item.message, item.place))
                    yield item


def _resolved(version: RuleVersion, rules: RuleSet) -> Iterator[ResolvedRule]:
    """The version with each set of parameter values that holds while it is in force."""
    days = {version.head.valid.first}
    for name in version.parameter_names():
        days.update(value.valid.first for value in version.parameters.values.get(name, ()))
    found: list[ResolvedRule] = []
    for day in sorted(day for day in days if version.head.valid.holds(day)):
        try:
            rule = version.resolve(day, rules.vocabulary, rules.laws)
        except NoValue:
            continue
        if all(rule is not other for other in found):
            found.append(rule)
            yield rule


def _rule(version: RuleVersion, rule: ResolvedRule, decider: Decider) -> Iterator[LintFinding]:
    alone = list(_comparisons(version, rule, decider))
    if alone:
        yield from alone  # what follows from them need not be said as well
        return
    path = ("rules", version.index)
    if rule.applies != ALWAYS and _never(decider, Not(rule.applies)):
        yield _always(rule, "applies_when", version.checked.place(*path, "applies_when"), "Laat applies_when weg.")
    if _never(decider, rule.applies):
        yield _nothing(
            rule, "applies_when", version.checked.place(*path, "applies_when"),
            "De regel geldt nooit. Verbeter de voorwaarde, of trek de regel in.",
        )  # fmt: skip
        return
    for number, exception in enumerate(rule.exceptions):
        if _never(decider, And((rule.applies, exception.applies))):
            place = version.checked.place(*path, "exceptions", number, "applies_when")
            hint = "De uitzondering geldt nooit waar de regel geldt. Verbeter haar voorwaarde, of laat haar weg."
            yield _nothing(rule, f"uitzondering {exception.id}", place, hint)
    if _never(decider, speaks(rule)):
        yield _nothing(
            rule, "applies_when", version.checked.place(*path, "applies_when"),
            "Waar de regel geldt, vervalt hij altijd door een uitzondering.",
        )  # fmt: skip
        return
    if rule.require is not None:
        place = version.checked.place(*path, "require")
        if _never(decider, broken(rule)):
            yield _always(rule, "require", place, "Waar de regel geldt, is niet te falen. Verbeter de eis.")
        if _never(decider, met(rule)):
            yield _nothing(rule, "require", place, "Waar de regel geldt, is niet te voldoen. Verbeter de eis.")


def _comparisons(version: RuleVersion, rule: ResolvedRule, decider: Decider) -> Iterator[LintFinding]:
    conditions: list[Expr] = [rule.applies, *(item.applies for item in rule.exceptions)]
    conditions += [item.require for item in rule.exceptions if item.require is not None]
    conditions += [rule.require] if rule.require is not None else []
    seen: set[tuple[Atom, Location | None]] = set()
    for condition in conditions:
        for atom in atoms(condition):
            if (atom, atom.place) in seen:
                continue
            seen.add((atom, atom.place))
            place = atom.place or version.head.place
            if _never(decider, Not(atom)):
                yield _always(rule, f"‘{atom.text}’", place, "Laat de vergelijking weg, of verbeter de grens.")
            elif _never(decider, atom):
                yield _nothing(rule, f"‘{atom.text}’", place, "Verbeter de grens: geen waarde van het veld voldoet.")


def _never(decider: Decider, condition: Expr) -> bool:
    try:
        return decider.model(condition) is None
    except Undecided:
        return False


def _always(rule: ResolvedRule, what: str, place: Location, hint: str) -> LintFinding:
    return finding("altijd-waar", f"{rule.id}: {what} is altijd waar", place, hint, rule.id)


def _nothing(rule: ResolvedRule, what: str, place: Location, hint: str) -> LintFinding:
    return finding("altijd-onwaar", f"{rule.id}: {what} is nooit waar", place, hint, rule.id)
