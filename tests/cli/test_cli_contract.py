"""Exit codes, one-line errors and options of every command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from ikec_compliance.cli import main
from ikec_compliance.model.errors import InternalError
from tests.analysis.lint_cases import RULE, write_rules

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = str(ROOT / "examples" / "ikec-hoorn")
COMMANDS = [
    ["check"], ["conflicts"], ["explain"], ["validate"], ["bkr"], ["bkr", "dagopvang"], ["bkr", "bso"], ["init"],
    ["diff"], ["receipt"], ["receipt", "check"],
    ["rules"], ["rules", "list"], ["rules", "show"], ["rules", "lint"], ["rules", "test"], ["rules", "schema"],
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("IKEC_DEBUG", raising=False)


def ikec(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def refused(*arguments: str) -> str:
    """The one line on stderr of a call that must end with exit code 2 and no output."""
    result = ikec(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith("\n")
    assert "Traceback" not in result.stderr
    return result.stderr.strip()


# Help


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=lambda command: " ".join(command) or "ikec")
def test_help_is_dutch(command: list[str]) -> None:
    result = ikec(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Gebruik: ikec")
    assert "Toon deze hulp en stop." in result.stdout
    for english in ("Usage", "Options:", "Commands:", "Show this", "[default", "[required", "Arguments"):
        assert english not in result.stdout


@pytest.mark.parametrize("command", [[], ["bkr"], ["rules"], ["receipt"]])
def test_a_group_without_command_shows_its_help(command: list[str]) -> None:
    result = ikec(*command)
    assert result.exit_code == 0
    assert "Opdrachten:" in result.stdout


def test_version() -> None:
    result = ikec("--version")
    assert re.fullmatch(r"ikec \d+\.\d+\.\d+\n", result.stdout)


# Errors of use


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "onbekende opdracht ‘chek’; bedoelt u ‘check’?"),
        (["check", "--formaat", "json"], "onbekende optie --formaat; bedoelt u ‘--format’?"),
        (["check", "--format"], "optie --format heeft een waarde nodig"),
        (["check", "--verify=ja"], "optie --verify heeft geen waarde"),
        (["validate", "--format", "sarif"], "onbekende optie --format"),
        (["check", "--format", "jsn"], "onbekende waarde ‘jsn’; bedoelt u ‘json’?; kies uit text, json"),
        (["check", "--lang", "de"], "--lang: onbekende waarde ‘de’"),
        (["check", "--on", "23-11-2026"], "--on: ‘23-11-2026’ is geen datum; schrijf jjjj-mm-dd"),
        (["check", "--on", "2026-02-30"], "‘2026-02-30’ is geen datum"),
        (["check", "--on", ""], "‘’ is geen datum"),
        (["check", "--period", "2026-11-23"], "‘2026-11-23’ is geen periode; schrijf van/tot"),
        (["check", "--period", "2026-11-27/2026-11-23"], "de laatste dag (2026-11-23) ligt voor de eerste"),
        (["check", "--regime", "kinderopvan"], "bedoelt u ‘kinderopvang’?"),
        (["check", "--fail-on", "violation,conflct"], "onbekende waarde ‘conflct’; bedoelt u ‘conflict’?"),
        (["check", "--fail-on", "none,warning"], "none staat alleen"),
        (["check", "--output", "nergens/rapport.txt"], "de map nergens bestaat niet"),
        (["check", "--output", "examples"], "examples is een map"),
        (["check", "--receipt", "nergens/r.json"], "de map nergens bestaat niet"),
        (["check", "a", "b"], "te veel argumenten: ‘b’"),
        (["explain"], "het argument CENTRUM ontbreekt"),
        (["explain", "a", "b"], "het argument ONDERWERP ontbreekt"),
        (["validate"], "het argument CENTRUM ontbreekt"),
        (["init"], "het argument MAP ontbreekt"),
        (["bkr", "dagopvang", "1", "2"], "verwacht 4 aantallen (N0 N1 N2 N3), gevonden 2"),
        (["bkr", "bso", "-1", "3"], "‘-1’: een aantal is hier 0 of meer"),
        (["bkr", "bso", "1,5", "3"], "‘1,5’ is geen aantal kinderen"),
        (["bkr", "bso", "1", "3", "--batch", "x.csv"], "geef aantallen of --batch, niet beide"),
        (["rules", "list", "--status", "actief"], "kies uit draft, announced, published, withdrawn"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_dutch_line(arguments: list[str], message: str) -> None:
    line = refused(*arguments)
    assert message in line
    assert line.startswith("ikec")
    assert "--help’" in line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "bestaat-niet"], "bestaat-niet:1:1: "),
        (["check", "--baseline", "nergens.json"], "nergens.json:1:1: dit bestand bestaat niet"),
        (["validate", EXAMPLE, "bestaat-niet"], "bestaat-niet:1:1: "),
        (["check", "--rules", "bestaat-niet"], "ikec: de map bestaat-niet bestaat niet (zie --rules)"),
        (["check", "--extra-rules", "bestaat-niet"], "ikec: de map bestaat-niet bestaat niet (zie --extra-rules)"),
        (["explain", EXAMPLE, "KO-BRK-01", "groep:x"], "onbekende regel 'KO-BRK-01'; bedoelt u ‘KO-BKR-01’?"),
        (["explain", EXAMPLE, "OW-SPL-01", "voorziening:soo"], "bedoelt u ‘voorziening:so’?"),
        (["rules", "show", "KO-BRK-01"], "bedoelt u ‘KO-BKR-01’?"),
        (["rules", "show", "KO-BKR-01", "--on", "1990-01-01"], "regel KO-BKR-01 geldt niet op 1990-01-01"),
        (["rules", "schema", "centrm"], "bedoelt u ‘centrum’?"),
        (["bkr", "bso", "--batch", "bestaat-niet.csv"], "bestaat-niet.csv:1:1: dit bestand bestaat niet"),
        (["bkr", "bso", "--batch", "examples"], "examples:1:1: dit is een map"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_dutch_line(arguments: list[str], message: str) -> None:
    assert message in refused(*arguments)


def test_a_typo_in_a_configuration_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "centrum.yaml"
    file.write_text("schema: ikec-centrum/v1\ncentrum:\n  id: x\n  naan: y\n  peildatm: z\n", encoding="utf-8")
    line = refused("check", str(file))
    assert line.startswith(f"{file}:4:3: onbekende sleutel ‘naan’; bedoelt u ‘naam’?")
    assert line.endswith("(en nog 1 fout)")


def test_control_characters_do_not_reach_the_terminal() -> None:
    line = refused("check", "--on", "\x1b[31mrood\nregel")
    assert "\x1b" not in line


# Failures of the program


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InternalError("er zijn 3 oordelen waar er 4 moeten zijn"), "interne fout: er zijn 3 oordelen waar er 4"),
        (
            ZeroDivisionError("twee\nregels"),
            "interne fout (ZeroDivisionError: twee regels); er is geen rapport gemaakt",
        ),
        (RecursionError("diep"), "interne fout (RecursionError"),
    ],
)
def test_a_failure_of_the_program_is_one_line_and_exit_code_3(
    monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("ikec_compliance.app.validate.validate", fail)
    result = ikec("validate", EXAMPLE)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_a_traceback_is_there_on_request_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("stuk")

    monkeypatch.setattr("ikec_compliance.app.validate.validate", fail)
    assert "Traceback" not in ikec("validate", EXAMPLE).stderr
    monkeypatch.setenv("IKEC_DEBUG", "1")
    assert "Traceback" in ikec("validate", EXAMPLE).stderr


def test_interrupting_gives_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ikec_compliance.app.validate.validate", stop)
    result = ikec("validate", EXAMPLE)
    assert result.exit_code == 130
    assert "afgebroken" in result.stderr


# bkr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # Besluit kwaliteit kinderopvang, bijlage 1: table 1 (2 to 3 years: 16 children, 2 staff) and formula bso.
        (["dagopvang", "0", "0", "16", "0"], {"required": 2, "allowed": True, "basis": "tabel"}),
        (["dagopvang", "0", "0", "0", "0"], {"required": 0, "allowed": True, "basis": "geen"}),
        (["dagopvang", "17", "0", "0", "0"], {"required": None, "allowed": False, "basis": "geen"}),
        (["bso", "16", "14"], {"required": 3, "allowed": True, "basis": "formule"}),
    ],
)
def test_bkr_json(arguments: list[str], expected: dict[str, object]) -> None:
    result = ikec("bkr", *arguments, "--on", "2026-11-23", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == expected


def test_bkr_text_says_who_how_many_and_why() -> None:
    result = ikec("bkr", "bso", "16", "14", "--on", "2026-11-23")
    assert result.stdout.startswith("3 beroepskrachten nodig.\n")
    assert "16 van 4 tot 7 jaar en 14 van 7 jaar en ouder" in result.stdout
    assert "Besluit kwaliteit kinderopvang" in result.stdout
    assert "niet toegestaan" in ikec("bkr", "dagopvang", "17", "0", "0", "0", "--on", "2026-11-23").stdout


def test_bkr_batch(tmp_path: Path) -> None:
    csv = tmp_path / "groepen.csv"
    csv.write_text("naam,n4_6,n7plus\nA,16,14\nB,0,0\n", encoding="utf-8")
    result = ikec("bkr", "bso", "--batch", str(csv), "--on", "2026-11-23")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["naam,n4_6,n7plus,required,allowed,basis", "A,16,14,3,true,formule",
                                          "B,0,0,0,true,geen"]  # fmt: skip
    csv.write_text("n4_6,n7plus\n1,x\n", encoding="utf-8")
    assert refused("bkr", "bso", "--batch", str(csv)).startswith(f"{csv}:2:3: ")


# rules


def test_rules_list_json() -> None:
    rules = json.loads(ikec("rules", "list", "--format", "json").stdout)["rules"]
    assert {"id", "regime", "status", "evidence", "binding", "source", "valid", "title", "severity", "subject"} <= set(
        rules[0]
    )
    assert {rule["regime"] for rule in rules} == {"onderwijs", "kinderopvang", "jeugdhulp"}
    assert all(rule["source"] and rule["valid"]["from"] for rule in rules)


def test_rules_list_text_ends_with_its_count_and_can_be_narrowed() -> None:
    every = ikec("rules", "list").stdout.splitlines()
    less = ikec(
        "rules", "list", "--regime", "jeugdhulp", "--status", "published", "--on", "2026-11-23"
    ).stdout.splitlines()
    assert re.fullmatch(r"[\d.]+ regels", every[-1])
    assert 0 < int(less[-1].split()[0]) < int(every[-1].split()[0])
    assert not any(line.startswith(("KO-", "OW-")) for line in less)


def test_rules_show() -> None:
    text = ikec("rules", "show", "KO-BKR-01").stdout
    assert "Besluit kwaliteit kinderopvang art. 7" in text
    assert "https://wetten.overheid.nl/" in text
    assert json.loads(ikec("rules", "show", "KO-BKR-01", "--format", "json").stdout)["rules"][0]["id"] == "KO-BKR-01"


def test_rules_test_ends_with_its_count() -> None:
    result = ikec("rules", "test", "--regime", "onderwijs")
    found = re.fullmatch(r"(\d+) toetsen geslaagd, (\d+) mislukt", result.stdout.splitlines()[-1])
    assert found
    assert int(found[1]) > 50
    assert result.exit_code == (1 if int(found[2]) else 0)


@pytest.mark.parametrize(("piece", "errors"), [({}, 0), ({"tests": RULE["tests"][1:]}, 1)])
def test_rules_lint_exit_code_follows_its_errors(piece: dict[str, Any], errors: int, tmp_path: Path) -> None:
    rules = str(write_rules(tmp_path, piece))
    result = ikec("rules", "lint", "--rules", rules, "--format", "json")
    found = json.loads(result.stdout)
    assert found["errors"] == sum(item["severity"] == "error" for item in found["findings"])
    assert bool(found["errors"]) is bool(errors)
    assert result.exit_code == errors
    last = ikec("rules", "lint", "--rules", rules).stdout.splitlines()[-1]
    assert re.fullmatch(r"\d+ fout(en)?, \d+ waarschuwing(en)?", last)


def test_published_schemas_are_printed_as_they_are() -> None:
    names = ikec("rules", "schema").stdout.split()
    assert {"centrum", "regels", "report"} <= set(names)
    for name in names:
        text = ikec("rules", "schema", name).stdout
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
        assert text == (ROOT / "schema" / "v1" / f"{name}.schema.json").read_text(encoding="utf-8")


# As a program


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ikec_compliance", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}, check=False,
    )  # fmt: skip


def test_module_is_the_program() -> None:
    done = program("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("ikec ")


def test_help_and_bkr_load_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from ikec_compliance.cli import main\n"
        "CliRunner().invoke(main, ['check', '--help'])\n"
        "CliRunner().invoke(main, ['bkr', 'bso', '1', '1', '--format', 'json'])\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('durable', 'jsonschema', 'multiprocessing')\n"
        "       or name.startswith(('ikec_compliance.engine', 'ikec_compliance.reconcile'))])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_a_reader_that_goes_away_is_no_error() -> None:
    pipe = subprocess.Popen(
        [sys.executable, "-m", "ikec_compliance", "rules", "list", "--format", "json"], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.readline()
    pipe.stdout.close()
    assert pipe.stderr.read() == b""
    assert pipe.wait(timeout=60) == 0
    pipe.stderr.close()


def test_a_terminal_that_knows_no_accents_still_gets_a_report() -> None:
    done = program("rules", "show", "KO-BKR-01", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "KO-BKR-01" in done.stdout
