"""Makes a whole centre for a cluster: real sizes, everything else copied from the example or made up.

Groups, rooms, staff and roster lines of the example are copied as often as the sizes ask for, with the facilities that
this centre has. What comes out is valid, and complies about as well as the example does; ``breaches`` changes that.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from ikec_compliance.fleet.country import Cluster
from ikec_compliance.fleet.pattern import Plain, copied, pattern
from ikec_compliance.fleet.site import SCHOOLS, Share, Site

_FULL = ["ma", "di", "wo", "do", "vr"]
_BUSY, _QUIET = ["ma", "di", "do"], ["wo", "vr"]
_KDV = ("sg-kikkers", "sg-eendjes", "sg-egels", "sg-vossen")
_VE = ("ve-bijen", "ve-vlinders")
_KOG, _OZA = "kog-bevers", "oza-01"
_DOMAIN_ASSISTANT, _BSO_STAFF = "med-022", "med-030"
_BSO_AGES = ((4, 5), (5, 6), (6, 7), (8, 9), (10, 11))
_LARGEST_BSO = 20
_PLAYGROUP = 16  # a dagopvang of one group is mostly open in the mornings, with two beroepskrachten
_ALWAYS = {
    "houder": ("med-020", "med-021"),
    "schoolbestuur": ("med-032", "med-077", "med-078"),
    "jeugdhulpaanbieder": ("med-102", "med-107", "med-108"),
}
_OF_KIND = {"so": ("med-033",), "sbo": ("med-034", "med-085")}


def make(cluster: Cluster, rng: Random) -> Plain:
    """A centre on the place of a cluster; the same for the same state of ``rng``."""
    return _Draft(cluster, rng).made()


class _Draft:
    """One centre on its way."""

    def __init__(self, cluster: Cluster, rng: Random) -> None:
        self.cluster, self.rng = cluster, rng
        self.source = pattern()
        self.site = Site(cluster)
        self.kinds, self.sizes, self.groups = self.site.kinds, self.site.sizes, self.site.groups
        self.rooms: list[Plain] = []
        self.staff: list[Plain] = []
        self.roster: list[Plain] = []
        first = rng.random()
        kinds = {"so"} if first < 0.35 else {"sbo"} if first < 0.7 else {"so", "sbo"}
        if rng.random() < 0.75:
            kinds.add("jeugdhulp")
        for kind, sizes in (("dagopvang", cluster.dagopvang), ("bso", cluster.bso)):
            for place, size in enumerate(sizes):
                id_ = kind if place == 0 else f"{kind}-{place + 1}"
                self.sizes[id_], self.kinds[id_] = size, kind
        for kind in ("so", "sbo", "jeugdhulp"):
            if kind in kinds:
                self.kinds[kind] = kind

    def made(self) -> Plain:
        for kind in SCHOOLS:
            if kind in self.kinds:
                self._school(kind)
        for id_, kind in self.kinds.items():
            if kind == "dagopvang":
                self._day_care(id_)
            elif kind == "bso":
                self._after_school(id_)
        if "jeugdhulp" in self.kinds:
            self._treatment()
        for name, people in _ALWAYS.items():
            if name in self.site.organisations():
                for id_ in people:
                    self._person(id_)
        for kind, people in _OF_KIND.items():
            if kind in self.kinds:
                for id_ in people:
                    self._person(id_)
        source, here = self.source, self.site.organisations()
        return {
            "schema": "ikec-centrum/v1",
            "centrum": {
                "id": self.cluster.id.lower(),
                "naam": f"Verzonnen centrum {self.cluster.id}",
                "peildatum": source["centrum"]["peildatum"],
                "toelichting": f"Grootte van een werkelijk cluster in het register; al het andere is verzonnen. "
                f"Provincie: {self.cluster.region}.",
                "synthetisch": "ja",
            },
            "woordenlijst": copied(source["woordenlijst"]),
            "organisaties": [copied(item) for item in source["organisaties"] if item["id"] in here],
            "voorzieningen": [self.site.facility(id_, kind) for id_, kind in self.kinds.items()],
            "ruimtes": self.rooms,
            "buitenruimtes": self.site.yards(),
            "groepen": self.groups,
            "medewerkers": self.staff,
            "documenten": self.site.papers("documenten"),
            "raden": self.site.councils(),
            "regelingen": self.site.papers("regelingen"),
            "kalender": copied(source["kalender"]),
            "rooster": self.roster,
            "integratie": [{"id": "gebouw", "soort": "gebouw", "deelt": list(self.kinds)}]
            if len(self.kinds) > 1
            else [],
            "dossiers": self.site.files(),
            "volledig": copied(source["volledig"]),
        }

    def _day_care(self, id_: str) -> None:
        """Stamgroepen until the places are used up, the last one smaller; sometimes ve, sometimes a KOG."""
        left = self.sizes[id_]
        if left <= _PLAYGROUP and self.rng.random() < 0.9:
            left -= self._copy("ve-bijen", id_, left)
        if left >= 40 and self.rng.random() < 0.5:
            left -= self._copy(self.rng.choice(_VE), id_, left)
        if left >= 24 and "jeugdhulp" in self.kinds and self.rng.random() < 0.3:
            left -= self._copy(_KOG, id_, left)
        while left > 0:
            left -= self._copy(self.rng.choice(_KDV), id_, left)
        if any(group["voorzieningen"][0] == id_ and {"0", "1"} & set(group["plaatsing"]) for group in self.groups):
            sleeping = copied(next(item for item in self.source["ruimtes"] if item["soort"] == "slaapruimte"))
            self.rooms.append({**sleeping, "id": self._new("r", self.rooms), "voorzieningen": [id_]})

    def _school(self, kind: str) -> None:
        """Classes of the example, each with its own teachers, and at most one arrangement with youth care."""
        names = [group["id"] for group in self.source["groepen"] if group["id"].startswith(f"{kind}-")]
        for _ in range(self.rng.randint(3, 14)):
            self._copy(self.rng.choice(names), kind, 99)
        if kind == "so" and "jeugdhulp" in self.kinds and self.rng.random() < 0.4:
            self._copy(_OZA, kind, 99)

    def _treatment(self) -> None:
        for _ in range(self.rng.randint(1, 5)):
            self._copy(f"bh-0{self.rng.randint(1, 4)}", "jeugdhulp", 99)

    def _copy(self, name: str, facility: str, places: int) -> int:
        """Copy a group with its room, staff and roster lines; give how many children it holds, at most ``places``."""
        source, kind = self.source, self.kinds[facility]
        group = copied(next(item for item in source["groepen"] if item["id"] == name))
        group["id"], group["naam"] = self._new("g", self.groups), f"Groep {len(self.groups) + 1}"
        group["voorzieningen"] = [
            facility if item == kind else item for item in group["voorzieningen"] if item in (kind, *self.site.youth())
        ]
        share = Share(group["plaatsing"], places)
        group["plaatsing"] = share.of(group["plaatsing"])
        if "leerlingen_van" in group:
            group["leerlingen_van"] = {facility: share.total}
        lines = [line for line in source["rooster"] if line["groep"] == name]
        people = self._staff_of(group, lines, facility)
        if group.get("verantwoordelijke") in people:
            group["verantwoordelijke"] = people[group["verantwoordelijke"]]
        else:
            group.pop("verantwoordelijke", None)
            group.pop("werktoedeling_onderbouwd", None)
        if "vaste_gezichten" in group:
            group["vaste_gezichten"] = [
                [people[id_] for id_ in faces if id_ in people] for faces in group["vaste_gezichten"]
            ]
        for line in map(copied, lines):
            line["groep"] = group["id"]
            if "medewerker" in line:
                line["medewerker"] = people.get(line["medewerker"])
            else:
                line["aantallen"] = share.of(line["aantallen"])
            if line.get("medewerker") or line.get("aantallen"):
                self._line(line)
        room = copied(next(item for item in source["ruimtes"] if item["id"] == group["ruimte"]))
        room["id"] = group["ruimte"] = self._new("r", self.rooms)
        room["voorzieningen"] = list(group["voorzieningen"]) if kind in SCHOOLS else [facility]
        self.rooms.append(room)
        self.groups.append(group)
        return share.total

    def _staff_of(self, group: Plain, lines: Sequence[Plain], facility: str) -> dict[str, str]:
        """Copies of the people of a group, by their id in the example: those of the organisations that are here."""
        kind, here = self.kinds[facility], self.site.organisations()
        people: dict[str, str] = {}
        for id_ in [line["medewerker"] for line in lines if "medewerker" in line] + [group.get("verantwoordelijke")]:
            if id_ is None or id_ in people:
                continue
            employer = next(item["organisatie"] for item in self.source["medewerkers"] if item["id"] == id_)
            # Assistants who also work in the bso of the example have no other half here: see ``_after_school``.
            if employer in here and not (kind in SCHOOLS and employer == "houder"):
                people[id_] = self._person(id_, {kind: facility})
        return people

    def _after_school(self, id_: str) -> None:
        """Basisgroepen of up to twenty children: full on three days, half on the other two."""
        left = self.sizes[id_]
        classes = [item for item in self.groups if item["soort"] == "onderwijsgroep"]
        while left > 0:
            size = min(left, self.rng.choice((10, 12, 16, _LARGEST_BSO)))
            left -= size
            low, high = _BSO_AGES[len(self.groups) % len(_BSO_AGES)]
            ages = {str(low): str((size + 1) // 2), str(high): str(size // 2)}
            group: Plain = {
                "id": self._new("g", self.groups), "naam": f"Basisgroep {len(self.groups) + 1}", "soort": "basisgroep",
                "voorzieningen": [id_], "domein": "domein 2", "ve": {"aanbod": "nee"},
                "ruimte": self._new("r", self.rooms),
                "plaatsing": {age: number for age, number in ages.items() if number != "0"}, "synthetisch": "ja",
            }  # fmt: skip
            self.rooms.append({
                "id": group["ruimte"], "voorzieningen": [id_], "m2": str(size * 4), "soort": "groepsruimte",
                "ingericht_voor_spelen": "ja", "synthetisch": "ja",
            })  # fmt: skip
            self.groups.append(group)
            half = {age: str((int(number) + 1) // 2) for age, number in group["plaatsing"].items()}
            for days, until, numbers in ((_BUSY, "18:00", group["plaatsing"]), (_QUIET, "17:30", half)):
                self._line({"groep": group["id"], "dag": days, "van": "14:15", "tot": until, "aantallen": numbers})
            for place in range(1 if size <= 10 else 2):
                shared = place == 0 and classes and self.rng.random() < 0.3
                morning = self.rng.choice(classes) if shared else None
                person = self._person(
                    _DOMAIN_ASSISTANT if morning else _BSO_STAFF,
                    {"bso": id_, "sbo": morning["voorzieningen"][0]} if morning else {"bso": id_},
                )
                work = {"groep": group["id"], "rol": "beroepskracht", "medewerker": person}
                self._line({**work, "dag": _BUSY, "van": "14:00", "tot": "18:00"})
                self._line({**work, "dag": _QUIET, "van": "14:00", "tot": "17:30"})
                if morning:
                    self._line({"groep": morning["id"], "dag": _BUSY, "van": "08:30", "tot": "12:30",
                                "rol": "onderwijsassistent", "medewerker": person})  # fmt: skip

    def _person(self, id_: str, renamed: Plain | None = None) -> str:
        """A copy of a medewerker of the example, who works at facilities that are here; the new id."""
        person = copied(next(item for item in self.source["medewerkers"] if item["id"] == id_))
        person["id"] = self._new("m", self.staff)
        if "ehbo" in person:  # the example spreads certificates over its groups; here nobody knows who works together
            person["ehbo"] = {"kinderen": "ja", "geldig_tot": "2027-09-30"}
        renamed = renamed or {}
        places: list[str] = []
        for kind in person.get("werkt_bij", ()):
            places += [renamed[kind]] if kind in renamed else self.site.here([kind]) if kind not in self.sizes else []
        person["werkt_bij"] = list(dict.fromkeys(places or renamed.values()))
        self.staff.append(person)
        return str(person["id"])

    def _line(self, line: Plain) -> None:
        self.roster.append({**line, "id": self._new("l", self.roster)})

    @staticmethod
    def _new(letter: str, items: Sequence[Any]) -> str:
        return f"{letter}-{len(items) + 1:03d}"
