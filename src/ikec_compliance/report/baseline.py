"""A baseline: the findings of today, one a line, to keep in a repository."""

from __future__ import annotations

from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.result import Report
from ikec_compliance.report.json_report import dumps

SCHEMA = "ikec-basislijn/v1"


def render_baseline(report: Report) -> str:
    """The fingerprints of every finding that nobody accepted, sorted, each once; schema ``ikec-basislijn/v1``."""
    found = {
        fingerprint(line.rule, line.subject, report.dated)
        for line in report.verdicts
        if line.is_finding and line.accepted is None
    }
    found |= {
        fingerprint(conflict.code, conflict.subject)
        for conflict in report.conflicts
        if conflict.is_finding and conflict.accepted is None
    }
    found |= {item.fingerprint for item in report.stale}
    return dumps({"schema": SCHEMA, "findings": sorted(found)})
