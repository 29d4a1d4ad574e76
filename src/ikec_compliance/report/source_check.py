"""Which citations a newer text of a law touches, in text and JSON."""

from __future__ import annotations

from ikec_compliance.model.source_check import SourceCheck
from ikec_compliance.report.json_report import dumps, place


def source_text(check: SourceCheck) -> str:
    """One line per citation to look at, with its place; the last line is the count."""
    lines = [f"{check.title} ({check.bwb}), tekst van {check.state}"]
    lines += [
        f"{item.place}: {item.rule}: {item.cited}, gelezen in de toestand van {item.state}: {item.text}"
        for item in check.changes
    ]
    rules = len({rule for item in check.changes for rule in item.rule.split(", ")})
    lines.append(
        f"{check.citations} {'verwijzing' if check.citations == 1 else 'verwijzingen'} nagezien, "
        f"{len(check.changes)} om te vergelijken in {rules} {'regel' if rules == 1 else 'regels'}"
    )
    return "\n".join(lines) + "\n"


def source_json(check: SourceCheck) -> str:
    """``{law, title, bwb, state, citations, changes: [{rule, cited, state, kind, text, since, location}]}``."""
    return dumps(
        {
            "law": check.law,
            "title": check.title,
            "bwb": check.bwb,
            "state": check.state,
            "citations": check.citations,
            "changes": [
                {
                    "rule": item.rule,
                    "cited": item.cited,
                    "state": item.state,
                    "kind": item.kind,
                    "text": item.text,
                    "since": item.since,
                    "location": place(item.place),
                }
                for item in check.changes
            ],
        }
    )
