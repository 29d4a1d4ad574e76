"""JUnit XML: a test case per verdict, conflict and stale acceptance, a suite per regime or kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import RuleHead
from ikec_compliance.report.gates import DUTCH, Gate, gates
from ikec_compliance.report.wording import Wording

# XML 1.0 has no way to write these, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, heads: Sequence[RuleHead], base: str = "", wording: Wording = DUTCH) -> str:
    """A finding is a failure, an acceptance that went stale too.

    Accepted, in the baseline, unknown or to be judged is skipped, with its reason.
    """
    suites: dict[str, list[Gate]] = {}
    regimes = {line.rule: line.regime for line in report.verdicts}
    for gate in gates(report, heads, base, wording):
        if gate.kind != "notApplicable":
            suites.setdefault(gate.suite or regimes[gate.code], []).append(gate)
    root = ET.Element("testsuites")
    for number, (name, found) in enumerate(suites.items()):
        suite = ET.SubElement(root, "testsuite", {"id": str(number), "package": "ikec", "name": name, **_counts(found)})
        suite.set("hostname", "localhost")
        # The day that was checked: a clock would make every run differ.
        suite.set("timestamp", f"{report.receipt.on.isoformat()}T00:00:00")
        properties = ET.SubElement(suite, "properties")
        ET.SubElement(properties, "property", {"name": "rules_sha256", "value": report.receipt.rules_sha256})
        for gate in found:
            _case(suite, gate, wording)
        for stream in ("system-out", "system-err"):
            ET.SubElement(suite, stream)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _counts(found: Sequence[Gate]) -> dict[str, str]:
    failures = sum(gate.counts for gate in found)
    skipped = sum(gate.kind != "pass" and not gate.counts for gate in found)
    return {"tests": str(len(found)), "failures": str(failures), "errors": "0", "skipped": str(skipped), "time": "0"}


def _case(suite: ET.Element, gate: Gate, wording: Wording) -> None:
    name = f"{gate.title} [{gate.fingerprint.partition('/')[2]}]"
    case = ET.SubElement(suite, "testcase", {"classname": gate.code, "name": _clean(name), "time": "0"})
    if gate.kind == "pass":
        return
    text = _clean("\n".join(part for part in (gate.message, gate.articles, str(gate.location)) if part))
    if gate.counts:
        failure = ET.SubElement(case, "failure", {"message": _clean(gate.message), "type": gate.level})
        failure.text = text
        return
    ET.SubElement(case, "skipped", {"message": _clean(f"{_reason(gate, wording)}: {gate.message}")})


def _reason(gate: Gate, wording: Wording) -> str:
    if gate.accepted is not None:
        return f"{wording.say('gate_accepted', until=gate.accepted.until.isoformat())} ({gate.accepted.reason})"
    return wording.say("gate_known" if gate.known else f"gate_{gate.kind}")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
