"""What ``ikec rules lint`` found, in text, JSON, SARIF 2.1.0 and GitHub annotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ikec_compliance import __version__
from ikec_compliance.model.lint import LintFinding, LintKind
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Severity
from ikec_compliance.report.github import MOST, command, data
from ikec_compliance.report.json_report import dumps, place
from ikec_compliance.report.sarif import SCHEMA

PAGE = "docs/lint/{}.md"
"""Where the page about a kind of finding stands in the source tree."""

_WORDS = {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing"}


def lint_text(found: Sequence[LintFinding]) -> str:
    """Two lines per finding, what is wrong and what to do; the last line is the count."""
    lines: list[str] = []
    for item in found:
        lines.append(f"{item.place}: {_WORDS[item.severity]}: {item.message} [{item.id}]")
        if item.hint:
            lines.append(f"    {item.hint}")
    return "\n".join([*lines, _count(found)]) + "\n"


def lint_json(found: Sequence[LintFinding]) -> str:
    """``{"findings": [{id, severity, rule, message, hint, location, related}], "errors": n, "warnings": n}``."""
    findings = [
        {
            "id": item.id,
            "severity": item.severity,
            "rule": item.rule or None,
            "message": item.message,
            "hint": item.hint,
            "location": place(item.place),
            "related": [{"message": text, "location": place(where)} for where, text in item.related],
        }
        for item in found
    ]
    errors = sum(item.severity is Severity.ERROR for item in found)
    return dumps({"findings": findings, "errors": errors, "warnings": len(found) - errors})


def lint_sarif(found: Sequence[LintFinding], kinds: Mapping[str, LintKind], base: str = "") -> str:
    """One run; a kind of finding is a rule of the tool. ``base`` goes before the names of files."""
    index = {name: number for number, name in enumerate(kinds)}
    run = {
        "tool": {
            "driver": {
                "name": "ikec-compliance rules lint",
                "version": __version__,
                "informationUri": "https://ikec-compliance.nl",
                "language": "nl",
                "rules": [
                    {
                        "id": kind.id,
                        "name": kind.id,
                        "shortDescription": {"text": kind.title},
                        "help": {"text": f"{kind.title}: zie {PAGE.format(kind.id)}."},
                        "defaultConfiguration": {"level": kind.severity.value},
                    }
                    for kind in kinds.values()
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, index[item.id], base) for item in found],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def lint_github(found: Sequence[LintFinding], base: str = "") -> str:
    """Workflow commands for the worst ten, errors first; the last line is a notice with the count."""
    worst = sorted(found, key=lambda item: item.severity is not Severity.ERROR)[:MOST]
    lines = [
        command(
            item.severity.value,
            Location(base + item.place.file, item.place.line, item.place.column),
            item.id,
            f"{item.message}\n{item.hint}" if item.hint else item.message,
        )
        for item in worst
    ]
    rest = f"; de eerste {MOST} staan hierboven" if len(found) > MOST else ""
    return "\n".join([*lines, f"::notice title=ikec rules lint::{data(_count(found) + rest)}"]) + "\n"


def _result(item: LintFinding, index: int, base: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": item.id,
        "ruleIndex": index,
        "level": item.severity.value,
        "message": {"text": f"{item.message}\n{item.hint}" if item.hint else item.message},
        "locations": [_location(item.place, base)],
        "partialFingerprints": {"ikec-lint/v1": f"{item.id}/{item.rule or item.message}"},
    }
    if item.related:
        result["relatedLocations"] = [
            {"id": number, **_location(where, base), "message": {"text": text}}
            for number, (where, text) in enumerate(item.related, 1)
        ]
    return result


def _location(where: Location, base: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote((base + where.file).replace("\\", "/"), safe="/:@")},
            "region": {"startLine": where.line, "startColumn": where.column},
        }
    }


def _count(found: Sequence[LintFinding]) -> str:
    errors = sum(item.severity is Severity.ERROR for item in found)
    warnings = len(found) - errors
    return (
        f"{errors} {'fout' if errors == 1 else 'fouten'}, "
        f"{warnings} {'waarschuwing' if warnings == 1 else 'waarschuwingen'}"
    )
