"""What a made-up centre has besides groups and people: facilities, papers, councils and counts of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ikec_compliance.fleet.country import Cluster
from ikec_compliance.fleet.pattern import Plain, Quoted, copied, pattern

SCHOOLS = ("so", "sbo")


@dataclass(slots=True, eq=False)
class Site:
    """The facilities of one centre: id with kind, and places for those that have them; its groups as they are made."""

    cluster: Cluster
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    groups: list[Plain] = field(default_factory=list)

    @property
    def source(self) -> Plain:
        """The example."""
        return pattern()

    def here(self, kinds: Iterable[str], prefix: str = "") -> list[str]:
        """The facilities of this centre of some kinds, in their order."""
        wanted = set(kinds)
        return [f"{prefix}{id_}" for id_, kind in self.kinds.items() if kind in wanted]

    def organisations(self) -> Sequence[str]:
        """Who carries this centre."""
        there = set(self.kinds.values())
        found = ["schoolbestuur"] if there & set(SCHOOLS) else []
        found += ["houder"] if there & {"dagopvang", "bso"} else []
        found += ["jeugdhulpaanbieder"] if "jeugdhulp" in there else []
        return [*found, "samenwerkingsverband", "gemeente"]

    def youth(self) -> tuple[str, ...]:
        """Youth care, when it is here."""
        return ("jeugdhulp",) if "jeugdhulp" in self.kinds else ()

    def offers_ve(self, id_: str) -> bool:
        """Whether a group of the facility offers voorschoolse educatie."""
        return any(id_ in group["voorzieningen"] and group["ve"]["aanbod"] == "ja" for group in self.groups)

    def facility(self, id_: str, kind: str) -> Plain:
        """A voorziening of the example under this id, with the size it has here."""
        facility: Plain = copied(next(item for item in self.source["voorzieningen"] if item["id"] == kind))
        facility["id"] = id_
        facility["adres"] = Quoted(f"Verzonnen straat, {self.cluster.region}")
        number = int("".join(filter(str.isdigit, self.cluster.id))[:6] or 0)
        if "brin" in facility:
            facility["brin"] = f"9{number % 10}X{'A' if kind == 'so' else 'B'}"
        if "lrk_nummer" in facility:
            place = list(self.kinds).index(id_)
            facility["lrk_nummer"] = Quoted(f"9{number % 1_000_000:06d}{place:02d}")
        if id_ in self.sizes:
            facility["kindplaatsen"] = str(self.sizes[id_])
            facility["aantal_kinderen"] = str(self.sizes[id_] * 11 // 10)
        if kind == "dagopvang" and not self.offers_ve(id_):
            facility.pop("ve", None)
            facility["lrk"]["voorschoolse_educatie"] = "nee"
        return facility

    def yards(self) -> list[Plain]:
        """Outdoor space: enough for the places that are here."""
        found = []
        for id_, kind in self.kinds.items():
            if id_ in self.sizes:
                source = next(item for item in self.source["buitenruimtes"] if item["voorzieningen"] == [kind])
                size = str(self.sizes[id_] * 3 + 20)
                found.append({**copied(source), "id": f"plein-{id_}", "voorzieningen": [id_], "m2": size})
        schools = [kind for kind in SCHOOLS if kind in self.kinds]
        if schools:
            found.append({**copied(self.source["buitenruimtes"][-1]), "voorzieningen": schools})
        return found

    def papers(self, key: str) -> list[Plain]:
        """Documents or arrangements of the example for the facilities that are here."""
        found = []
        for source in self.source[key]:
            facilities = self.here(source["voorzieningen"])
            if "ve_opleidingsplan" in source.get("soorten", ()):
                facilities = [id_ for id_ in facilities if self.offers_ve(id_)]
            if not facilities:
                continue
            paper = copied(source)
            paper["voorzieningen"] = facilities
            for name in ("instemming", "advies"):
                if name in paper:
                    paper[name] = {
                        council: day
                        for old, day in paper[name].items()
                        for council in self.here([old.partition("-")[2]], f"{old.partition('-')[0]}-")
                    }
                    if not paper[name]:
                        del paper[name]
            found.append(paper)
        return found

    def councils(self) -> list[Plain]:
        """The councils of the example: one for each facility, and one clientenraad."""
        found = []
        for source in self.source["raden"]:
            for id_ in self.here(source["voorzieningen"]):
                council = copied(source)
                council["voorzieningen"] = [id_]
                if source["soort"] != "clientenraad":
                    council["id"] = f"{source['id'].partition('-')[0]}-{id_}"
                found.append(council)
        return found

    def files(self) -> Plain:
        """Counts of files: none of them wrong."""
        found = {}
        for id_, kind in self.kinds.items():
            own = copied(self.source["dossiers"][kind])
            if "totaal" in own:
                own["totaal"] = str(sum(
                    int(number) for group in self.groups if id_ in group["voorzieningen"]
                    for number in group["plaatsing"].values()
                ))  # fmt: skip
            found[id_] = own
        return found


class Share:
    """Takes as many children out of a group as there are places too few, from the oldest on, in every count alike."""

    def __init__(self, full: Plain, places: int) -> None:
        left = places
        self.most: dict[str, int] = {}
        for age, number in full.items():
            self.most[age] = min(int(number), left)
            left -= self.most[age]
        self.total = sum(self.most.values())

    def of(self, numbers: Plain) -> Plain:
        """A count of children that is left."""
        kept = {age: min(int(number), self.most.get(age, 0)) for age, number in numbers.items()}
        return {age: str(number) for age, number in kept.items() if number}
