"""What a configuration says once it is loaded: files, completeness, vacancies, places."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.centre import Centre, load_centre
from ikec_compliance.centre.centre import LISTS
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.verdict import Verdict
from tests.fuzz_unknown import rule_set
from tests.support import base, load, person
from tests.variants import Key, facts, verdicts

MONDAY = date(2026, 11, 23)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ikec-hoorn"


def judge(data: dict[str, Any], folder: Path, days: tuple[date, ...] = (MONDAY,)) -> dict[Key, Verdict]:
    return verdicts(facts(load(data, folder), rule_set(), MONDAY, days), rule_set().on(MONDAY).rules)


def contents(centre: Centre) -> dict[str, Any]:
    return {key: centre.data[key] for key in sorted(centre.data)}


def test_a_folder_and_the_same_text_in_one_file_are_the_same_centre(tmp_path: Path) -> None:
    whole = tmp_path / "alles.yaml"
    parts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLE.glob("*.yaml"))]
    text = "".join(part.replace("schema: ikec-centrum/v1\n", "", 1) for part in parts)
    whole.write_text("schema: ikec-centrum/v1\n" + text, encoding="utf-8")
    one, two = load_centre(EXAMPLE), load_centre(whole)
    assert contents(one) == contents(two)
    assert {key: [record.id for record in one.records(key)] for key in LISTS} == {
        key: [record.id for record in two.records(key)] for key in LISTS
    }
    assert one.sha256 != two.sha256


def test_a_list_may_be_spread_over_files_and_keeps_its_places(tmp_path: Path) -> None:
    head = "schema: ikec-centrum/v1\n"
    (tmp_path / "a.yaml").write_text(head + "centrum: {id: c}\norganisaties:\n  - {id: x, soort: gemeente}\n")
    (tmp_path / "b.yaml").write_text(head + "organisaties:\n  - id: y\n    soort: gemeente\n    naam: Hoorn\n")
    (tmp_path / ".verborgen.yaml").write_text("geen: centrum\n")
    (tmp_path / "leesmij.md").write_text("geen yaml\n")
    centre = load_centre(tmp_path)
    assert [record.id for record in centre.records("organisaties")] == ["x", "y"]
    place = centre.records("organisaties")[1].place("naam")
    assert (Path(place.file).name, place.line, place.column) == ("b.yaml", 5, 5)


@pytest.mark.parametrize(
    ("second", "fragment", "line"),
    [
        ("schema: ikec-centrum/v1\ncentrum: {id: d}\n", "‘centrum’ staat ook al in", 2),
        ("schema: ikec-centrum/v2\n", "‘schema’ is hier anders", 1),
        ("schema: ikec-centrum/v1\norganisaties:\n  - {id: x, soort: gemeente}\n", "id 'x' staat al in", 3),
        ("- a\n", "begint met sleutels", 1),
    ],
)
def test_what_two_files_may_not_say(second: str, fragment: str, line: int, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "schema: ikec-centrum/v1\ncentrum: {id: c}\norganisaties:\n  - {id: x, soort: gemeente}\n"
    )
    (tmp_path / "b.yaml").write_text(second)
    with pytest.raises(InputError) as caught:
        load_centre(tmp_path)
    assert fragment in caught.value.message
    assert caught.value.location is not None
    assert (Path(caught.value.location.file).name, caught.value.location.line) == ("b.yaml", line)


def test_no_file_and_an_empty_folder_are_bad_input(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "bestaat-niet.yaml"):
        with pytest.raises(InputError):
            load_centre(path)


def test_scalars_follow_yaml_12(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "schema: ikec-centrum/v1\ncentrum: {id: c, naam: no}\norganisaties:\n  - {id: x, soort: gemeente, naam: on}\n"
        "voorzieningen:\n  - {id: v, soort: bso, organisatie: x, openingstijden: {dagen: [ma], van: 10:30, tot: 24:00}}"
    )
    centre = load_centre(path)
    assert centre.data["centrum"]["naam"] == "no" and centre.records("organisaties")[0].get("naam") == "on"
    hours = centre.records("voorzieningen")[0].get("openingstijden")
    assert (hours["van"], hours["tot"]) == (630, 1440)


def test_ages_may_be_numbers_or_text(tmp_path: Path) -> None:
    for number, ages in enumerate(("{0: 2, 3: 5}", "{'0': 2, '3': 5}")):
        path = tmp_path / f"c{number}.yaml"
        path.write_text(
            "schema: ikec-centrum/v1\ncentrum: {id: c}\norganisaties:\n  - {id: x, soort: gemeente}\nvoorzieningen:\n"
            "  - {id: v, soort: dagopvang, organisatie: x}\ngroepen:\n"
            f"  - {{id: g, soort: stamgroep, voorzieningen: [v], plaatsing: {ages}}}\n"
        )
        found = load_centre(path).records("groepen")[0].get("plaatsing")
        assert {int(age): count for age, count in found.items()} == {0: 2, 3: 5}


# Completeness: inside a complete list what is absent is not there; outside it, nobody knows.


def test_an_absent_document_is_a_finding_only_in_a_complete_list(tmp_path: Path) -> None:
    key = ("KO-PED-01", "voorziening:kdv")
    for declared, verdict in (("ja", Verdict.FAILS), ("nee", Verdict.UNDECIDED), (None, Verdict.UNDECIDED)):
        assert judge(base(volledig={"documenten": declared}), tmp_path)[key] is verdict
    assert judge(base(volledig={}), tmp_path)[key] is Verdict.UNDECIDED


def test_an_absent_parent_committee_and_an_absent_arrangement_likewise(tmp_path: Path) -> None:
    facility = {**base()["voorzieningen"][0], "geregistreerd_op": "2020-01-06", "aantal_kinderen": 80}
    for name, key in (("raden", ("KO-OUD-01", "voorziening:kdv")), ("regelingen", ("KO-KLA-01", "voorziening:kdv"))):
        found = {}
        for declared in ("ja", "nee"):
            found[declared] = judge(base(voorzieningen=[facility], volledig={name: declared}), tmp_path)[key]
        assert found == {"ja": Verdict.FAILS, "nee": Verdict.UNDECIDED}


def test_a_part_that_is_not_listed_is_absent_only_when_parts_are_complete(tmp_path: Path) -> None:
    plan = {"id": "plan", "titel": "Plan", "soorten": ["pedagogisch_beleidsplan"], "voorzieningen": ["kdv"]}
    key = ("KO-PED-05", "voorziening:kdv")
    complete = {"documenten": "ja", "onderdelen": "ja"}
    for parts, declared, verdict in (
        (["ontwikkeling_volgen"], complete, Verdict.FAILS),
        (["ontwikkeling_volgen"], {"documenten": "ja"}, Verdict.UNDECIDED),
        ({"mentor": "nee"}, {"documenten": "ja"}, Verdict.FAILS),
        ({"mentor": None}, complete, Verdict.UNDECIDED),
        (None, complete, Verdict.UNDECIDED),
    ):
        document = plan if parts is None else {**plan, "onderdelen": parts}
        assert judge(base(documenten=[document], volledig=declared), tmp_path)[key] is verdict, (parts, declared)


def test_completeness_is_about_items_and_not_about_their_fields(tmp_path: Path) -> None:
    data = base(medewerkers=[person("a", taal={"mondeling": None})], volledig={"medewerkers": "ja", "rooster": []})
    line = {"id": "r1", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "medewerker": "a"}
    data["rooster"] = [{**line, "rol": "beroepskracht"}]
    assert judge(data, tmp_path)["KO-TAAL-01", "medewerker:a/voorziening:kdv"] is Verdict.UNDECIDED


def test_a_roster_day_that_is_not_declared_complete_decides_no_presence(tmp_path: Path) -> None:
    tuesday = date(2026, 11, 24)
    data = base(medewerkers=[person("a")])
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma", "di"]}
    line = {"groep": "g1", "dag": ["ma", "di"], "van": "08:00", "tot": "12:00"}
    data["rooster"] = [{"id": "r1", **line, "aantallen": {2: 4}},
                       {"id": "r2", **line, "medewerker": "a", "rol": "beroepskracht"}]  # fmt: skip
    found = judge(data, tmp_path, (MONDAY, tuesday))
    assert found["KO-BKR-01", "groep:g1@2026-11-23"] is Verdict.PASSES
    open_day = {key: verdict for key, verdict in found.items() if key[1].endswith("@2026-11-24")}
    assert len(open_day) > 10
    assert set(open_day.values()) <= {Verdict.UNDECIDED, Verdict.NOT_APPLICABLE}
    assert open_day["KO-BKR-01", "groep:g1@2026-11-24"] is Verdict.UNDECIDED


def test_a_vacancy_is_nobody(tmp_path: Path) -> None:
    line = {"groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00"}
    for vacancy, verdict in (("ja", Verdict.FAILS), ("nee", Verdict.PASSES)):
        data = base(medewerkers=[person("a", vacature=vacancy)])
        data["rooster"] = [{"id": "r1", **line, "aantallen": {2: 4}},
                           {"id": "r2", **line, "medewerker": "a", "rol": "beroepskracht"}]  # fmt: skip
        found = judge(data, tmp_path)
        assert found["KO-BKR-01", "groep:g1@2026-11-23"] is verdict
        assert found["KO-VGB-10", "voorziening:kdv@2026-11-23"] is verdict  # nor a first-aider
    data["medewerkers"] = [{"id": "v", "functie": "leraar", "organisatie": "houder", "werkt_bij": ["kdv"],
                            "vacature": "ja"}]  # fmt: skip
    data["rooster"] = []
    vacant = {verdict for key, verdict in judge(data, tmp_path).items() if key[1].startswith("medewerker:v/")}
    assert vacant == {Verdict.NOT_APPLICABLE}
