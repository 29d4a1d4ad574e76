"""The open points of a report as a gate in CI sees them: one record each, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.place import Location
from ikec_compliance.model.result import Acceptance, ConflictLine, Report, VerdictLine
from ikec_compliance.model.rule import RuleHead, Severity, Source
from ikec_compliance.model.stale import StaleAcceptance
from ikec_compliance.model.verdict import Verdict

_KINDS = {
    Verdict.FAILS: "fail",
    Verdict.UNDECIDED: "open",
    Verdict.REVIEW: "review",
    Verdict.PASSES: "pass",
    Verdict.NOT_APPLICABLE: "notApplicable",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One verdict, conflict or stale acceptance.

    ``kind`` is that of SARIF (fail, open, review, pass, notApplicable, informational); ``level`` is error or warning
    for a finding, else none. ``related`` are other places that matter, with what they are. ``help`` says what to do
    where no rule does; ``suite`` is the heading of what belongs to no regime.
    """

    code: str
    title: str
    kind: str
    level: str
    message: str
    fingerprint: str
    location: Location
    sources: tuple[Source, ...]
    accepted: Acceptance | None
    known: bool
    related: tuple[tuple[Location, str], ...] = ()
    help: str = ""
    suite: str = ""

    @property
    def articles(self) -> str:
        """The legal sources, each once; empty for what is no norm of law."""
        return _articles(self.sources)

    @property
    def counts(self) -> bool:
        """A finding that nobody accepted and that is not in the baseline."""
        return self.kind == "fail" and self.accepted is None and not self.known


def gates(report: Report, heads: Sequence[RuleHead], base: str = "") -> list[Gate]:
    """Every verdict, then every conflict, then every stale acceptance, in the order of the report.

    ``heads`` say where the rules stand; places in the folder ``base`` are given relative to it.
    """
    rules = {head.id: head.place for head in heads}
    found = [_verdict(line, report) for line in report.verdicts]
    found += [_conflict(conflict, report, rules) for conflict in report.conflicts]
    found += [_stale(item, report) for item in report.stale]
    return [_relative(gate, base) for gate in found] if base else found


def _relative(gate: Gate, base: str) -> Gate:
    def near(place: Location) -> Location:
        return replace(place, file=place.file.removeprefix(f"{base}/"))

    return replace(
        gate, location=near(gate.location), related=tuple((near(place), text) for place, text in gate.related)
    )


def open_gates(found: Sequence[Gate]) -> list[Gate]:
    """Those that are neither met nor out of scope."""
    return [gate for gate in found if gate.kind in ("fail", "open", "review")]


def _verdict(line: VerdictLine, report: Report) -> Gate:
    name = fingerprint(line.rule, line.subject, report.dated)
    hours = "; ".join(f"{item.start}–{item.end}" for item in line.intervals)
    message = f"{line.subject_title}: {line.message}" + (f" ({hours})" if hours else "")
    return Gate(
        code=line.rule,
        title=line.title,
        kind=_KINDS[line.verdict],
        level=_level(line.severity, line.is_finding),
        message=message,
        fingerprint=name,
        location=line.location,
        sources=line.source,
        accepted=line.accepted,
        known=line.is_finding and name in report.baseline,
        related=tuple((item.location, item.question) for item in line.missing),
    )


def _conflict(conflict: ConflictLine, report: Report, rules: Mapping[str, Location]) -> Gate:
    name = fingerprint(conflict.code, conflict.subject)
    kinds = {"open": "fail", "voldaan": "pass", "onbekend": "open"}
    sources = tuple(source for norm in conflict.norms for source in norm.source)
    return Gate(
        code=conflict.code,
        title=conflict.title,
        kind=kinds.get(conflict.state, "review"),
        level=_level(conflict.severity, conflict.is_finding),
        message=f"{conflict.title}: {'; '.join(norm.shown for norm in conflict.norms)}",
        fingerprint=name,
        location=conflict.location,
        sources=sources,
        accepted=conflict.accepted,
        known=conflict.is_finding and name in report.baseline,
        related=tuple(
            (rules[norm.rule], f"{norm.rule}: {norm.shown}") for norm in conflict.norms if norm.rule in rules
        ),
        help=f"Botsing tussen regimes. Bron: {_articles(sources)}.",
        suite="afstemming",
    )


def _stale(item: StaleAcceptance, report: Report) -> Gate:
    return Gate(
        code=item.code,
        title=item.title,
        kind="fail",
        level=Severity.WARNING.value,
        message=f"{item.message} Reden was: {item.reason} (door: {item.by}).",
        fingerprint=item.fingerprint,
        location=item.location,
        sources=(),
        accepted=None,
        known=item.fingerprint in report.baseline,
        help="Verwijder de uitzondering, of neem haar opnieuw met een reden en een datum. Dit is geen norm van de wet.",
        suite="uitzonderingen_ci",
    )


def _articles(sources: Sequence[Source]) -> str:
    return "; ".join(dict.fromkeys(str(source) for source in sources))


def _level(severity: Severity, finding: bool) -> str:
    return severity.value if finding else "none"
