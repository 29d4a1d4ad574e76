"""SARIF, JUnit and GitHub annotations: valid, stable, and never more or less than the report."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from click.testing import CliRunner

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check
from ikec_compliance.cli import main
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.resources import examples_dir, rules_dir
from ikec_compliance.model.result import Acceptance, Report
from ikec_compliance.model.rule import RuleHead
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.gates import gates
from ikec_compliance.report.github import render_github, render_summary
from ikec_compliance.report.junit import render_junit
from ikec_compliance.report.sarif import render_sarif

DATA = Path(__file__).parent.parent / "data"
EXAMPLES = ("ikec-hoorn", "ikec-hoorn-op-orde")
NASTY = "rood %0A ::error::x, a:b\r\n\x00\x1b]<b>&\"'|`*_#@[x](y) \ud83d"


@cache
def _heads() -> tuple[RuleHead, ...]:
    return open_catalogue(rules_dir(), None).rules.heads


@cache
def _report(name: str) -> Report:
    return check(CheckRequest(centre=examples_dir() / name, rules=rules_dir()))


def _nasty(name: str) -> Report:
    report = _report(name)
    lines = tuple(
        replace(line, message=NASTY, title=NASTY, subject_title=NASTY) if line.is_finding else line
        for line in report.verdicts
    )
    return replace(report, verdicts=lines, receipt=replace(report.receipt, centre_name=NASTY))


def _sarif(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_sarif(report, _heads()))
    return found


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("make", [_report, _nasty])
def test_sarif_is_valid_by_the_official_schema(name: str, make: Any) -> None:
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(_sarif(make(name)))


@pytest.mark.parametrize("name", EXAMPLES)
def test_sarif_has_one_result_for_each_open_point(name: str) -> None:
    report = _report(name)
    (run,) = _sarif(report)["runs"]
    kinds = Counter(result["kind"] for result in run["results"])
    verdicts = Counter(line.verdict for line in report.verdicts)
    states = Counter(conflict.state for conflict in report.conflicts)
    assert kinds["fail"] == verdicts[Verdict.FAILS] + states["open"]
    assert kinds["open"] == verdicts[Verdict.UNDECIDED] + states["onbekend"]
    assert kinds["review"] == verdicts[Verdict.REVIEW]
    assert set(kinds) <= {"fail", "open", "review"}
    assert run["properties"]["voldoet"] == verdicts[Verdict.PASSES] + states["voldaan"]
    assert run["properties"]["niet_van_toepassing"] == verdicts[Verdict.NOT_APPLICABLE]
    for result in run["results"]:
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_says_of_each_rule_its_law() -> None:
    rules = {rule["id"]: rule for rule in _sarif(_report("ikec-hoorn"))["runs"][0]["tool"]["driver"]["rules"]}
    rule = rules["OW-CVB-01"]
    assert "WEC art. 40b lid 1" in rule["help"]["text"]
    assert rule["helpUri"].startswith("https://wetten.overheid.nl/BWBR0003549/")
    assert (rule["properties"]["regime"], rule["defaultConfiguration"]["level"]) == ("onderwijs", "error")


def test_sarif_points_from_a_conflict_to_its_rules() -> None:
    (result,) = [r for r in _sarif(_report("ikec-hoorn"))["runs"][0]["results"] if r["ruleId"] == "CF-01"]
    files = [item["physicalLocation"]["artifactLocation"]["uri"] for item in result["relatedLocations"]]
    assert "rules/onderwijs/schoolplan.yaml" in files


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("make", [_report, _nasty])
def test_junit_is_valid_by_its_schema(name: str, make: Any) -> None:
    xmlschema.XMLSchema(str(DATA / "junit.xsd")).validate(render_junit(make(name), _heads()))


@pytest.mark.parametrize("name", EXAMPLES)
def test_junit_counts_what_the_report_counts(name: str) -> None:
    report = _report(name)
    root = ET.fromstring(render_junit(report, _heads()).encode())
    findings = sum(line.is_finding for line in report.verdicts) + sum(c.is_finding for c in report.conflicts)
    assert sum(int(suite.get("failures", "")) for suite in root) == findings == len(root.findall(".//failure"))
    cases = len(report.conflicts) + sum(line.verdict is not Verdict.NOT_APPLICABLE for line in report.verdicts)
    assert sum(int(suite.get("tests", "")) for suite in root) == cases == len(root.findall(".//testcase"))
    assert sum(int(suite.get("skipped", "")) for suite in root) == len(root.findall(".//skipped"))


def test_github_shows_the_worst_ten_and_counts_the_rest() -> None:
    lines = render_github(_report("ikec-hoorn"), _heads()).splitlines()
    assert len(lines) == 11
    assert [line.split(" ", 1)[0] for line in lines] == ["::error"] * 10 + ["::notice"]
    report = _report("ikec-hoorn")
    errors = sum(line.is_finding and line.severity.value == "error" for line in report.verdicts)
    errors += sum(c.is_finding and c.severity.value == "error" for c in report.conflicts)
    assert f"::{errors} overtredingen of botsingen, " in lines[-1]


def test_github_commands_cannot_be_forged() -> None:
    """Escaping as the runner undoes it: %25, %0D, %0A in texts, also %3A and %2C in properties."""
    lines = render_github(_nasty("ikec-hoorn"), _heads()).splitlines()
    assert len(lines) == 11
    for line in lines[:-1]:
        found = re.fullmatch(r"::error file=([^,:]*),line=\d+,col=\d+,title=([^,:]*)::(.*)", line)
        assert found is not None
        title = found[2].replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n")
        assert NASTY in title.replace("%25", "%")
        assert "%0D%0A" in found[3]


def test_the_step_summary_holds_no_markup_of_its_own() -> None:
    text = render_summary(_nasty("ikec-hoorn"), _heads())
    assert "<b>" not in text
    assert "[x](y)" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    report = _report("ikec-hoorn")
    assert len(rows) - 1 == sum(line.is_finding for line in report.verdicts) + sum(
        c.is_finding for c in report.conflicts
    )


def test_what_was_accepted_is_shown_and_no_failure() -> None:
    report = _report("ikec-hoorn")
    first = next(line for line in report.verdicts if line.is_finding)
    accepted = Acceptance("wordt gebouwd", "directeur", date(2026, 12, 31))
    lines = tuple(replace(line, accepted=accepted) if line is first else line for line in report.verdicts)
    changed = replace(report, verdicts=lines)
    name = fingerprint(first.rule, first.subject, report.dated)
    (result,) = [r for r in _sarif(changed)["runs"][0]["results"] if r["partialFingerprints"]["ikec/v1"] == name]
    assert result["kind"] == "fail"
    assert "wordt gebouwd" in result["suppressions"][0]["justification"]
    root = ET.fromstring(render_junit(changed, _heads()).encode())
    before = ET.fromstring(render_junit(report, _heads()).encode())
    assert len(root.findall(".//failure")) == len(before.findall(".//failure")) - 1
    assert "geaccepteerd tot en met 2026-12-31 (wordt gebouwd)" in render_junit(changed, _heads())


def test_a_fingerprint_is_the_same_every_week_and_of_a_dated_day_alone() -> None:
    monday, week_later = "groep:g1@2026-11-23", "groep:g1@2026-11-30"
    assert fingerprint("KO-X-1", monday) == fingerprint("KO-X-1", week_later) == "KO-X-1/groep:g1@ma"
    dated = frozenset({("g1", date(2026, 11, 30))})
    assert fingerprint("KO-X-1", week_later, dated) == "KO-X-1/groep:g1@2026-11-30"
    assert fingerprint("KO-X-1", monday, dated) == "KO-X-1/groep:g1@ma"
    assert fingerprint("KO-X-1", "voorziening:so", dated) == "KO-X-1/voorziening:so"


def test_fingerprints_of_a_report_are_distinct_but_for_weeks() -> None:
    report = _report("ikec-hoorn")
    assert len({day.isocalendar().week for day in report.receipt.days}) == 1
    names = [gate.fingerprint for gate in gates(report, _heads())]
    assert len(names) == len(set(names))


def _run(*args: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["check", str(examples_dir() / "ikec-hoorn"), "--rules", str(rules_dir()), *args])
    return found.exit_code, found.stdout, found.stderr


def test_a_baseline_leaves_everything_visible_and_fails_on_what_is_new(tmp_path: Path) -> None:
    kept = tmp_path / "eerder.json"
    assert _run("--format", "json", "--output", str(kept))[0] == 1
    assert _run("--baseline", str(kept))[0] == 0
    assert _run("--baseline", str(kept))[1].count("OVERTREDING") == _run()[1].count("OVERTREDING") > 0
    data = json.loads(kept.read_text(encoding="utf-8"))
    first = next(item for item in data["verdicts"] if item["verdict"] == "voldoet_niet" and item["severity"] == "error")
    first["verdict"] = "voldoet"
    kept.write_text(json.dumps(data), encoding="utf-8")
    code, text, _ = _run("--baseline", str(kept), "--format", "sarif")
    assert code == 1
    new = [r for r in json.loads(text)["runs"][0]["results"] if r.get("baselineState") == "new"]
    assert [r["partialFingerprints"]["ikec/v1"] for r in new] == [first["fingerprint"]]


BAD = {
    "geen json": ("dit is geen geldige JSON", "1:1"),
    '{"schema": "ikec-report/v1", "verdicts": [{}], "conflicts": []}': ("mist onderdelen", "1:1"),
    '{"schema": "anders"}': ("dit is geen rapport", "1:1"),
    "[1]": ("dit is geen rapport", "1:1"),
    '{"a":\n  b}': ("dit is geen geldige JSON", "2:3"),
}


@pytest.mark.parametrize("text", BAD)
def test_a_baseline_that_is_no_report_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "eerder.json"
    path.write_text(text, encoding="utf-8")
    code, out, error = _run("--baseline", str(path))
    said, at = BAD[text]
    assert (code, out) == (2, "")
    assert error.startswith(f"{path}:{at}: ")
    assert said in error
    assert error.count("\n") == 1


def test_the_step_summary_is_written_where_github_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "samenvatting.md"
    target.write_text("eerder\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    _run("--format", "github")
    text = target.read_text(encoding="utf-8")
    assert text.startswith("eerder\n### Toets van ")


@pytest.mark.parametrize("form", ["sarif", "junit", "github"])
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    assert _run("--format", form)[1] == _run("--format", form)[1]
