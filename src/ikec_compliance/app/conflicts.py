"""Only the collisions between regimes."""

from __future__ import annotations

from dataclasses import replace

from ikec_compliance.app.check import check
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.result import Report
from ikec_compliance.reconcile import check_certificates


def conflicts(request: CheckRequest, check_proofs: bool = False) -> Report:
    """The report object with conflicts and repairs; a certificate that does not verify is an ``InternalError``."""
    report = check(request)
    if check_proofs:
        problems = check_certificates(report.conflicts)
        if problems:
            raise InternalError(f"een bewijs klopt niet: {problems[0]}")
    return replace(report, verdicts=(), questions=(), not_in_force=(), without_subject=())
