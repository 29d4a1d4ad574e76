"""Checks one centre after another in one process: the verdicts of ``ikec check``, counted and not told."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import facts_of, on_date
from ikec_compliance.app.completeness import unique_subjects
from ikec_compliance.app.dated import dated_days
from ikec_compliance.app.evaluation import Judged, evaluate_centre
from ikec_compliance.app.program import program_sha256
from ikec_compliance.app.remarks import read_acceptances
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre.loader import centre_of
from ikec_compliance.engine import harmless
from ikec_compliance.fleet.task import CHECKED, COUNTS, REGIMES, Finding, Item, Outcome, Settings, failed, unreadable
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.rule import Severity
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.reconcile import reconcile
from ikec_compliance.yamlio.documents import document_of


class _Level(NamedTuple):
    """What a finding counts for."""

    regime: str
    severity: Severity
    accepted: bool


class Judge:
    """A rule set, opened once, and what is asked of every centre. ``InputError`` when the rules are not the same."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._catalogue = open_catalogue(settings.rules, settings.extra_rules)
        if self._catalogue.rules.sha256 != settings.rules_sha256:
            raise InputError("een werker heeft andere regels dan deze machine; geef overal dezelfde map met --rules")
        if settings.program_sha256 not in ("", program_sha256()):
            raise InputError("een werker heeft een andere versie van ikec dan deze machine; geef alle dezelfde")
        self._request = CheckRequest(
            on=settings.on, period=settings.period, regimes=settings.regimes, verify=settings.verify, seconds=0,
            today=settings.today,
        )  # fmt: skip

    def __call__(self, item: Item) -> Outcome:
        """The outcome of one centre; whatever is wrong with it or the program is an outcome too."""
        if item.problem:
            return unreadable(item, item.problem)
        try:
            return self._checked(item)
        except InputError as error:
            others = len(getattr(error, "errors", (error,))) - 1
            more = f" (en nog {others} {'fout' if others == 1 else 'fouten'})" if others else ""
            return unreadable(item, f"{error}{more}")
        except InternalError as error:
            return failed(item, f"interne fout: {error}")
        except MemoryError:
            raise
        except Exception as error:
            return failed(item, " ".join(f"interne fout ({type(error).__name__}: {error})".split()))

    def _checked(self, item: Item) -> Outcome:
        request, catalogue = self._request, self._catalogue
        document = document_of(item.files)
        centre = centre_of(document.root, document.sha256, item.id)
        on, _ = on_date(centre, request)
        facts = facts_of(centre, catalogue, request)
        found = evaluate_centre(catalogue, facts, on, request.regimes, None, request.verify)
        accepted, dated = read_acceptances(centre, on), dated_days(centre)
        findings, levels = [], []
        for judged in found.judged:
            if judged.verdict is Verdict.FAILS:
                head, subject = judged.rule.head, judged.subject
                level = _Level(head.regime, head.severity, (judged.rule.id, subject) in accepted)
                levels.append(level)
                findings.append(_finding("regel", judged.rule.id, subject, Verdict.FAILS.value, level,
                                         fingerprint(judged.rule.id, subject, dated)))  # fmt: skip
        for line in reconcile(found.rules, facts, catalogue.frictions):
            if line.is_finding:
                level = _Level("afstemming", line.severity, (line.code, line.subject) in accepted)
                levels.append(level)
                findings.append(_finding("botsing", line.code, line.subject, line.state, level,
                                         fingerprint(line.code, line.subject)))  # fmt: skip
        verdicts = Counter(judged.verdict for judged in found.judged)
        regimes = Counter(level.regime for level in levels)
        errors = [level for level in levels if level.severity is Severity.ERROR]
        undecided = [judged for judged in found.judged if judged.verdict is Verdict.UNDECIDED]
        counts = (
            *(verdicts[verdict] for verdict in Verdict),
            len(errors),
            len(levels) - len(errors),
            regimes["afstemming"],
            _questions(undecided),
            sum(level.accepted for level in levels),
            len(found.rules),
            unique_subjects(judged.subject for judged in found.judged),
            *(regimes[regime] for regime in REGIMES),
        )
        assert len(counts) == len(COUNTS)
        code = int(any(not level.accepted for level in errors))
        return Outcome(item.number, item.id, item.region, CHECKED, code, "", on.isoformat(), centre.sha256, counts,
                       tuple(findings))  # fmt: skip


def _finding(kind: str, rule: str, subject: str, verdict: str, level: _Level, name: str) -> Finding:
    return Finding(kind, rule, level.regime, subject, verdict, level.severity.value, level.accepted, name)


def _questions(undecided: list[Judged]) -> int:
    """How many undecided verdicts matter: for the others no answer would make a finding."""
    known: dict[int, bool] = {}
    for judged in undecided:
        twin = judged.twin
        if twin is not None and id(twin) in known:
            known[id(judged)] = known[id(twin)]
        else:
            rule = judged.rule
            known[id(judged)] = all(
                harmless(rule, part) for part, verdict in judged.slices if verdict is Verdict.UNDECIDED
            )
    return sum(not no_harm for no_harm in known.values())
