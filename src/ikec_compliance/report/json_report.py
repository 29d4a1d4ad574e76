"""The JSON report, schema ``ikec-report/v1``: stable order, the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.place import Location
from ikec_compliance.model.receipt import Asked, Results
from ikec_compliance.model.repair import Repair
from ikec_compliance.model.result import (
    AppliedException,
    BreachInterval,
    Certificate,
    Clause,
    ConflictLine,
    MissingFact,
    NormLine,
    Receipt,
    Report,
    Summary,
    VerdictLine,
)
from ikec_compliance.model.rule import Source
from ikec_compliance.model.stale import StaleAcceptance
from ikec_compliance.report.json_text import indented

SCHEMA = "ikec-report/v1"


def render_json(report: Report) -> str:
    """The whole report as JSON text."""
    return dumps(report_data(report))


def render_receipt(receipt: Receipt, program_sha256: str = "") -> str:
    """Only the receipt, schema ``ikec-receipt/v1``: what was checked with what.

    The hash of the program itself stands here alone: a report need not change with every line of code.
    """
    program = {"program_sha256": program_sha256} if program_sha256 else {}
    return dumps({"schema": "ikec-receipt/v1", **receipt_data(receipt), **program})


def render_verdict(line: VerdictLine) -> str:
    """One verdict as in ``verdicts`` of the report."""
    return dumps(_verdict(line, _sources(line.source)))


def dumps(data: Any) -> str:
    """Readable JSON in UTF-8 that ends with a line end."""
    return indented(data, _plain) + "\n"


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain values; dates and codes become text in ``dumps``."""
    # The same list for every verdict of a rule: it is then made and written out once.
    per_rule = {id(line.source): line.source for line in report.verdicts}
    sources = {key: _sources(own) for key, own in per_rule.items()}
    return {
        "schema": SCHEMA,
        "receipt": receipt_data(report.receipt),
        "summary": _summary(report.summary),
        "verdicts": [
            _verdict(line, sources[id(line.source)])
            | {"fingerprint": fingerprint(line.rule, line.subject, report.dated)}
            for line in report.verdicts
        ],
        "conflicts": [
            {**_conflict(conflict), "fingerprint": fingerprint(conflict.code, conflict.subject)}
            for conflict in report.conflicts
        ],
        "questions": [
            {"subject": item.subject, "path": item.path, "question": item.question, "decides": item.decides,
             "helps": item.helps, "rules": item.rules, "location": place(item.location)}
            for item in report.questions
        ],
        "repairs": [repair_data(item) for item in report.repairs],
        "notices": list(report.notices),
        "stale_acceptances": [_stale(item) for item in report.stale],
        "not_in_force": [
            {"rule": item.rule, "regime": item.regime, "reason": item.reason} for item in report.not_in_force
        ],
        "without_subject": [
            {"rule": item.rule, "regime": item.regime, "subject_type": item.subject_type}
            for item in report.without_subject
        ],
    }  # fmt: skip


def repair_data(item: Repair) -> dict[str, Any]:
    """A repair; ``applicable`` ones can be written by ``ikec repair --apply``."""
    return {"conflict": item.conflict, "change": item.change, "who": item.who, "decides": item.decides,
            "cost": item.cost, "applicable": item.applicable}  # fmt: skip


def source_data(source: Source) -> dict[str, Any]:
    """A legal source."""
    return {"law": source.law, "article": source.article, "lid": source.lid, "state": source.state,
            "url": source.url, "juriconnect": source.juriconnect, "note": source.note}  # fmt: skip


def place(location: Location) -> dict[str, Any]:
    """A place in a file; line and column count from 1."""
    return {"file": location.file, "line": location.line, "column": location.column}


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """What was checked with what."""
    return {
        "version": receipt.version,
        "on": receipt.on,
        "on_source": receipt.on_source,
        "days": list(receipt.days),
        "centre": receipt.centre,
        "centre_name": receipt.centre_name,
        "centre_path": receipt.centre_path,
        "centre_sha256": receipt.centre_sha256,
        "rules_path": receipt.rules_path,
        "rules_packaged": receipt.rules_packaged,
        "rules_sha256": receipt.rules_sha256,
        "engine": receipt.engine,
        "laws": dict(sorted(receipt.laws.items())),
        "regimes": list(receipt.regimes),
        "verified": receipt.verified,
        "options": _options(receipt.asked),
        **({"results": _results(receipt.results)} if receipt.results.sha256 else {}),
    }


def _results(results: Results) -> dict[str, Any]:
    return {
        "sha256": results.sha256,
        "verdicts": dict(results.verdicts),
        "conflicts": dict(results.conflicts),
    }


def _options(asked: Asked) -> dict[str, Any]:
    """Only the options that were given."""
    period = asked.period and {"from": asked.period[0], "to": asked.period[1]}
    found = {"centre": asked.centre, "on": asked.on, "period": period, "regimes": list(asked.regimes),
             "rules": asked.rules, "extra_rules": asked.extra_rules}  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "verdicts": dict(summary.verdicts),
        "per_regime": {regime: dict(counts) for regime, counts in summary.per_regime.items()},
        "violations": summary.violations,
        "warnings": summary.warnings,
        "conflicts_open": summary.conflicts_open,
        "conflicts": summary.conflicts,
        "unknown": summary.unknown,
        "harmless": summary.harmless,
        "review": summary.review,
        "subjects": summary.subjects,
        "rules": summary.rules,
        "slices": summary.slices,
    }


def _verdict(line: VerdictLine, sources: list[dict[str, Any]]) -> dict[str, Any]:
    judgement, accepted = line.judgement, line.accepted
    return {
        "rule": line.rule,
        "regime": line.regime,
        "subject": line.subject,
        "verdict": line.verdict._value_,  # as ``value``, which is looked up slowly
        "severity": line.severity._value_,
        "evidence": line.evidence._value_,
        "binding": line.binding._value_,
        "message": line.message,
        "source": sources,
        "missing": [_missing(item) for item in line.missing],
        "clauses": [_clause(clause) for clause in line.clauses],
        "intervals": [_interval(interval) for interval in line.intervals],
        "slices": line.slices,
        "valid_until": line.valid_until,
        "harmless": line.harmless,
        "exceptions": [_exception(item) for item in line.exceptions],
        "oordeel": judgement and {
            "oordeel": judgement.judgement, "onderbouwing": judgement.reasoning, "door": judgement.by,
            "op": judgement.on, "geldig_tot": judgement.until, "verlopen": judgement.expired,
        },
        "accepted": accepted and {"reason": accepted.reason, "by": accepted.by, "until": accepted.until},
        "location": place(line.location),
    }  # fmt: skip


def _conflict(conflict: ConflictLine) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "class": conflict.conflict_class,
        "state": conflict.state,
        "severity": conflict.severity,
        "evidence": conflict.evidence,
        "binding": conflict.binding,
        "bindt": list(conflict.binds),
        "reason": conflict.reason,
        "subject": conflict.subject,
        "norms": [_norm(norm) for norm in conflict.norms],
        "certificate": _certificate(conflict.certificate),
        "resolutions": list(conflict.resolutions),
        "location": place(conflict.location),
    }


def _stale(item: StaleAcceptance) -> dict[str, Any]:
    return {
        "rule": item.code,
        "severity": "warning",
        "state": item.state,
        "message": item.message,
        "accepted": {"rule": item.rule, "subject": item.subject, "reason": item.reason, "by": item.by,
                     "until": item.until},
        "fingerprint": item.fingerprint,
        "location": place(item.location),
    }  # fmt: skip


def _norm(norm: NormLine) -> dict[str, Any]:
    return {"rule": norm.rule, "regime": norm.regime, "act": norm.act, "addressee": norm.addressee,
            "modality": norm.modality, "quantity": norm.quantity, "shown": norm.shown,
            "source": _sources(norm.source), "evidence": norm.evidence, "binding": norm.binding,
            "applied_to": norm.applied_to, "domain": norm.domain, "standing": norm.standing}  # fmt: skip


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {"kind": certificate.kind, "core": list(certificate.core), "proof": list(certificate.proof),
            "witnesses": dict(certificate.witnesses), "joint": certificate.joint,
            "binding_norms": list(certificate.binding_norms), "value": certificate.value,
            "broken": list(certificate.broken), "free": list(certificate.free),
            "conflicts": [list(item) for item in certificate.conflicts],
            "removals": [list(item) for item in certificate.removals], "complete": certificate.complete,
            "quantities": list(certificate.quantities)}  # fmt: skip


def _clause(clause: Clause) -> dict[str, Any]:
    values = [
        {"path": value.path, "title": value.title, "shown": value.shown, "formula": value.formula,
         "places": [place(item) for item in value.places]}
        for value in clause.values
    ]  # fmt: skip
    return {"role": clause.role, "text": clause.text, "truth": clause.truth, "depth": clause.depth, "values": values}


def _missing(item: MissingFact) -> dict[str, Any]:
    return {"subject": item.subject, "path": item.path, "question": item.question, "location": place(item.location)}


def _interval(interval: BreachInterval) -> dict[str, Any]:
    details: Mapping[str, str] = interval.details
    return {"start": interval.start, "end": interval.end, "details": dict(details)}


def _exception(item: AppliedException) -> dict[str, Any]:
    return {"id": item.id, "text": item.text, "state": item.state, "source": _sources(item.source)}


def _sources(sources: Sequence[Source]) -> list[dict[str, Any]]:
    return [source_data(source) for source in sources]


def _plain(value: object) -> str:
    """Dates as ISO text, codes as their value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"{type(value).__name__} hoort niet in een rapport")
