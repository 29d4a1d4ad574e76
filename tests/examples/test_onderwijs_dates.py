"""The example centres on other days, their own dates moved along: only what the law changed may differ."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ikec_compliance.app.check import CheckRequest, check
from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import Status
from ikec_compliance.model.verdict import Verdict
from tests.fuzz_unknown import rule_set
from tests.shifted import moved, shifted_centre

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("ikec-hoorn", "ikec-hoorn-op-orde")
NOW = date(2026, 11, 23)
DAYS = (date(2024, 11, 1), date(2025, 9, 1), date(2026, 11, 22))
OLD_TEXT = frozenset({"oudere tekst niet gelezen", "nog niet in werking"})


def _check(folder: Path, on: date) -> Report:
    return check(CheckRequest(folder, regimes=("onderwijs",), on=on))


@cache
def _now(name: str) -> Report:
    return _check(EXAMPLES / name, NOW)


def _then(name: str, on: date, folder: Path) -> Report:
    return _check(shifted_centre(EXAMPLES / name, folder / name, NOW, on), on)


def _verdicts(report: Report) -> dict[str, dict[str, Verdict]]:
    found: dict[str, dict[str, Verdict]] = {}
    for line in report.verdicts:
        found.setdefault(line.rule, {})[line.subject] = line.verdict
    return found


def _changed_by_law(on: date) -> set[str]:
    """Rules with another version, or another value of a parameter, on the two days: read from the rules alone."""
    rules = rule_set()

    def texts(day: date) -> dict[str, object]:
        held = [v for v in rules.versions if v.head.status is Status.PUBLISHED and v.head.valid.holds(day)]
        return {
            v.head.id: (v.head.valid, v.resolve(day, rules.vocabulary, rules.laws).parameters)
            for v in held
            if v.head.regime == "onderwijs"
        }

    then, now = texts(on), texts(NOW)
    return {id_ for id_ in then.keys() & now.keys() if then[id_] != now[id_]}


def _in_force(on: date) -> set[str]:
    return {
        v.head.id
        for v in rule_set().versions
        if v.head.regime == "onderwijs" and v.head.status is Status.PUBLISHED and v.head.valid.holds(on)
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_rule_in_force_on_both_days_gives_the_same_verdicts(name: str, on: date, tmp_path: Path) -> None:
    then, now = _verdicts(_then(name, on, tmp_path)), _verdicts(_now(name))
    compared = (then.keys() & now.keys()) - _changed_by_law(on)
    assert compared == (_in_force(on) & now.keys()) - _changed_by_law(on)
    assert {rule: then[rule] for rule in compared} == {rule: now[rule] for rule in compared}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_rule_missing_on_the_older_day_says_why(on: date, tmp_path: Path) -> None:
    then, now = _then(NAMES[1], on, tmp_path), _now(NAMES[1])
    gone = set(_verdicts(now)) - set(_verdicts(then))
    reasons = {item.rule: item.reason for item in then.not_in_force}
    assert {rule: reasons.get(rule) for rule in gone if reasons.get(rule) not in OLD_TEXT} == {}
    assert gone == set(_verdicts(now)) - _in_force(on)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_no_rule_appears_on_an_older_day_only(on: date, tmp_path: Path) -> None:
    then, now = _then(NAMES[1], on, tmp_path), _now(NAMES[1])
    ended = {item.rule: item.reason for item in now.not_in_force}
    extra = set(_verdicts(then)) - set(_verdicts(now))
    assert {rule for rule in extra if not ended.get(rule, "").startswith("vervallen na")} == set()


def test_the_day_before_has_every_rule_and_the_years_before_have_the_acts_that_were_read() -> None:
    sizes = [len(_in_force(on)) for on in DAYS]
    assert sizes[0] <= sizes[1] < sizes[2]
    assert sizes[2] >= 120
    assert _in_force(DAYS[2]) == _in_force(NOW)
    assert _in_force(DAYS[1]) >= {"OW-MR-01", "OW-SPL-06"}  # WMS, text of 2025-08-01
    assert not _in_force(DAYS[0]) & {"OW-MR-01", "OW-SPL-01"}


def test_bills_are_listed_as_announced_and_never_evaluated() -> None:
    bills = {"OW-VVO-01", "OW-TSV-01", "OW-HKD-01"}
    announced = {v.head.id for v in rule_set().versions if v.head.status is Status.ANNOUNCED}
    assert bills <= announced
    report = _now(NAMES[0])
    assert not bills & {line.rule for line in report.verdicts}
    assert {item.rule: item.reason for item in report.not_in_force if item.rule in bills} == dict.fromkeys(
        bills, "aangekondigd, niet in werking"
    )


@pytest.mark.parametrize(
    ("day", "new", "there"),
    [
        ("2026-08-01", "2025-09-01", "2025-08-01"),  # the first day of a school year stays one
        ("2026-10-06", "2025-09-01", "2025-09-01"),  # done by the old check: done by the new one
        ("2026-11-24", "2024-11-01", "2024-11-24"),  # to come stays to come
        ("2028-02-29", "2025-09-01", "2027-02-28"),
    ],
)
def test_dates_move_by_whole_years(day: str, new: str, there: str) -> None:
    assert moved(date.fromisoformat(day), NOW, date.fromisoformat(new)) == date.fromisoformat(there)
