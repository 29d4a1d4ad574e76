"""What a change of the rules flips: in the rules themselves, in the statutory tables, and in given centres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ikec_compliance.analysis.rule_diff import Compared, compare_days, compare_sets
from ikec_compliance.analysis.table_diff import compare_tables
from ikec_compliance.app.catalogue import load, open_catalogue
from ikec_compliance.app.check import check_centre, open_centre
from ikec_compliance.app.located import locate
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.app.revisions import rule_folder
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import Report, VerdictLine
from ikec_compliance.model.rule_diff import CentreChange, CentreFlip, RuleDiff
from ikec_compliance.rules.ruleset import RuleSet

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """The options of ``ikec rules diff``.

    ``sides`` are two rule folders or revisions; empty when ``on`` names two days. ``periods`` are days whose roster
    is checked: with two sides each under both, with two days the first on the first day and the second on the second.
    """

    sides: tuple[str, ...] = ()
    on: tuple[date, ...] = ()
    centres: tuple[Path, ...] = ()
    periods: tuple[Days, ...] = ()
    rules: Path | None = None
    extra_rules: Path | None = None


def rule_diff(request: DiffRequest) -> RuleDiff:
    """Everything that differs. ``InputError`` for sides that cannot be read and for options that do not fit."""
    if len(request.sides) == 2:
        if len(request.on) > 1:
            raise InputError("geef twee revisies of mappen, of twee keer --on, niet allebei")
        return _two_sets(request)
    if len(request.sides) == 1:
        raise InputError("geef twee revisies of twee mappen met regels, of twee keer --on")
    if len(request.on) != 2:
        raise InputError("geef twee revisies of mappen om te vergelijken, of twee keer --on DATUM")
    if len(request.periods) not in (0, 2):
        raise InputError("bij twee keer --on hoort geen of twee keer --period: een voor elke datum")
    return _two_days(request)


def _two_sets(request: DiffRequest) -> RuleDiff:
    here = locate(request.rules)[0]
    with rule_folder(request.sides[0], here) as old, rule_folder(request.sides[1], here) as new:
        before, after = _read(old, request, request.sides[0]), _read(new, request, request.sides[1])
        found = compare_sets(before, after)
        tables = compare_tables(before, after)
        if request.on:
            day = request.on[0]
            changes = (item for item in found.changes if item.first <= day and (item.last is None or day <= item.last))
            found = Compared(tuple(changes), found.rules)
            tables = tuple(item for item in tables if item.first <= day and (item.last is None or day <= item.last))
        on = request.on[0] if request.on else None
        centres = []
        for centre in request.centres:
            for period in request.periods or (None,):
                pair = [_report(centre, folder, on, period, request) for folder in (old, new)]
                centres.append(_centre(pair[0], pair[1], dated=True))
        return RuleDiff(request.sides[0], request.sides[1], found.changes, tables, tuple(centres), found.rules)


def _two_days(request: DiffRequest) -> RuleDiff:
    rules = load(request.rules, request.extra_rules)
    first, second = request.on
    found = compare_days(rules, first, second)
    tables = compare_tables(rules, rules, (first, second))
    periods: Sequence[Days | None] = request.periods or (None, None)
    folder = locate(request.rules)[0]
    centres = []
    for centre in request.centres:
        pair = [_report(centre, folder, day, period, request) for day, period in zip(request.on, periods, strict=True)]
        centres.append(_centre(pair[0], pair[1], dated=False))
    return RuleDiff(first.isoformat(), second.isoformat(), found.changes, tables, tuple(centres), found.rules)


def _read(folder: Path, request: DiffRequest, name: str) -> RuleSet:
    try:
        return load(folder, request.extra_rules)
    except InputError as error:
        raise InputError(f"de regels van ‘{name}’ zijn niet te lezen: {error.message}", error.location) from None


def _report(centre: Path, rules: Path, on: date | None, period: Days | None, request: DiffRequest) -> Report:
    asked = CheckRequest(
        centre, on if on is not None or period is None else period[0], period, rules=rules,
        extra_rules=request.extra_rules,
    )  # fmt: skip
    return check_centre(open_centre(asked), open_catalogue(rules, request.extra_rules), asked)


def _centre(old: Report, new: Report, dated: bool) -> CentreChange:
    """``dated``: both reports are of the same days, so a day of one is that day of the other."""
    before, after = _lines(old, dated), _lines(new, dated)
    flips: list[CentreFlip] = []
    same = 0
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        if one is not None and other is not None and one.verdict is other.verdict:
            same += 1
            continue
        line = other or one
        if line is None:
            continue
        flips.append(
            CentreFlip(
                line.rule, line.subject, one.verdict if one else None, other.verdict if other else None, line.message,
                line.location,
            )
        )  # fmt: skip
    flips.sort(key=lambda flip: (not flip.worse, flip.rule, flip.subject))
    receipt = new.receipt
    return CentreChange(
        receipt.centre_path, receipt.centre_name, _days(old), _days(new), tuple(flips), same
    )  # fmt: skip


def _lines(report: Report, dated: bool) -> Mapping[str, VerdictLine]:
    """Lines by rule and subject; of several weeks compared by weekday the worst counts."""
    found: dict[str, VerdictLine] = {}
    for line in report.verdicts:
        key = f"{line.rule}/{line.subject}" if dated else fingerprint(line.rule, line.subject)
        if key not in found or line.verdict.rank < found[key].verdict.rank:
            found[key] = line
    return found


def _days(report: Report) -> str:
    days = report.receipt.days
    if not days:
        return report.receipt.on.isoformat()
    first, last = min(days), max(days)
    return first.isoformat() if first == last else f"{first}/{last}"


def worsened(diff: RuleDiff) -> Iterator[CentreFlip]:
    """The findings that have come in the given centres."""
    for centre in diff.centres:
        yield from (flip for flip in centre.flips if flip.worse)
