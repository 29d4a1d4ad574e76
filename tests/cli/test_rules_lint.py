"""``ikec rules lint``: planted mistakes are refused or reported with file, line and a suggestion, in every form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from ikec_compliance.cli import main
from tests.analysis.lint_cases import RULE, write_rules

SARIF = Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json"


def ikec(target: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", "lint", "--rules", str(target), "--on", "2026-11-23", *arguments])


def line_of(target: Path, text: str) -> int:
    lines = (target / "kinderopvang" / "proef.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


PLANTED: dict[str, tuple[Any, str, str]] = {
    "tikfout in een veld": (
        {"require": {"field": "kindplaatsne", "at_most": 20}}, "kindplaatsne",
        "onbekend veld 'kindplaatsne' bij voorziening; bedoelt u ‘kindplaatsen’?",
    ),
    "tikfout in een sleutel": ({"severty": "error"}, "severty", "onbekende sleutel ‘severty’; bedoelt u ‘severity’?"),
    "onbekende eenheid": (
        {"parameters": {"grens": {"title": "grens", "unit": "kinde", "values": [
            {"value": 20, "from": "2020-01-01", "evidence": "gelezen", "source": RULE["source"]}]}}},
        '"values": [', "onbekende eenheid 'kinde'; bedoelt u ‘kind’?",
    ),
    "overlappende datum": (
        {"rules": [{}, {"valid": {"from": "2025-03-01", "from_known": "ja"}}]}, "KO-PRF-01",
        "regel KO-PRF-01 heeft twee versies voor dezelfde dag (zie rules/kinderopvang/proef.yaml:",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_refused_with_its_place_and_a_suggestion(tmp_path: Path, name: str) -> None:
    piece, text, words = PLANTED[name]
    target = write_rules(tmp_path, piece)
    result = ikec(target)
    assert result.exit_code == 2
    assert words in result.stderr
    file, line, *_ = result.stderr.split(":")
    assert file == "rules/kinderopvang/proef.yaml"
    last = [number for number, shown in enumerate((target / "kinderopvang" / "proef.yaml").read_text().splitlines(), 1)
            if text in shown][-1]  # fmt: skip
    assert abs(int(line) - last) <= 1
    if name == "overlappende datum":
        assert "laat de oudere versie eindigen met to: 2025-02-28" in result.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tikfout in een veld", "onbekende-naam"), ("tikfout in een sleutel", "niet-te-lezen"),
     ("onbekende eenheid", "eenheid-klopt-niet"), ("overlappende datum", "geldigheid-overlapt")],
)  # fmt: skip
def test_a_machine_gets_what_was_refused_as_a_finding(tmp_path: Path, name: str, expected: str) -> None:
    target = write_rules(tmp_path, PLANTED[name][0])
    result = ikec(target, "--format", "json")
    assert result.exit_code == 2
    findings = json.loads(result.stdout)["findings"]
    assert [item["id"] for item in findings] == [expected]
    assert findings[0]["location"]["file"] == "rules/kinderopvang/proef.yaml"


TWO = {"rules": [
    {},
    {"id": "KO-PRF-02", "require": {"field": "kindplaatsen", "at_most": 30}},
    {"id": "KO-PRF-03", "require": {"field": "kindplaatsen", "at_least": 25}},
]}  # fmt: skip


def test_a_shadowed_rule_and_contradicting_rules_are_reported_with_place_and_suggestion(tmp_path: Path) -> None:
    target = write_rules(tmp_path, TWO)
    result = ikec(target)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    shadow = next(number for number, line in enumerate(lines) if line.endswith("[al-gedekt]"))
    assert lines[shadow].startswith(f"rules/kinderopvang/proef.yaml:{line_of(target, 'KO-PRF-02')}:")
    assert (
        ": waarschuwing: KO-PRF-02: wie deze regel overtreedt, overtreedt vanaf 2020-01-01 ook KO-PRF-01"
        in lines[shadow]
    )
    assert lines[shadow + 1] == "    Laat KO-PRF-02 weg, of eis erin wat KO-PRF-01 niet vraagt."
    clash = next(number for number, line in enumerate(lines) if line.endswith("[tegenspraak]"))
    assert lines[clash].startswith(f"rules/kinderopvang/proef.yaml:{line_of(target, 'KO-PRF-01')}:")
    assert f"KO-PRF-03: rules/kinderopvang/proef.yaml:{line_of(target, 'KO-PRF-03')}:" in lines[clash]
    assert "KO-PRF-02" not in lines[clash]
    assert lines[-1].split(" ")[1] in ("fout,", "fouten,")


def test_sarif_fits_the_official_schema_and_is_the_same_every_time(tmp_path: Path) -> None:
    target = write_rules(tmp_path, TWO)
    first, second = ikec(target, "--format", "sarif").stdout, ikec(target, "--format", "sarif").stdout
    assert first == second
    data = json.loads(first)
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    run = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    clash = next(result for result in run["results"] if result["ruleId"] == "tegenspraak")
    assert clash["level"] == "error"
    assert [item["message"]["text"] for item in clash["relatedLocations"]] == ["KO-PRF-03: Proef"]
    assert clash["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith(
        "rules/kinderopvang/proef.yaml"
    )


def test_annotations_are_escaped_and_counted(tmp_path: Path) -> None:
    target = write_rules(tmp_path, TWO)
    lines = ikec(target, "--format", "github").output.splitlines()
    assert lines[0].startswith("::error file=") and "title=tegenspraak::" in lines[0]
    assert "%0ADit is de kleinste verzameling" in lines[0]
    assert lines[-1].startswith("::notice title=ikec rules lint::")


def test_a_regime_without_findings_is_clean(tmp_path: Path) -> None:
    target = write_rules(tmp_path, TWO)
    result = ikec(target, "--regime", "onderwijs")
    assert (result.exit_code, result.output) == (0, "0 fouten, 0 waarschuwingen\n")


def test_warnings_alone_exit_zero(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {"source": [{**RULE["source"][0], "state": "2020-01-01"}]})
    result = ikec(target, "--regime", "kinderopvang")
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "0 fouten, 1 waarschuwing"
