"""Rules that say the same as another, or that cannot be met together."""

from __future__ import annotations

from collections.abc import Iterator

from ikec_compliance.analysis.clashes import Clashes
from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.rules.ruleset import RuleSet


def relations(rules: RuleSet) -> Iterator[LintFinding]:
    """Every rule that another covers and every contradiction, with the first day on which it is so."""
    clashes = Clashes(rules.vocabulary)
    seen: set[tuple[object, ...]] = set()
    for day in rules.turns():
        in_force = rules.on(day).rules
        since = f" vanaf {day}" if day.year > 1 else ""
        for covered in clashes.covered(in_force):
            rule, other = covered.rule, covered.by
            if (rule.head.place, other.head.place) in seen:
                continue
            seen.add((rule.head.place, other.head.place))
            yield finding(
                "al-gedekt",
                f"{rule.id}: wie deze regel overtreedt, overtreedt{since} ook {other.id} (zie {other.head.place})",
                rule.head.place,
                f"Laat {rule.id} weg, of eis erin wat {other.id} niet vraagt.",
                rule.id,
                ((other.head.place, other.id),),
            )
        for clash in clashes.contradictions(in_force):
            places = tuple(rule.head.place for rule in clash.rules)
            if places in seen:
                continue
            seen.add(places)
            first, *others = sorted(clash.rules, key=lambda rule: rule.head.place)
            ids = " en ".join([", ".join(rule.id for rule in [first, *others][:-1]), others[-1].id])
            named = ", ".join(f"{rule.id}: {rule.head.place}" for rule in others)
            yield finding(
                "tegenspraak",
                f"{ids} zijn{since} niet samen na te leven waar ze samen gelden (zie {named})",
                first.head.place,
                "Dit is de kleinste verzameling: zonder een ervan gaat het wel. Verbeter een grens, of geef een regel "
                "een uitzondering.",
                first.id,
                tuple((rule.head.place, f"{rule.id}: {rule.head.title}") for rule in others),
            )
