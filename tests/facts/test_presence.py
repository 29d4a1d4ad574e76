"""The roster sweep against a minute-by-minute count that shares no code with it."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.rules.vocabulary import load_vocabulary
from tests.support import base, clock, load, person

MONDAY = date(2026, 11, 23)
VOCABULARY = load_vocabulary(rules_dir())


def facts_of(data: dict[str, Any], days: list[date] | None = None) -> FactBase:
    with tempfile.TemporaryDirectory() as folder:
        centre = load(data, Path(folder))
    return derive(centre, VOCABULARY, MONDAY, days or [MONDAY], rules_dir())


def staff_line(id_: str, group: str, who: str, start: int, end: int, role: str = "beroepskracht") -> dict[str, Any]:
    return {
        "id": id_,
        "groep": group,
        "medewerker": who,
        "rol": role,
        "dag": "ma",
        "van": clock(start),
        "tot": clock(end),
    }


def child_line(id_: str, group: str, counts: dict[str, int], start: int, end: int) -> dict[str, Any]:
    return {"id": id_, "groep": group, "aantallen": counts, "dag": "ma", "van": clock(start), "tot": clock(end)}


times = st.integers(min_value=0, max_value=47).map(lambda n: 420 + n * 13)


@st.composite
def rosters(draw: st.DrawFn) -> list[dict[str, Any]]:
    lines = []
    for number in range(draw(st.integers(1, 9))):
        start, end = sorted((draw(times), draw(times)))
        end = max(end, start + 1)
        group = draw(st.sampled_from(["g1", "g2"]))
        if draw(st.booleans()):
            lines.append(staff_line(f"r{number}", group, draw(st.sampled_from(["p1", "p2", "p3"])), start, end))
        else:
            counts = draw(st.dictionaries(st.sampled_from(["0", "1", "2", "3"]), st.integers(0, 4), min_size=1))
            lines.append(child_line(f"r{number}", group, counts, start, end))
    return lines


def minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_slices_say_what_every_minute_says(lines: list[dict[str, Any]]) -> None:
    data = base(medewerkers=[person("p1"), person("p2"), person("p3")], rooster=lines)
    found = facts_of(data).of_type("groepsmoment")
    for group in ("g1", "g2"):
        mine = [fact for fact in found if fact.subject == f"groep:{group}@2026-11-23"]
        assert mine
        spoken = {}
        for fact in mine:
            assert fact.interval is not None
            for minute in range(*fact.interval):
                assert minute not in spoken
                spoken[minute] = fact
        for minute in range(1440):
            here = [x for x in lines if x["groep"] == group and minutes(x["van"]) <= minute < minutes(x["tot"])]
            fact = spoken.get(minute)
            if not here:
                assert fact is None or fact.value("kinderen") == (0, 0)
                continue
            assert fact is not None
            children = sum(n for x in here for n in x.get("aantallen", {}).values())
            babies = sum(x.get("aantallen", {}).get("0", 0) for x in here)
            present = {x["medewerker"] for x in here if "medewerker" in x}
            elsewhere = {
                x["medewerker"] for x in lines
                if x["groep"] != group and x.get("medewerker") in present
                and minutes(x["van"]) <= minute < minutes(x["tot"])
            }  # fmt: skip
            assert fact.value("kinderen") == (children, children)
            assert fact.value("babys") == (babies, babies)
            assert fact.value("beroepskrachten") == (len(present - elsewhere), len(present))


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_slices_are_maximal(lines: list[dict[str, Any]]) -> None:
    data = base(medewerkers=[person("p1"), person("p2"), person("p3")], rooster=lines)
    for group in ("g1", "g2"):
        edges = {minutes(x[key]) for x in lines if x["groep"] == group for key in ("van", "tot")}
        found = [f for f in facts_of(data).of_type("groepsmoment") if f.subject == f"groep:{group}@2026-11-23"]
        for fact in found:
            assert fact.interval is not None
            if edges:
                start, end = fact.interval
                assert not any(start < edge < end for edge in edges)


CHANGES: list[tuple[str, dict[str, Any], tuple[int, int]]] = [
    ("telt mee", {}, (1, 1)),
    ("minderjarig", {"meerderjarig": "nee"}, (0, 0)),
    ("leeftijd onbekend", {"meerderjarig": None}, (0, 1)),
    ("onbezoldigd", {"contract": {"bezoldigd": "nee"}}, (0, 0)),
    ("contract onbekend", {"contract": {}}, (0, 1)),
    ("geen diploma", {"diplomas": []}, (0, 0)),
    ("diploma onbekend", {"diplomas": None}, (0, 1)),
    ("ander diploma", {"diplomas": [{"kwalificeert": ["onderwijs"]}]}, (0, 0)),
    ("niet gekoppeld", {"registraties": {"personenregister": {"ingeschreven_op": "2024-01-02"}}}, (0, 1)),
    ("later gekoppeld", {"registraties": {"personenregister": {"ingeschreven_op": "2024-01-02",
                                                               "gekoppeld_op": "2026-11-24"}}}, (0, 0)),
    ("op de dag zelf gekoppeld", {"registraties": {"personenregister": {"ingeschreven_op": "2024-01-02",
                                                                        "gekoppeld_op": "2026-11-23"}}}, (1, 1)),
    ("vacature", {"vacature": "ja"}, (0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "expected"), CHANGES, ids=[c[0] for c in CHANGES])
def test_who_counts(name: str, change: dict[str, Any], expected: tuple[int, int]) -> None:
    who = {key: value for key, value in person("p1", **change).items() if value is not None}
    data = base(medewerkers=[who], rooster=[staff_line("r1", "g1", "p1", 480, 600)])
    fact = next(f for f in facts_of(data).of_type("groepsmoment") if f.interval == (480, 600))
    assert fact.value("beroepskrachten") == expected


@pytest.mark.parametrize(
    ("role", "formative", "expected"),
    [
        ("beroepskracht_in_opleiding", "ja", (1, 1)),
        ("beroepskracht_in_opleiding", "nee", (0, 0)),
        ("beroepskracht_in_opleiding", None, (0, 1)),
        ("stagiair", "ja", (1, 1)),
        ("vrijwilliger", "ja", (0, 0)),
        ("groepscoach", None, (0, 0)),
    ],
)
def test_roles(role: str, formative: str | None, expected: tuple[int, int]) -> None:
    line = staff_line("r1", "g1", "p1", 480, 600, role)
    if formative:
        line["formatief"] = formative
    found = facts_of(base(medewerkers=[person("p1")], rooster=[line])).of_type("groepsmoment")
    assert next(f for f in found if f.interval == (480, 600)).value("beroepskrachten") == expected


def test_an_undeclared_day_is_unknown() -> None:
    data = base(
        medewerkers=[person("p1")], rooster=[staff_line("r1", "g1", "p1", 480, 600)], volledig={"medewerkers": "ja"}
    )
    found = facts_of(data).of_type("groepsmoment")
    assert [f.interval for f in found] == [None, None]
    assert all(f.value("kinderen")[0] != f.value("kinderen")[1] for f in found)


def test_a_dated_line_replaces_the_weekly_lines_of_that_person() -> None:
    weekly = staff_line("r1", "g1", "p1", 480, 600)
    dated = {**staff_line("r2", "g2", "p1", 480, 540), "datum": "2026-11-23"}
    del dated["dag"]
    found = facts_of(base(medewerkers=[person("p1")], rooster=[weekly, dated])).of_type("groepsmoment")
    staffed = {f.subject: f.interval for f in found if f.value("beroepskrachten") == (1, 1)}
    assert staffed == {"groep:g2@2026-11-23": (480, 540)}


def test_a_closing_day_has_no_weekly_lines() -> None:
    data = base(medewerkers=[person("p1")], rooster=[staff_line("r1", "g1", "p1", 480, 600)],
                kalender={"sluitingsdagen": ["2026-11-23/2026-11-23"]})  # fmt: skip
    assert all(f.value("beroepskrachten") == (0, 0) for f in facts_of(data).of_type("groepsmoment"))


def test_a_line_for_school_days_needs_a_calendar() -> None:
    line = {**staff_line("r1", "g1", "p1", 480, 600), "kalender": "school"}
    known = facts_of(base(medewerkers=[person("p1")], rooster=[line])).of_type("groepsmoment")
    assert any(f.value("beroepskrachten") == (1, 1) for f in known)
    unknown = facts_of(base(medewerkers=[person("p1")], rooster=[line], kalender={})).of_type("groepsmoment")
    assert all(f.interval is None for f in unknown)


def test_deviation_adds_up_over_the_day() -> None:
    lines = [
        child_line("k", "g1", {"2": 9}, 480, 780),
        staff_line("a", "g1", "p1", 480, 780),
        staff_line("b", "g1", "p2", 540, 720),
    ]
    found = facts_of(base(medewerkers=[person("p1"), person("p2")], rooster=lines)).of_type("groepsmoment")
    mine = [f for f in found if f.subject.startswith("groep:g1")]
    assert [(f.interval, f.value("vereist"), f.value("afwijking_tot_en_met")) for f in mine] == [
        ((480, 540), (2, 2), (60, 60)),
        ((540, 720), (2, 2), (60, 60)),
        ((720, 780), (2, 2), (120, 120)),
    ]


def test_care_is_offered_at_least_while_children_are_there() -> None:
    lines = [
        child_line("k1", "g1", {"2": 1}, 450, 600),
        child_line("k2", "g2", {"2": 1}, 600, 700),
        child_line("k3", "g1", {"2": 1}, 720, 1050),
        staff_line("a", "g1", "p1", 420, 1080),
    ]
    day = facts_of(base(medewerkers=[person("p1")], rooster=lines)).of_type("centrumdag")[0]
    assert day.value("aaneengesloten") == (330, 1440)


def test_opening_hours_say_how_long_care_is_offered() -> None:
    data = base(medewerkers=[person("p1")], rooster=[child_line("k1", "g1", {"2": 1}, 540, 900)])
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["ma"], "van": "07:30", "tot": "18:00"}
    assert facts_of(data).of_type("centrumdag")[0].value("aaneengesloten") == (630, 630)
