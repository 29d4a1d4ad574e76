"""Checks on the rules themselves: what loads may still be careless."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from ikec_compliance.analysis.lint.allowed import without_allowed
from ikec_compliance.analysis.lint.boundaries import boundaries
from ikec_compliance.analysis.lint.conditions import constants
from ikec_compliance.analysis.lint.dated import future_dates, gaps
from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.analysis.lint.names import fields, parameters
from ikec_compliance.analysis.lint.relations import relations
from ikec_compliance.analysis.lint.sources import sources
from ikec_compliance.analysis.lint.testing import tests
from ikec_compliance.analysis.lint.translations import translations
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.rules.refusals import refusal
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.yamlio.problems import InputErrors

_CHECKS: tuple[Callable[[RuleSet], Iterator[LintFinding]], ...] = (
    sources, gaps, fields, parameters, tests, boundaries, future_dates, constants, relations, translations,
)  # fmt: skip


def lint(rules: RuleSet, on: date | None = None, only: str = "") -> list[LintFinding]:
    """Every finding in the order of the files; ``on`` (today) is the day on which permissions must still hold.

    ``only`` is the id of a rule: then just the findings that speak of it.
    """
    alone = rules
    if only:
        mine = tuple(version for version in rules.versions if version.head.id == only)
        alone = replace(rules, versions=mine, _resolved={}, _turns=[])
    found = [item for check in _CHECKS for item in check(rules if check is relations else alone)]
    left = list(without_allowed(found, alone, on or date.today()))
    if only:
        left = [item for item in left if item.rule == only]
    return sorted(left, key=lambda item: (item.place, item.id, item.message))


def refused(error: InputError) -> list[LintFinding]:
    """What keeps the rules from being read at all, as findings of their own kinds."""
    errors = error.errors if isinstance(error, InputErrors) else (error,)
    return [
        finding(refusal(item), item.message, item.location or Location("rules", 1, 1))
        for item in errors
    ]  # fmt: skip
