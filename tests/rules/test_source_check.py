"""Citations of rules held against a newer text of the law: small files in the format of wetten.overheid.nl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ikec_compliance.app.source_check import source_check
from ikec_compliance.cli import main
from ikec_compliance.importers.bwb import read_toestand
from ikec_compliance.model.errors import InputError
from ikec_compliance.rules.loader import load_rules
from tests.analysis.lint_cases import plain, write_rules

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<toestand bwb-id="BWBR0039936" inwerkingtreding="2027-01-01">'
# Articles as they are published: their own day, the state of lid or article, notes on publication, quoted articles.
LAW = f"""{HEAD}
  <wetgeving soort="AMvB"><citeertitel>Besluit kwaliteit kinderopvang</citeertitel><wet-besluit><wettekst>
    <hoofdstuk label="Hoofdstuk 2"><kop><label>Hoofdstuk</label><nr>2</nr></kop>
      <artikel label="Artikel 10" inwerking="2018-01-01" status="goed">
        <kop><label>Artikel</label><nr status="officieel">10</nr><titel>Ruimte</titel></kop>
        <lid inwerking="2018-01-01"><lidnr>1</lidnr><al>Een.</al>
          <meta-data><brondata><nr>77</nr></brondata></meta-data></lid>
        <lid inwerking="2026-07-01"><lidnr>2.</lidnr><al>Twee.</al>
          <lijst><li><li.nr>a.</li.nr><al>onderdeel</al></li></lijst></lid>
        <lid inwerking="2020-01-01" status="vervallen"><lidnr>3</lidnr><al>Vervallen.</al></lid>
      </artikel>
      <artikel label="Artikel 11" inwerking="2026-07-01" effect="wijziging">
        <kop><label>Artikel</label><nr>11</nr></kop><lid><lidnr>1</lidnr><al>Een.</al></lid></artikel>
      <artikel label="Artikel 12" inwerking="2019-01-01"><kop><label>Artikel</label><nr>12</nr></kop><al>Tekst.</al>
      </artikel>
      <artikel label="Artikel 13" inwerking="2025-01-01" status="vervallen">
        <kop><label>Artikel</label><nr>13</nr></kop><al>[Vervallen per 01-01-2025]</al></artikel>
    </hoofdstuk>
    <hoofdstuk status="nogniet">
      <artikel><kop><label>Artikel</label><nr>14</nr></kop><al>Later.</al></artikel></hoofdstuk>
    <bijlage inwerking="2026-09-01"><kop><label>Bijlage</label><nr>1</nr></kop><al>Tabel.</al></bijlage>
  </wettekst></wet-besluit></wetgeving>
</toestand>
"""


def cite(article: Any, lid: str = "", state: str = "2024-07-01") -> dict[str, Any]:
    return {"law": "BKK", "article": article, "state": state, **({"lid": lid} if lid else {})}


@pytest.fixture
def law(tmp_path: Path) -> Path:
    path = tmp_path / "wet.xml"
    path.write_text(LAW, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (cite(10, "1"), []),
        (cite(10, "2"), [("gewijzigd", "artikel 10 lid 2 luidt anders sinds 2026-07-01")]),
        (cite(10, "2", "2026-07-01"), []),
        (cite(10, "1,2"), [("gewijzigd", "artikel 10 lid 2 luidt anders sinds 2026-07-01")]),
        (cite(10, "3"), [("vervallen", "artikel 10 lid 3 is vervallen per 2020-01-01")]),
        (cite(10, "4"), [("weg", "artikel 10 lid 4 staat er niet; het artikel heeft nu lid 1, 2, 3")]),
        (cite(10), []),
        (cite(11, "1"), [("gewijzigd", "artikel 11 luidt anders sinds 2026-07-01")]),
        (cite(12, "1"), [("weg", "artikel 12 heeft geen leden meer, dus ook geen lid 1")]),
        (cite(12), []),
        (cite(13, "2"), [("vervallen", "artikel 13 is vervallen per 2025-01-01")]),
        (cite(14), [("nog_niet", "artikel 14 is nog niet in werking")]),
        (cite(99, "1"), [("weg", "artikel 99 staat niet in deze tekst")]),
        (cite("bijlage 1 onderdeel a"), [("gewijzigd", "bijlage 1 luidt anders sinds 2026-09-01")]),
        (cite("aanhef"), [("onleesbaar", "‘aanhef’ is geen nummer van een artikel: vergelijk het zelf")]),
        ({**cite(99), "law": "WKO"}, []),
    ],
)
def test_each_citation_against_the_text(tmp_path: Path, law: Path, source: Any, expected: list[Any]) -> None:
    target = write_rules(tmp_path, {"source": [source]})
    found = source_check(law, load_rules(target))
    assert [(item.kind, item.text) for item in found.changes] == expected
    assert found.citations == (source["law"] == "BKK")
    for item in found.changes:
        assert (item.rule, item.place.file) == ("KO-PRF-01", "rules/kinderopvang/proef.yaml")


def test_exceptions_and_parameters_are_looked_up_too(tmp_path: Path, law: Path) -> None:
    piece = plain(
        "parameters: {grens: {title: grens, unit: kind, values: [{value: 20, from: 2020-01-01, evidence: gelezen,"
        " source: [{law: BKK, article: 10, lid: '2', state: 2024-07-01}]}]}}\n"
        "source: [{law: BKK, article: 12, state: 2024-07-01}]\n"
        "require: {field: kindplaatsen, at_most: {param: grens}}\n"
        "exceptions: [{id: u1, source: [{law: BKK, article: 13, state: 2024-07-01}], text: een, effect: vervalt,"
        " applies_when: {field: schoolplan.aanwezig, is: ja}}]\n"
    )
    found = source_check(law, load_rules(write_rules(tmp_path, piece)))
    assert found.citations == 3
    assert [item.kind for item in found.changes] == ["gewijzigd", "vervallen"]


def test_a_version_that_has_ended_before_the_text_is_left_out(tmp_path: Path, law: Path) -> None:
    piece = {"source": [cite(10, "2")], "valid": {"from": "2020-01-01", "to": "2026-12-31"}}
    assert source_check(law, load_rules(write_rules(tmp_path, piece))).citations == 0


def test_a_renumbered_lid_is_said_to_have_moved(tmp_path: Path, law: Path) -> None:
    text = LAW.replace(
        '<lid inwerking="2018-01-01"><lidnr>1</lidnr>',
        '<lid inwerking="2027-01-01" effect="vernummering"><lidnr>5</lidnr>',
    )
    law.write_text(text, encoding="utf-8")
    found = source_check(law, load_rules(write_rules(tmp_path, {"source": [cite(10, "1")]})))
    assert [(item.kind, item.text) for item in found.changes] == [
        ("verplaatst", "artikel 10 lid 1 staat er niet meer; vernummerd zijn lid 5")
    ]


def test_of_an_article_printed_twice_the_one_in_force_counts(law: Path) -> None:
    later = '<artikel status="nogniet"><kop><nr>12</nr></kop></artikel>'
    law.write_text(
        LAW.replace("<wettekst>", f"<wettekst>{later}").replace("</wettekst>", f"{later}</wettekst>"), encoding="utf-8"
    )
    assert not read_toestand(law).articles["12"].later


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE toestand [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<toestand bwb-id="BWBR0039936" inwerkingtreding="2027-01-01"><artikel><kop><nr>&b;</nr></kop></artikel></toestand>'
)
OUTSIDE = BOMB.replace('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "verwijst naar andere bestanden of entiteiten"),
        (OUTSIDE, "verwijst naar andere bestanden of entiteiten"),
        ("<html/>", "begint niet met <toestand bwb-id=…>"),
        ('<toestand bwb-id="BWBR0039936"/>', "noemt geen datum"),
        (HEAD + "</toestand>", "geen enkel artikel"),
        (HEAD + "<artikel></toestand>", "geen geldig XML-bestand"),
        ("", "geen geldig XML-bestand"),
        (HEAD + "<a>" * 200 + "</a>" * 200 + "</toestand>", "te diep genest"),
        ('<?xml version="1.0" encoding="klingon"?><toestand/>', "tekencodering"),
    ],
)
def test_what_is_no_law_or_not_safe_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "wet.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words) as error:
        read_toestand(path)
    assert error.value.location is not None


def test_a_document_type_without_entities_is_read(law: Path) -> None:
    law.write_text(
        LAW.replace("<toestand", '<!DOCTYPE toestand SYSTEM "toestand.dtd">\n<toestand', 1), encoding="utf-8"
    )
    assert set(read_toestand(law).articles) == {"10", "11", "12", "13", "14"}


def ikec(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", "source-check", *arguments])


def test_the_command_gives_a_line_per_rule_with_its_place(tmp_path: Path, law: Path) -> None:
    target = write_rules(tmp_path, {"source": [cite(10, "2"), cite(13)]})
    result = ikec(str(law), "--rules", str(target))
    lines = result.output.splitlines()
    assert (result.exit_code, len(lines)) == (1, 4)
    assert lines[0] == "Besluit kwaliteit kinderopvang (BWBR0039936), tekst van 2027-01-01"
    assert lines[1].startswith("rules/kinderopvang/proef.yaml:")
    assert lines[1].endswith(
        ": KO-PRF-01: BKK art. 10 lid 2, gelezen in de toestand van 2024-07-01: "
        "artikel 10 lid 2 luidt anders sinds 2026-07-01"
    )
    assert lines[-1] == "2 verwijzingen nagezien, 2 om te vergelijken in 1 regel"
    data = json.loads(ikec(str(law), "--rules", str(target), "--format", "json").output)
    assert [item["since"] for item in data["changes"]] == ["2026-07-01", "2025-01-01"]


def test_nothing_to_compare_exits_zero_and_another_law_two(tmp_path: Path, law: Path) -> None:
    target = str(write_rules(tmp_path, {"source": [cite(10, "1")]}))
    assert ikec(str(law), "--rules", target).exit_code == 0
    law.write_text(LAW.replace("BWBR0039936", "BWBR0000001"), encoding="utf-8")
    result = ikec(str(law), "--rules", target)
    assert (result.exit_code, "geen regel noemt de wet BWBR0000001" in result.stderr) == (2, True)
    missing = ikec(str(tmp_path / "weg.xml"), "--rules", target)
    assert (missing.exit_code, "bestaat niet" in missing.stderr) == (2, True)
