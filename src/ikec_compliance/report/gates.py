"""The open points of a report as a gate in CI sees them: one record each, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import Acceptance, ConflictLine, Report, VerdictLine
from ikec_compliance.model.rule import RuleHead, Severity, Source
from ikec_compliance.model.stale import StaleAcceptance
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import STALE_TITLES

DUTCH = Wording()
"""The words of a form for CI when none are given."""

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
    where no rule does; ``suite`` is the heading of what belongs to no regime; ``lid`` is the word for one.
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
    lid: str = "lid"

    @property
    def articles(self) -> str:
        """The legal sources, each once; empty for what is no norm of law."""
        return _articles(self.sources, self.lid)

    @property
    def counts(self) -> bool:
        """A finding that nobody accepted and that is not in the baseline."""
        return self.kind == "fail" and self.accepted is None and not self.known


def gates(report: Report, heads: Sequence[RuleHead], base: str = "", wording: Wording = DUTCH) -> list[Gate]:
    """Every verdict, then every conflict, then every stale acceptance, in the order of the report.

    ``heads`` say where the rules stand; places in the folder ``base`` are given relative to it.
    """
    rules = {head.id: head.place for head in heads}
    found = [_verdict(line, report, wording) for line in report.verdicts]
    found += [_conflict(conflict, report, rules, wording) for conflict in report.conflicts]
    found += [_stale(item, report, wording) for item in report.stale]
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


def _verdict(line: VerdictLine, report: Report, wording: Wording) -> Gate:
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
        lid=wording.say("gate_lid"),
    )


def _conflict(conflict: ConflictLine, report: Report, rules: Mapping[str, Location], wording: Wording) -> Gate:
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
        help=wording.say("gate_conflict", articles=_articles(sources, wording.say("gate_lid"))),
        suite="afstemming",
        lid=wording.say("gate_lid"),
    )


def _stale(item: StaleAcceptance, report: Report, wording: Wording) -> Gate:
    return Gate(
        code=item.code,
        title=wording.words.of(STALE_TITLES, item.state),
        kind="fail",
        level=Severity.WARNING.value,
        message=wording.say("gate_stale", message=item.message, reason=item.reason, by=item.by),
        fingerprint=item.fingerprint,
        location=item.location,
        sources=(),
        accepted=None,
        known=item.fingerprint in report.baseline,
        help=wording.say("gate_stale_help"),
        suite="uitzonderingen_ci",
    )


def _articles(sources: Sequence[Source], lid: str) -> str:
    return "; ".join(dict.fromkeys(str(source).replace(" lid ", f" {lid} ") for source in sources))


def _level(severity: Severity, finding: bool) -> str:
    return severity.value if finding else "none"
