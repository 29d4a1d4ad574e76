"""Annotations for GitHub Actions: the worst ten findings, and the counts of all."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.place import Location
from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import RuleHead
from ikec_compliance.report.gates import DUTCH, Gate, gates, open_gates
from ikec_compliance.report.wording import Wording

MOST = 10
"""GitHub shows ten annotations per step of each level and drops the rest."""

_ORDER = {"error": 0, "warning": 1, "none": 2}


def render_github(report: Report, heads: Sequence[RuleHead], base: str = "", wording: Wording = DUTCH) -> str:
    """Workflow commands, errors first; the last line is a notice with the counts."""
    found = open_gates(gates(report, heads, base, wording))
    worst = sorted((gate for gate in found if gate.counts), key=lambda gate: _ORDER[gate.level])
    lines = [_command(gate) for gate in worst[:MOST]]
    rest = wording.say("gate_first", count=MOST) if len(worst) > MOST else ""
    lines.append(f"::notice title=ikec check::{data(_counts(found, wording) + rest)}")
    return "\n".join(lines) + "\n"


def render_summary(report: Report, heads: Sequence[RuleHead], base: str = "", wording: Wording = DUTCH) -> str:
    """The step summary, in GitHub's Markdown: every finding in a table."""
    found = open_gates(gates(report, heads, base, wording))
    rows = sorted((gate for gate in found if gate.kind == "fail"), key=lambda gate: _ORDER[gate.level])
    lines = [
        f"### {wording.say('gate_title', name=cell(report.receipt.centre_name))}",
        "",
        wording.say("gate_day", day=report.receipt.on, counts=_counts(found, wording)),
    ]
    if rows:
        lines += ["", wording.say("gate_head"), "|---|---|---|---|"]
        lines += [
            f"| {cell(gate.code)} | {cell(gate.message)}{_mark(gate, wording)} "
            f"| {cell(gate.articles)} | {cell(str(gate.location))} |"
            for gate in rows
        ]
    return "\n".join(lines) + "\n"


def _counts(found: Sequence[Gate], wording: Wording) -> str:
    violations = sum(gate.counts and gate.level == "error" for gate in found)
    warnings = sum(gate.counts and gate.level == "warning" for gate in found)
    quiet = sum(gate.kind == "fail" and not gate.counts for gate in found)
    unknown = sum(gate.kind == "open" for gate in found)
    review = sum(gate.kind == "review" for gate in found)
    return wording.say(
        "gate_counts", violations=violations, warnings=warnings, quiet=quiet, unknown=unknown, review=review
    )


def _mark(gate: Gate, wording: Wording) -> str:
    if gate.accepted is not None:
        return f" ({wording.say('gate_accepted', until=gate.accepted.until)})"
    return f" ({wording.say('gate_known')})" if gate.known else ""


def _command(gate: Gate) -> str:
    title = f"{gate.code}: {gate.title}"
    return command(gate.level, gate.location, title, f"{gate.message} ({gate.articles})")


def command(level: str, place: Location, title: str, text: str) -> str:
    """One workflow command at a place in a file."""
    named = {"file": place.file, "line": str(place.line), "col": str(place.column), "title": title}
    properties = ",".join(f"{key}={_property(value)}" for key, value in named.items())
    return f"::{level} {properties}::{data(text)}"


def data(text: str) -> str:
    """Escaped as the runner reads the text of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escaped as the runner reads a property of a command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def cell(text: str) -> str:
    """Plain text in a cell of a Markdown table: no markup of its own, no second line."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "\\`*_[]|~@#":
        safe = safe.replace(mark, f"\\{mark}")
    return " ".join(safe.split())
