"""The ledger of law: what is listed, what is claimed, and what may not be said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ikec_compliance.app.coverage import coverage
from ikec_compliance.cli import main
from ikec_compliance.model.errors import InputError
from ikec_compliance.rules.ledger import Cover
from ikec_compliance.rules.loader import load_rules
from tests.rule_files import changed, folder, rules_text

UNITS = """schema: ikec-eenheden/v1
regime: kinderopvang
laws:
  - law: BKK
    state: 2024-07-01
    scope: artikel 10 en 11
    articles:
      '10': ['1', '2', '3 a', '3 b']
      '11': ['-']
"""
FULL = [
    "{law: BKK, article: '10', units: ['2'], as: regels, rules: [KO-PRF-01]}",
    "{law: BKK, article: '10', units: ['1', '2'], as: open_norm, reason: vraagt een oordeel}",
    "{law: BKK, article: '10', units: ['3 a'], as: niet_berekenbaar, reason: geen gegeven}",
    "{law: BKK, article: '10', units: ['3 b'], as: niet_leesbaar, reason: weggevallen, instead: een rekenhulp}",
    "{law: BKK, article: '11', units: alle, as: niet_voor_centrum, reason: vervallen}",
]


def _folder(at: Path, *claims: str, units: str = UNITS, rules: str = "") -> Path:
    target = folder(at)
    (target / "kinderopvang" / "proef.yaml").write_text(rules or rules_text(), encoding="utf-8")
    (target / "kinderopvang" / "eenheden.yaml").write_text(units, encoding="utf-8")
    listed = "".join(f"  - {claim}\n" for claim in claims)
    text = f"schema: ikec-dekking/v1\nregime: kinderopvang\nclaims:{' []' if not claims else ''}\n{listed}"
    (target / "kinderopvang" / "dekking.yaml").write_text(text, encoding="utf-8")
    return target


def _run(target: Path, *more: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["rules", "coverage", "--rules", str(target), *more])
    return found.exit_code, found.stdout, found.stderr


def test_every_unit_counts_once_under_its_strongest_claim(tmp_path: Path) -> None:
    (ledger,) = coverage(load_rules(_folder(tmp_path, *FULL)), ["kinderopvang"])
    assert ledger.units is not None
    found = {(row.unit.article, row.unit.unit): row.cover for row in ledger.units}
    assert found == {
        ("10", "1"): Cover.OPEN,
        ("10", "2"): Cover.RULED,
        ("10", "3 a"): Cover.NOT_COMPUTABLE,
        ("10", "3 b"): Cover.UNREADABLE,
        ("11", "-"): Cover.NOT_FOR_CENTRE,
    }
    assert ledger.unclaimed == ()


def test_a_full_ledger_exits_0_with_its_count_on_the_last_line(tmp_path: Path) -> None:
    code, text, _ = _run(_folder(tmp_path, *FULL))
    assert code == 0
    assert text.splitlines()[-1] == (
        "5 eenheden: 1 regels, 1 open norm, 1 niet voor centrum, 1 niet berekenbaar, 1 niet leesbaar, 0 ongelezen"
    )
    assert text.count("Dit regime heeft nog geen lijst van eenheden") == 2


@pytest.mark.parametrize("missing", range(1, 5))
def test_a_unit_without_a_claim_exits_1_and_is_named(tmp_path: Path, missing: int) -> None:
    claims = [claim for index, claim in enumerate(FULL) if index != missing]
    code, text, _ = _run(_folder(tmp_path, *claims))
    named = {1: "lid 1", 2: "lid 3 a", 3: "lid 3 b", 4: "art. 11"}[missing]
    assert code == 1
    assert f"{named}: niet gedekt" in text
    assert text.splitlines()[-1].endswith("1 ongelezen")


def test_unread_counts_as_unclaimed(tmp_path: Path) -> None:
    code, text, _ = _run(_folder(tmp_path, *FULL[:-1], "{law: BKK, article: '11', units: alle, as: ongelezen}"))
    assert code == 1
    assert "art. 11: als ongelezen gemeld" in text


def test_a_regime_without_a_ledger_exits_0(tmp_path: Path) -> None:
    code, text, _ = _run(_folder(tmp_path, *FULL), "--regime", "jeugdhulp")
    assert code == 0
    assert "geen lijst van eenheden" in text


def test_json_names_every_unit_with_its_claims(tmp_path: Path) -> None:
    code, text, _ = _run(_folder(tmp_path, *FULL), "--regime", "kinderopvang", "--format", "json")
    data = json.loads(text)
    (regime,) = data["regimes"]
    assert (code, data["unclaimed"], regime["ledger"]) == (0, 0, True)
    assert [(unit["article"], unit["unit"], unit["as"]) for unit in regime["units"]][3] == (
        "10",
        "3 b",
        "niet_leesbaar",
    )
    assert regime["units"][1]["claims"][0]["rules"] == ["KO-PRF-01"]
    assert regime["laws"][0]["counts"]["regels"] == 1


BAD = {
    "{law: BKK, article: '10', units: ['4'], as: regels, rules: [KO-PRF-01]}": "eenheid '4' van BKK artikel 10",
    "{law: BKK, article: '12', units: alle, as: regels, rules: [KO-PRF-01]}": "artikel '12' van BKK staat niet",
    "{law: WKO, article: '10', units: alle, as: regels, rules: [KO-PRF-01]}": "wet 'WKO' staat niet",
    "{law: BKK, article: '11', units: alle, as: regels, rules: [KO-PRF-01]}": "noemt BKK artikel 11 niet als bron",
    "{law: BKK, article: '10', units: alle, as: regels, rules: [KO-PRF-02]}": "regel 'KO-PRF-02' bestaat niet",
    "{law: BKK, article: '10', units: alle, as: regels}": "noemt de regels",
    "{law: BKK, article: '10', units: alle, as: open_norm}": "heeft een reden",
    "{law: BKK, article: '10', units: alle, as: niet_leesbaar, reason: x}": "wat er in de plaats staat",
    "{law: BKK, article: '10', units: alle, as: gedekt}": "gedekt",
    "{law: BKK, article: '10', units: alle, as: ongelezen, extra: x}": "extra",
}


@pytest.mark.parametrize("claim", BAD)
def test_a_claim_that_cannot_be_true_is_refused_with_its_place(tmp_path: Path, claim: str) -> None:
    code, text, error = _run(_folder(tmp_path, claim))
    assert (code, text) == (2, "")
    assert error.startswith("rules/kinderopvang/dekking.yaml:4:")
    assert BAD[claim] in error
    assert error.count("\n") == 1


def test_a_rule_that_is_not_published_covers_nothing(tmp_path: Path) -> None:
    rules = rules_text(changed(status="    status: draft\n"))
    code, _, error = _run(_folder(tmp_path, FULL[0], rules=rules))
    assert code == 2
    assert "regel 'KO-PRF-01' bestaat niet of is niet gepubliceerd" in error


def test_a_source_of_an_exception_or_a_parameter_counts_as_cited(tmp_path: Path) -> None:
    parameters = (
        "  grens:\n    title: grens\n    unit: kind\n    values:\n"
        "      - {value: 20, from: 2020-01-01, evidence: gelezen,"
        " source: [{law: BKK, article: 11, state: 2024-07-01}]}\n"
    )
    rule = changed(require="    require: {field: kindplaatsen, at_most: {param: grens}}\n")
    claim = "{law: BKK, article: '11', units: alle, as: regels, rules: [KO-PRF-01]}"
    target = _folder(tmp_path, *FULL[:-1], claim, rules=rules_text(rule, parameters=parameters))
    assert _run(target)[0] == 0


def test_half_a_ledger_is_an_error(tmp_path: Path) -> None:
    target = _folder(tmp_path, *FULL)
    (target / "kinderopvang" / "dekking.yaml").unlink()
    code, _, error = _run(target)
    assert code == 2
    assert "dekking.yaml" in error


def test_the_ledger_changes_no_verdict_and_stays_out_of_the_hash(tmp_path: Path) -> None:
    target = _folder(tmp_path, *FULL)
    before = load_rules(target).sha256
    (target / "kinderopvang" / "dekking.yaml").write_text("kapot: [", encoding="utf-8")
    assert load_rules(target).sha256 == before
    with pytest.raises(InputError):
        coverage(load_rules(target))
