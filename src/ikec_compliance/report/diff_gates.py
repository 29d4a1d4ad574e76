"""What a change of configuration flips, for a pull request: GitHub annotations, and Markdown for a comment."""

from __future__ import annotations

from dataclasses import replace

from ikec_compliance.model.diff import Change, Diff, Flip
from ikec_compliance.model.place import Location
from ikec_compliance.report.diff import chapters, counts, flip_text, remarks, say, side_text, verdict_line
from ikec_compliance.report.github import MOST, cell, command, data
from ikec_compliance.report.wording import Wording

_ROWS = 50
"""A comment with more rows is read by nobody; the rest is counted."""


def diff_github(diff: Diff, wording: Wording) -> str:
    """The worst ten that became worse as annotations, then a notice with the counts."""
    worse = [change for change in diff.changes if change.worsens]
    worse.sort(key=_level)  # stable: errors first
    lines = [
        command(
            _level(change),
            _near(change.shown.location, wording.base),
            f"{change.shown.code}: {change.shown.title}",
            f"{flip_text(change, wording)}. {change.shown.message}"
            + (f" ({change.shown.articles})" if change.shown.articles else ""),
        )
        for change in worse[:MOST]
    ]
    text = f"{verdict_line(diff, wording)} {counts(diff, wording)}"
    return "\n".join([*lines, f"::notice title=ikec diff::{data(text)}"]) + "\n"


def diff_markdown(diff: Diff, wording: Wording) -> str:
    """A table per kind of change, in GitHub's Markdown."""
    lines = [f"### {cell(verdict_line(diff, wording))}", ""]
    for key, side in (("then", diff.then), ("now", diff.now)):
        lines.append(f"- {say(key, wording)}: {cell(side_text(side, wording))}")
    lines += [f"- {cell(remark)}" for remark in remarks(diff, wording)]
    words = wording.words
    head = [words.pick(pair) for pair in (("regel", "rule"), ("uitkomst", "outcome"), ("wat", "what"),
                                          ("artikel", "article"), ("plaats", "place"))]  # fmt: skip
    for heading, changes, quiet in chapters(diff, wording):
        lines += ["", f"#### {cell(heading)} ({len(changes) + quiet})"]
        if changes:
            lines += ["", f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
            lines += [_row(change, wording) for change in changes[:_ROWS]]
        left = quiet + max(0, len(changes) - _ROWS)
        if left:
            more = say("quiet", wording, count=left) if left == quiet else wording.say("and_more", count=left)
            lines += ["", cell(more)]
    lines += ["", cell(counts(diff, wording))]
    return "\n".join(lines) + "\n"


def _row(change: Change, wording: Wording) -> str:
    shown = change.shown
    place = str(_near(shown.location, wording.base))
    parts = (change.fingerprint, flip_text(change, wording), f"{shown.title}. {shown.message}", shown.articles, place)
    return f"| {' | '.join(cell(part) for part in parts)} |"


def _level(change: Change) -> str:
    """``error`` only for a finding of that severity: what became unknown warns."""
    shown = change.shown
    return "error" if shown.finding and shown.severity == "error" and change.flip is not Flip.BETTER else "warning"


def _near(place: Location, base: str) -> Location:
    return replace(place, file=place.file.removeprefix(f"{base}/")) if base else place
