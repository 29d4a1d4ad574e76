"""Adds a fleet up: which rules fail where, how findings are spread, which centres are worst and which unreadable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any

from ikec_compliance.app.catalogue import Catalogue
from ikec_compliance.fleet.task import CHECKED, COUNTS, FAILED, UNREADABLE, Outcome
from ikec_compliance.model.verdict import Verdict

WORST, EXAMPLES, PROBLEMS = 25, 5, 500
"""How many centres are named: the worst ones, per rule, and those that were not checked."""

BINS = ((0, 0), (1, 2), (3, 5), (6, 10), (11, 20), (21, 50), (51, None))
"""Numbers of findings that count as one, both ends included; ``None`` is no end."""


@dataclass(slots=True)
class RuleRow:
    """A rule or collision that fails somewhere."""

    rule: str
    title: str
    regime: str
    severity: str
    centres: int = 0
    findings: int = 0
    per_region: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A centre with many findings."""

    id: str
    region: str
    errors: int
    warnings: int
    conflicts: int
    questions: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A centre that was not checked, and why."""

    id: str
    state: str
    message: str


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the fleet."""

    name: str
    checked: int
    with_findings: int
    findings: int


@dataclass(frozen=True, slots=True)
class Result:
    """A fleet in numbers; ``exit`` is the worst exit code among its centres."""

    run: Mapping[str, Any]
    exit: int
    states: Mapping[str, int]
    with_findings: int
    counts: Mapping[str, int]
    bins: tuple[int, ...]
    quartiles: tuple[int, int, int]
    rules: tuple[RuleRow, ...]
    regions: tuple[Region, ...]
    worst: tuple[CentreRow, ...]
    problems: tuple[Problem, ...]
    problems_left: int
    law_dates: Mapping[str, str]

    @property
    def checked(self) -> int:
        """How many centres were checked."""
        return self.states[CHECKED]


class Overview:
    """Takes outcomes one by one, in order; its size does not grow with the fleet beyond a number per centre."""

    def __init__(self, catalogue: Catalogue) -> None:
        rules = catalogue.rules
        self._laws = {code: law.read_until.isoformat() for code, law in sorted(rules.laws.by_code.items())}
        self._titles = {head.id: head.title for head in rules.heads}
        self._titles |= {friction.id: friction.title["nl"] for friction in catalogue.frictions}
        self._exit = 0
        self._states: Counter[str] = Counter()
        self._counts = [0] * len(COUNTS)
        self._rules: dict[str, RuleRow] = {}
        self._sizes: list[int] = []
        self._regions: dict[str, list[int]] = {}
        self._worst: list[tuple[int, int, int, CentreRow]] = []
        self._problems: list[Problem] = []
        self._problems_left = 0

    def add(self, outcome: Outcome) -> None:
        """One centre more."""
        self._exit = max(self._exit, outcome.exit)
        self._states[outcome.state] += 1
        if outcome.state != CHECKED:
            if len(self._problems) < PROBLEMS:
                self._problems.append(Problem(outcome.id, outcome.state, outcome.message))
            else:
                self._problems_left += 1
            return
        for place, number in enumerate(outcome.counts):
            self._counts[place] += number
        findings = len(outcome.findings)
        self._sizes.append(findings)
        region = self._regions.setdefault(outcome.region, [0, 0, 0])
        region[0] += 1
        region[1] += findings > 0
        region[2] += findings
        for rule, number in Counter(finding.rule for finding in outcome.findings).items():
            row = self._row(rule, outcome)
            row.centres += 1
            row.findings += number
            row.per_region[outcome.region] += 1
            if len(row.examples) < EXAMPLES:
                row.examples.append(outcome.id)
        if findings:
            counts = dict(zip(COUNTS, outcome.counts, strict=True))
            centre = CentreRow(outcome.id, outcome.region, counts["overtredingen"], counts["waarschuwingen"],
                               counts["open_botsingen"], counts["vragen"])  # fmt: skip
            self._worst.append((centre.errors, centre.warnings, -outcome.number, centre))
            if len(self._worst) > 40 * WORST:
                self._worst = nlargest(WORST, self._worst)

    def result(self, run: Mapping[str, Any]) -> Result:
        """Everything added up."""
        sizes = sorted(self._sizes) or [0]
        rules = sorted(self._rules.values(), key=lambda row: (-row.centres, -row.findings, row.rule))
        return Result(
            run=run,
            exit=self._exit,
            states={state: self._states[state] for state in (CHECKED, UNREADABLE, FAILED)},
            with_findings=sum(size > 0 for size in self._sizes),
            counts=dict(zip(COUNTS, self._counts, strict=True)),
            bins=tuple(
                sum(first <= size and (last is None or size <= last) for size in self._sizes) for first, last in BINS
            ),
            quartiles=(_at(sizes, 1), _at(sizes, 2), _at(sizes, 3)),
            rules=tuple(rules),
            regions=tuple(Region(name, *numbers) for name, numbers in sorted(self._regions.items())),
            worst=tuple(item[3] for item in nlargest(WORST, self._worst)),
            problems=tuple(self._problems),
            problems_left=self._problems_left,
            law_dates=self._laws,
        )

    def _row(self, rule: str, outcome: Outcome) -> RuleRow:
        row = self._rules.get(rule)
        if row is None:
            first = next(finding for finding in outcome.findings if finding.rule == rule)
            title = self._titles.get(rule, "botsing die niemand eerder beschreef")
            row = self._rules[rule] = RuleRow(rule, title, first.regime, first.severity)
        return row


def _at(ordered: list[int], quarter: int) -> int:
    return ordered[(len(ordered) - 1) * quarter // 4]


def verdict_counts(result: Result) -> dict[str, int]:
    """The five verdicts with their numbers."""
    return {verdict.value: result.counts[verdict.value] for verdict in Verdict}
