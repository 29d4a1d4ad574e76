"""What fails in a centre and nothing else: whoever mends it does not ask for the lines of all that is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ikec_compliance.app.catalogue import Catalogue
from ikec_compliance.app.check import facts_of, line_maker, on_date, receipt_of
from ikec_compliance.app.evaluation import evaluate_centre
from ikec_compliance.app.quiet import uncollected
from ikec_compliance.app.remarks import read_acceptances
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import Centre
from ikec_compliance.engine import verdict
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import ConflictLine, Receipt, Report, VerdictLine
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.reconcile import reconcile


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """A ``voldoet_niet``: its line, its rule and the facts (of a day: the slices) that break it."""

    line: VerdictLine
    rule: ResolvedRule
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Failures:
    """Every finding and conflict of a centre. ``open`` and ``undecided`` are ids as ``Target`` has them."""

    receipt: Receipt
    facts: FactBase
    failures: tuple[Failure, ...]
    conflicts: tuple[ConflictLine, ...]
    open: frozenset[str]
    undecided: frozenset[str]


def failures(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> Failures:
    """What ``check_centre`` finds to be wrong."""
    with uncollected():
        return _failures(centre, catalogue, request)


def of_report(report: Report, rules: Sequence[ResolvedRule], facts: FactBase) -> Iterator[Failure]:
    """The findings of a report that was made before; those of a rule that is not among ``rules`` are left out."""
    by_id = {rule.id: rule for rule in rules}
    for line in report.verdicts:
        rule = by_id.get(line.rule)
        if not line.is_finding or rule is None:
            continue
        days = [day for day in facts.days if "@" not in line.subject or line.subject.endswith(day.isoformat())]
        every = (fact for fact in facts.of_type(rule.head.subject, days) if fact.subject == line.subject)
        yield Failure(line, rule, tuple(fact for fact in every if verdict(rule, fact) is Verdict.FAILS))


def _failures(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> Failures:
    on, _ = on_date(centre, request)
    absent = [name for name in request.regimes if all(head.regime != name for head in catalogue.rules.heads)]
    if absent:
        raise InputError(f"er zijn geen regels van regime {absent[0]}; lokale regels kiest u met --extra-rules")
    facts = facts_of(centre, catalogue, request)
    collided: list[ConflictLine] = []

    def collide(rules: Sequence[ResolvedRule]) -> None:
        collided.extend(reconcile(rules, facts, catalogue.frictions))

    seconds = request.seconds if request.seconds > 0 else None
    found = evaluate_centre(catalogue, facts, on, request.regimes, seconds, request.verify, collide)
    maker = line_maker(centre, catalogue, on, False)
    accepted = read_acceptances(centre, on)
    conflicts = tuple(
        replace(line, accepted=accepted.get((line.code, line.subject)) if line.is_finding else None)
        for line in collided
    )
    ids = {
        verdict: {f"{item.rule.id}/{item.subject}" for item in found.judged if item.verdict is verdict}
        for verdict in (Verdict.FAILS, Verdict.UNDECIDED)
    }
    return Failures(
        receipt=receipt_of(centre, catalogue, request, facts, found.rules),
        facts=facts,
        failures=tuple(
            Failure(maker.line(item), item.rule, tuple(fact for fact, own in item.slices if own is Verdict.FAILS))
            for item in found.judged
            if item.verdict is Verdict.FAILS
        ),
        conflicts=conflicts,
        open=frozenset(ids[Verdict.FAILS] | {line.id for line in conflicts if line.is_finding}),
        undecided=frozenset(ids[Verdict.UNDECIDED] | {line.id for line in conflicts if line.state == "onbekend"}),
    )
