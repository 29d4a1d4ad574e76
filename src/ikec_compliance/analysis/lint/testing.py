"""Tests of a rule that are missing."""

from __future__ import annotations

from collections.abc import Iterator

from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.rule import Evidence, Status
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

_NEEDED = {
    "voldoet_niet": ("geen toets die faalt", "Voeg een toets toe met feiten die de regel overtreden."),
    "niet_te_bepalen": (
        "geen toets met ontbrekende gegevens",
        "Voeg een toets toe waarin een nodig feit ontbreekt (expect: niet_te_bepalen).",
    ),
}


def tests(rules: RuleSet) -> Iterator[LintFinding]:
    """Published rules without a test that passes, fails or lacks a fact, or with fewer than four."""
    for version in rules.versions:
        if version.head.status is Status.PUBLISHED:
            yield from _version(version)


def _version(version: RuleVersion) -> Iterator[LintFinding]:
    head = version.head
    expected = {test.expect for test in head.tests}
    unconfirmed = head.evidence is Evidence.UNCONFIRMED
    passing = "te_beoordelen" if head.open_norm or unconfirmed else "voldoet"
    if passing not in expected:
        hint = f"Voeg een toets toe met feiten die aan de regel voldoen (expect: {passing})."
        yield finding("geen-slagende-toets", f"{head.id}: geen toets die slaagt", head.place, hint, head.id)
    for verdict, (text, hint) in _NEEDED.items():
        if verdict == "voldoet_niet" and (unconfirmed or "require" not in version.raw):
            continue
        if verdict not in expected:
            yield finding("toets-ontbreekt", f"{head.id}: {text}", head.place, hint, head.id)
    if len(head.tests) < 4 and "require" in version.raw:
        hint = "Een regel heeft een toets die slaagt, een die faalt, een op de grens en een zonder een nodig feit."
        yield finding("weinig-toetsen", f"{head.id}: minder dan vier toetsen", head.place, hint, head.id)
