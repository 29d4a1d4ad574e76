"""What lapses soon: verdicts with an end, judgements, accepted findings, and rules that change."""

from __future__ import annotations

from datetime import date, timedelta

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import Report, VerdictLine
from ikec_compliance.model.rule import Source
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import group_of

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something that holds up to and including ``day``; ``kind`` is ``verdict``, ``judgement``, ``accepted``,
    ``rule_ends``, ``rule_changes`` or ``rule_starts`` (then ``day`` is the first day)."""

    day: date
    kind: str
    rule: str
    regime: str
    title: str
    where: tuple[str, ...]
    who: str
    what: str
    source: tuple[Source, ...]


def expiries(report: Report, wording: Wording, within: timedelta = SOON) -> tuple[Expiry, ...]:
    """Everything that lapses within ``within`` of the date of the check, the first first; equal ones together."""
    on = report.receipt.on
    last = on + within
    found: dict[tuple[date, str, str, str], list[VerdictLine]] = {}
    for line in report.verdicts:
        if line.valid_until is not None and on <= line.valid_until <= last:
            found.setdefault((line.valid_until, line.rule, "verdict", ""), []).append(line)
        judgement, accepted = line.judgement, line.accepted
        if judgement is not None and on <= judgement.until <= last:
            found.setdefault((judgement.until, line.rule, "judgement", judgement.by), []).append(line)
        if accepted is not None and on <= accepted.until <= last:
            found.setdefault((accepted.until, line.rule, "accepted", accepted.by), []).append(line)
    made = [_of_lines(day, kind, by, lines) for (day, _, kind, by), lines in found.items()]
    there = {line.rule for line in report.verdicts}
    for turn in wording.turns:
        if on <= turn.day <= last and (turn.starts or turn.rule in there):
            kind = "rule_starts" if turn.starts else "rule_changes" if turn.follows else "rule_ends"
            made.append(Expiry(turn.day, kind, turn.rule, turn.regime, turn.title, (), "", "", turn.source))
    for conflict in report.conflicts:
        accepted = conflict.accepted
        if accepted is not None and on <= accepted.until <= last:
            made.append(Expiry(accepted.until, "accepted", conflict.code, "afstemming", conflict.title, (),
                               accepted.by, "", ()))  # fmt: skip
    return tuple(sorted(made, key=lambda item: (item.day, item.rule, item.kind)))


def _of_lines(day: date, kind: str, by: str, lines: list[VerdictLine]) -> Expiry:
    first = lines[0]
    where = tuple(dict.fromkeys(line.subject_title for line in lines))
    who = by or first.repair_who
    return Expiry(day, kind, first.rule, group_of(first), first.title, where, who, first.repair_what, first.source)
