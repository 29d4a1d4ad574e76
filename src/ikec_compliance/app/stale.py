"""Which accepted findings (``uitzonderingen_ci``) have expired or are not needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ikec_compliance.app.catalogue import Rules
from ikec_compliance.app.evaluation import Evaluation
from ikec_compliance.app.remarks import could_meet
from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import ConflictLine, Receipt, VerdictLine
from ikec_compliance.model.stale import EXPIRED, UNUSED, StaleAcceptance
from ikec_compliance.rules.sides import show_date
from ikec_compliance.yamlio.suggest import did_you_mean

_COLLISIONS = ("CF-", "CX-")


def stale_acceptances(
    centre: Centre,
    rules: Rules,
    found: Evaluation,
    lines: Sequence[VerdictLine],
    conflicts: Sequence[ConflictLine],
    receipt: Receipt,
) -> Iterator[StaleAcceptance]:
    """In the order of the configuration.

    Expired is a matter of the date alone. Unused is said only of what this check could have met: one that leaves out
    a regime, a day or a rule not in force proves nothing about an acceptance that speaks of it.
    """
    findings = {(line.rule, line.subject) for line in lines if line.is_finding}
    findings |= {(conflict.code, conflict.subject) for conflict in conflicts if conflict.is_finding}
    subjects = {line.subject for line in lines} | {conflict.subject for conflict in conflicts}
    ids = {head.id for head in rules.heads}
    left_out = ids - {rule.id for rule in found.rules}
    for number, raw in enumerate(centre.data.get("uitzonderingen_ci", ())):
        rule, subject, until = raw["regel"], raw["onderwerp"], raw["tot"]
        there = (rule, subject) in findings
        # A collision needs the rules of every regime.
        met = could_meet(rule, subject, receipt.days, left_out) and (rule in ids or not receipt.asked.regimes)
        if until < receipt.on:
            state = EXPIRED
            rest = "de bevinding telt weer mee" if there else "verwijder de uitzondering als zij niet meer nodig is"
            message = f"De geaccepteerde bevinding {rule} bij {subject} gold tot en met {show_date(until)}; {rest}."
        elif met and not there:
            state = UNUSED
            hint = "" if rule in ids or rule.startswith(_COLLISIONS) else did_you_mean(rule, sorted(ids))
            if not hint and subject not in subjects:
                hint = did_you_mean(subject, sorted(subjects))
            message = (
                f"De geaccepteerde bevinding {rule} bij {subject} bestaat niet (meer): verwijder de uitzondering"
                f"{hint or '.'}"
            )
        else:
            continue
        place = centre.place("uitzonderingen_ci", number)
        yield StaleAcceptance(rule, subject, state, message, raw["reden"], raw["door"], until, place)
