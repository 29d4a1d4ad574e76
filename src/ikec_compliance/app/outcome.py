"""What a receipt keeps of a check: the options it was asked with, and its outcome in short."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.receipt import Asked, Results
from ikec_compliance.model.result import ConflictLine, VerdictLine
from ikec_compliance.model.verdict import Verdict

_STATES = ("open", "onbekend", "voldaan")


def asked(request: CheckRequest) -> Asked:
    """The options that decide what is checked; those of output and exit code are left out."""

    def shown(path: object) -> str | None:
        return None if path is None else str(path)

    return Asked(
        centre=shown(request.centre),
        on=request.on,
        period=request.period,
        regimes=request.regimes,
        rules=shown(request.rules),
        extra_rules=shown(request.extra_rules),
    )


def results(lines: Sequence[VerdictLine], conflicts: Sequence[ConflictLine]) -> Results:
    """Counts, and a hash over what was decided: sorted, so that the order of rule files does not matter."""
    rows = [
        "\t".join(
            (
                line.rule,
                line.subject,
                line.verdict._value_,  # as ``value``, which is looked up slowly: there are thousands of lines
                line.severity._value_,
                line.evidence._value_,
                str(line.valid_until or ""),
                "onschadelijk" if line.harmless else "",
                " ".join([f"{item.start}-{item.end}" for item in line.intervals]) if line.intervals else "",
            )
        )
        for line in lines
    ]
    rows += [
        "\t".join(
            (item.code, item.subject, item.conflict_class, item.state, item.severity.value, item.certificate.joint)
        )
        for item in conflicts
    ]
    states = Counter(item.state for item in conflicts)
    verdicts = Counter([line.verdict._value_ for line in lines])
    return Results(
        sha256=hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest(),
        verdicts={verdict.value: verdicts[verdict.value] for verdict in Verdict},
        conflicts={state: states[state] for state in (*_STATES, *sorted(set(states) - set(_STATES)))},
    )
