"""A centre from first configuration to report."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from ikec_compliance.app.init import init, template
from ikec_compliance.cli import main
from ikec_compliance.model.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = "examples/ikec-hoorn"


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def ikec(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON report of the example centre, written with --output."""
    path = tmp_path_factory.mktemp("rapport") / "rapport.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        result = ikec("check", EXAMPLE, "--format", "json", "--output", str(path))
    assert result.exit_code == 1, result.stderr
    assert result.stdout == ""
    assert [item.name for item in path.parent.iterdir()] == ["rapport.json"]
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def test_report_of_the_example_is_valid_against_the_published_schema(report: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "schema/v1/report.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(report)] == []


def test_every_verdict_has_an_article_and_a_place(report: dict[str, Any]) -> None:
    assert len(report["verdicts"]) == sum(report["summary"]["verdicts"].values()) > 0
    for line in report["verdicts"]:
        assert line["source"][0]["article"]
        assert line["location"]["file"].startswith(EXAMPLE)
        assert line["location"]["line"] >= 1


def test_text_names_every_finding_of_the_json_report(report: dict[str, Any]) -> None:
    text = ikec("check", EXAMPLE).stdout
    flat = " ".join(text.split())
    for line in report["verdicts"]:
        if line["verdict"] == "voldoet_niet":
            assert f"({line['rule']})" in text
            assert f"({line['subject']})" in flat
            assert f"Zie {line['location']['file']}:{line['location']['line']}:" in text
    for conflict in report["conflicts"]:
        # The same collision on many subjects is one entry that names them all.
        code, _, subject = conflict["id"].partition("/")
        assert conflict["id"] in flat or (f"{code}: " in flat and subject.partition(":")[2] in flat), conflict["id"]
    assert not re.search(r"voldoet_niet|oudere_tekst|\bNone\b|\{|\}", text)


@pytest.mark.parametrize("command", ["check", "conflicts"])
def test_same_input_gives_the_same_bytes(command: str) -> None:
    one, two = (ikec(command, EXAMPLE, "--format", "json").stdout for _ in range(2))
    assert one == two


def test_without_centre_the_example_is_checked() -> None:
    result = ikec("conflicts")
    assert "Botsingen tussen regels bij IKEC Hoorn" in result.stdout


def test_fail_on_decides_the_exit_code(report: dict[str, Any]) -> None:
    summary = report["summary"]
    for reason, number in (("violation", summary["violations"]), ("unknown", summary["unknown"]), ("none", 0)):
        assert ikec("check", EXAMPLE, "--fail-on", reason).exit_code == (1 if number else 0), reason


def test_regime_narrows_the_report() -> None:
    data = json.loads(ikec("check", EXAMPLE, "--regime", "jeugdhulp", "--format", "json").stdout)
    assert {line["regime"] for line in data["verdicts"]} == {"jeugdhulp"}
    assert data["receipt"]["regimes"] == ["jeugdhulp"]


def test_period_and_date_reach_the_receipt(tmp_path: Path) -> None:
    path = tmp_path / "bon.json"
    result = ikec("check", EXAMPLE, "--on", "2026-11-24", "--period", "2026-11-24/2026-11-25", "--receipt", str(path))
    assert result.exit_code in (0, 1), result.stderr
    receipt = json.loads(path.read_text(encoding="utf-8"))
    assert (receipt["schema"], receipt["on"]) == ("ikec-receipt/v1", "2026-11-24")
    assert receipt["days"] == ["2026-11-24", "2026-11-25"]


def test_output_replaces_a_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text("oud", encoding="utf-8")
    ikec("conflicts", EXAMPLE, "--output", str(path))
    assert path.read_text(encoding="utf-8").startswith("Botsingen tussen regels")
    assert list(tmp_path.iterdir()) == [path]


def test_conflicts_in_json_are_the_report_object() -> None:
    result = ikec("conflicts", EXAMPLE, "--format", "json", "--check-certificates")
    assert result.exit_code in (0, 1), result.stderr
    data = json.loads(result.stdout)
    assert data["schema"] == "ikec-report/v1"
    assert data["conflicts"]
    assert data["verdicts"] == []


def test_explain_what_fails_what_passes_and_what_is_unknown(report: dict[str, Any]) -> None:
    kinds = ("voldoet_niet", "voldoet", "niet_te_bepalen")
    seen = {line["verdict"]: line for line in report["verdicts"] if line["verdict"] in kinds}
    assert len(seen) == 3
    for verdict, line in seen.items():
        result = ikec("explain", EXAMPLE, line["rule"], line["subject"])
        assert result.exit_code == 0, result.stderr
        assert f"Uitkomst: {verdict.replace('_', ' ')}" in " ".join(result.stdout.split())
        assert "Wanneer de regel geldt" in result.stdout
        assert "Artikelen" in result.stdout
    line = seen["voldoet_niet"]
    data = json.loads(ikec("explain", EXAMPLE, line["rule"], line["subject"], "--format", "json").stdout)
    assert (data["rule"], data["subject"], data["verdict"]) == (line["rule"], line["subject"], "voldoet_niet")
    assert {clause["truth"] for clause in data["clauses"]} >= {"onwaar"}


def test_english_report_has_english_labels_and_rule_texts() -> None:
    text = ikec("check", EXAMPLE, "--lang", "en").stdout
    for label in ("Findings", "Questions that decide most", "Counts", "To do:", "Source:"):
        assert label in text
    for label in ("Bevindingen", "Aantallen", "Bron:", "OVERTREDING"):
        assert label not in text


def test_validate_names_what_is_valid() -> None:
    result = ikec("validate", EXAMPLE, "examples/ikec-hoorn-op-orde")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"{EXAMPLE}: geldig", "examples/ikec-hoorn-op-orde: geldig"]


# A first configuration


def test_first_configuration_gives_a_useful_report(tmp_path: Path) -> None:
    folder = tmp_path / "centrum"
    made = ikec("init", str(folder))
    assert made.exit_code == 0
    assert f"ikec check {folder}" in made.stdout
    assert ikec("validate", str(folder)).exit_code == 0
    result = ikec("check", str(folder), "--format", "json")
    assert result.exit_code == 1, result.stderr
    data = json.loads(result.stdout)
    # 4 children of 1 and 7 of 2 need two (table 1, row 1 to 3 years: 11 children); the second is there on Mondays.
    short = {line["subject"] for line in data["verdicts"]
             if line["rule"] == "KO-BKR-01" and line["verdict"] == "voldoet_niet"}  # fmt: skip
    monday = data["receipt"]["days"][0]
    assert len(short) == 4
    assert f"groep:groep-1@{monday}" not in short
    assert data["questions"]


def test_first_configuration_is_one_short_file_with_remarks(tmp_path: Path) -> None:
    path = init(tmp_path / "a" / "b", date(2026, 11, 26))
    text = path.read_text(encoding="utf-8")
    assert [item.name for item in path.parent.iterdir()] == ["centrum.yaml"]
    assert len(text.splitlines()) <= 40
    assert max(map(len, text.splitlines())) <= 120
    assert text.count("#") >= 8
    assert "2026-11-23/2026-11-27" in text


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 29)])
def test_first_configuration_holds_the_working_week(day: date) -> None:
    assert "rooster: [2026-11-23/2026-11-27]" in template(day)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "medewerkers.yml"
    file.write_text("oud", encoding="utf-8")
    with pytest.raises(InputError, match="bevat al een YAML-bestand"):
        init(tmp_path)
    with pytest.raises(InputError, match="is geen map"):
        init(file)
    with pytest.raises(InputError, match="ligt niet in een map"):
        init(file / "onder")
    assert file.read_text(encoding="utf-8") == "oud"
    assert list(tmp_path.iterdir()) == [file]
