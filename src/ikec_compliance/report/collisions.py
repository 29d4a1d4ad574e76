"""Conflicts between regimes as text, each with its proof in words and the lawful ways out."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence

from ikec_compliance.model.result import Certificate, ConflictLine, NormLine, Report
from ikec_compliance.model.rule import Severity
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import CLASSES, MODALITIES, REGIMES, STATES, Pair

# The labels of a conflict, to line them up.
_LABELS = ("kind", "why", "asked", "restricts", "proof", "smallest", "ways_out", "documented", "see")
# A finite set in a proof, written so that a check of the certificate can read it back.
_CHOICES = re.compile(r"\{([^{}]*)\} (?:uit|of) \{([^{}]*)\}")

# Several merged subjects of a kind.
_MANY: dict[str, Pair] = {
    "medewerker": ("medewerkers", "employees"), "groep": ("groepen", "groups"), "ruimte": ("ruimtes", "rooms"),
    "document": ("documenten", "documents"), "raad": ("raden", "councils"), "buitenruimte": ("buitenruimtes", "yards"),
    "integratie": ("samenvoegingen", "merges"), "regeling": ("regelingen", "procedures"),
    "woord": ("eigen woorden", "own words"),
}  # fmt: skip

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
    for group in alike(sorted(found, key=lambda item: item.severity.value), _whole):
        repairs = dict.fromkeys(change for conflict in group for change in changes.get(conflict.id, ()))
        _write_conflict(page, group, list(repairs), wording)
    others = [conflict for conflict in report.conflicts if not conflict.is_finding]
    if others:
        page.heading(wording.say("other_collisions"))
        for group in alike(others, _short):
            conflict = group[0]
            state = wording.words.of(STATES, conflict.state)
            kind = wording.words.of(CLASSES, conflict.conflict_class)
            where = f" ({_where(group, wording)})" if len(group) > 1 else ""
            name = conflict.code if where else conflict.id
            page.write(f"{name}: {conflict.title}{where}; {state}; {kind}", 2, "• ")


def alike(conflicts: Iterable[ConflictLine], key: Callable[[ConflictLine], Hashable]) -> list[list[ConflictLine]]:
    """The conflicts that say the same about several subjects, together; in the order of the first of each."""
    groups: dict[Hashable, list[ConflictLine]] = {}
    for conflict in conflicts:
        groups.setdefault(key(conflict), []).append(conflict)
    return list(groups.values())


def _short(conflict: ConflictLine) -> Hashable:
    """What is the same for conflicts that one line stands for."""
    kind = conflict.subject.partition(":")[0]
    return conflict.code, kind, conflict.title, conflict.conflict_class, conflict.state


def _whole(conflict: ConflictLine) -> Hashable:
    """What is the same for conflicts that are written out once: the same norms, bounds and own value as well."""
    asked = tuple((norm.rule, norm.act, norm.shown) for norm in conflict.norms)
    found = conflict.certificate
    return (
        *conflict.binds, _short(conflict), conflict.severity, conflict.accepted is None, asked, found.joint,
        found.value, found.broken, conflict.resolutions,
    )  # fmt: skip


def _where(group: Sequence[ConflictLine], wording: Wording) -> str:
    """``bij 12 medewerkers: …``: how many subjects of which kind, and which."""
    kind = group[0].subject.partition(":")[0]
    many = wording.words.pick(_MANY.get(kind, (kind, kind)))
    ids = [conflict.subject.partition(":")[2] for conflict in group]
    return wording.say("at_many", number=str(len(group)), kind=many, items=wording.words.listing(ids))


def _write_conflict(page: Page, group: Sequence[ConflictLine], changes: Sequence[str], wording: Wording) -> None:
    conflict, words = group[0], wording.words
    page.blank()
    mark = words.conflict_severity(conflict.severity)
    name = conflict.id if len(group) == 1 else f"{conflict.code}, {_where(group, wording)}"
    page.write(f"{mark}  {conflict.title} ({name})", style=("bold", _COLOURS[conflict.severity]))
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
    return [wording.capital(_CHOICES.sub(rf"\1 ({wording.say('choice_of')}: \2)", line)) for line in lines]


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
