"""Findings that a rule allows by name, with a reason and a last day (``lint_toegestaan``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ikec_compliance.analysis.lint.kinds import KINDS, REFUSED, finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion
from ikec_compliance.yamlio.suggest import did_you_mean

_OWN = ("toestemming-verlopen", "toestemming-ongebruikt")


def without_allowed(found: Iterable[LintFinding], rules: RuleSet, on: date) -> Iterator[LintFinding]:
    """``found`` without what its rule allows on a day, and what is wrong with the permissions themselves."""
    by_rule: dict[str, list[tuple[RuleVersion, int, str, date]]] = {}
    for version in rules.versions:
        for number, raw in enumerate(version.raw.get("lint_toegestaan", ())):
            by_rule.setdefault(version.head.id, []).append((version, number, raw["id"], raw["tot"]))
    used: set[tuple[int, int]] = set()
    for item in found:
        mine = [entry for entry in by_rule.get(item.rule, ()) if entry[2] == item.id and entry[2] not in _OWN]
        used.update((id(version), number) for version, number, _, _ in mine)
        if not any(until >= on for _, _, _, until in mine):
            yield item
    for entries in by_rule.values():
        for version, number, name, until in entries:
            yield from _entry(version, number, name, until, on, (id(version), number) in used)


def _entry(version: RuleVersion, number: int, name: str, until: date, on: date, used: bool) -> Iterator[LintFinding]:
    rule = version.head.id
    place = version.checked.place("rules", version.index, "lint_toegestaan", number)
    if name not in KINDS or name in REFUSED or name in _OWN:
        allowed = [kind for kind in KINDS if kind not in REFUSED and kind not in _OWN]
        text = f"{rule}: ‘{name}’ is geen bevinding die is toe te staan{did_you_mean(name, allowed)}"
        yield finding("toestemming-ongebruikt", text, place, f"Kies uit: {', '.join(allowed)}.", rule)
    elif until < on:
        text = f"{rule}: de toestemming voor {name} is op {until} verlopen"
        yield finding(
            "toestemming-verlopen", text, place, "Verhelp de bevinding, of geef een nieuwe reden en datum.", rule
        )
    elif not used:
        text = f"{rule}: de toestemming voor {name} staat niets toe: de bevinding is er niet"
        yield finding("toestemming-ongebruikt", text, place, "Verwijder de toestemming.", rule)
