"""``ikec rules new``: a rule in the house layout that loads, lints and passes its tests; nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ikec_compliance.analysis.mutation import mutate
from ikec_compliance.app.rule_lint import lint
from ikec_compliance.app.rule_tests import run_rule_tests
from ikec_compliance.cli import main
from ikec_compliance.rules.loader import load_rules
from tests.analysis.lint_cases import ON, write_rules
from tests.rule_files import folder, rules_text, write

OPTIONS = {
    "--regime": "kinderopvang", "--thema": "proef", "--titel": "Hoogstens zoveel plaatsen: een proef",
    "--tekst": "Een dagopvang heeft hoogstens 20 kindplaatsen.", "--text-en": "A day care has at most 20 places.",
    "--wet": "BKK", "--artikel": "10", "--lid": "2", "--onderwerp": "voorziening", "--als": "soort is bso",
    "--eis": "kindplaatsen hoogstens 16", "--wie": "houder", "--wat": "Verminder het aantal kindplaatsen.",
}  # fmt: skip


def ikec(target: Path, text: str | None = None, **changes: str | list[str] | None) -> Result:
    options = {**OPTIONS, **{f"--{key.replace('_', '-')}": value for key, value in changes.items()}}
    arguments: list[str] = []
    for key, value in options.items():
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                arguments += [key, item]
    return CliRunner().invoke(main, ["rules", "new", "--rules", str(target), *arguments], input=text)


def sound(target: Path, name: str) -> None:
    """The rule lints without a word, its tests pass in the engine, and no small mistake in it goes unnoticed."""
    rules = load_rules(target)
    assert [item.message for item in lint(rules, ON, only=name)] == []
    results = [item for item in run_rule_tests(rules) if item.rule == name]
    assert results and all(item.passed for item in results)
    assert {item.expected for item in results} >= {"niet_te_bepalen"}
    assert len(results) >= 4
    assert [item.shown for item in mutate(rules) if item.rule == name and not item.noticed] == []


def test_it_adds_a_rule_below_the_others_and_changes_nothing_else(tmp_path: Path) -> None:
    target = folder(tmp_path)
    path = write(target, rules_text())
    before = path.read_text(encoding="utf-8")
    result = ikec(target)
    assert result.exit_code == 0, result.output
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n") + "\n\n  - id: KO-PRF-02\n")
    assert "    title: 'Hoogstens zoveel plaatsen: een proef'\n" in after
    assert "      - {law: BKK, article: '10', lid: '2', state: 2024-07-01}\n" in after
    assert "    valid: {from: 2024-07-01, from_known: nee}\n" in after
    assert "    require: {field: kindplaatsen, at_most: 16}\n" in after
    assert f"{path}:{before.count(chr(10)) + 2}: regel KO-PRF-02 geschreven" in result.output
    sound(target, "KO-PRF-02")


@pytest.mark.parametrize(
    ("when", "require"),
    [
        ("soort een_van bso,dagopvang", ["kindplaatsen ten_minste 5", "kindplaatsen hoogstens 30"]),
        ("soort is so", ["schoolplan.vastgesteld_op ten_minste peildatum - 4 jaar",
                         "schoolplan.vastgesteld_op hoogstens peildatum"]),
        ("soort is so", ["schoolplan.onderdelen bevat_alle onderwijskundig_beleid,personeelsbeleid"]),
        ("soort is_niet so", ["schoolplan.aanwezig is ja"]),
        ("soort is dagopvang", ["binnenruimte ten_minste 3,5"]),
    ],
)  # fmt: skip
def test_every_kind_of_condition_gets_tests_that_notice_each_mistake(
    tmp_path: Path, when: str, require: list[str]
) -> None:
    target = folder(tmp_path)
    result = ikec(target, thema="nieuw", als=when, eis=require, vanaf="2025-01-01")
    assert result.exit_code == 0, result.output
    text = (target / "kinderopvang" / "nieuw.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "schema: ikec-regels/v1\n# yaml-language-server: $schema=../../schema/v1/regels.schema.json\n"
        "regime: kinderopvang\nthema: nieuw\n\nrules:\n  - id: KO-NIE-01\n"
    )
    sound(target, "KO-NIE-01")


def test_it_asks_what_is_not_given_and_asks_again_what_does_not_fit(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {})
    answers = [
        "", "BKX", "BKK", "10", "", "2024-13-01", "2024-07-01", "", "", "ja", "", "voorziening", "soort is dagopvang",
        "",
        "kindplatsen hoogstens 5", "kindplaatsen hoogstens 5", "", "houder", "Doe iets.",
    ]  # fmt: skip
    given = [
        "--regime",
        "kinderopvang",
        "--thema",
        "plaatsen",
        "--titel",
        "Proef",
        "--tekst",
        "Een zin.",
        "--text-en",
        "One.",
    ]
    result = CliRunner().invoke(main, ["rules", "new", "--rules", str(target), *given], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "onbekende wet ‘BKX’; bedoelt u ‘BKK’?" in result.output
    assert "‘2024-13-01’ is geen datum" in result.output
    assert "onbekend veld ‘kindplatsen’ bij voorziening; bedoelt u ‘kindplaatsen’?" in result.output
    text = (target / "kinderopvang" / "plaatsen.yaml").read_text(encoding="utf-8")
    assert "    valid: {from: 2024-07-01, from_known: ja}\n" in text
    assert "    severity: error\n" in text
    sound(target, "KO-PLA-01")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"eis": "kindplatsen hoogstens 20"}, "onbekend veld ‘kindplatsen’ bij voorziening; bedoelt u ‘kindplaatsen’?"),
        ({"eis": "kindplaatsen hoogstns 20"}, "onbekende bewerking ‘hoogstns’; bedoelt u ‘hoogstens’?"),
        ({"eis": "kindplaatsen"}, "schrijf een voorwaarde als VELD BEWERKING WAARDE"),
        ({"als": "soort is bsoo"}, "onbekende keuze 'bsoo'; bedoelt u ‘bso’?"),
        ({"wet": "BKKK"}, "onbekende wet ‘BKKK’; bedoelt u ‘BKK’?"),
        ({"onderwerp": "voorzienin"}, "onbekend onderwerp ‘voorzienin’; bedoelt u ‘voorziening’?"),
        ({"thema": "../weg"}, "een thema is een naam"),
        ({"id": "KO-PRF-01"}, "het kenmerk KO-PRF-01 is al gebruikt"),
        ({"id": "OW-PRF-01"}, "een regel van kinderopvang heeft een id met KO-"),
    ],
)
def test_what_does_not_load_is_not_written(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    target = folder(tmp_path)
    path = write(target, rules_text())
    before = {item: item.read_bytes() for item in target.rglob("*.yaml")}
    result = ikec(target, **changes)
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert {item: item.read_bytes() for item in target.rglob("*.yaml")} == before
    assert path.is_file()
