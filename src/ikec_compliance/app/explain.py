"""Why one rule gives its verdict for one subject."""

from __future__ import annotations

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import facts_of, line_maker, on_date, open_centre
from ikec_compliance.app.evaluation import evaluate_centre
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.result import VerdictLine
from ikec_compliance.yamlio.suggest import did_you_mean


def explain(request: CheckRequest, rule: str, subject: str) -> VerdictLine:
    """The verdict line with every clause; ``InputError`` for a rule or subject that is not there."""
    catalogue = open_catalogue(request.rules, request.extra_rules)
    ids = {head.id for head in catalogue.rules.heads}
    if rule not in ids:
        raise InputError(f"onbekende regel '{rule}'{did_you_mean(rule, ids)}")
    centre = open_centre(request)
    on, _ = on_date(centre, request)
    facts = facts_of(centre, catalogue, request)
    seconds = request.seconds if request.seconds > 0 else None
    found = evaluate_centre(catalogue, facts, on, request.regimes, seconds, request.verify)
    mine = [judged for judged in found.judged if judged.rule.id == rule]
    for judged in mine:
        if judged.subject == subject:
            return line_maker(centre, catalogue, on, detail=True).line(judged)
    for absent in found.not_in_force:
        if absent.rule == rule:
            raise InputError(f"regel {rule} is op deze datum niet van kracht: {absent.reason}")
    if not mine:
        raise InputError(f"regel {rule} heeft in dit centrum geen onderwerp")
    subjects = [judged.subject for judged in mine]
    hint = did_you_mean(subject, subjects) or f"; bijvoorbeeld {subjects[0]}"
    raise InputError(f"regel {rule} is niet getoetst voor '{subject}'{hint}")
