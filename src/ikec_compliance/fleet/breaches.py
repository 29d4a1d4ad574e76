"""What goes wrong in centres, with its chance: a country in which nothing is wrong shows nothing.

Each breach changes a configuration that is in order, and leaves it valid. How likely each is in a centre depends on how
well that centre is run: most have a few findings, some none and some many.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from ikec_compliance.fleet.pattern import Plain

Breach = Callable[[Plain, Random], None]

_LATE = "2026-11-30"


def spoil(centre: Plain, rng: Random) -> None:
    """Change a centre as its luck has it."""
    # Mean 0.8: about a quarter of the centres has (nearly) nothing, one in ten is run badly.
    care = rng.gammavariate(1.1, 0.75)
    for chance, breach in BREACHES:
        if rng.random() < min(0.9, chance * care):
            breach(centre, rng)


def _some(rng: Random, items: list[Any]) -> list[Any]:
    """One of the items, now and then two or three; none when there are none."""
    return rng.sample(items, min(len(items), 1 + (rng.random() < 0.3) + (rng.random() < 0.1)))


def _people(centre: Plain, *jobs: str) -> list[Plain]:
    return [item for item in centre["medewerkers"] if item["functie"] in jobs and "vacature" not in item]


def _facilities(centre: Plain, *kinds: str) -> list[Plain]:
    return [item for item in centre["voorzieningen"] if item["soort"] in kinds]


def _documents(centre: Plain, kind: str) -> list[Plain]:
    return [item for item in centre["documenten"] if kind in item["soorten"]]


def _linked_late(centre: Plain, rng: Random) -> None:
    for person in _some(rng, _people(centre, "pedagogisch_medewerker", "stagiair")):
        register = person.get("registraties", {}).get("personenregister")
        if register:
            register["gekoppeld_op"] = _LATE


def _no_vog(centre: Plain, rng: Random) -> None:
    for person in _some(rng, _people(centre, "leraar", "onderwijsassistent", "jeugdhulpverlener", "vrijwilliger")):
        person["vog"] = {"afgegeven_op": _LATE, "overgelegd_op": _LATE}


def _unknown_vog(centre: Plain, rng: Random) -> None:
    for person in _some(rng, centre["medewerkers"]):
        person.pop("vog", None)


def _first_aid(centre: Plain, rng: Random) -> None:
    facility = rng.choice(centre["voorzieningen"])["id"]
    for person in centre["medewerkers"]:
        if facility in person["werkt_bij"] and "ehbo" in person:
            person["ehbo"]["geldig_tot"] = "2026-08-31"


def _understaffed(centre: Plain, rng: Random) -> None:
    """A beroepskracht is ill and nobody takes over."""
    lines = [line for line in centre["rooster"] if line.get("rol") == "beroepskracht" and "dag" in line]
    for line in _some(rng, lines):
        day = rng.choice(line["dag"])
        line["dag"] = [item for item in line["dag"] if item != day] or [day]


def _no_teacher(centre: Plain, rng: Random) -> None:
    for person in _some(rng, _people(centre, "leraar")):
        person["onderwijsbevoegdheid"] = {"bevoegd": "nee", "uitgesloten_door_rechter": "nee"}


def _not_registered(centre: Plain, rng: Random) -> None:
    for person in _some(rng, _people(centre, "jeugdhulpverlener", "groepscoach")):
        if "skj" in person.get("registraties", {}):
            person["registraties"]["skj"]["geldig_tot"] = "2026-09-30"


def _unqualified(centre: Plain, rng: Random) -> None:
    for person in _some(rng, _people(centre, "pedagogisch_medewerker")):
        person["diplomas"] = []


def _language(centre: Plain, rng: Random) -> None:
    for person in _some(rng, _people(centre, "pedagogisch_medewerker")):
        if "taal" in person:
            person["taal"]["mondeling"] = "B1"


def _small_room(centre: Plain, rng: Random) -> None:
    for room in _some(rng, [item for item in centre["ruimtes"] if item["soort"] == "groepsruimte"]):
        room["m2"] = str(int(room["m2"]) * 6 // 10)


def _small_yard(centre: Plain, rng: Random) -> None:
    for yard in _some(rng, centre["buitenruimtes"]):
        yard["m2"] = str(int(yard["m2"]) // 3)


def _own_title(centre: Plain, rng: Random) -> None:
    for plan in _documents(centre, "schoolplan"):
        plan["titel"] = "Centrumplan 2025-2029"
        plan.pop("ondertitel", None)


def _old_plan(centre: Plain, rng: Random) -> None:
    for plan in _documents(centre, "schoolplan"):
        plan["vastgesteld_op"] = plan["geldt_vanaf"] = "2021-08-01"


def _incomplete(centre: Plain, rng: Random) -> None:
    for paper in _some(rng, [item for item in centre["documenten"] if item.get("onderdelen")]):
        paper["onderdelen"] = rng.sample(paper["onderdelen"], len(paper["onderdelen"]) - 1)


def _incomplete_code(centre: Plain, rng: Random) -> None:
    for paper in _some(rng, [item for item in centre["regelingen"] if item.get("onderdelen")]):
        paper["onderdelen"] = rng.sample(paper["onderdelen"], len(paper["onderdelen"]) - 1)


def _no_consent(centre: Plain, rng: Random) -> None:
    for paper in _some(rng, [item for item in centre["documenten"] if "instemming" in item]):
        del paper["instemming"][rng.choice(list(paper["instemming"]))]


def _no_council(centre: Plain, rng: Random) -> None:
    for council in _some(rng, [item for item in centre["raden"] if item["soort"] == "oudercommissie"]):
        centre["raden"].remove(council)
        for paper in centre["documenten"]:
            paper.get("advies", {}).pop(council["id"], None)


def _unequal(centre: Plain, rng: Random) -> None:
    for council in _some(rng, [item for item in centre["raden"] if "samenstelling" in item]):
        council["samenstelling"]["ouders"] = "2"


def _no_arrangement(centre: Plain, rng: Random) -> None:
    for item in _some(rng, centre["regelingen"]):
        centre["regelingen"].remove(item)


def _one_term(centre: Plain, rng: Random) -> None:
    """One term for every file in the building."""
    for item in centre["regelingen"]:
        if item["soort"] == "bewaartermijnen":
            item["bewaartermijn_jaren"] = rng.choice(("5", "15"))


def _late_plans(centre: Plain, rng: Random) -> None:
    for own in centre["dossiers"].values():
        for key in ("opp_te_laat", "opp_niet_geevalueerd", "zonder_tlv", "plan_te_laat", "zonder_toestemming"):
            if key in own and rng.random() < 0.3:
                own[key] = str(rng.randint(1, 4))


def _too_few_hours(centre: Plain, rng: Random) -> None:
    for school in _some(rng, _facilities(centre, "so", "sbo")):
        school["onderwijstijd"]["totaal"] = "7440"


def _inspection(centre: Plain, rng: Random) -> None:
    for item in _some(rng, _facilities(centre, "dagopvang", "bso")):
        item["inspectierapport"] = {"aanwezig": "ja", "plaats": "niet"}


def _complaints(centre: Plain, rng: Random) -> None:
    for item in _some(rng, _facilities(centre, "dagopvang")):
        item["klachten_te_laat"], item["klachtenverslag_op"] = "1", "2026-07-03"


def _coaching(centre: Plain, rng: Random) -> None:
    for item in centre["organisaties"]:
        if "beleid_en_coachuren" in item:
            item["beleid_en_coachuren"] = "2600"


def _standby(centre: Plain, rng: Random) -> None:
    for item in _some(rng, _facilities(centre, "dagopvang", "bso")):
        item["achterwacht"]["reistijd_minuten"] = "25"


def _not_known(centre: Plain, rng: Random) -> None:
    """What nobody filled in."""
    for item in centre["voorzieningen"]:
        for key in ("veiligheidsmonitor_op", "klachten_vorig_jaar", "antipestpersoon", "voertaal", "informatie"):
            if key in item and rng.random() < 0.4:
                del item[key]


def _no_roster(centre: Plain, rng: Random) -> None:
    centre["volledig"]["rooster"] = ["2026-11-23/2026-11-25"]


BREACHES: tuple[tuple[float, Breach], ...] = (
    (0.25, _linked_late), (0.15, _no_vog), (0.2, _unknown_vog), (0.12, _first_aid), (0.35, _understaffed),
    (0.15, _no_teacher), (0.12, _not_registered), (0.1, _unqualified), (0.12, _language), (0.15, _small_room),
    (0.1, _small_yard), (0.35, _own_title), (0.08, _old_plan), (0.3, _incomplete), (0.2, _incomplete_code),
    (0.15, _no_consent), (0.12, _no_council), (0.1, _unequal), (0.08, _no_arrangement), (0.2, _one_term),
    (0.35, _late_plans), (0.1, _too_few_hours), (0.15, _inspection), (0.12, _complaints), (0.08, _coaching),
    (0.1, _standby), (0.4, _not_known), (0.1, _no_roster),
)  # fmt: skip
"""Chances in a centre of average care."""
