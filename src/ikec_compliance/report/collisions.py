"""Conflicts between regimes as text, each with its proof in words and the lawful ways out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ikec_compliance.model.result import Certificate, ConflictLine, NormLine, Report
from ikec_compliance.model.rule import Severity
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import CLASSES, MODALITIES, REGIMES, STATES

# The labels of a conflict, to line them up.
_LABELS = ("kind", "why", "asked", "restricts", "proof", "smallest", "ways_out", "documented", "see")
# A finite set in a proof, written so that a check of the certificate can read it back.
_CHOICES = re.compile(r"\{([^{}]*)\} uit \{([^{}]*)\}")

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def write_conflicts(page: Page, report: Report, wording: Wording) -> None:
    """The open conflicts in full, then one line for each that is met or not known."""
    page.title(wording.say("collisions"))
    found = [conflict for conflict in report.conflicts if conflict.is_finding]
    if not found:
        page.write(wording.say("no_collisions"))
    changes: dict[str, list[str]] = {}
    for repair in report.repairs:
        changes.setdefault(repair.conflict, []).append(
            f"{repair.change} ({repair.who})" if repair.who else repair.change
        )
    for conflict in sorted(found, key=lambda item: item.severity.value):
        _write_conflict(page, conflict, changes.get(conflict.id, ()), wording)
    others = [conflict for conflict in report.conflicts if not conflict.is_finding]
    if others:
        page.heading(wording.say("other_collisions"))
        for conflict in others:
            state = wording.words.of(STATES, conflict.state)
            kind = wording.words.of(CLASSES, conflict.conflict_class)
            page.write(f"{conflict.id}: {conflict.title}; {state}; {kind}", 2, "• ")


def _write_conflict(page: Page, conflict: ConflictLine, changes: Sequence[str], wording: Wording) -> None:
    words = wording.words
    page.blank()
    mark = words.conflict_severity(conflict.severity)
    page.write(f"{mark}  {conflict.title} ({conflict.id})", style=("bold", _COLOURS[conflict.severity]))
    width = max(len(wording.say(key)) for key in _LABELS) + 2
    kind = words.of(CLASSES, conflict.conflict_class)
    reason = f" ({conflict.reason.replace('_', ' ')})" if conflict.reason else ""
    page.field(wording.say("kind"), kind + reason + words.marks(conflict.evidence, conflict.binding), 2, width)
    if conflict.explanation:
        page.field(wording.say("why"), conflict.explanation, 2, width)
    _list(page, wording.say("asked"), _norms(conflict.norms, wording), width)
    if conflict.binds:
        page.field(wording.say("restricts"), words.listing(conflict.binds), 2, width)
    _list(page, wording.say("proof"), certificate_lines(conflict.certificate, wording), width)
    _list(page, wording.say("smallest"), list(changes), width)
    _list(page, wording.say("ways_out"), conflict.resolutions, width)
    _list(page, wording.say("documented"), conflict.sources, width)
    page.field(wording.say("see"), wording.place(conflict.location), 2, width)


def certificate_lines(certificate: Certificate, wording: Wording) -> list[str]:
    """The proof of a class in sentences that can be checked by hand."""
    lines: list[str] = []
    if certificate.core:
        lines.append(wording.say("core", items=wording.words.listing(certificate.core)))
    lines += certificate.proof
    lines += [wording.say("witness", norm=norm, value=value) for norm, value in certificate.witnesses.items()]
    if certificate.joint and not certificate.proof:
        lines.append(wording.say("joint", joint=certificate.joint))
    if certificate.value and (certificate.core or not certificate.proof):
        lines.append(wording.say("own_value", value=certificate.value))
    if certificate.broken:
        lines.append(wording.say("broken", items=wording.words.listing(certificate.broken)))
    return [wording.capital(_CHOICES.sub(r"\1 (keuze uit: \2)", line)) for line in lines]


def _norms(norms: Sequence[NormLine], wording: Wording) -> list[str]:
    """Each norm once, with every object it speaks to."""
    words = wording.words
    applied: dict[str, list[str]] = {}
    for norm in norms:
        asks = words.of(MODALITIES, norm.modality)
        law = words.sources(norm.source, wording.laws) + words.marks(norm.evidence, norm.binding)
        text = f"{words.of(REGIMES, norm.regime)}, {norm.addressee}: {asks} {norm.shown} ({norm.rule}; {law})"
        applied.setdefault(text, []).append(norm.applied_to)
    return [f"{text}, {wording.say('for', items=words.listing(items))}" for text, items in applied.items()]


def _list(page: Page, label: str, items: Sequence[str], width: int) -> None:
    """A label with one item behind it, or with several as a list under each other."""
    if len(items) == 1:
        page.field(label, items[0], 2, width)
    elif items:
        page.write(items[0], 2, f"{label}:".ljust(max(width, len(label) + 2)) + "• ")
        for item in items[1:]:
            page.write(item, 2 + max(width, len(label) + 2), "• ")
