"""Days that are alike are judged once: the same verdicts, messages and intervals as when each is judged alone."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check_centre
from ikec_compliance.model.result import VerdictLine
from tests.support import base, clock, load, person

CATALOGUE = open_catalogue(Path("rules"), None)
FIRST = date(2024, 6, 17)
DAYS = [FIRST + timedelta(days=n) for n in range(21)]
PRESENCE = ("groep:", "voorziening:")

times = st.integers(min_value=0, max_value=5).map(lambda n: 480 + n * 55)


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(2, 9))):
        start, end = sorted((draw(times), draw(times)))
        item: dict[str, Any] = {"id": f"r{number}", "van": clock(start), "tot": clock(max(end, start + 5))}
        item["groep"] = draw(st.sampled_from(["g1", "g2", "b1"]))
        if draw(st.integers(0, 3)):
            item["dag"] = draw(st.lists(st.sampled_from(["ma", "di", "wo", "zo"]), min_size=1, unique=True))
        else:
            item["datum"] = draw(st.sampled_from(DAYS)).isoformat()
        if draw(st.booleans()):
            item |= {"medewerker": draw(st.sampled_from(["p1", "p2"])), "rol": "beroepskracht"}
        else:
            item["aantallen"] = {"5" if item["groep"] == "b1" else "2": draw(st.integers(1, 14))}
        found.append(item)
    return found


def centre(rows: list[dict[str, Any]], until: date, adopted: date, known: bool) -> dict[str, Any]:
    plan = {"id": "plan", "soorten": ["pedagogisch_beleidsplan"], "voorzieningen": ["kdv", "bso"],
            "vastgesteld_op": adopted.isoformat(), "onderdelen": ["kaders_afwijking"]}  # fmt: skip
    hours = {"dagen": ["ma", "di", "wo"], "van": "07:30", "tot": "18:00"}
    return base(
        voorzieningen=[{"id": kind_id, "soort": kind, "organisatie": "houder", "openingstijden": hours}
                       for kind_id, kind in (("kdv", "dagopvang"), ("bso", "bso"))],
        groepen=[{"id": "g1", "soort": "stamgroep", "voorzieningen": ["kdv"]},
                 {"id": "g2", "soort": "stamgroep", "voorzieningen": ["kdv"]},
                 {"id": "b1", "soort": "basisgroep", "voorzieningen": ["bso"]}],
        medewerkers=[person("p1", werkt_bij=[], ehbo={"kinderen": "ja", "geldig_tot": until.isoformat()}),
                     person("p2", werkt_bij=[], in_dienst_op=adopted.isoformat())],
        documenten=[plan], rooster=rows,
        kalender={"schoolweken": ["2024-06-17/2024-07-05"], "studiedagen": ["2024-06-26/2024-06-26"]},
        volledig={"medewerkers": "ja", "diplomas": "ja", "documenten": "ja", "onderdelen": "ja",
                  "rooster": [f"{DAYS[0]}/{DAYS[-1] if known else DAYS[9]}"]},
    )  # fmt: skip


def shown(line: VerdictLine) -> tuple[object, ...]:
    return (line.subject_title, line.verdict, line.message, line.location, line.missing, line.clauses, line.intervals,
            line.slices, line.harmless, line.exceptions)  # fmt: skip


# Two equal days on which a fact of the day itself is unknown: each asks about its own day.
ALIKE = [
    {"id": "r0", "van": "08:00", "tot": "12:35", "groep": "g1", "dag": ["di", "wo"], "aantallen": {"2": 3}},
    {"id": "r1", "van": "08:00", "tot": "12:35", "groep": "g1", "dag": ["di", "wo"], "medewerker": "p1",
     "rol": "beroepskracht"},
]  # fmt: skip


@settings(max_examples=5, deadline=None)
@example(ALIKE, DAYS[17], DAYS[19], True)
@given(lines(), st.sampled_from(DAYS), st.sampled_from(DAYS), st.booleans())
def test_a_period_says_what_its_days_say(rows: list[dict[str, Any]], until: date, adopted: date, known: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = load(centre(rows, until, adopted, known), Path(folder))

    def check(first: date, last: date) -> dict[tuple[str, str], tuple[object, ...]]:
        request = CheckRequest(on=FIRST, period=(first, last), regimes=("kinderopvang",), seconds=0)
        report = check_centre(made, CATALOGUE, request)
        return {(x.rule, x.subject): shown(x) for x in report.verdicts if "@" in x.subject}

    together = check(DAYS[0], DAYS[-1])
    apart: dict[tuple[str, str], tuple[object, ...]] = {}
    for day in DAYS:
        apart |= check(day, day)
    assert together.keys() == apart.keys()
    for key, answer in apart.items():
        assert together[key] == answer, key
