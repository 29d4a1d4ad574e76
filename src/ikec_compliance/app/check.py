"""The main use case: one centre, every regime, one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ikec_compliance import __version__
from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.completeness import unique_subjects
from ikec_compliance.app.dated import dated_days
from ikec_compliance.app.evaluation import Evaluation, evaluate_centre
from ikec_compliance.app.lines import LineMaker
from ikec_compliance.app.notices import notices
from ikec_compliance.app.outcome import asked, results
from ikec_compliance.app.overview import overview
from ikec_compliance.app.questions import questions
from ikec_compliance.app.quiet import uncollected
from ikec_compliance.app.remarks import read_acceptances, read_judgements
from ikec_compliance.app.request import DEFAULT_SECONDS, YEARS, CheckRequest
from ikec_compliance.app.stale import stale_acceptances
from ikec_compliance.centre import Centre, load_centre
from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.facts.period import MAX_DAYS, Period, check_days
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.resources import examples_dir
from ikec_compliance.model.result import ConflictLine, Receipt, Report, Summary, VerdictLine, WithoutSubject
from ikec_compliance.model.rule import ResolvedRule, Severity
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.reconcile import reconcile, repairs

__all__ = ["DEFAULT_SECONDS", "CheckRequest", "check", "exit_code"]

OPTION, CENTRE, TODAY = "optie --on", "peildatum van het centrum", "vandaag"
"""Where the date of a check came from."""

FAIL_ON = ("violation", "conflict", "warning", "unknown", "review", "none")


def check(request: CheckRequest) -> Report:
    """Everything about a centre on a date. Raises ``InputError`` for bad input, ``InternalError`` otherwise."""
    catalogue = open_catalogue(request.rules, request.extra_rules)
    centre = open_centre(request)
    return check_centre(centre, catalogue, request)


def open_centre(request: CheckRequest) -> Centre:
    """The configuration a request names, or the example."""
    return load_centre(request.centre if request.centre is not None else examples_dir() / "ikec-hoorn")


def on_date(centre: Centre, request: CheckRequest) -> tuple[date, str]:
    """The date of evaluation and where it came from."""
    if request.on is not None:
        return request.on, OPTION
    if centre.peildatum is not None:
        if centre.peildatum.year not in YEARS:
            raise InputError("kies een peildatum tussen 1900 en 2199", centre.place("centrum", "peildatum"))
        return centre.peildatum, CENTRE
    return request.today or date.today(), TODAY


def facts_of(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> FactBase:
    """The facts a request speaks of."""
    on, _ = on_date(centre, request)
    period = Period(*request.period) if request.period else None
    if period is not None and not 0 <= (period.last - period.first).days < MAX_DAYS:
        raise InputError(f"een periode loopt van een eerste tot een latere dag en is hoogstens {MAX_DAYS} dagen")
    days = check_days(centre, on, request.on is not None, period)
    if len(days) > MAX_DAYS:
        raise InputError(
            f"het rooster is over {len(days)} dagen volledig verklaard en een toets gaat over hoogstens {MAX_DAYS} "
            "dagen; kies een deel met --period VAN/TOT",
            centre.place("volledig", "rooster"),
        )
    return derive(centre, catalogue.rules.vocabulary, on, days, catalogue.rules.folder)


def line_maker(centre: Centre, catalogue: Catalogue, on: date, detail: bool) -> LineMaker:
    """What turns judged rules of a centre into report lines."""
    judgements, acceptances = read_judgements(centre, on), read_acceptances(centre, on)
    return LineMaker(centre, catalogue.rules.vocabulary, on, detail, judgements, acceptances)


def receipt_of(
    centre: Centre, catalogue: Catalogue, request: CheckRequest, facts: FactBase, rules: Sequence[ResolvedRule]
) -> Receipt:
    """What was checked with what; ``rules`` are those that were evaluated."""
    on, on_source = on_date(centre, request)
    laws = sorted({source.law for rule in rules for source in rule.head.source})
    return Receipt(
        version=__version__,
        on=on,
        on_source=on_source,
        days=tuple(facts.days),
        centre=centre.id,
        centre_name=str(centre.data["centrum"].get("naam") or centre.id),
        centre_path=centre.name,
        centre_sha256=centre.sha256,
        rules_path=catalogue.shown,
        rules_packaged=catalogue.packaged,
        rules_sha256=catalogue.rules.sha256,
        engine="durable-rules 2.0.28",
        laws={code: catalogue.rules.laws.by_code[code].read_until for code in laws},
        regimes=tuple(dict.fromkeys(rule.head.regime for rule in rules)),
        verified=request.verify,
        asked=asked(request),
    )


def check_centre(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> Report:
    """``check`` for a configuration and rule set that are already loaded."""
    with uncollected():
        return _report(centre, catalogue, request)


def _report(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> Report:
    on, _ = on_date(centre, request)
    facts = facts_of(centre, catalogue, request)
    rules = catalogue.rules
    seconds = request.seconds if request.seconds > 0 else None
    absent = [regime for regime in request.regimes if all(head.regime != regime for head in rules.heads)]
    if absent:
        raise InputError(f"er zijn geen regels van regime {absent[0]}; lokale regels kiest u met --extra-rules")
    collided: list[ConflictLine] = []
    found = evaluate_centre(
        catalogue, facts, on, request.regimes, seconds, request.verify,
        lambda in_force: collided.extend(reconcile(in_force, facts, catalogue.frictions)),
    )  # fmt: skip
    maker = line_maker(centre, catalogue, on, request.detail)
    lines = tuple(maker.line(item) for item in found.judged)
    accepted = read_acceptances(centre, on)
    conflicts = tuple(
        replace(conflict, accepted=accepted.get((conflict.code, conflict.subject)) if conflict.is_finding else None)
        for conflict in collided
    )
    receipt = replace(receipt_of(centre, catalogue, request, facts, found.rules), results=results(lines, conflicts))
    subjects = {line.rule for line in lines}
    return Report(
        receipt=receipt,
        summary=_summary(lines, conflicts, found),
        verdicts=lines,
        conflicts=conflicts,
        questions=questions(lines, centre),
        repairs=repairs(conflicts),
        notices=tuple(notices(centre, rules, found, lines, conflicts, receipt)),
        not_in_force=found.not_in_force,
        without_subject=tuple(
            WithoutSubject(rule.id, rule.head.regime, rule.head.subject)
            for rule in found.rules
            if rule.id not in subjects
        ),
        stale=tuple(stale_acceptances(centre, rules, found, lines, conflicts, receipt)),
        vocabulary=_words(centre),
        dated=dated_days(centre),
        baseline=request.baseline,
        overview=overview(centre, facts) if request.overview else None,
    )


def exit_code(report: Report, fail_on: frozenset[str]) -> int:
    """0 when nothing in ``fail_on`` is there, else 1 (DESIGN §11).

    Findings that were accepted or stood in the baseline do not count.
    """
    open_lines = [
        line
        for line in report.verdicts
        if line.is_finding
        and line.accepted is None
        and fingerprint(line.rule, line.subject, report.dated) not in report.baseline
    ]
    open_conflicts = [
        conflict
        for conflict in report.conflicts
        if conflict.is_finding
        and conflict.accepted is None
        and fingerprint(conflict.code, conflict.subject) not in report.baseline
    ]
    there = {
        "violation": any(line.severity is Severity.ERROR for line in open_lines),
        "conflict": any(conflict.severity is Severity.ERROR for conflict in open_conflicts),
        "warning": any(line.severity is Severity.WARNING for line in open_lines)
        or any(conflict.severity is Severity.WARNING for conflict in open_conflicts)
        or any(item.fingerprint not in report.baseline for item in report.stale),
        "unknown": any(line.verdict is Verdict.UNDECIDED and not line.harmless for line in report.verdicts),
        "review": any(
            line.verdict is Verdict.REVIEW and (line.judgement is None or line.judgement.expired)
            for line in report.verdicts
        ),
    }
    return int(any(there.get(name, False) for name in fail_on))


def _summary(lines: Sequence[VerdictLine], conflicts: Sequence[ConflictLine], found: Evaluation) -> Summary:
    # ``_value_`` because a member's hash and value are worked out anew each time, and there are thousands of lines.
    counts = Counter([(line.regime, line.verdict._value_) for line in lines])
    fails = [line for line in lines if line.is_finding]
    undecided = [line for line in lines if line.verdict is Verdict.UNDECIDED]
    regimes = dict.fromkeys(regime for regime, _ in counts)
    return Summary(
        verdicts={verdict.value: sum(counts[regime, verdict.value] for regime in regimes) for verdict in Verdict},
        per_regime={regime: {item.value: counts[regime, item.value] for item in Verdict} for regime in regimes},
        violations=sum(1 for line in fails if line.severity is Severity.ERROR),
        warnings=sum(1 for line in fails if line.severity is Severity.WARNING),
        conflicts_open=sum(1 for conflict in conflicts if conflict.is_finding),
        conflicts=len(conflicts),
        unknown=sum(1 for line in undecided if not line.harmless),
        harmless=sum(1 for line in lines if line.harmless),
        review=sum(counts[regime, Verdict.REVIEW.value] for regime in regimes),
        subjects=unique_subjects(line.subject for line in lines),
        rules=len(found.rules),
        slices=sum([line.slices for line in lines]),
    )


def _words(centre: Centre) -> dict[str, str]:
    found = {}
    for own, terms in centre.data.get("woordenlijst", {}).items():
        shown = [f"{term} ({regime})" for regime, term in terms.items() if term]
        found[own] = "; ".join(shown)
    return found
