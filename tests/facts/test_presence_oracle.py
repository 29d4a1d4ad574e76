"""Presence facts against a count minute by minute, from the configuration as written and the law as read.

The oracle knows nothing of slices, lines cut in parts, shared days or sums: for every minute it looks at every line.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_bkr_dagopvang import worked_out

from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.rules.vocabulary import load_vocabulary
from tests.support import base, clock, load, person

VOCABULARY = load_vocabulary(rules_dir())
DAGOPVANG = worked_out()
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
FACILITY = {"stam1": "kdv", "stam2": "kdv", "combi": "kdv", "basis1": "bso", "basis2": "bso", "klas": "so"}
SWITCH = date(2024, 7, 1)
FIRST = date(2024, 6, 24)
DAYS = [FIRST + timedelta(days=n) for n in range(14)]
PEOPLE: dict[str, dict[str, Any]] = {
    "full": person("full"),
    "young": person("young", meerderjarig="nee"),
    "other": person("other", diplomas=[{"kwalificeert": ["andersgekwalificeerde_beroepskracht"]}]),
    "starts": person("starts", in_dienst_op="2024-06-27"),
    "linked": person(
        "linked", registraties={"personenregister": {"ingeschreven_op": "2024-01-02", "gekoppeld_op": "2024-07-02"}}
    ),
    "lapses": person("lapses", ehbo={"kinderen": "ja", "geldig_tot": "2024-06-30"}),
    "place": person("place", vacature="ja"),
}
ROLES = (
    "beroepskracht",
    "beroepskracht_in_opleiding",
    "stagiair",
    "andersgekwalificeerde_beroepskracht",
    "vrijwilliger",
)


def centre(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return base(
        centrum={"id": "proef", "peildatum": "2024-06-24"},
        voorzieningen=[
            {"id": "kdv", "soort": "dagopvang", "organisatie": "houder"},
            {"id": "bso", "soort": "bso", "organisatie": "houder"},
            {"id": "so", "soort": "so", "organisatie": "houder"},
        ],
        groepen=[
            {"id": "stam1", "soort": "stamgroep", "voorzieningen": ["kdv"]},
            {"id": "stam2", "soort": "stamgroep", "voorzieningen": ["kdv"]},
            {"id": "combi", "soort": "stamgroep", "voorzieningen": ["kdv", "bso"]},
            {"id": "basis1", "soort": "basisgroep", "voorzieningen": ["bso"]},
            {"id": "basis2", "soort": "basisgroep", "voorzieningen": ["bso"]},
            {"id": "klas", "soort": "onderwijsgroep", "voorzieningen": ["so"]},
        ],
        medewerkers=[{key: value for key, value in who.items() if key != "werkt_bij"} for who in PEOPLE.values()],
        rooster=lines,
        kalender={"schoolweken": ["2024-06-24/2024-07-07"], "studiedagen": ["2024-07-03/2024-07-03"],
                  "sluitingsdagen": ["2024-07-05/2024-07-05"]},
        volledig={"medewerkers": "ja", "diplomas": "ja", "rooster": [f"{DAYS[0]}/{DAYS[-1]}"]},
    )  # fmt: skip


def minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


# --- the oracle -------------------------------------------------------------------------------------------------------


def kind_of_day(day: date) -> str:
    return {date(2024, 7, 5): "gesloten", date(2024, 7, 3): "studiedag"}.get(day, "school")


def owner(line: dict[str, Any]) -> tuple[str, str]:
    return ("person", line["medewerker"]) if "medewerker" in line else ("group", line["groep"])


def holds(line: dict[str, Any], day: date, lines: list[dict[str, Any]]) -> bool:
    if "datum" in line:
        return line["datum"] == day.isoformat()
    if kind_of_day(day) == "gesloten" or WEEKDAYS[day.weekday()] not in line["dag"]:
        return False
    if line.get("kalender", "alle") not in ("alle", kind_of_day(day)):
        return False
    return not any(other.get("datum") == day.isoformat() and owner(other) == owner(line) for other in lines)


def works_here(who: str, role: str, formative: str, kind: str, day: date) -> bool:
    """Whether this person may be counted in the ratio of a kind of opvang."""
    if who == "place" or (who == "starts" and day < date(2024, 6, 27)) or (who == "linked" and day < date(2024, 7, 2)):
        return False
    if role == "beroepskracht":
        return who not in ("young", "other")
    if role == "andersgekwalificeerde_beroepskracht":
        return who == "other" and kind == "bso" and day >= SWITCH
    return role in ("beroepskracht_in_opleiding", "stagiair") and formative == "ja"


class Minute:
    """Everything about one minute of one day."""

    def __init__(self, lines: list[dict[str, Any]], day: date, minute: int) -> None:
        self.day = day
        self.lines = [x for x in lines if holds(x, day, lines) and minutes(x["van"]) <= minute < minutes(x["tot"])]
        self.places: dict[str, set[str]] = {}
        for line in self.lines:
            if "medewerker" in line:
                self.places.setdefault(line["medewerker"], set()).add(line["groep"])

    def children(self, groups: list[str], ages: range, where: tuple[str, ...] = ("", "binnen", "buiten")) -> int:
        return sum(
            number
            for line in self.lines
            if line["groep"] in groups and line.get("activiteit", "") in where
            for age, number in line.get("aantallen", {}).items()
            if int(age) in ages
        )

    def staff(self, groups: list[str], kind: str, roles: tuple[str, ...], away: bool) -> tuple[int, int]:
        """Persons who count in groups: surely, and perhaps because they are elsewhere too."""
        low = high = 0
        for who, places in self.places.items():
            counted = any(
                line["groep"] in groups and line["rol"] in roles and line.get("pauze") != "ja"
                and (away or not line.get("activiteit"))
                and works_here(who, line["rol"], line.get("formatief", "nee"), kind, self.day)
                for line in self.lines
                if line.get("medewerker") == who
            )  # fmt: skip
            low += counted and places <= set(groups)
            high += counted
        return low, high

    def adults(self, groups: list[str], aid: bool) -> tuple[int, int]:
        low = high = 0
        for who, places in self.places.items():
            if who in ("place", "young") or (who == "starts" and self.day < date(2024, 6, 27)):
                continue
            if aid and who == "lapses" and self.day > date(2024, 6, 30):
                continue
            there = any(
                line.get("medewerker") == who and line["groep"] in groups and line.get("activiteit") != "buiten"
                for line in self.lines
            )
            low += there and places <= set(groups)
            high += there
        return low, high

    def stamgroep(self, group: str, where: tuple[str, ...] = ("", "binnen", "buiten")) -> int | None:
        ages = [range(0, 1), range(1, 2), range(2, 3), range(3, 99)]
        counts = tuple(self.children([group], years, where) for years in ages)
        if sum(counts) > 16:
            return None
        return DAGOPVANG[counts][0]

    def basisgroep(self, group: str, where: tuple[str, ...] = ("", "binnen", "buiten")) -> int | None:
        """Table 2, until 2024-06-30."""
        young, old = self.children([group], range(4, 7), where), self.children([group], range(7, 99), where)
        if not young + old:
            return 0
        if not old:
            limits = [young <= 10, young <= 20]
        elif not young:
            limits = [old <= 12, old <= 24, old <= 30]
        else:
            limits = [young + old <= 11 and young <= 9, young + old <= 22 and young <= 18]
        return limits.index(True) + 1 if True in limits else None

    def bso(self, groups: list[str]) -> int:
        """The formula over the whole kindercentrum, since 2024-07-01."""
        young, old = self.children(groups, range(4, 7)), self.children(groups, range(7, 99))
        total = Fraction(young, 10) + old * Fraction(83, 1000)
        return next(staff for staff in range(100) if staff >= total)


def at(facts: list[Fact], minute: int) -> Fact | None:
    found = [fact for fact in facts if fact.interval is not None and fact.interval[0] <= minute < fact.interval[1]]
    assert len(found) < 2, "slices overlap"
    return found[0] if found else None


# --- random rosters ---------------------------------------------------------------------------------------------------

times = st.integers(min_value=0, max_value=9).map(lambda n: 480 + n * 7)


@st.composite
def line(draw: st.DrawFn, number: int) -> dict[str, Any]:
    start, end = sorted((draw(times), draw(times)))
    found: dict[str, Any] = {"id": f"r{number}", "van": clock(start), "tot": clock(max(end, start + 1))}
    group = found["groep"] = draw(st.sampled_from(sorted(FACILITY)))
    if draw(st.integers(0, 3)):
        found["dag"] = draw(st.lists(st.sampled_from(WEEKDAYS[:5]), min_size=1, max_size=5, unique=True))
        if not draw(st.integers(0, 4)):
            found["kalender"] = draw(st.sampled_from(["school", "studiedag", "vakantie"]))
    else:
        found["datum"] = draw(st.sampled_from(DAYS)).isoformat()
    if draw(st.booleans()):
        found["medewerker"] = draw(st.sampled_from(sorted(PEOPLE)))
        found["rol"] = draw(st.sampled_from(ROLES))
        found["formatief"] = draw(st.sampled_from(["ja", "nee"]))
        if not draw(st.integers(0, 5)):
            found["pauze"] = "ja"
    else:
        ages = ["4", "5", "6", "7", "11"] if FACILITY[group] == "bso" else ["0", "1", "2", "3"]
        ages += ["5", "8"] if group == "combi" else []
        found["aantallen"] = draw(st.dictionaries(st.sampled_from(ages), st.integers(0, 7), min_size=1, max_size=3))
    if group != "klas" and not draw(st.integers(0, 4)):
        found["activiteit"] = draw(st.sampled_from(["binnen", "buiten"]))
    return found


@st.composite
def rosters(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [draw(line(number)) for number in range(draw(st.integers(1, 12)))]


def facts_of(lines: list[dict[str, Any]]) -> FactBase:
    with tempfile.TemporaryDirectory() as folder:
        made = load(centre(lines), Path(folder))
    return derive(made, VOCABULARY, FIRST, DAYS, rules_dir())


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_groups_say_what_every_minute_says(lines: list[dict[str, Any]]) -> None:
    facts: dict[str, list[Fact]] = {}
    for fact in facts_of(lines).of_type("groepsmoment"):
        facts.setdefault(fact.subject, []).append(fact)
    assert len(facts) == len(DAYS) * len(FACILITY)
    for day in DAYS:
        used = {group: 0 for group in FACILITY}
        for minute in range(479, 545):
            now = Minute(lines, day, minute)
            for group, facility in FACILITY.items():
                fact = at(facts[f"groep:{group}@{day}"], minute)
                if fact is None:
                    assert not [x for x in now.lines if x["groep"] == group]
                    continue
                kind = "dagopvang" if facility == "kdv" else "bso"
                # The children of a school are no children in opvang, and its staff no beroepskrachten.
                mine = [] if facility == "so" else [group]
                children = now.children(mine, range(99), ("",))
                staff = now.staff(mine, kind, ROLES, away=False)
                low, high = now.staff([group], kind, ROLES, away=False) if mine else (0, 0)
                assert fact.value("kinderen") == (children, children)
                assert fact.value("babys") == (now.children(mine, range(1), ("",)),) * 2
                assert fact.value("beroepskrachten") == staff == (low, high)
                required: int | None = 0
                if facility == "kdv":
                    required = now.stamgroep(group, ("",))
                elif facility == "bso" and day < SWITCH:
                    required = now.basisgroep(group, ("",))
                assert fact.value("toegestaan") == (int(required is not None),) * 2
                if required is None:
                    return  # how long a group without a number is short of staff, nobody can say
                assert fact.value("vereist") == (required, required)
                used[group] += staff[1] < required
                assert fact.interval is not None
                if minute == fact.interval[1] - 1:
                    assert fact.value("afwijking_tot_en_met")[0] == used[group]


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_centres_say_what_every_minute_says(lines: list[dict[str, Any]]) -> None:
    facts: dict[str, list[Fact]] = {}
    for fact in facts_of(lines).of_type("centrummoment"):
        facts.setdefault(fact.subject, []).append(fact)
    for day in DAYS:
        for facility, kind in (("kdv", "dagopvang"), ("bso", "bso")):
            groups = [group for group, host in FACILITY.items() if host == facility]
            for minute in range(479, 545):
                now = Minute(lines, day, minute)
                fact = at(facts[f"voorziening:{facility}@{day}"], minute)
                if fact is None:
                    assert not [x for x in now.lines if x["groep"] in groups]
                    continue
                inside, away = ("", "binnen"), ("binnen", "buiten")
                for name, where in (
                    ("kinderen", inside),
                    ("kinderen_elders", ("buiten",)),
                    ("kinderen_activiteit", away),
                ):
                    assert fact.value(name) == (now.children(groups, range(99), where),) * 2, name
                assert fact.value("beroepskrachten") == now.staff(groups, kind, ROLES, away=True)
                assert fact.value("in_opleiding") == now.staff(groups, kind, ROLES[1:3], away=True)
                assert fact.value("stagiairs") == now.staff(groups, kind, ROLES[2:3], away=True)
                if kind == "bso":
                    assert fact.value("andersgekwalificeerden") == now.staff(groups, kind, ROLES[3:4], away=True)
                assert fact.value("volwassenen") == now.adults(groups, False)
                assert fact.value("volwassenen_ehbo") == now.adults(groups, True)
                if kind == "bso" and day >= SWITCH:
                    assert fact.value("vereist") == (now.bso(groups),) * 2
                    continue
                needs = [now.stamgroep(g) if kind == "dagopvang" else now.basisgroep(g) for g in groups]
                if None not in needs:
                    assert fact.value("vereist") == (sum(need or 0 for need in needs),) * 2


@pytest.mark.parametrize("name", ["groepsmoment", "centrummoment"])
@settings(max_examples=25, deadline=None)
@given(lines=rosters())
def test_slices_are_maximal(name: str, lines: list[dict[str, Any]]) -> None:
    """Between the ends of a slice no line of that day begins or ends, unless its medewerker is somewhere else."""
    edges: dict[date, set[int]] = {}
    for day in DAYS:
        edges[day] = {minutes(x[key]) for x in lines if holds(x, day, lines) for key in ("van", "tot")}
    for fact in facts_of(lines).of_type(name):
        assert fact.interval is not None
        day = date.fromisoformat(fact.subject.partition("@")[2])
        if fact.interval != (0, 1440):
            assert set(fact.interval) <= edges[day]
