"""SARIF 2.1.0: the report for code scanning. The same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ikec_compliance.model.place import Location
from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import RuleHead
from ikec_compliance.report.gates import DUTCH, Gate, gates, open_gates
from ikec_compliance.report.json_report import dumps
from ikec_compliance.report.wording import Wording

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(report: Report, heads: Sequence[RuleHead], base: str = "", wording: Wording = DUTCH) -> str:
    """One run with every finding, question and judgement to make; what is met or out of scope is only counted."""
    every = gates(report, heads, base, wording)
    found = open_gates(every)
    codes = list(dict.fromkeys(gate.code for gate in found))
    index = {code: number for number, code in enumerate(codes)}
    by_id = {head.id: head for head in sorted(heads, key=lambda item: item.valid.first)}
    titles = {gate.code: gate for gate in reversed(found)}
    run = {
        "tool": {
            "driver": {
                "name": "ikec-compliance",
                "version": report.receipt.version,
                "informationUri": "https://ikec-compliance.nl",
                "language": wording.words.language,
                "rules": [_rule(code, by_id.get(code), titles[code], wording) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "properties": {
            "peildatum": report.receipt.on,
            "rules_sha256": report.receipt.rules_sha256,
            "centre_sha256": report.receipt.centre_sha256,
            "voldoet": sum(gate.kind == "pass" for gate in every),
            "niet_van_toepassing": sum(gate.kind == "notApplicable" for gate in every),
        },
        "results": [_result(gate, index) for gate in found],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, head: RuleHead | None, gate: Gate, wording: Wording) -> dict[str, Any]:
    """A descriptor; a conflict between regimes and a stale acceptance have no rule of their own."""
    found: dict[str, Any] = {"id": code, "name": code, "shortDescription": {"text": gate.title}}
    if head is not None:
        found["fullDescription"] = {"text": head.text[wording.words.language]}
        text = wording.say("gate_help", what=head.repair_what, who=head.repair_who, articles=gate.articles)
        found["help"] = {"text": text}
        found["defaultConfiguration"] = {"level": head.severity.value}
        found["properties"] = {
            "regime": head.regime,
            "evidence": head.evidence.value,
            "binding": head.binding.value,
            "tags": [head.regime, head.theme],
        }
        urls = [source.url for source in head.source if source.url]
        if urls:
            found["helpUri"] = urls[0]
    else:
        found["help"] = {"text": gate.help}
        found["defaultConfiguration"] = {"level": gate.level}
    return found


def _result(gate: Gate, index: Mapping[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": gate.code,
        "ruleIndex": index[gate.code],
        "kind": gate.kind,
        "level": gate.level,
        "message": {"text": gate.message},
        "locations": [_location(gate.location)],
        "partialFingerprints": {"ikec/v1": gate.fingerprint},
    }
    if gate.related:
        found["relatedLocations"] = [
            {"id": number, **_location(place), "message": {"text": text}}
            for number, (place, text) in enumerate(gate.related, 1)
        ]
    if gate.kind == "fail":
        found["baselineState"] = "unchanged" if gate.known else "new"
    if gate.accepted is not None:
        accepted = gate.accepted
        reason = f"{accepted.reason} (door: {accepted.by}, tot en met {accepted.until.isoformat()})"
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return found


def _location(place: Location) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.file.replace("\\", "/"), safe="/:@")},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
