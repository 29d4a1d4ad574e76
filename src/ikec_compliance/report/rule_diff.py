"""What a change of the rules flips, in text and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ikec_compliance.model.place import Location
from ikec_compliance.model.rule_diff import CentreChange, CentreFlip, Flip, RuleChange, RuleDiff, TableChange, TableFlip
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.json_report import dumps, place

KINDS = {
    "gewijzigd": "Oordeelt anders",
    "nieuw": "Nieuw",
    "vervallen": "Vervallen",
    "onbekend": "Niet vergeleken",
    "tekst": "Andere woorden, hetzelfde oordeel",
}


def diff_text(diff: RuleDiff) -> str:
    """Per change what flips with a configuration that shows it; the last line is the count."""
    lines = [f"Regels van {diff.old} tegenover {diff.new}"]
    for kind, heading in KINDS.items():
        found = [item for item in diff.changes if item.kind == kind]
        tables = [item for item in diff.tables if item.kind == kind]
        if found or tables:
            lines += ["", f"{heading}:"]
        for table in tables:
            lines += _table(table)
        for change in found:
            lines += _change(change)
    for centre in diff.centres:
        lines += ["", *_centre(centre)]
    lines += ["", count(diff)]
    return "\n".join(lines) + "\n"


def count(diff: RuleDiff) -> str:
    """What was compared and found, on one line."""
    numbers = {kind: len({item.rule for item in diff.changes if item.kind == kind}) for kind in KINDS}
    parts = [
        f"{numbers['gewijzigd']} oordelen anders",
        f"{numbers['nieuw']} nieuw",
        f"{numbers['vervallen']} vervallen",
        f"{numbers['tekst']} alleen in woorden anders",
    ]
    if numbers["onbekend"]:
        parts.append(f"{numbers['onbekend']} niet vergeleken")
    if diff.tables:
        tables = len({item.table for item in diff.tables})
        parts.append(f"{tables} {'tabel' if tables == 1 else 'tabellen'} anders")
    text = f"{diff.compared} regels vergeleken: {', '.join(parts)}"
    if diff.centres:
        flips = sum(len(centre.flips) for centre in diff.centres)
        worse = sum(flip.worse for centre in diff.centres for flip in centre.flips)
        text += f"; bij de centra {flips} {'oordeel' if flips == 1 else 'oordelen'} anders, waarvan {worse} erger"
    return text


def stretch(first: date, last: date | None) -> str:
    """``vanaf 2027-01-01``, or both days."""
    if first.year == 1:
        return "op elke dag" if last is None else f"tot en met {last}"
    return f"vanaf {first}" if last is None else f"van {first} tot en met {last}"


def verdict_words(verdict: Verdict | None) -> str:
    """The verdict, or that there is none."""
    return "geen oordeel" if verdict is None else verdict.value.replace("_", " ")


def group_words(flip: TableFlip) -> str:
    """``4 kinderen van 0 tot 1 jaar``."""
    parts = [f"{number} {'kind' if number == 1 else 'kinderen'} van {title}" for title, number in flip.counts]
    return " en ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def staff_words(number: int | None) -> str:
    """How many beroepskrachten a group asks."""
    if number is None:
        return "niet toegestaan"
    return f"{number} {'beroepskracht' if number == 1 else 'beroepskrachten'}"


def _table(table: TableChange) -> list[str]:
    lines = [f"  {table.title} ({table.table}), {stretch(table.first, table.last)}{_where(table.new or table.old)}"]
    for flip in table.flips:
        lines.append(f"      {group_words(flip)}: {staff_words(flip.before)} → {staff_words(flip.after)}")
    if table.groups > len(table.flips):
        lines.append(f"      en zo {table.groups - len(table.flips)} andere samenstellingen")
    if table.rules:
        lines.append(f"      telt mee in {', '.join(table.rules)}")
    return lines


def _change(change: RuleChange) -> list[str]:
    keys = f"; anders: {', '.join(change.keys)}" if change.keys else ""
    days = "" if change.kind == "tekst" else f", {stretch(change.first, change.last)}"
    lines = [f"  {change.rule}  {change.title}{days}{keys}{_where(change.new or change.old)}"]
    if change.note:
        lines.append(f"      {change.note}")
    for flip in change.flips:
        turn = f"{verdict_words(flip.before)} → {verdict_words(flip.after)}"
        lines.append(f"      {turn} op {flip.on} bij {given_words(flip)}")
    return lines


def given_words(flip: Flip) -> str:
    """The configuration as a rule test writes it."""
    return "{" + ", ".join(f"{path}: {value}" for path, value in flip.given) + "}"


def _centre(centre: CentreChange) -> list[str]:
    lines = [f"{centre.name} ({centre.centre}), {period(centre)}:"]
    for flip in centre.flips:
        where = f" ({flip.location})" if flip.location else ""
        lines.append(f"  {flip.rule} {flip.subject}: {verdict_words(flip.before)} → {verdict_words(flip.after)}{where}")
        if flip.message:
            lines.append(f"      {flip.message}")
    if not centre.flips:
        lines.append("  niets verandert")
    lines.append(f"  {centre.same} oordelen gelijk")
    return lines


def period(centre: CentreChange) -> str:
    """The days that were checked."""
    if centre.old_days == centre.new_days:
        return centre.new_days
    return f"{centre.old_days} tegenover {centre.new_days}"


def _where(location: Location | None) -> str:
    return f" ({location})" if location else ""


def diff_json(diff: RuleDiff) -> str:
    """``{old, new, compared, rules: […], tables: […], centres: […]}``."""
    return dumps(
        {
            "old": diff.old,
            "new": diff.new,
            "compared": diff.compared,
            "rules": [_rule_data(item) for item in diff.changes],
            "tables": [_table_data(item) for item in diff.tables],
            "centres": [_centre_data(item) for item in diff.centres],
        }
    )


def _rule_data(change: RuleChange) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "title": change.title,
        "kind": change.kind,
        "from": change.first,
        "to": change.last,
        "keys": list(change.keys),
        "flips": [
            {"before": flip.before, "after": flip.after, "on": flip.on, "given": dict(flip.given)}
            for flip in change.flips
        ],
        "old": _place(change.old),
        "new": _place(change.new),
        "note": change.note,
    }


def _table_data(table: TableChange) -> dict[str, Any]:
    return {
        "table": table.table,
        "title": table.title,
        "kind": table.kind,
        "from": table.first,
        "to": table.last,
        "groups": table.groups,
        "flips": [
            {"children": dict(flip.counts), "before": flip.before, "after": flip.after} for flip in table.flips
        ],
        "rules": list(table.rules),
        "old": _place(table.old),
        "new": _place(table.new),
    }  # fmt: skip


def _centre_data(centre: CentreChange) -> dict[str, Any]:
    return {
        "centre": centre.centre,
        "name": centre.name,
        "old_days": centre.old_days,
        "new_days": centre.new_days,
        "same": centre.same,
        "flips": [_flip_data(flip) for flip in centre.flips],
    }


def _flip_data(flip: CentreFlip) -> dict[str, Any]:
    return {"rule": flip.rule, "subject": flip.subject, "before": flip.before, "after": flip.after, "worse": flip.worse,
            "message": flip.message, "location": _place(flip.location)}  # fmt: skip


def _place(location: Location | None) -> dict[str, Any] | None:
    return place(location) if location else None


__all__: Sequence[str] = [
    "KINDS", "count", "diff_json", "diff_text", "given_words", "group_words", "period", "staff_words", "stretch",
    "verdict_words",
]  # fmt: skip
