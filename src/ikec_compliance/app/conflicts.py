"""Only the collisions between regimes: no verdict is asked of the engine, only the joins of the norms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import facts_of, on_date, open_centre, receipt_of
from ikec_compliance.app.remarks import read_acceptances
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import Centre
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.result import ConflictLine, Report, Summary
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.reconcile import check_certificates, reconcile, repairs
from ikec_compliance.rules.sides import show_date


def conflicts(request: CheckRequest, check_proofs: bool = False, unlisted: bool = False) -> Report:
    """The report object with conflicts and repairs only; with ``unlisted`` just those that no friction describes.

    A certificate that does not verify is an ``InternalError``.
    """
    catalogue = open_catalogue(request.rules, request.extra_rules)
    centre = open_centre(request)
    absent = [name for name in request.regimes if all(head.regime != name for head in catalogue.rules.heads)]
    if absent:
        raise InputError(f"er zijn geen regels van regime {absent[0]}; lokale regels kiest u met --extra-rules")
    facts = facts_of(centre, catalogue, request)
    rules = _in_force(catalogue, centre, facts, request)
    accepted = read_acceptances(centre, on_date(centre, request)[0])
    found = tuple(
        replace(line, accepted=accepted.get((line.code, line.subject)) if line.is_finding else None)
        for line in reconcile(rules, facts, catalogue.frictions)
        if not unlisted or not line.listed
    )
    if check_proofs:
        problems = check_certificates(found)
        if problems:
            raise InternalError(f"een bewijs klopt niet: {problems[0]}")
    return Report(
        receipt=receipt_of(centre, catalogue, request, facts, rules),
        summary=_summary(found, rules),
        verdicts=(),
        conflicts=found,
        repairs=repairs(found),
        notices=tuple(_notices(found)),
    )


def _in_force(catalogue: Catalogue, centre: Centre, facts: FactBase, request: CheckRequest) -> list[ResolvedRule]:
    """The law of the date for what lasts, that of the first day checked for presence."""
    on, _ = on_date(centre, request)
    types = catalogue.rules.vocabulary.types
    day = facts.days[0] if facts.days else on
    lasting = catalogue.on(on, request.regimes).rules
    daily = catalogue.on(day, request.regimes).rules
    every = {rule.id: rule for rule in daily if types[rule.head.subject].per_day}
    every |= {rule.id: rule for rule in lasting if not types[rule.head.subject].per_day}
    order = {head.id: number for number, head in enumerate(catalogue.rules.heads)}
    return sorted(every.values(), key=lambda rule: order[rule.id])


def _summary(found: Sequence[ConflictLine], rules: Sequence[ResolvedRule]) -> Summary:
    """Counts of conflicts; nothing was asked of single rules."""
    return Summary(
        verdicts={verdict.value: 0 for verdict in Verdict},
        per_regime={},
        violations=0,
        warnings=0,
        conflicts_open=sum(1 for line in found if line.is_finding),
        conflicts=len(found),
        unknown=0,
        harmless=0,
        review=0,
        subjects=len({line.subject for line in found}),
        rules=len(rules),
        slices=0,
    )


def _notices(found: Sequence[ConflictLine]) -> Iterator[str]:
    yield "Alleen botsingen tussen regels zijn berekend; ‘ikec check’ toetst ook elke regel apart."
    for line in found:
        if not line.certificate.complete:
            yield (
                f"{line.id}: de eerste {len(line.certificate.conflicts)} kleinste botsingen en "
                f"{len(line.certificate.removals)} kleinste oplossingen zijn berekend; er zijn er meer."
            )
        if line.accepted is not None:
            yield (
                f"De botsing {line.id} is geaccepteerd door {line.accepted.by} tot en met "
                f"{show_date(line.accepted.until)}: {line.accepted.reason}"
            )
