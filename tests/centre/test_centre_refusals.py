"""Whatever is wrong with a configuration is refused in one Dutch line with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikec_compliance.centre import load_centre
from ikec_compliance.centre.privacy import is_bsn
from ikec_compliance.model.errors import InputError

# A pilcrow stands where the error must point.
HEAD = "schema: ikec-centrum/v1\ncentrum: {id: proef}\n"
FRAME = (
    HEAD
    + """organisaties:
  - {id: houder, soort: houder_kinderopvang}
voorzieningen:
  - {id: kdv, soort: dagopvang, organisatie: houder}
groepen:
  - {id: g1, soort: stamgroep, voorzieningen: [kdv]}
  - {id: gezamenlijk, soort: kog, voorzieningen: [kdv]}
medewerkers:
  - {id: anna, functie: pedagogisch_medewerker, organisatie: houder}
"""
)
COUNCIL = "{id: oc, soort: oudercommissie, voorzieningen: [kdv]"
RAAD = f"raden:\n  - {COUNCIL}, "
LINE = "rooster:\n  - {id: r1, groep: g1, "
LINE_ID = "rooster:\n  - {¶id: r1, groep: g1, "
BSN = "123456782"
"""Passes the eleven-test: 9 + 16 + 21 + 24 + 25 + 24 + 21 + 16 - 2 = 154 = 14 x 11."""


def refused(text: str, folder: Path, name: str = "centrum.yaml") -> InputError:
    """Load what stands in ``text`` and check the place of the error."""
    before, mark, after = text.partition("¶")
    assert mark and "¶" not in after
    (folder / name).write_text(before + after, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_centre(folder / name)
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert str(caught.value).startswith(f"{folder / name}:{line}:{column}: "), str(caught.value)
    assert "\n" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("rest", "fragments"),
    [
        # Keys and values.
        ("¶gropen: []\n", ("onbekende sleutel", "gropen", "bedoelt u ‘groepen’")),
        ("raden:\n  - {id: mr, soort: medezeggenschapsraad, voorzieningen: [kdv], ¶leden: 6}\n",
         ("leden", "aantal_leden")),
        ("raden:\n  - {id: mr, soort: ¶medezegenschapsraad, voorzieningen: [kdv]}\n",
         ("bedoelt u ‘medezeggenschapsraad’",)),
        (RAAD + "aantal_leden: ¶drie}\n", ("drie",)),
        (RAAD + "aantal_leden: ¶-1}\n", ("-1",)),
        (RAAD + "regeling: ¶on}\n", ("‘on’",)),
        (RAAD + "ingesteld_op: ¶2026-02-30}\n", ("30 februari bestaat niet",)),
        (RAAD + "ingesteld_op: ¶23-11-2026}\n", ("23-11-2026",)),
        (RAAD + "naam: a, ¶naam: b}\n", ("naam",)),
        ("volledig: {rooster: [¶2026-11-27/2026-11-23]}\n", ("de laatste dag", "vóór de eerste")),
        (LINE + "medewerker: anna, dag: ma, van: ¶10.30, tot: 12:00}\n", ("10.30",)),
        # Names that are used twice or not at all.
        (f"raden:\n  - {COUNCIL}}}\n  - {COUNCIL.replace('id', '¶id', 1)}}}\n",
         ("id 'oc' staat al in raden", "centrum.yaml:13:6")),
        ("raden:\n  - {id: oc, soort: oudercommissie, ¶voorzieningen: [kdf]}\n",
         ("'kdf' staat niet in voorzieningen", "bedoelt u ‘kdv’")),
        ("ruimtes:\n  - {id: r, soort: overig, ¶voorzieningen: [kdv, zolder]}\n",
         ("'zolder' staat niet in voorzieningen",)),
        ("dossiers:\n  ¶kdvv: {totaal: 3}\n", ("onbekende voorziening 'kdvv'", "bedoelt u ‘kdv’")),
        ("integratie:\n  - {id: i, soort: ruimte, ¶deelt: [g1, annna]}\n",
         ("onbekende verwijzing 'annna'", "bedoelt u ‘anna’")),
        ("documenten:\n  - {id: p, soorten: [schoolplan], voorzieningen: [kdv], ¶instemming: {mr: ja}}\n",
         ("'mr' staat niet in raden",)),
        (LINE + "¶medewerker: ana, dag: ma, van: 10:30, tot: 12:00}\n",
         ("'ana' staat niet in medewerkers", "bedoelt u ‘anna’")),
        # Roster lines.
        (LINE_ID + "medewerker: anna, dag: ma, datum: 2026-11-23, van: 10:30, tot: 12:00}\n",
         ("precies een van dag en datum",)),
        (LINE_ID + "medewerker: anna, van: 10:30, tot: 12:00}\n", ("precies een van dag en datum",)),
        (LINE_ID + "medewerker: anna, aantallen: {2: 3}, dag: ma, van: 10:30, tot: 12:00}\n",
         ("precies een van medewerker en aantallen",)),
        (LINE_ID + "dag: ma, van: 10:30, tot: 12:00}\n", ("precies een van medewerker en aantallen",)),
        (LINE + "medewerker: anna, dag: ma, van: 12:00, ¶tot: 10:30}\n", ("tot ligt niet na van",)),
        (LINE + "medewerker: anna, dag: ma, van: 12:00, ¶tot: 12:00}\n", ("tot ligt niet na van",)),
        (LINE + "aantallen: {2: 3}, dag: ma, van: 10:30, tot: 12:00, ¶rol: beroepskracht}\n", ("geen rol",)),
        (LINE + "medewerker: anna, datum: 2026-11-23, van: 10:30, tot: 12:00, ¶kalender: school}\n",
         ("geen kalender",)),
        ("rooster:\n  - {¶id: r1, groep: gezamenlijk, medewerker: anna, dag: ma, van: 10:30, tot: 12:00}\n",
         ("'gezamenlijk'", "geef het regime", "kinderopvang, onderwijs of jeugdhulp")),
        # Personal data.
        (RAAD + f"naam: ¶raad {BSN}}}\n", ("burgerservicenummer",)),
        (RAAD + "naam: ¶1234.56.782}\n", ("burgerservicenummer",)),
        (RAAD + "naam: ¶123 456 782}\n", ("burgerservicenummer",)),
        (f"kinderen:\n  - {{id: ¶k{BSN}, voorziening: kdv}}\n", ("burgerservicenummer",)),
        (f"woordenlijst:\n  ¶kind {BSN}: {{onderwijs: leerling}}\n", ("burgerservicenummer",)),
        ("kinderen:\n  - {id: k1, voorziening: kdv, ¶naam: Jan}\n", ("verwijder 'naam'", "pseudoniem")),
        ("kinderen:\n  - {id: k1, voorziening: kdv, ¶Achternaam: Jansen}\n", ("verwijder 'Achternaam'",)),
        ("kinderen:\n  - {id: k1, voorziening: kdv, ¶adres: Zonnesteen 1}\n", ("verwijder 'adres'",)),
        ("kinderen:\n  - {id: k1, voorziening: kdv, ¶geboortedatum: 2020-01-02}\n", ("geboortemaand",)),
    ],
)  # fmt: skip
def test_refused_at_its_place(rest: str, fragments: tuple[str, ...], tmp_path: Path) -> None:
    error = refused(FRAME + rest, tmp_path)
    for fragment in fragments:
        assert fragment in str(error), str(error)


def test_a_required_key_that_is_missing_points_at_its_owner(tmp_path: Path) -> None:
    error = refused(HEAD + "organisaties:\n  - ¶{id: houder}\n", tmp_path)
    assert "soort" in error.message


def test_no_message_repeats_the_number_or_a_value_of_a_child(tmp_path: Path) -> None:
    for rest in (f"woordenlijst:\n  ¶kind {BSN}: {{onderwijs: leerling}}\n",
                 f"kinderen:\n  - {{id: k1, voorziening: kdv, ¶bsn: {BSN}}}\n",
                 "kinderen:\n  - {id: k1, voorziening: kdv, geboortemaand: ¶Jan Jansen}\n"):  # fmt: skip
        error = refused(FRAME + rest, tmp_path)
        assert BSN not in str(error) and "Jansen" not in str(error)


@pytest.mark.parametrize(
    "accepted",
    [
        f"  - {{id: zb, soort: bso, organisatie: houder, lrk_nummer: '{BSN}'}}\n",
        "  - {id: zb, soort: bso, organisatie: houder, naam: nummer 123456783}\n",
        "  - {id: zb, soort: bso, organisatie: houder, naam: tel 0229123456}\n",
        "  - {id: zb, soort: bso, organisatie: houder, naam: order 20260101}\n",
    ],
)
def test_a_typed_identifier_or_a_number_that_fails_the_test_is_accepted(accepted: str, tmp_path: Path) -> None:
    path = tmp_path / "centrum.yaml"
    path.write_text(HEAD + "organisaties:\n  - {id: houder, soort: houder_kinderopvang}\nvoorzieningen:\n" + accepted)
    assert load_centre(path).find("voorzieningen", "zb") is not None


def test_the_registrations_of_a_medewerker_are_typed_identifiers(tmp_path: Path) -> None:
    person = f"registraties: {{skj: {{nummer: '{BSN}'}}, big: {{nummer: '{BSN}'}}}}"
    path = tmp_path / "centrum.yaml"
    path.write_text(FRAME + f"  - {{id: bea, functie: jeugdhulpverlener, organisatie: houder, {person}}}\n")
    found = load_centre(path).find("medewerkers", "bea")
    assert found is not None and found.get("registraties.skj.nummer") == BSN


@pytest.mark.parametrize(
    ("digits", "passes"),
    [("123456782", True), ("111222333", True), ("123456789", False), ("000000000", False), ("999999990", True)],
)
def test_the_eleven_test(digits: str, passes: bool) -> None:
    assert is_bsn(digits) is passes
