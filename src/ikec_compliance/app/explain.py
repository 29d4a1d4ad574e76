"""Why one rule gives its verdict for one subject."""

from __future__ import annotations

from dataclasses import replace

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import check_centre, open_centre
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.result import VerdictLine
from ikec_compliance.yamlio.suggest import did_you_mean


def explain(request: CheckRequest, rule: str, subject: str) -> VerdictLine:
    """The verdict line with every clause; ``InputError`` for a rule or subject that is not there."""
    catalogue = open_catalogue(request.rules, request.extra_rules)
    ids = {version.head.id for version in catalogue.rules.versions}
    if rule not in ids:
        raise InputError(f"onbekende regel '{rule}'{did_you_mean(rule, ids)}")
    report = check_centre(open_centre(request), catalogue, replace(request, detail=True))
    mine = [line for line in report.verdicts if line.rule == rule]
    for line in mine:
        if line.subject == subject:
            return line
    for absent in report.not_in_force:
        if absent.rule == rule:
            raise InputError(f"regel {rule} is op deze datum niet van kracht: {absent.reason}")
    if not mine:
        raise InputError(f"regel {rule} heeft in dit centrum geen onderwerp")
    subjects = [line.subject for line in mine]
    hint = did_you_mean(subject, subjects) or f"; bijvoorbeeld {subjects[0]}"
    raise InputError(f"regel {rule} is niet getoetst voor '{subject}'{hint}")
