"""What a change of configuration flips: two configurations, or reports of them, compared by fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import check_centre, open_centre
from ikec_compliance.app.earlier import is_report, read_report
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.diff import (
    Change,
    Diff,
    Flip,
    Outcome,
    Side,
    keep_worst,
    rank_of_conflict,
    rank_of_verdict,
)
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.result import ConflictLine, Report, VerdictLine
from ikec_compliance.model.rule import Source


def diff(old: Path, new: Path, request: CheckRequest) -> Diff:
    """Compare two centres, each a file, a folder or a JSON report of ``ikec check``.

    Configurations are checked with the options of ``request``; a report keeps those it was made with.
    """
    catalogue = open_catalogue(request.rules, request.extra_rules)
    return compare(_side(old, request, catalogue), _side(new, request, catalogue))


def compare(then: Side, now: Side) -> Diff:
    """The changes between two sides."""
    changes = tuple(_changes(then, now))
    both = set(then.outcomes) & set(now.outcomes)
    flipped = sum(change.then is not None and change.now is not None for change in changes)
    return Diff(then, now, changes, len(both) - flipped)


def side_of(report: Report, name: str) -> Side:
    """A report as one side of a comparison."""
    receipt = report.receipt
    outcomes: dict[str, Outcome] = {}
    for line in report.verdicts:
        keep_worst(outcomes, fingerprint(line.rule, line.subject, report.dated), _verdict(line))
    for conflict in report.conflicts:
        keep_worst(outcomes, fingerprint(conflict.code, conflict.subject), _conflict(conflict))
    return Side(
        name, receipt.centre_name, receipt.on, receipt.days, receipt.regimes, receipt.rules_sha256, outcomes
    )  # fmt: skip


def _side(path: Path, request: CheckRequest, catalogue: Catalogue) -> Side:
    if is_report(path):
        titles = {head.id: head.title for head in catalogue.rules.heads}
        titles |= {friction.id: friction.title["nl"] for friction in catalogue.frictions}
        return read_report(path, titles)
    request = replace(request, centre=path)
    return side_of(check_centre(open_centre(request), catalogue, request), str(path))


def _changes(then: Side, now: Side) -> Iterator[Change]:
    for name, outcome in now.outcomes.items():
        before = then.outcomes.get(name)
        if before is None:
            yield Change(name, Flip.NEW, None, outcome)
        elif outcome.rank != before.rank:
            yield Change(name, Flip.WORSE if outcome.rank < before.rank else Flip.BETTER, before, outcome)
        elif (outcome.word, outcome.kind) != (before.word, before.kind):
            yield Change(name, Flip.OTHER, before, outcome)
    for name, outcome in then.outcomes.items():
        if name not in now.outcomes:
            yield Change(name, Flip.REMOVED, outcome, None)


def _verdict(line: VerdictLine) -> Outcome:
    return Outcome(
        code=line.rule,
        subject=line.subject,
        title=line.title,
        word=line.verdict.value,
        kind="",
        rank=rank_of_verdict(line.verdict, line.harmless),
        finding=line.is_finding,
        severity=line.severity.value,
        accepted=line.accepted is not None,
        message=f"{line.subject_title}: {line.message}",
        articles=_articles(line.source),
        location=line.location,
    )


def _conflict(conflict: ConflictLine) -> Outcome:
    return Outcome(
        code=conflict.code,
        subject=conflict.subject,
        title=conflict.title,
        word=conflict.state,
        kind=conflict.conflict_class,
        rank=rank_of_conflict(conflict.state, conflict.conflict_class),
        finding=conflict.is_finding,
        severity=conflict.severity.value,
        accepted=conflict.accepted is not None,
        message="; ".join(dict.fromkeys(norm.shown for norm in conflict.norms)),
        articles=_articles(tuple(source for norm in conflict.norms for source in norm.source)),
        location=conflict.location,
    )


def _articles(sources: tuple[Source, ...]) -> str:
    return "; ".join(dict.fromkeys(str(source) for source in sources))
