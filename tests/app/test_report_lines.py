"""What a report adds to a verdict: judgements, acceptances, dates until which it holds, questions, hours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import check_centre, exit_code
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.result import Report, VerdictLine
from ikec_compliance.model.stale import EXPIRED
from ikec_compliance.model.verdict import Verdict
from tests.rule_files import RULE, changed, folder, places, rules_text, run, write
from tests.support import base, clock, load, person

SUBJECT = "voorziening:kdv"
JUDGED = {"regel": "KO-PRF-01", "onderwerp": SUBJECT, "oordeel": "voldoet", "onderbouwing": "Bezocht.", "door": "GGD",
          "op": "2026-06-01", "geldig_tot": "2026-11-23"}  # fmt: skip
ACCEPTED = {"regel": "KO-PRF-01", "onderwerp": SUBJECT, "reden": "Verbouwing.", "door": "bestuur", "tot": "2026-11-23"}
LAST, AFTER = date(2026, 11, 23), date(2026, 11, 24)


def open_norm(tmp_path: Path) -> Path:
    rules = folder(tmp_path)
    write(rules, rules_text(changed(require="    open_norm: Is het pedagogisch klimaat goed?\n")))
    return rules


def test_a_judgement_is_shown_with_its_verdict_and_expires_after_its_last_day(tmp_path: Path) -> None:
    rules = open_norm(tmp_path)
    assert run(rules, places(15, oordelen=[JUDGED]), date(2026, 5, 31)).verdicts[0].judgement is None
    for day, expired, code in ((LAST, False, 0), (AFTER, True, 1)):
        report = run(rules, places(15, oordelen=[JUDGED]), day)
        (line,) = report.verdicts
        assert line.verdict is Verdict.REVIEW and line.message == "Is het pedagogisch klimaat goed?"
        assert line.judgement is not None
        assert (line.judgement.judgement, line.judgement.by, line.judgement.expired) == ("voldoet", "GGD", expired)
        assert exit_code(report, frozenset({"review"})) == code
    assert exit_code(run(rules, places(15)), frozenset({"review"})) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_judgements_the_one_that_still_holds_counts(order: int, tmp_path: Path) -> None:
    old = {**JUDGED, "oordeel": "voldoet_niet", "op": "2025-06-01", "geldig_tot": "2026-05-31"}
    (line,) = run(open_norm(tmp_path), places(15, oordelen=[old, JUDGED][::order])).verdicts
    assert line.judgement is not None
    assert (line.judgement.judgement, line.judgement.expired) == ("voldoet", False)


def test_a_judgement_on_nothing_is_reported(tmp_path: Path) -> None:
    report = run(open_norm(tmp_path), places(15, oordelen=[{**JUDGED, "onderwerp": "voorziening:weg"}]))
    assert any("KO-PRF-01 bij voorziening:weg hoort bij geen enkele toets" in notice for notice in report.notices)


def strict(tmp_path: Path) -> Path:
    rules = folder(tmp_path)
    write(rules, rules_text(RULE))
    return rules


def test_an_accepted_finding_stays_a_finding_and_changes_only_the_exit_code(tmp_path: Path) -> None:
    rules = strict(tmp_path)
    for day, accepted, code in ((LAST, True, 0), (AFTER, False, 1)):
        report = run(rules, places(21, uitzonderingen_ci=[ACCEPTED]), day)
        (line,) = report.verdicts
        assert line.verdict is Verdict.FAILS and report.summary.violations == 1
        assert (line.accepted is not None) is accepted
        assert exit_code(report, frozenset({"violation"})) == code
        expired = [item for item in report.stale if item.state == EXPIRED]
        assert bool(expired) is not accepted
    assert line.accepted is None


def test_an_acceptance_that_is_no_longer_needed_is_reported(tmp_path: Path) -> None:
    report = run(strict(tmp_path), places(20, uitzonderingen_ci=[ACCEPTED]))
    assert report.verdicts[0].accepted is None and report.verdicts[0].verdict is Verdict.PASSES
    assert any("KO-PRF-01 bij voorziening:kdv bestaat niet (meer)" in item.message for item in report.stale)


def test_an_acceptance_does_not_cover_an_unknown(tmp_path: Path) -> None:
    report = run(strict(tmp_path), places(None, uitzonderingen_ci=[ACCEPTED]))
    assert report.verdicts[0].accepted is None and exit_code(report, frozenset({"unknown"})) == 1


# Until when, by hand from the calendar.


@pytest.mark.parametrize(
    ("require", "registered", "until"),
    [
        # Not more than six weeks ago: 2026-10-20 + 42 days.
        ("{field: peildatum, at_most: {field: geregistreerd_op, plus: 6 weken}}", "2026-10-20", "2026-12-01"),
        # Four years, over a leap day.
        ("{field: peildatum, at_most: {field: geregistreerd_op, plus: 4 jaar}}", "2024-02-29", "2028-02-29"),
        ("{field: peildatum, less_than: {field: geregistreerd_op, plus: 4 jaar}}", "2024-02-29", "2028-02-28"),
        # 31 August and three months: November has thirty days.
        ("{field: peildatum, at_most: {field: geregistreerd_op, plus: 3 maanden}}", "2026-08-31", "2026-11-30"),
        # Not before a date in the past: holds for ever.
        ("{field: peildatum, at_least: {field: geregistreerd_op}}", "2026-01-05", None),
        # Nothing about the day at all.
        ("{field: kindplaatsen, at_most: 20}", "2026-01-05", None),
        # The soonest of two.
        ("{all: [{field: peildatum, at_most: {field: geregistreerd_op, plus: 1 jaar}}, "
         "{field: peildatum, at_most: {field: geregistreerd_op, plus: 10 maanden}}]}", "2026-03-01", "2027-01-01"),
        # The latest of two ways to comply.
        ("{any: [{field: peildatum, at_most: {field: geregistreerd_op, plus: 1 jaar}}, "
         "{field: peildatum, at_most: {field: geregistreerd_op, plus: 10 maanden}}]}", "2026-03-01", "2027-03-01"),
    ],
)  # fmt: skip
def test_until_when_a_norm_is_met(require: str, registered: str, until: str | None, tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text(changed(require=f"    require: {require}\n")))
    data = places(15)
    data["voorzieningen"][0]["geregistreerd_op"] = registered
    (line,) = run(rules, data).verdicts
    assert line.verdict is Verdict.PASSES
    assert line.valid_until == (None if until is None else date.fromisoformat(until))
    if until is not None:
        last = date.fromisoformat(until)
        assert run(rules, data, last).verdicts[0].verdict is Verdict.PASSES
        assert run(rules, data, last + timedelta(days=1)).verdicts[0].verdict is Verdict.FAILS


# Questions.


def test_the_question_that_decides_most_comes_first(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    two = changed(id="  - id: KO-PRF-02\n", require="    require: {field: kindplaatsen, at_most: 30}\n")
    both = changed(
        id="  - id: KO-PRF-03\n",
        require="    require: {all: [{field: aantal_kinderen, at_most: 9}, {field: vierdaagse_weken, at_most: 0}]}\n",
    )
    write(rules, rules_text(RULE, two, both))
    report = run(rules, places(None))
    assert [(q.path, q.decides, q.helps) for q in report.questions] == [
        ("kindplaatsen", 2, 2), ("aantal_kinderen", 0, 1), ("vierdaagse_weken", 0, 1),
    ]  # fmt: skip
    assert report.questions[0].subject_title == "kdv"
    assert report.questions[0].question == "Hoeveel kindplaatsen zijn geregistreerd?"
    assert [len(line.missing) for line in report.verdicts] == [1, 1, 2]


def test_one_answer_is_asked_when_one_decides(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text(changed(
        require="    require: {all: [{field: kindplaatsen, at_most: 9}, {field: aantal_kinderen, at_most: 9}]}\n"
    )))  # fmt: skip
    data = places(None)
    data["voorzieningen"][0]["aantal_kinderen"] = 10
    (line,) = run(rules, data).verdicts
    assert line.verdict is Verdict.FAILS and line.missing == ()
    data["voorzieningen"][0]["aantal_kinderen"] = 9
    (line,) = run(rules, data).verdicts
    assert [item.path for item in line.missing] == ["kindplaatsen"]


def test_a_harmless_unknown_asks_nothing(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text(changed(applies_when="    applies_when: {field: aantal_kinderen, at_least: 5}\n")))
    report = run(rules, places(15))
    assert report.verdicts[0].verdict is Verdict.UNDECIDED and report.verdicts[0].harmless
    assert report.questions == () and exit_code(report, frozenset({"unknown"})) == 0
    report = run(rules, places(21))
    assert report.verdicts[0].verdict is Verdict.UNDECIDED and not report.verdicts[0].harmless
    assert [q.path for q in report.questions] == ["aantal_kinderen"]


# Hours of a presence day.


def presence(lines: list[tuple[int, int, int, int]], tmp_path: Path) -> VerdictLine:
    """KO-BKR-01 of a Monday with (from, to, children of two, beroepskrachten)."""
    roster: list[dict[str, Any]] = []
    people = set()
    for number, (start, end, children, staff) in enumerate(lines):
        when = {"groep": "g1", "dag": "ma", "van": clock(start), "tot": clock(end)}
        roster.append({"id": f"k{number}", **when, "aantallen": {2: children}})
        for who in range(staff):
            roster.append({"id": f"m{number}-{who}", **when, "medewerker": f"p{who}", "rol": "beroepskracht"})
            people.add(f"p{who}")
    data = base(medewerkers=[person(id_) for id_ in sorted(people)], rooster=roster)
    data["volledig"] |= {"documenten": "ja"}
    report: Report = check_centre(load(data, tmp_path), open_catalogue(None, None), CheckRequest(seconds=0))
    return next(line for line in report.verdicts if (line.rule, line.subject) == ("KO-BKR-01", "groep:g1@2026-11-23"))


@pytest.mark.parametrize(
    ("lines", "verdict", "intervals", "slices"),
    [
        ([(480, 600, 8, 1)], "voldoet", [], 1),
        ([(480, 600, 9, 1)], "voldoet_niet", [("08:00", "10:00")], 1),
        # Two breaching slices that touch are one stretch.
        ([(480, 540, 9, 1), (540, 600, 10, 1)], "voldoet_niet", [("08:00", "10:00")], 2),
        # A good one between them parts the stretches; so does an empty hour.
        ([(480, 540, 9, 1), (540, 600, 8, 1), (600, 660, 9, 1)], "voldoet_niet",
         [("08:00", "09:00"), ("10:00", "11:00")], 3),
        ([(480, 540, 9, 1), (600, 660, 9, 1)], "voldoet_niet", [("08:00", "09:00"), ("10:00", "11:00")], 2),
        ([(480, 540, 9, 2), (540, 541, 9, 1), (541, 600, 9, 2)], "voldoet_niet", [("09:00", "09:01")], 3),
        ([], "niet_van_toepassing", [], 1),
    ],
)  # fmt: skip
def test_the_breaching_hours_of_a_day(
    lines: list[tuple[int, int, int, int]], verdict: str, intervals: list[tuple[str, str]], slices: int, tmp_path: Path
) -> None:
    line = presence(lines, tmp_path)
    assert line.verdict.value == verdict
    assert [(item.start, item.end) for item in line.intervals] == intervals
    assert line.slices == slices
