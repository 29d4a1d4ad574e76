"""Tables that show of every norm what came out of the check and how the norm itself was verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ikec_compliance.model.result import VerdictLine
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience.parts import row
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.document.blocks import Table, text


def norm_table(lines: Iterable[VerdictLine], read: Reading, caption: str) -> Table:
    """A row per norm: outcome in numbers, articles, evidence. Worst outcomes first."""
    groups: dict[str, list[VerdictLine]] = {}
    for line in lines:
        groups.setdefault(line.rule, []).append(line)
    ordered = sorted(groups.values(), key=lambda group: min(line.verdict.rank for line in group))
    rows = tuple(
        row(text(read.title(group[0]), f" ({group[0].rule})"), outcome(group, read), read.source(group[0]),
            read.verified(group[0]))
        for group in ordered
    )  # fmt: skip
    head = ("norm_head", "outcome_head", "source_head", "evidence_head")
    return Table(caption, tuple(read.say(key) for key in head), rows)


def outcome(lines: Iterable[VerdictLine], read: Reading) -> str:
    """``2× voldoet niet, 5× voldoet``."""
    counts = Counter(line.verdict for line in lines)
    return ", ".join(
        read.say("times", count=counts[verdict], verdict=read.words.verdict(verdict))
        for verdict in Verdict
        if counts[verdict]
    )
