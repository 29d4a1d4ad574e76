"""Whom and what the law of the day counts: other voorzieningen, other qualifications, other years."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check_centre
from ikec_compliance.facts.base import derive
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.result import Report
from ikec_compliance.rules.vocabulary import load_vocabulary
from tests.support import base, load, person

RULES = Path("rules")
VOCABULARY = load_vocabulary(rules_dir())
PLAN = {
    "id": "plan",
    "soorten": ["pedagogisch_beleidsplan"],
    "voorzieningen": ["kdv", "bso"],
    "vastgesteld_op": "2018-01-08",
    "onderdelen": ["kaders_afwijking", "tijden_afwijking"],
}


def line(id_: str, group: str, **values: Any) -> dict[str, Any]:
    days = ["ma", "di", "wo", "do", "vr"]
    return {"id": id_, "groep": group, "dag": days, "van": "15:00", "tot": "17:00", **values}


def centre(first: str, last: str, lines: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    early = {
        "in_dienst_op": "2015-01-05",
        "registraties": {"personenregister": {"ingeschreven_op": "2015-01-02", "gekoppeld_op": "2015-01-02"}},
    }
    data = base(
        centrum={"id": "proef"},
        voorzieningen=[
            {"id": "kdv", "soort": "dagopvang", "organisatie": "houder"},
            {"id": "bso", "soort": "bso", "organisatie": "houder"},
        ],
        groepen=[
            {"id": "stam", "soort": "stamgroep", "voorzieningen": ["kdv"]},
            {"id": "basis1", "soort": "basisgroep", "voorzieningen": ["bso"]},
            {"id": "basis2", "soort": "basisgroep", "voorzieningen": ["bso"]},
        ],
        medewerkers=[person(f"p{n}", werkt_bij=[], **early) for n in range(4)],
        documenten=[PLAN],
        rooster=lines,
        kalender={"schoolweken": [f"{first}/{last}"]},
        volledig={
            "medewerkers": "ja",
            "diplomas": "ja",
            "documenten": "ja",
            "onderdelen": "ja",
            "rooster": [f"{first}/{last}"],
        },
    )
    return {**data, **changes}


def report(data: dict[str, Any], folder: Path, on: str | None = None, period: tuple[str, str] | None = None) -> Report:
    request = CheckRequest(
        on=date.fromisoformat(on) if on else None,
        period=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        verify=True,
    )
    return check_centre(load(data, folder), open_catalogue(RULES, None), request)


def verdicts(found: Report) -> dict[tuple[str, str], str]:
    return {(line.rule, line.subject): line.verdict.value for line in found.verdicts}


def reasons(found: Report) -> dict[str, str]:
    return {item.rule: item.reason for item in found.not_in_force}


BSO_RULES = ("KO-BKR-02", "KO-BKR-03", "KO-GRP-02", "KO-GRP-03")
NINE_AND_TWO = [
    line("k", "basis1", aantallen={"5": 9, "8": 2}),
    line("a", "basis1", medewerker="p0", rol="beroepskracht"),
]


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        # Nine of 4 to 7 and two older: one per basisgroep by table 2, two per kindercentrum by the formula.
        ("2023-03-01", {"KO-BKR-03": "voldoet", "KO-GRP-02": "voldoet"}),
        ("2024-06-28", {"KO-BKR-03": "voldoet", "KO-GRP-02": "voldoet"}),
        ("2024-07-01", {"KO-BKR-02": "voldoet_niet", "KO-GRP-03": "voldoet"}),
        ("2026-11-20", {"KO-BKR-02": "voldoet_niet", "KO-GRP-03": "voldoet"}),
    ],
)
def test_the_bso_by_the_law_of_the_day(on: str, verdict: dict[str, str], tmp_path: Path) -> None:
    data = centre("2018-01-01", "2026-12-31", NINE_AND_TWO)
    found = report(data, tmp_path, on=on, period=(on, on))
    about = {"KO-BKR-02": "voorziening:bso"}
    answers = verdicts(found)
    assert {rule: answers[rule, f"{about.get(rule, 'groep:basis1')}@{on}"] for rule in verdict} == verdict
    for rule in set(BSO_RULES) - set(verdict):
        assert rule in reasons(found) and not [key for key in answers if key[0] == rule]


def test_before_2019_no_ratio_was_read(tmp_path: Path) -> None:
    lines = [line("k", "stam", aantallen={"0": 16}), line("l", "basis1", aantallen={"5": 40})]
    found = report(centre("2018-01-01", "2018-12-31", lines), tmp_path, on="2018-06-01")
    told = reasons(found)
    for rule in ("KO-BKR-01", "KO-BKR-03", "KO-GRP-01", "KO-GRP-02"):
        assert told[rule] in ("oudere tekst niet gelezen", "nog niet in werking"), rule
    assert told["KO-BKR-01"] == told["KO-BKR-03"] == "oudere tekst niet gelezen"
    assert told["KO-GRP-03"] == "nog niet in werking"
    # What was read for 2018 still answers: nobody with a certificate is there.
    assert verdicts(found)["KO-VGB-10", "voorziening:kdv@2018-06-01"] == "voldoet_niet"


@pytest.mark.parametrize(
    ("on", "part", "verdict"),
    [
        ("2023-03-01", "tijden_afwijking", "voldoet"),
        ("2023-03-01", "kaders_afwijking", "voldoet_niet"),
        ("2023-07-03", "tijden_afwijking", "voldoet_niet"),
        ("2023-07-03", "kaders_afwijking", "voldoet"),
    ],
)
def test_three_hours_by_the_plan_the_law_of_the_day_asks(on: str, part: str, verdict: str, tmp_path: Path) -> None:
    lines = [line("k", "stam", aantallen={"2": 9}), line("a", "stam", medewerker="p0", rol="beroepskracht")]
    data = centre("2022-01-01", "2024-12-31", lines, documenten=[{**PLAN, "onderdelen": [part]}])
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma", "wo"], "van": "07:30", "tot": "17:30"}
    found = verdicts(report(data, tmp_path, on=on, period=(on, on)))
    assert found["KO-BKR-01", f"groep:stam@{on}"] == verdict


def test_a_period_over_the_change_of_law(tmp_path: Path) -> None:
    lines = [
        *NINE_AND_TWO,
        line("c", "basis2", aantallen={"5": 9, "8": 2}),
        line("b", "basis2", medewerker="p1", rol="beroepskracht"),
    ]
    data = centre("2024-06-24", "2024-07-05", lines)
    found = report(data, tmp_path, on="2024-07-05", period=("2024-06-24", "2024-07-05"))
    answers = verdicts(found)
    old = [day for day in ("2024-06-24", "2024-06-28") if answers["KO-BKR-03", f"groep:basis1@{day}"] == "voldoet"]
    new = [key[1] for key, value in answers.items() if key[0] == "KO-BKR-02" and value == "voldoet_niet"]
    assert old == ["2024-06-24", "2024-06-28"]
    # 18 × 0,1 + 4 × 0,083 = 2,132: three, for the two there are; never by the old law, always by the new.
    assert new == [f"voorziening:bso@2024-07-0{n}" for n in range(1, 6)]
    first = next(x for x in found.verdicts if x.subject == "voorziening:bso@2024-07-01" and x.rule == "KO-BKR-02")
    assert first.intervals[0].details["grondslag"].startswith("formule: 18 × 0,1 + 4 × 0,083 = 2,132")
    assert first.intervals[0].details["afwijking"] == "2:00 van 0:30 uur gebruikt"


def test_the_breach_begins_where_the_allowance_ends(tmp_path: Path) -> None:
    lines = [
        line("k", "stam", van="08:03", tot="12:17", aantallen={"2": 9}),
        line("a", "stam", van="08:00", tot="12:30", medewerker="p0", rol="beroepskracht"),
    ]
    data = centre("2026-11-23", "2026-11-23", lines)
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma"], "van": "07:30", "tot": "18:00"}
    found = report(data, tmp_path, on="2026-11-23")
    mine = next(x for x in found.verdicts if (x.rule, x.subject) == ("KO-BKR-01", "groep:stam@2026-11-23"))
    assert [(x.start, x.end, x.details["afwijking"]) for x in mine.intervals] == [
        ("11:03", "12:17", "4:14 van 3:00 uur gebruikt")
    ]


def other(id_: str) -> dict[str, Any]:
    return person(id_, werkt_bij=[], diplomas=[{"kwalificeert": ["andersgekwalificeerde_beroepskracht"]}])


def with_other(group: str, counts: dict[str, int], *roles: str) -> dict[str, Any]:
    lines = [line("k", group, aantallen=counts)]
    lines += [line(f"m{n}", group, medewerker=f"p{n}", rol=role, formatief="ja") for n, role in enumerate(roles)]
    people = [
        other(f"p{n}") if role.startswith("anders") else person(f"p{n}", werkt_bij=[]) for n, role in enumerate(roles)
    ]
    return centre("2026-11-23", "2026-11-23", lines, medewerkers=people)


FULL, OTHER, LEARNING = "beroepskracht", "andersgekwalificeerde_beroepskracht", "beroepskracht_in_opleiding"


@pytest.mark.parametrize(
    ("roles", "ratio", "share", "beside"),
    [
        ((FULL, FULL, OTHER), "voldoet", "voldoet", "voldoet"),  # one in three
        ((FULL, OTHER, OTHER), "voldoet", "voldoet_niet", "voldoet"),
        ((FULL, LEARNING, OTHER), "voldoet", "voldoet_niet", "voldoet"),
        ((OTHER, OTHER, OTHER), "voldoet", "voldoet_niet", "voldoet_niet"),
        ((FULL, FULL), "voldoet_niet", "voldoet", "niet_van_toepassing"),
    ],
)
def test_otherwise_qualified_in_the_bso(
    roles: tuple[str, ...], ratio: str, share: str, beside: str, tmp_path: Path
) -> None:
    """Thirty children of five: three beroepskrachten (BKK bijlage 1b); the shares of Regeling 9c."""
    found = verdicts(report(with_other("basis1", {"5": 30}, *roles), tmp_path))
    subject = "voorziening:bso@2026-11-23"
    assert [found[rule, subject] for rule in ("KO-BKR-02", "KO-BKR-14", "KO-BKR-17")] == [ratio, share, beside]


def test_otherwise_qualified_do_not_count_in_the_dagopvang(tmp_path: Path) -> None:
    found = verdicts(report(with_other("stam", {"2": 9}, FULL, OTHER), tmp_path))
    assert found["KO-BKR-01", "groep:stam@2026-11-23"] != "voldoet"
    assert found["KO-BKR-13", "voorziening:kdv@2026-11-23"] == "voldoet_niet"


def test_above_the_formation_they_may_be_there(tmp_path: Path) -> None:
    data = with_other("stam", {"2": 9}, FULL, FULL, OTHER)
    data["rooster"][-1]["formatief"] = "nee"
    found = verdicts(report(data, tmp_path))
    assert found["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet"
    assert found["KO-BKR-13", "voorziening:kdv@2026-11-23"] == "voldoet"


def test_a_groep_of_two_dagopvangen_must_do_right_by_both(tmp_path: Path) -> None:
    """The three hours need ten hours of opvang and a plan; the second dagopvang is open five hours."""
    lines = [line("k", "stam", aantallen={"2": 9}), line("a", "stam", medewerker="p0", rol="beroepskracht")]
    data = centre("2026-11-23", "2026-11-23", lines)
    long = {"dagen": ["ma"], "van": "07:30", "tot": "18:00"}
    data["voorzieningen"][0]["openingstijden"] = long
    found = verdicts(report(data, tmp_path))
    assert found["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet"
    data["voorzieningen"].append({"id": "kdv2", "soort": "dagopvang", "organisatie": "houder", "openingstijden": long})
    data["groepen"][0]["voorzieningen"] = ["kdv", "kdv2"]
    data["documenten"] = [{**PLAN, "voorzieningen": ["kdv", "kdv2"]}]
    assert verdicts(report(data, tmp_path))["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet"
    data["voorzieningen"][-1]["openingstijden"] = {"dagen": ["ma"], "van": "13:00", "tot": "18:00"}
    assert verdicts(report(data, tmp_path))["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet_niet"


def test_half_a_group_that_moves_for_an_hour(tmp_path: Path) -> None:
    """From 15:47 to 16:21 five children of one stamgroep are with the other, which then needs a second."""
    data = centre(
        "2026-11-23",
        "2026-11-23",
        [
            line("a1", "stam", tot="15:47", aantallen={"3": 8}),
            line("a2", "stam", van="15:47", tot="16:21", aantallen={"3": 3}),
            line("a3", "stam", van="16:21", aantallen={"3": 8}),
            line("b1", "stam2", tot="15:47", aantallen={"3": 4}),
            line("b2", "stam2", van="15:47", tot="16:21", aantallen={"3": 9}),
            line("b3", "stam2", van="16:21", aantallen={"3": 4}),
            line("m1", "stam", medewerker="p0", rol="beroepskracht"),
            line("m2", "stam2", medewerker="p1", rol="beroepskracht"),
        ],
    )
    data["groepen"].append({"id": "stam2", "soort": "stamgroep", "voorzieningen": ["kdv"]})
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma"], "van": "13:00", "tot": "18:00"}
    found = report(data, tmp_path)
    lines = {x.subject: x for x in found.verdicts if x.rule == "KO-BKR-01"}
    assert lines["groep:stam@2026-11-23"].verdict.value == "voldoet"
    assert [(x.start, x.end) for x in lines["groep:stam2@2026-11-23"].intervals] == [("15:47", "16:21")]
    assert lines["groep:stam2@2026-11-23"].intervals[0].details["afwijking"].startswith("0:34 uur; afwijken mag")


@pytest.mark.parametrize(("staff", "verdict"), [(["p1"], "voldoet_niet"), (["p1", "p2"], "voldoet")])
def test_an_activity_lowers_no_total(staff: list[str], verdict: str, tmp_path: Path) -> None:
    """Nine of 2 years need two. Five leave for the yard: each half could do with one, the total stays two."""
    lines = [line("k", "stam", aantallen={"2": 4}), line("u", "stam", aantallen={"2": 5}, activiteit="buiten")]
    for number, who in enumerate(staff):
        lines.append(
            line(f"m{number}", "stam", medewerker=who, rol="beroepskracht", activiteit="buiten" if number else None)
        )
    data = centre("2026-11-23", "2026-11-23", [{k: v for k, v in x.items() if v is not None} for x in lines])
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma"], "van": "13:00", "tot": "18:00"}
    found = verdicts(report(data, tmp_path))
    assert found["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet"
    assert found["KO-BKR-11", "voorziening:kdv@2026-11-23"] == verdict


def test_somebody_on_a_break_is_an_adult_and_no_beroepskracht(tmp_path: Path) -> None:
    lines = [
        line("k", "stam", aantallen={"2": 9}),
        line("a", "stam", medewerker="p0", rol="beroepskracht"),
        line("b", "stam", tot="15:30", medewerker="p1", rol="beroepskracht", pauze="ja"),
        line("c", "stam", van="15:30", medewerker="p1", rol="beroepskracht"),
    ]
    data = centre("2026-11-23", "2026-11-23", lines)
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma"], "van": "07:30", "tot": "18:00"}
    found = verdicts(report(data, tmp_path))
    assert found["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet"
    assert found["KO-BKR-10", "voorziening:kdv@2026-11-23"] == "voldoet"
    del data["rooster"][2]
    assert verdicts(report(data, tmp_path))["KO-BKR-10", "voorziening:kdv@2026-11-23"] == "voldoet_niet"


@pytest.mark.parametrize(("first", "verdict"), [("ve", "voldoet"), ("ve_in_opleiding", "voldoet_niet")])
def test_who_learns_for_ve_counts_beside_who_is_qualified(first: str, verdict: str, tmp_path: Path) -> None:
    lines = [line("k", "stam", aantallen={"2": 9})]
    lines += [line(f"m{n}", "stam", medewerker=f"p{n}", rol="beroepskracht") for n in range(2)]
    data = centre("2026-11-23", "2026-11-23", lines)
    data["groepen"][0]["ve"] = {"aanbod": "ja", "gesubsidieerd": "ja"}
    for who, kind in zip(data["medewerkers"], (first, "ve_in_opleiding"), strict=False):
        who["diplomas"] = [{"kwalificeert": ["dagopvang", kind]}]
    assert verdicts(report(data, tmp_path))["KO-VE-03", "groep:stam@2026-11-23"] == verdict


@pytest.mark.parametrize(("area", "verdict"), [("59.5", "voldoet"), ("59.49", "voldoet_niet")])
def test_a_room_shared_by_dagopvang_and_bso_is_there_once(area: str, verdict: str, tmp_path: Path) -> None:
    """Nine and eight children at the same time: 17 × 3,5 m2 = 59,5 m2."""
    lines = [line("k", "stam", aantallen={"2": 9}), line("l", "basis1", aantallen={"5": 8})]
    data = centre("2026-11-23", "2026-11-23", lines)
    room = {
        "id": "r",
        "soort": "groepsruimte",
        "voorzieningen": ["kdv", "bso"],
        "m2": float(area),
        "ingericht_voor_spelen": "ja",
    }
    data["ruimtes"] = [room]
    data["volledig"]["ruimtes"] = "ja"
    found = verdicts(report(data, tmp_path))
    for facility in ("kdv", "bso"):
        assert found["KO-RUI-10", f"voorziening:{facility}@2026-11-23"] == verdict
    data["rooster"][1] |= {"van": "17:00", "tot": "18:00"}  # after the others have gone
    assert verdicts(report(data, tmp_path))["KO-RUI-10", "voorziening:bso@2026-11-23"] == "voldoet"


@pytest.mark.parametrize(("who", "verdict"), [("p0", "voldoet"), ("p1", "voldoet_niet")])
def test_a_day_without_a_fixed_face(who: str, verdict: str, tmp_path: Path) -> None:
    lines = [line("k", "stam", aantallen={"2": 5}), line("m", "stam", medewerker=who, rol="beroepskracht")]
    data = centre("2026-11-23", "2026-11-23", lines)
    data["groepen"][0] |= {"vaste_gezichten": [["p0"], ["p0", "p2"]], "vaste_gezichten_vervangen": "nee"}
    assert verdicts(report(data, tmp_path))["KO-GRP-14", "groep:stam@2026-11-23"] == verdict


@pytest.mark.parametrize(("day", "counted"), [("2024-06-28", 1), ("2024-07-01", 2)])
def test_otherwise_qualified_count_since_the_law_knows_them(day: str, counted: int, tmp_path: Path) -> None:
    data = with_other("basis1", {"5": 10}, FULL, OTHER)
    data["volledig"]["rooster"] = [f"{day}/{day}"]
    facts = derive(load(data, tmp_path), VOCABULARY, date.fromisoformat(day), [date.fromisoformat(day)], RULES)
    found = [fact for fact in facts.of_type("centrummoment") if fact.subject == f"voorziening:bso@{day}"]
    assert [fact.value("beroepskrachten") for fact in found] == [(counted, counted)]


def test_a_line_of_which_the_kalender_is_unknown_leaves_the_day_open_unless_a_dated_line_replaces_it(
    tmp_path: Path,
) -> None:
    lines = [
        line("k", "stam", aantallen={"2": 5}),
        line("a", "stam", medewerker="p0", rol="beroepskracht", kalender="school"),
    ]
    data = centre("2026-11-23", "2026-11-23", lines, kalender={})
    assert verdicts(report(data, tmp_path))["KO-BKR-01", "groep:stam@2026-11-23"] == "niet_te_bepalen"
    dated = {key: value for key, value in lines[1].items() if key not in ("dag", "kalender")}
    data["rooster"].append({**dated, "id": "b", "datum": "2026-11-23"})
    assert verdicts(report(data, tmp_path))["KO-BKR-01", "groep:stam@2026-11-23"] == "voldoet"
