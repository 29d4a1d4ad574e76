"""Rosters that look harmless and would let children go uncounted or adults count twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check_centre
from ikec_compliance.model.errors import InputError
from tests.support import base, load, person

RULES = Path("rules")
ADULT = "KO-VGB-10"


def verdicts(data: dict[str, Any], folder: Path) -> dict[tuple[str, str], str]:
    """Verdict per rule and subject, checked by both evaluators."""
    report = check_centre(load(data, folder), open_catalogue(RULES, None), CheckRequest(verify=True))
    return {(line.rule, line.subject): line.verdict.value for line in report.verdicts}


def line(id_: str, group: str, **values: Any) -> dict[str, Any]:
    return {"id": id_, "groep": group, "dag": "ma", "van": "09:00", "tot": "12:00", **values}


def two_kinds() -> dict[str, Any]:
    """A dagopvang, a bso and a school of one houder."""
    return {
        "voorzieningen": [
            {"id": id_, "soort": id_, "organisatie": "houder", "openingstijden": {"dagen": ["ma"]}}
            for id_ in ("dagopvang", "bso", "so")
        ],
        "groepen": [
            {"id": "stam", "soort": "stamgroep", "voorzieningen": ["dagopvang"]},
            {"id": "basis", "soort": "basisgroep", "voorzieningen": ["bso"]},
            {"id": "klas", "soort": "onderwijsgroep", "voorzieningen": ["so"]},
        ],
    }


def test_children_on_a_day_the_voorziening_is_closed_are_counted(tmp_path: Path) -> None:
    rows = [line("r", "g1", dag="za", aantallen={"2": 9})]
    data = base(rooster=rows, volledig={"rooster": ["2026-11-23/2026-11-29"]})
    found = verdicts(data, tmp_path)
    assert found["KO-BKR-01", "groep:g1@2026-11-28"] == "voldoet_niet"
    assert found[ADULT, "voorziening:kdv@2026-11-28"] == "voldoet_niet"


def test_a_dated_line_on_a_closed_day_likewise(tmp_path: Path) -> None:
    row = {"id": "r", "groep": "g1", "datum": "2026-11-29", "van": "09:00", "tot": "12:00", "aantallen": {"2": 9}}
    found = verdicts(base(rooster=[row], volledig={"rooster": ["2026-11-23/2026-11-29"]}), tmp_path)
    assert found["KO-BKR-01", "groep:g1@2026-11-29"] == "voldoet_niet"


def test_one_person_under_two_regimes_at_once_counts_for_sure_in_neither(tmp_path: Path) -> None:
    rows = [
        line("kinderen", "g1", aantallen={"2": 5}),
        line("opvang", "g1", medewerker="p1", rol="beroepskracht"),
        line("les", "g1", medewerker="p1", rol="leraar", regime="onderwijs"),
    ]
    found = verdicts(base(medewerkers=[person("p1")], rooster=rows), tmp_path)
    assert found["KO-BKR-01", "groep:g1@2026-11-23"] == "niet_te_bepalen"


@pytest.mark.parametrize(("place", "verdict"), [("klas", "niet_te_bepalen"), ("stam", "voldoet")])
def test_the_first_aider_is_not_in_two_voorzieningen_at_once(place: str, verdict: str, tmp_path: Path) -> None:
    rows = [
        line("kinderen", "stam", aantallen={"2": 5}),
        line("een", "stam", medewerker="p1", rol="beroepskracht"),
        line("twee", place, medewerker="p1", rol="onderwijsassistent"),
    ]
    found = verdicts(base(medewerkers=[person("p1", werkt_bij=[])], rooster=rows, **two_kinds()), tmp_path)
    assert found[ADULT, "voorziening:dagopvang@2026-11-23"] == verdict


@pytest.mark.parametrize(("first_day", "verdict"), [("2026-11-23", "voldoet"), ("2026-11-24", "voldoet_niet")])
def test_who_starts_later_is_not_there_yet(first_day: str, verdict: str, tmp_path: Path) -> None:
    rows = [line("kinderen", "g1", aantallen={"2": 5}), line("een", "g1", medewerker="p1", rol="beroepskracht")]
    found = verdicts(base(medewerkers=[person("p1", in_dienst_op=first_day)], rooster=rows), tmp_path)
    assert found["KO-BKR-01", "groep:g1@2026-11-23"] == verdict
    assert found[ADULT, "voorziening:kdv@2026-11-23"] == verdict


@pytest.mark.parametrize(("age", "verdict"), [("3", "niet_te_bepalen"), ("4", "voldoet")])
def test_the_formula_of_the_bso_says_nothing_about_children_under_four(age: str, verdict: str, tmp_path: Path) -> None:
    rows = [line("kinderen", "basis", aantallen={age: 8}), line("een", "basis", medewerker="p1", rol="beroepskracht")]
    found = verdicts(base(medewerkers=[person("p1", werkt_bij=[])], rooster=rows, **two_kinds()), tmp_path)
    assert found["KO-BKR-02", "voorziening:bso@2026-11-23"] == verdict


def test_nor_does_a_saturday_in_a_school_week_allow_half_an_hour(tmp_path: Path) -> None:
    rows = [
        line("kinderen", "basis", dag="za", tot="09:30", aantallen={"5": 20}),
        line("een", "basis", dag="za", tot="09:30", medewerker="p1", rol="beroepskracht"),
    ]
    data = base(medewerkers=[person("p1", werkt_bij=[])], rooster=rows, **two_kinds())
    data["volledig"]["rooster"] = ["2026-11-23/2026-11-29"]
    assert verdicts(data, tmp_path)["KO-BKR-02", "voorziening:bso@2026-11-28"] != "voldoet"


@pytest.mark.parametrize(
    ("group", "row", "words"),
    [
        ({"id": "x", "soort": "stamgroep", "voorzieningen": ["so"]}, {}, "geen van haar voorzieningen is"),
        ({"id": "x", "soort": "kog", "voorzieningen": ["so"]}, {"regime": "kinderopvang"}, "geen regel zou hen tellen"),
        ({"id": "x", "soort": "stamgroep", "voorzieningen": ["dagopvang"]}, {"regime": "jeugdhulp"},
         "hoort niet bij een jeugdhulpvoorziening"),
    ],
)  # fmt: skip
def test_children_whom_no_rule_would_count_are_refused(
    group: dict[str, Any], row: dict[str, Any], words: str, tmp_path: Path
) -> None:
    kinds = two_kinds()
    kinds["groepen"].append(group)
    with pytest.raises(InputError, match=words) as error:
        load(base(rooster=[line("r", "x", aantallen={"2": 50}, **row)], **kinds), tmp_path)
    assert error.value.location is not None


def test_a_roster_declared_complete_over_decades_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="hoogstens 400 dagen") as error:
        verdicts(base(volledig={"rooster": ["2000-01-01/2030-01-01"]}), tmp_path)
    assert error.value.location is not None
