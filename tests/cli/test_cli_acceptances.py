"""``uitzonderingen_ci``: what expired or is not used is a finding of its own, in every format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import openpyxl
import pytest
import xmlschema

from ikec_compliance.model.resources import schema_dir
from tests.small_centre import RULE, SUBJECT, accepted, ikec, short, staffed, write

DATA = Path(__file__).parent.parent / "data"
CASES: dict[str, tuple[dict[str, Any], str]] = {
    # (configuration, code): the date of the check is 23 November 2026 and the last day counts.
    "verlopen": (short(uitzonderingen_ci=[accepted("2026-11-22")]), "CI-VERLOPEN"),
    "ongebruikt": (staffed(uitzonderingen_ci=[accepted("2026-11-23")]), "CI-ONGEBRUIKT"),
    "verlopen en opgelost": (staffed(uitzonderingen_ci=[accepted("2026-11-22")]), "CI-VERLOPEN"),
    "tikfout": (short(uitzonderingen_ci=[accepted("2027-01-01", "KO-BRK-01")]), "CI-ONGEBRUIKT"),
    "ander onderwerp": (short(uitzonderingen_ci=[accepted("2027-01-01", RULE, "groep:gg1@2026-11-23")]),
                        "CI-ONGEBRUIKT"),
}  # fmt: skip


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    data, code = CASES[request.param]
    return write(data, tmp_path / "centrum.yaml"), code


def check(path: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ikec("check", path, "--format", "json", *arguments).stdout)
    return found


def test_a_valid_acceptance_changes_only_the_exit_code(tmp_path: Path) -> None:
    path = write(short(uitzonderingen_ci=[accepted("2026-11-23")]), tmp_path / "centrum.yaml")
    report = check(path, "--regime", "kinderopvang")
    assert report["stale_acceptances"] == []
    (line,) = [item for item in report["verdicts"] if (item["rule"], item["subject"]) == (RULE, SUBJECT)]
    assert line["verdict"] == "voldoet_niet"
    assert line["accepted"] == {"reason": "vacature loopt", "by": "directie", "until": "2026-11-23"}


def test_stale_is_a_warning_and_no_verdict(case: tuple[Path, str]) -> None:
    path, code = case
    report = check(path)
    (item,) = report["stale_acceptances"]
    assert (item["rule"], item["severity"], item["location"]["file"]) == (code, "warning", str(path))
    assert item["location"]["line"] > 1
    assert all(not line["rule"].startswith("CI-") for line in report["verdicts"])
    assert ikec("check", path, "--fail-on", "warning").exit_code == 1
    assert ikec("check", path, "--fail-on", "none").exit_code == 0
    schema = json.loads((schema_dir() / "v1" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(report)


def test_only_the_stale_acceptance_counts_as_warning(tmp_path: Path) -> None:
    path = write(staffed(), tmp_path / "centrum.yaml")
    assert ikec("check", path, "--fail-on", "warning").exit_code == 0
    path = write(CASES["ongebruikt"][0], path)
    assert ikec("check", path, "--fail-on", "warning").exit_code == 1
    assert ikec("check", path, "--fail-on", "violation,conflict").exit_code == 0


def test_an_expired_acceptance_no_longer_shields(tmp_path: Path) -> None:
    other = accepted("2027-01-01", "KO-VGB-10", "voorziening:kdv@2026-11-23")
    path = write(short(uitzonderingen_ci=[accepted("2026-11-23"), other]), tmp_path / "centrum.yaml")
    assert ikec("check", path).exit_code == 0
    path = write(short(uitzonderingen_ci=[accepted("2026-11-22"), other]), path)
    assert ikec("check", path).exit_code == 1


def test_it_is_visible_in_every_format(case: tuple[Path, str]) -> None:
    path, code = case
    assert f"({code})" in ikec("check", path).stdout
    assert f"({code})" in ikec("check", path, "--lang", "en").stdout
    sarif = json.loads(ikec("check", path, "--format", "sarif").stdout)
    jsonschema.Draft7Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text("utf-8"))).validate(sarif)
    (result,) = [item for item in sarif["runs"][0]["results"] if item["ruleId"] == code]
    assert (result["kind"], result["level"], result["baselineState"]) == ("fail", "warning", "new")
    assert f"::warning file={path},".replace(",", "%2C") in ikec("check", path, "--format", "github").stdout.replace(
        ",", "%2C"
    )
    text = ikec("check", path, "--format", "junit").stdout
    xmlschema.XMLSchema(str(DATA / "junit.xsd")).validate(text)
    (suite,) = [item for item in ET.fromstring(text.encode()) if item.get("name") == "uitzonderingen_ci"]
    (failure,) = suite.findall(".//failure")
    assert (suite.get("failures"), failure.get("type")) == ("1", "warning")


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_it_is_visible_in_the_reports_for_people(tmp_path: Path, form: str) -> None:
    path = write(CASES["verlopen"][0], tmp_path / "centrum.yaml")
    text = ikec("check", path, "--format", form).stdout
    assert "CI-VERLOPEN" in text
    assert "vacature loopt" in text


def test_it_is_visible_in_the_workbook(tmp_path: Path) -> None:
    path, target = write(CASES["verlopen"][0], tmp_path / "centrum.yaml"), tmp_path / "rapport.xlsx"
    assert ikec("check", path, "--format", "xlsx", "--output", target).exit_code == 1
    sheets = openpyxl.load_workbook(target)
    found = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert "CI-VERLOPEN" in found


def test_a_typing_error_gets_a_suggestion(tmp_path: Path) -> None:
    path = write(CASES["tikfout"][0], tmp_path / "centrum.yaml")
    (item,) = check(path)["stale_acceptances"]
    assert "bedoelt u ‘KO-BKR-01’?" in item["message"]
    path = write(CASES["ander onderwerp"][0], path)
    (item,) = check(path)["stale_acceptances"]
    assert "bedoelt u ‘groep:g1@2026-11-23’?" in item["message"]


@pytest.mark.parametrize(
    ("rule", "subject", "options"),
    [
        ("OW-SPL-01", "voorziening:so", ("--regime", "kinderopvang")),
        ("CF-01", "document:plan", ("--regime", "kinderopvang")),
        (RULE, "groep:g1@2026-11-30", ()),
    ],
)
def test_a_check_that_leaves_it_out_says_nothing(
    tmp_path: Path, rule: str, subject: str, options: tuple[str, ...]
) -> None:
    path = write(short(uitzonderingen_ci=[accepted("2027-01-01", rule, subject)]), tmp_path / "centrum.yaml")
    assert check(path, *options)["stale_acceptances"] == []


def test_a_baseline_holds_it_too(tmp_path: Path) -> None:
    path, kept = write(CASES["verlopen"][0], tmp_path / "centrum.yaml"), tmp_path / "basislijn.json"
    every = "violation,conflict,warning"
    assert ikec("check", path, "--write-baseline", kept, "--fail-on", every).exit_code == 1
    data = json.loads(kept.read_text(encoding="utf-8"))
    schema = json.loads((schema_dir() / "v1" / "basislijn.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert f"CI-VERLOPEN/{RULE}/{SUBJECT}" in data["findings"]
    assert f"{RULE}/groep:g1@ma" in data["findings"]
    assert ikec("check", path, "--baseline", kept, "--fail-on", every).exit_code == 0
    assert "(CI-VERLOPEN)" in ikec("check", path, "--baseline", kept).stdout


def test_what_is_accepted_is_not_in_a_new_baseline(tmp_path: Path) -> None:
    path = write(short(uitzonderingen_ci=[accepted("2026-11-23")]), tmp_path / "centrum.yaml")
    kept = tmp_path / "basislijn.json"
    ikec("check", path, "--write-baseline", kept)
    findings = json.loads(kept.read_text(encoding="utf-8"))["findings"]
    assert f"{RULE}/groep:g1@ma" not in findings
    assert "KO-VGB-10/voorziening:kdv@ma" in findings
