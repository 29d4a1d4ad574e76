"""Facts from the LRK and DUO: what is lacking is filled in, a difference is told, nothing is overwritten."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from ikec_compliance.app.exchange import import_facts, import_workbook
from ikec_compliance.centre import load_centre
from ikec_compliance.importers.registered import DIFFERENT, FILLED, REMARK, SAME
from ikec_compliance.importers.registered_text import registered_text
from ikec_compliance.importers.registers import foundation, read_duo, read_lrk
from ikec_compliance.model.errors import InputError
from tests.importers.test_hardening import small

CENTRE = """\
schema: ikec-centrum/v1
# Een opmerking die blijft staan.
centrum: {id: proef}
organisaties:
  - {id: houder, soort: houder_kinderopvang}
  - {id: bestuur, soort: schoolbestuur}
voorzieningen:
  - id: kdv  # ook deze
    soort: dagopvang
    organisatie: houder
    lrk_nummer: '100200300'
    kindplaatsen: 40
    adres:
  - {id: bso, soort: bso, organisatie: houder, lrk_nummer: '200300400', geregistreerd_op: null}
  - {id: school, soort: basisschool, organisatie: bestuur, brin: 99ZZ}
  - {id: vroeger, soort: bso, organisatie: houder, lrk_nummer: '300400500'}
  - {id: nergens, soort: bso, organisatie: houder, lrk_nummer: '999999999'}
"""
# The heads of the published files; the rows are invented.
LRK_HEAD = ("lrk_id;type_oko;opc;actuele_naam_oko;aantal_kindplaatsen;ve;status;inschrijfdatum;opvanglocatie_adres;"
            "opvanglocatie_postcode;opvanglocatie_woonplaats;bag_id")  # fmt: skip
LRK = f"""{LRK_HEAD}
100200300;KDV;Nee;Crèche Zon;48;Ja;Ingeschreven;01-03-2011;Coöperatiestraat 1;1621AB;Hoorn;
200300400;BSO;Nee;BSO Zon;20;;Ingeschreven;15-08-2012;Coöperatiestraat 1;1621 ab;Hoorn;
300400500;BSO;Nee;BSO Maan;20;;Uitgeschreven;15-08-2012;Laan 2;1621AB;Hoorn;
555555555;KDV;Nee;Een ander;10;;Ingeschreven;15-08-2012;Laan 3;1621AB;Hoorn;
"""
DUO = """\
PROVINCIE;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;DENOMINATIE
Noord-Holland;99ZZ;99ZZ01;Nevenvestiging;Dijk;9;1621 AC;HOORN;Openbaar
Noord-Holland;99ZZ;99ZZ00;De Eénhoorn;Dijk;7-a;1621 AC;HOORN;Openbaar
"""


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    folder = tmp_path / "centrum"
    folder.mkdir()
    (folder / "centrum.yaml").write_text(CENTRE, encoding="utf-8")
    return folder


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_both_encodings_and_all_separators_are_read(encoding: str, separator: str, end: str, tmp_path: Path) -> None:
    path = write(tmp_path, "lrk.csv", LRK.replace(";", separator).replace("\n", end), encoding)
    found = read_lrk(path, {"100200300"})
    assert [dict(entry.facts) for entry in found["100200300"]] == [
        {"kindplaatsen": 48, "geregistreerd_op": date(2011, 3, 1), "adres": "Coöperatiestraat 1, 1621 AB Hoorn"}
    ]
    assert set(found) == {"100200300"}


def test_what_is_lacking_is_told_and_filled_in_place(centre: Path, tmp_path: Path) -> None:
    lrk, duo = write(tmp_path, "lrk.csv", LRK), write(tmp_path, "duo.csv", DUO, "cp1252")
    done = import_facts(centre, lrk, duo, in_place=True)
    states = {(fact.facility, fact.key or "-"): fact.state for fact in done.facts}
    assert states == {
        ("kdv", "kindplaatsen"): DIFFERENT, ("kdv", "geregistreerd_op"): FILLED, ("kdv", "adres"): FILLED,
        ("bso", "kindplaatsen"): FILLED, ("bso", "geregistreerd_op"): FILLED, ("bso", "adres"): FILLED,
        ("vroeger", "-"): REMARK, ("nergens", "-"): REMARK, ("school", "-"): REMARK,
        ("school", "naam"): FILLED, ("school", "adres"): FILLED, ("school", "grondslag"): FILLED,
    }  # fmt: skip
    text = (centre / "centrum.yaml").read_text(encoding="utf-8")
    assert "# Een opmerking die blijft staan." in text and "# ook deze" in text
    loaded = {item["id"]: item for item in load_centre(centre).data["voorzieningen"]}
    assert loaded["kdv"]["kindplaatsen"] == 40
    assert loaded["kdv"]["adres"] == "Coöperatiestraat 1, 1621 AB Hoorn"
    assert loaded["bso"]["geregistreerd_op"] == date(2012, 8, 15)
    assert loaded["school"]["naam"] == "De Eénhoorn"
    assert loaded["school"]["adres"] == "Dijk 7-a, 1621 AC HOORN"
    assert loaded["school"]["grondslag"] == "openbaar"
    assert "kindplaatsen" not in loaded["vroeger"]
    again = import_facts(centre, lrk, duo, in_place=True)
    assert not again.files
    assert {fact.state for fact in again.facts} == {SAME, DIFFERENT, REMARK}


def test_a_new_folder_leaves_the_old_one_as_it_was(centre: Path, tmp_path: Path) -> None:
    lrk = write(tmp_path, "lrk.csv", LRK)
    import_facts(centre, lrk, None, output=tmp_path / "nieuw")
    assert (centre / "centrum.yaml").read_text(encoding="utf-8") == CENTRE
    assert load_centre(tmp_path / "nieuw").find("voorzieningen", "bso").get("kindplaatsen") == 20  # type: ignore[union-attr]


def test_without_a_target_nothing_is_written(centre: Path, tmp_path: Path) -> None:
    done = import_facts(centre, write(tmp_path, "lrk.csv", LRK), None)
    assert (done.folder, done.files) == (None, ())
    assert (centre / "centrum.yaml").read_text(encoding="utf-8") == CENTRE
    shown = registered_text(done.facts)
    assert "VERSCHIL  kdv.kindplaatsen: de configuratie zegt ‘40’, LRK zegt ‘48’" in shown
    assert "LET OP  vroeger: 300400500 staat in het bestand van LRK als niet meer ingeschreven" in shown
    assert "LET OP  nergens: 999999999 staat niet in het bestand van LRK" in shown


def test_a_workbook_is_filled_on_its_way_in(tmp_path: Path) -> None:
    book = small()
    book["voorzieningen"]["E1"], book["voorzieningen"]["E2"] = "lrk_nummer", "100200300"
    path = tmp_path / "boek.xlsx"
    book.save(path)
    import_workbook(path, tmp_path / "uit", lrk=write(tmp_path, "lrk.csv", LRK))
    found = load_centre(tmp_path / "uit").find("voorzieningen", "kdv")
    assert found is not None
    assert (found.get("kindplaatsen"), found.get("geregistreerd_op")) == (12, date(2011, 3, 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "leeg"),
        ("naam;plaats\nx;y\n", "de kolom lrk_id ontbreekt; gevonden: naam, plaats"),
        (LRK.replace("01-03-2011", "31-02-2011"), "lrk.csv:2:1: ‘31-02-2011’ is geen datum"),
        (f"{LRK_HEAD}\n" + '"' + "x" * 200_000 + '"', "dit is geen geldige CSV"),
        ("\0\0", "geen CSV-bestand"),
    ],
)
def test_a_wrong_file_is_refused(text: str, wanted: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_lrk(write(tmp_path, "lrk.csv", text), {"100200300"})
    assert wanted in str(caught.value)


def test_the_foundation_of_a_cooperation_is_left_open() -> None:
    assert foundation("Openbaar") == "openbaar"
    assert foundation("Rooms-Katholiek") == "bijzonder"
    assert foundation("Samenwerking Opb., RK") is None
    assert foundation("") is None


@pytest.mark.skipif("IKEC_DATA_DIR" not in os.environ, reason="the real school list is not here")
def test_the_real_school_list_is_read() -> None:
    found = read_duo(Path(os.environ["IKEC_DATA_DIR"]) / "duo-po-vestigingen-2013.csv", {"16AH", "16BX00"})
    assert {code: [entry.number for entry in entries] for code, entries in found.items()} == {
        "16AH": ["16AH00"], "16BX00": ["16BX00"],
    }  # fmt: skip
    assert found["16AH"][0].facts == {"grondslag": "openbaar"}
