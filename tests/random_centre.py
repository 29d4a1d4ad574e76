"""Small random centres around the limits of the presence rules, for properties that must hold for any centre."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.support import base, clock, person

_ROLES = ("beroepskracht", "beroepskracht", "beroepskracht_in_opleiding", "stagiair", "pedagogisch_beleidsmedewerker")


def random_centre(random: Random) -> dict[str, Any]:
    """A dagopvang and a bso on one complete Monday; some values are left out."""
    people = [_person(random, f"p{n}") for n in range(random.randint(2, 5))]
    groups: list[dict[str, Any]] = [
        {"id": "g1", "soort": "stamgroep", "voorzieningen": ["kdv"], "plaatsing": {"0": random.randint(0, 2), "2": 5},
         "ve": {"aanbod": _flag(random), "gesubsidieerd": _flag(random), "uren_in_anderhalf_jaar": 960}},
        {"id": "g2", "soort": "stamgroep", "voorzieningen": [random.choice(("kdv", "bso"))]},
    ]  # fmt: skip
    if groups[1]["voorzieningen"] == ["bso"]:
        groups[1]["soort"] = "basisgroep"
    starts = (420, 450, 480, 840)
    lines: list[dict[str, Any]] = []
    for group in groups:
        ages = ("4", "6", "7", "9") if group["soort"] == "basisgroep" else ("0", "1", "2", "3")
        for _ in range(random.randint(1, 2)):
            start = random.choice(starts)
            counts = {age: random.randint(0, 6) for age in ages if random.random() < 0.6}
            end = start + random.choice((30, 240, 600))
            lines.append({"groep": group["id"], "van": clock(start), "tot": clock(end),
                          "aantallen": counts or {ages[0]: 3}})  # fmt: skip
    for one in people:
        start = random.choice(starts)
        line = {"groep": random.choice(groups)["id"], "medewerker": one["id"], "rol": random.choice(_ROLES),
                "van": clock(start), "tot": clock(start + random.choice((60, 240, 600)))}  # fmt: skip
        if line["rol"] != "beroepskracht":
            line["formatief"] = _flag(random)
        lines.append(line)
    return base(
        organisaties=[{"id": "houder", "soort": "houder_kinderopvang", "aantal_kindercentra": 2,
                       "fte_beroepskrachten": random.randint(0, 9), "beleid_en_coachuren": random.randint(90, 200)}],
        voorzieningen=[_facility(random, "kdv", "dagopvang"), _facility(random, "bso", "bso")],
        groepen=groups,
        medewerkers=people,
        documenten=[{"id": "plan", "soorten": ["pedagogisch_beleidsplan"], "voorzieningen": ["kdv", "bso"],
                     "vastgesteld_op": "2025-06-01", "onderdelen": {"kaders_afwijking": _flag(random)}}],
        ruimtes=[{"id": "zaal", "soort": "groepsruimte", "voorzieningen": ["kdv", "bso"], "m2": random.randint(5, 40),
                  "ingericht_voor_spelen": _flag(random)}],
        rooster=[{"id": f"r{n}", "dag": "ma", **line} for n, line in enumerate(lines)],
        volledig={key: random.random() < 0.8 for key in ("medewerkers", "diplomas", "documenten", "onderdelen", "raden",
                  "ruimtes", "groepen", "registraties", "regelingen")} | {"rooster": ["2026-11-23/2026-11-23"]},
    )  # fmt: skip


def _flag(random: Random) -> str:
    return random.choice(("ja", "ja", "nee"))


def _facility(random: Random, id_: str, kind: str) -> dict[str, Any]:
    return {"id": id_, "soort": kind, "organisatie": "houder", "openingstijden": {"dagen": ["ma"]},
            "kindplaatsen": random.randint(1, 20), "geregistreerd_op": "2025-01-06",
            "klachten_vorig_jaar": random.randint(0, 1),
            "achterwacht": {"reistijd_minuten": random.choice((10, 15, 16)), "bekend_bij_medewerkers": _flag(random)},
            }  # fmt: skip


def _person(random: Random, id_: str) -> dict[str, Any]:
    found = person(id_, meerderjarig=_flag(random))
    found["contract"]["bezoldigd"] = _flag(random)
    found["diplomas"] = [{"kwalificeert": random.sample(["dagopvang", "bso", "ve"], random.randint(1, 3))}]
    found["ehbo"] = {"kinderen": _flag(random), "geldig_tot": random.choice(("2026-11-22", "2026-11-23", "2027-11-23"))}
    day = random.choice(("2026-11-20", "2026-11-23", "2026-11-24"))
    found["registraties"] = {"personenregister": {"ingeschreven_op": "2026-10-01", "gekoppeld_op": day}}
    return found
