"""The findings of a report as text: per regime, per rule, then each subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikec_compliance.model.result import BreachInterval, Report, VerdictLine
from ikec_compliance.model.rule import Severity
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import GROUPS, group_of, groups_in_order

BASIS = "grondslag"
"""The detail of a breach that says where a number comes from; it stands last."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def write_findings(page: Page, report: Report, wording: Wording) -> None:
    """Every ``voldoet_niet``: law first, violations before warnings, accepted ones last."""
    page.title(wording.say("findings"))
    fails = [line for line in report.verdicts if line.is_finding]
    if not fails:
        page.write(wording.say("no_findings" if report.receipt.regimes else "nothing_checked"))
        return
    for group in groups_in_order([group_of(line) for line in fails]):
        page.heading(wording.words.of(GROUPS, group))
        for lines in _by_rule(line for line in fails if group_of(line) == group):
            _write_rule(page, lines, wording)


def interval_text(interval: BreachInterval) -> str:
    """``aanwezig: 1; vereist: 2 – rij 0 tot 4 jaar``."""
    shown = "; ".join(
        f"{title}: {_without_unit(title, value)}" for title, value in interval.details.items() if title != BASIS
    )
    basis = interval.details.get(BASIS, "")
    return f"{shown} – {basis}" if shown and basis else shown or basis


def repair_text(line: VerdictLine, wording: Wording) -> str:
    """What to do and who can do it."""
    return wording.say("by", what=line.repair_what, who=line.repair_who) if line.repair_who else line.repair_what


def _without_unit(title: str, value: str) -> str:
    """``2`` for ``2 beroepskrachten`` under a title that already speaks of beroepskrachten."""
    number, _, unit = value.partition(" ")
    return number if unit.isalpha() and number.isdecimal() and unit.lower() in title.lower() else value


def _by_rule(lines: Iterable[VerdictLine]) -> list[list[VerdictLine]]:
    """Lines of one rule together: errors before warnings, open before accepted, else as they came."""
    groups: dict[tuple[object, ...], list[VerdictLine]] = {}
    for line in lines:
        key = (line.rule, line.severity, line.evidence, line.accepted is not None)
        groups.setdefault(key, []).append(line)
    return sorted(groups.values(), key=lambda group: (group[0].accepted is not None, group[0].severity.value))


def _write_rule(page: Page, lines: Sequence[VerdictLine], wording: Wording) -> None:
    words, first = wording.words, lines[0]
    mark = words.severity(first.severity)
    page.blank()
    page.write(f"{mark}  {first.title} ({first.rule})", style=("bold", _COLOURS[first.severity]))
    norm = wording.norms.get(first.rule)
    labels = [wording.say(key) for key in ("norm", "source", "do")]
    width = max(len(label) for label in labels) + 2
    if norm:
        page.field(labels[0], norm, 2, width)
    page.field(
        labels[1], words.sources(first.source, wording.laws) + words.marks(first.evidence, first.binding), 2, width
    )
    page.field(labels[2], repair_text(first, wording), 2, width)
    for line in lines:
        _write_subject(page, line, wording)


def _write_subject(page: Page, line: VerdictLine, wording: Wording) -> None:
    words = wording.words
    page.write(f"{line.subject_title} ({line.subject})", 2, "• ")
    page.write(wording.capital(line.message), 4)
    for interval in line.intervals:
        page.write(interval_text(interval), 4, f"{interval.start}–{interval.end}  ")
    for exception in line.exceptions:
        if exception.state == "onbekend":
            page.write(wording.say("exception_unknown", text=exception.text or exception.id), 4)
    if line.accepted is not None:
        accepted = line.accepted
        page.write(wording.say("accepted", until=words.day(accepted.until), by=accepted.by, reason=accepted.reason), 4)
    page.write(f"{wording.say('see')} {wording.place(line.location)}", 4)
