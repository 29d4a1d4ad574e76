"""What is wrong in a rule file is refused at load, in Dutch, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikec_compliance.model.errors import InputError
from ikec_compliance.rules.loader import load_rules
from tests.rule_files import HEAD, RULE, changed, folder, rules_text, write

SOURCED = "source: [{law: BKK, article: 10, state: 2024-07-01}], evidence: gelezen"


def values(unit: str, *items: str) -> str:
    """A parameter ``grens`` with values written as flow mappings."""
    lines = "".join(f"      - {{{item}, {SOURCED}}}\n" for item in items)
    return f"  grens:\n    title: grens\n    unit: {unit}\n    values:\n{lines}"


def require(text: str) -> str:
    return changed(require=f"    require: {text}\n")


def form(text: str) -> str:
    return changed(require=f"    ¶require: {text}\n")


def refused(tmp_path: Path, text: str, name: str = "kinderopvang/proef.yaml") -> InputError:
    """Load a rule file in which a pilcrow marks where the error must point."""
    before, mark, after = text.partition("¶")
    assert mark and "¶" not in after
    rules = folder(tmp_path)
    write(rules, before + after, name)
    with pytest.raises(InputError) as caught:
        load_rules(rules)
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert str(caught.value).startswith(f"rules/{name}:{line}:{column}: "), str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("rule", "fragments"),
    [
        # Names.
        (require("{field: kindplatsen, ¶at_most: 20}"),
         ("onbekend veld 'kindplatsen' bij voorziening", "‘kindplaatsen’")),
        (require("{field: schoolplann.vastgesteld_op, ¶at_most: {field: peildatum}}"),
         ("onbekende partner 'schoolplann' bij voorziening", "‘schoolplan’")),
        (require("{field: schoolplan.vastgesteldop, ¶at_most: {field: peildatum}}"),
         ("onbekend veld 'vastgesteldop' bij document", "‘vastgesteld_op’")),
        (require("{field: kindplaatsen, ¶at_mosst: 20}"), ("onbekende sleutel ‘at_mosst’", "‘at_most’")),
        (require("{field: kindplaatsen, ¶at_most: {param: grenss}}"), ("onbekende parameter 'grenss'",)),
        (require("{field: soort, ¶is: dagopvan}"), ("onbekende keuze 'dagopvan'", "‘dagopvang’")),
        (changed(subject="    ¶subject: voorzieningen\n"), ("onbekend onderwerp 'voorzieningen'", "‘voorziening’")),
        (changed(source="    ¶source: [{law: BKX, article: 10, state: 2024-07-01}]\n"),
         ("onbekende wet 'BKX'", "‘BKK’")),
        (changed(severity="    severity: error\n    ¶extra: 1\n"), ("onbekende sleutel ‘extra’",)),
        (changed(evidence="    evidence: ¶geleezen\n"), ("‘gelezen’",)),
        (changed(valid="    valid: {from: ¶2026-02-29}\n"), ("29 februari",)),
        # Kinds and units.
        (require("{field: kindplaatsen, ¶at_most: {field: binnenruimte}}"), ("kind en een getal in m2",)),
        (require("{field: kindplaatsen, ¶is: ja}"), ("verwacht een getal, gevonden 'ja'",)),
        (require("{field: antipestpersoon, ¶is: misschien}"), ("verwacht ja of nee",)),
        (require("{field: antipestpersoon, ¶at_most: ja}"), ("geldt voor getallen en datums",)),
        (require("{field: geregistreerd_op, ¶at_most: 20}"), ("verwacht een datum",)),
        (require("{field: geregistreerd_op, plus: 6, ¶at_most: {field: peildatum}}"), ("verwacht een periode", "'6'")),
        (require("{field: kindplaatsen, ¶at_most: 20.5}"), ("'20.5' heeft meer decimalen dan de eenheid kind",)),
        (require("{field: binnenruimte, ¶at_least: 3.505}"), ("'3.505' heeft meer decimalen dan de eenheid m2",)),
        (require("{field: kindplaatsen, times: 1.5, ¶at_most: 20}"), ("geheel getal",)),
        (require("{field: commissie_deskundigheid, ¶is: medisch}"), ("gebruik contains of contains_all",)),
        (require("{field: kindplaatsen, ¶contains: medisch}"), ("geen lijst",)),
        (require("{field: kindplaatsen, ¶at_most: {field: kindplaatsen}}"), ("altijd waar of altijd onwaar",)),
        (require("{sum: [{field: kindplaatsen}, {field: binnenruimte}], ¶at_most: 20}"),
         ("telt gelijke eenheden op",)),
        (require("{¶param: grens, at_most: 20}"), ("onbekende sleutel ‘param’",)),
        # Form.
        (form("{field: kindplaatsen, at_most: 20, at_least: 3}"), ("precies een van",)),
        (form("{field: kindplaatsen}"), ("precies een van",)),
        (form("{all: [{field: kindplaatsen, at_most: 20}], field: kindplaatsen, at_least: 1}"),
         ("'all' staat alleen",)),
        (changed(id="  - ¶id: OW-PRF-01\n"), ("een regel van kinderopvang heeft een id met KO-",)),
        (changed(id="  - ¶id: KO-PRF-01\n", require=""), ("eist niets: geef require of open_norm",)),
        (changed(valid="    valid: {from: 2026-01-01, ¶to: 2025-12-31}\n"), ("de laatste dag ligt voor de eerste",)),
    ],
)  # fmt: skip
def test_refused_at_its_place(rule: str, fragments: tuple[str, ...], tmp_path: Path) -> None:
    error = refused(tmp_path, rules_text(rule, parameters=values("kind", "value: 20, from: 2020-01-01")))
    for fragment in fragments:
        assert fragment in error.message, error.message


@pytest.mark.parametrize(
    ("unit", "rule", "fragment"),
    [
        ("m2", require("{field: kindplaatsen, ¶at_most: {param: grens}}"),
         "de parameter 'grens' is in m2, het veld in kind"),
        ("m2/kind", require("{field: kindplaatsen, ¶at_most: {param: grens}}"), "is in m2/kind, het veld in kind"),
        ("m2", require("{field: kindplaatsen, times: {param: grens}, ¶at_most: {field: binnenruimte}}"),
         "kind maal m2 geeft geen eenheid"),
        ("kind", require("{field: geregistreerd_op, plus: {param: grens}, ¶at_most: {field: peildatum}}"),
         "de parameter 'grens' is geen periode"),
    ],
)  # fmt: skip
def test_a_parameter_in_the_wrong_unit(unit: str, rule: str, fragment: str, tmp_path: Path) -> None:
    text = rules_text(rule, parameters=values(unit, "value: 20, from: 2020-01-01"))
    assert fragment in refused(tmp_path, text).message


def test_a_period_is_no_number_and_a_number_no_period(tmp_path: Path) -> None:
    rule = require("{field: kindplaatsen, ¶at_most: {param: grens}}")
    error = refused(tmp_path, rules_text(rule, parameters=values("periode", "value: 6 weken, from: 2020-01-01")))
    assert "de parameter 'grens' is een periode: gebruik haar bij plus of minus van een datum" in error.message


@pytest.mark.parametrize(
    ("unit", "items", "fragment"),
    [
        ("knd", ("¶value: 20, from: 2020-01-01",), "onbekende eenheid 'knd'; bedoelt u ‘kind’?"),
        ("m2/knd", ("¶value: 20, from: 2020-01-01",), "onbekende eenheid 'm2/knd'"),
        ("kind", ("¶value: 20.5, from: 2020-01-01",), "meer decimalen"),
        ("kind", ("¶value: veel, from: 2020-01-01",), "verwacht een getal in kind"),
        ("periode", ("¶value: 6, from: 2020-01-01",), "verwacht een periode"),
        ("kind", ("value: 20, from: 2020-01-01", "¶value: 21, from: 2024-01-01"),
         "de waarden van parameter 'grens' overlappen"),
        ("kind", ("value: 20, from: 2020-01-01, to: 2024-01-01", "¶value: 21, from: 2024-01-01"), "overlappen"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be(unit: str, items: tuple[str, ...], fragment: str, tmp_path: Path) -> None:
    rule = require("{field: kindplaatsen, at_most: {param: grens}}")
    text = rules_text(rule, parameters=values(unit, *items)).replace("{¶value", "¶{value")
    assert fragment in refused(tmp_path, text).message


def test_a_parameter_without_value_on_any_day_of_the_rule(tmp_path: Path) -> None:
    rule = changed(
        id="  - ¶id: KO-PRF-01\n",
        valid="    valid: {from: 2020-01-01, to: 2020-12-31}\n",
        require="    require: {field: kindplaatsen, at_most: {param: grens}}\n",
        tests="    tests:\n      - {name: goed, date: 2020-06-01, given: {}, expect: voldoet}\n",
    )
    error = refused(tmp_path, rules_text(rule, parameters=values("kind", "value: 20, from: 2024-01-01")))
    assert "kan nooit gelden" in error.message and "'grens'" in error.message


@pytest.mark.parametrize(
    ("effect", "extra"), [("vervalt", ", require: {field: kindplaatsen, at_most: 9}"), ("vervangt", "")]
)
def test_an_exception_that_replaces_requires_and_one_that_lapses_does_not(
    effect: str, extra: str, tmp_path: Path
) -> None:
    item = (
        "    exceptions:\n      - ¶{id: u1, source: [{law: BKK, article: 10, state: 2024-07-01}], text: Anders., "
        f"applies_when: {{field: kindplaatsen, at_most: 3}}, effect: {effect}{extra}}}\n"
    )
    rule = RULE.replace("    repair:", item + "    repair:")
    assert "een uitzondering die vervangt heeft require" in refused(tmp_path, rules_text(rule)).message


def test_two_versions_on_one_day_and_an_id_in_two_files(tmp_path: Path) -> None:
    earlier = "    valid: {from: 2020-01-01, to: 2023-12-31}\n"
    later = changed(id="  - ¶id: KO-PRF-01\n", valid="    valid: {from: 2024-01-01}\n")
    error = refused(tmp_path, rules_text(RULE, later))
    assert "twee versies voor dezelfde dag (zie rules/kinderopvang/proef.yaml:5:5)" in error.message
    rules = tmp_path / "rules"
    write(rules, rules_text(changed(valid=earlier, tests=_test("2022-01-01"))))
    write(rules, rules_text(later.replace("¶", "")), "kinderopvang/ander.yaml")
    with pytest.raises(InputError, match=r"id KO-PRF-01 is al gebruikt \(zie rules/kinderopvang/ander\.yaml:5:5\)"):
        load_rules(rules)


def _test(day: str) -> str:
    given = "given: {soort: dagopvang, kindplaatsen: 20}, expect: voldoet"
    return f"    tests:\n      - {{name: goed, date: {day}, {given}}}\n"


def test_a_file_in_the_folder_of_another_regime(tmp_path: Path) -> None:
    text = rules_text().replace("regime: kinder", "¶regime: kinder")
    error = refused(tmp_path, text, "jeugdhulp/proef.yaml")
    assert "staat in de map jeugdhulp maar noemt regime kinderopvang" in error.message


def test_extra_rules_are_local_rules_only(tmp_path: Path) -> None:
    rules, extra = folder(tmp_path), tmp_path / "eigen"
    write(extra, rules_text(), "proef.yaml")
    with pytest.raises(InputError) as caught:
        load_rules(rules, extra)
    assert str(caught.value).startswith("eigen/proef.yaml:2:1: extra regels hebben regime huisregel of gemeente")
    local = HEAD.replace("kinderopvang", "huisregel")
    write(extra, rules_text(changed(id="  - id: HR-PRF-01\n"), head=local), "proef.yaml")
    loaded = load_rules(rules, extra)
    assert [(version.head.id, version.head.regime) for version in loaded.versions] == [("HR-PRF-01", "huisregel")]
    write(extra, rules_text(changed(id="  - id: KO-PRF-01\n"), head=local), "proef.yaml")
    with pytest.raises(InputError, match="een regel van huisregel heeft een id met HR-"):
        load_rules(rules, extra)


def test_folders_that_are_no_rule_folders(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is geen regelmap"):
        load_rules(tmp_path)
    with pytest.raises(InputError, match="bestaat niet"):
        load_rules(folder(tmp_path), tmp_path / "niets")


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("unit: kindercentrum, title: aantal kindercentra", "unit: kindercentra, title: aantal kindercentra",
         "onbekende eenheid 'kindercentra'; bedoelt u ‘kindercentrum’?"),
        ("schoolplan: {type: document,", "schoolplan: {type: dokument,",
         "onbekend onderwerp 'dokument'; bedoelt u ‘document’?"),
        ("path: geschillencommissie,", "path: geschillencommissie, derivation: peildatum,",
         "precies een van path en derivation"),
    ],
)  # fmt: skip
def test_a_vocabulary_that_contradicts_itself(old: str, new: str, fragment: str, tmp_path: Path) -> None:
    rules = folder(tmp_path)
    path = rules / "begrippen.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_rules(rules)
    assert fragment in caught.value.message
    assert caught.value.location is not None
    line = path.read_text(encoding="utf-8").splitlines()[caught.value.location.line - 1]
    assert new.split(":")[0].split(",")[0].strip() in line or new in line
