"""What a change of the rules flips, as a comment on a pull request and as GitHub annotations."""

from __future__ import annotations

from ikec_compliance.model.place import Location
from ikec_compliance.model.rule_diff import RuleDiff
from ikec_compliance.report.github import MOST, cell, command, data
from ikec_compliance.report.rule_diff import (
    KINDS,
    count,
    given_words,
    group_words,
    period,
    staff_words,
    stretch,
    verdict_words,
)

_ROWS = 50
"""A comment with more rows is read by nobody; the rest is counted."""


def diff_markdown(diff: RuleDiff) -> str:
    """Tables of what flips: in the statutory tables, in the rules, and in the centres."""
    lines = [f"### Regels: {cell(diff.old)} tegenover {cell(diff.new)}", "", f"{cell(count(diff))}."]
    if diff.tables:
        rows = [
            f"| {cell(table.title)} | {stretch(table.first, table.last)} | {cell(group_words(flip))} "
            f"| {staff_words(flip.before)} | {staff_words(flip.after)} |"
            for table in diff.tables
            for flip in table.flips
        ]
        lines += _titled("Wettelijke tabellen", "| tabel | wanneer | groep | was | wordt |", rows)
    for kind in ("gewijzigd", "nieuw", "vervallen"):
        rows = [
            f"| {cell(item.rule)} | {cell(item.title)} | {stretch(item.first, item.last)} "
            f"| {verdict_words(flip.before)} → {verdict_words(flip.after)} | {cell(given_words(flip))} |"
            for item in diff.changes
            if item.kind == kind
            for flip in item.flips
        ]
        rows += [
            f"| {cell(item.rule)} | {cell(item.title)} | {stretch(item.first, item.last)} | | |"
            for item in diff.changes
            if item.kind == kind and not item.flips
        ]
        lines += _titled(KINDS[kind], "| regel | wat | wanneer | oordeel | bijvoorbeeld bij |", rows)
    for kind in ("onbekend", "tekst"):
        rows = [
            f"| {cell(item.rule)} | {cell(item.title)} | {cell(item.note or ', '.join(item.keys))} |"
            for item in diff.changes
            if item.kind == kind
        ]
        lines += _titled(KINDS[kind], "| regel | wat | waarin |", rows)
    for centre in diff.centres:
        rows = [
            f"| {'**erger** ' if flip.worse else ''}{cell(flip.rule)} | {cell(flip.subject)} "
            f"| {verdict_words(flip.before)} → {verdict_words(flip.after)} | {cell(flip.message)} |"
            for flip in centre.flips
        ]
        heading = f"{cell(centre.name)}, {period(centre)}"
        if rows:
            lines += _titled(heading, "| regel | bij | oordeel | wat |", rows)
        else:
            lines += ["", f"#### {heading}", "", f"Niets verandert; {centre.same} oordelen gelijk."]
    return "\n".join(lines) + "\n"


def diff_github(diff: RuleDiff, base: str = "") -> str:
    """The worst ten places: a finding that has come in a centre, then a rule that judges otherwise; and the count."""
    lines = [
        command(
            "warning", flip.location, f"{flip.rule}: {verdict_words(flip.before)} → {verdict_words(flip.after)}",
            f"{centre.name}, {flip.subject}: {flip.message}",
        )
        for centre in diff.centres
        for flip in centre.flips
        if flip.worse and flip.location is not None
    ]  # fmt: skip
    for table in diff.tables:
        if table.new is not None and table.flips:
            first = table.flips[0]
            text = f"{group_words(first)}: {staff_words(first.before)} → {staff_words(first.after)}"
            lines.append(command("notice", _under(table.new, base), f"{table.title} oordeelt anders", text))
    for change in diff.changes:
        if change.kind == "gewijzigd" and change.new is not None:
            flip = change.flips[0]
            text = f"{verdict_words(flip.before)} → {verdict_words(flip.after)} bij {given_words(flip)}"
            lines.append(command("notice", _under(change.new, base), f"{change.rule} oordeelt anders", text))
    rest = f"; de eerste {MOST} staan hierboven" if len(lines) > MOST else ""
    return "\n".join([*lines[:MOST], f"::notice title=ikec rules diff::{data(count(diff) + rest)}"]) + "\n"


def _titled(heading: str, head: str, rows: list[str]) -> list[str]:
    if not rows:
        return []
    line = "|" + "---|" * (head.count("|") - 1)
    more = [f"| en {len(rows) - _ROWS} meer |" + " |" * (head.count("|") - 2)] if len(rows) > _ROWS else []
    return ["", f"#### {heading}", "", head, line, *rows[:_ROWS], *more]


def _under(location: Location, base: str) -> Location:
    return Location(base + location.file, location.line, location.column)
