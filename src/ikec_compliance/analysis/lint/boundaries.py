"""Bounds that no test stands on: a small mistake in a number, operator or date that every test lets pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ikec_compliance.analysis.decide import Undecided
from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.analysis.mutation import Tried, mutate
from ikec_compliance.analysis.survivors import Lapsed, first_flip
from ikec_compliance.analysis.witness import shown_given
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Status
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.testcases import given_fact
from ikec_compliance.rules.version import RuleVersion

_KINDS = ("grens", "bewerking", "datum")


def boundaries(rules: RuleSet) -> Iterator[LintFinding]:
    """One finding per place whose bound no test stands on, with a test that would.

    A mistake that changes no verdict of any configuration is none. The first day of a rule counts when it is the day
    the law came into force, that of a parameter when another value came before it.
    """
    found: dict[Location, list[tuple[Tried, str]]] = {}
    failing: set[int] = set()
    for version in rules.versions:
        for item in _failing(version, rules):
            failing.add(id(version))
            yield item
    sound = tuple(version for version in rules.versions if id(version) not in failing)
    for tried in mutate(replace(rules, versions=sound, _resolved={}, _turns=[]), kinds=_KINDS):
        if tried.noticed or not tried.lawful:
            continue
        proposal = _proposal(tried, rules)
        if proposal is not None:
            found.setdefault(tried.place, []).append((tried, proposal))
    for place, items in found.items():
        first = items[0][0]
        shown = "; ".join(dict.fromkeys(item.shown for item, _ in items))
        yield finding(
            "grens-niet-getoetst",
            f"{first.rule}: geen toets staat op deze grens ({shown} blijft onopgemerkt)",
            place,
            items[0][1],
            first.rule.partition(",")[0],
        )


def _failing(version: RuleVersion, rules: RuleSet) -> Iterator[LintFinding]:
    """Tests of a published rule that fail as it is: about its bounds nothing can be said."""
    if version.head.status is not Status.PUBLISHED:
        return
    for test in version.head.tests:
        try:
            fact = given_fact(version.head.subject, test.given, test.date, rules.vocabulary, test.place)
            found = verdict(version.resolve(test.date, rules.vocabulary, rules.laws), fact).value
        except (InputError, NoValue) as error:
            found = error.message if isinstance(error, InputError) else str(error)
        if found != test.expect or not version.head.valid.holds(test.date):
            problem = found if version.head.valid.holds(test.date) else "de datum valt buiten de geldigheid"
            yield finding(
                "toets-mislukt",
                f"{version.head.id}: toets ‘{test.name}’ verwacht {test.expect}, gevonden: {problem}",
                test.place,
                "Vergelijk de toets met het artikel, en verbeter de toets of de regel.",
                version.head.id,
            )


def _proposal(item: Tried, rules: RuleSet) -> str | None:
    """A test that notices the mistake; ``None`` when it is no mistake after all."""
    if not item.changed:
        return "Voeg een toets toe op de eerste dag waarop de regel geldt."
    try:
        flip = first_flip(item, rules)
    except Lapsed as lapsed:
        return f"Voeg een toets toe met date: {lapsed.day}."
    except Undecided:
        return "Voeg een toets toe precies op de grens."
    if flip is None:
        return None
    expect = flip.before.value if flip.before else ""
    return (
        f"Bijvoorbeeld: {{date: {flip.on}, given: {shown_given(flip.given)}, expect: {expect}}}; "
        "ga na of het artikel dat ook zegt."
    )
