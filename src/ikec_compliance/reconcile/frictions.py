"""Documented frictions between regimes, from ``rules/afstemming``: what computing cannot give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Evidence, weakest
from ikec_compliance.reconcile.templates import check_template
from ikec_compliance.rules.files import CheckedFile, read_checked
from ikec_compliance.rules.laws import Laws
from ikec_compliance.yamlio.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class FreeParty:
    """A party that takes part in the merge and leaves the quantity free."""

    act: str
    addressee: str
    note: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """A lawful way out. ``classes`` are the conflict classes it fits; all when empty."""

    way: str
    text: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalName:
    """What one act calls a document, council, group or role.

    ``list`` is the list of the configuration it stands in, ``kinds`` which soort or functie it is (any when empty),
    ``forms`` the ways to write ``term``, itself among them. One of ``rules`` has to hold for a voorziening. ``reader``
    looks for the term; ``glossary`` tells whether it may stand in the woordenlijst only.
    """

    list: str
    kinds: tuple[str, ...]
    term: str
    forms: tuple[str, ...]
    rules: tuple[str, ...]
    reader: str
    glossary: bool


@dataclass(frozen=True, slots=True)
class Friction:
    """One friction: the merge and quantity it rests on, its sources and its lawful ways out.

    ``parties`` are groups of acts of which each must take part. ``countings`` are counting rules that ``because``
    may be compared with each other. ``parts`` names the part of a regime when the merge is split. ``also`` are more
    quantities that the same friction is about. A friction with ``not_computable`` rests on no norms: it says why,
    and is there with every such merge (only the first when ``once``); ``evidence`` is the weakest of its sources.
    One with ``names`` is about own words of the centre.
    """

    id: str
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    merge: str
    quantity: str
    parties: tuple[tuple[str, ...], ...]
    who: str
    resolutions: tuple[Resolution, ...]
    sources: tuple[str, ...]
    place: Location
    free: tuple[FreeParty, ...] = ()
    countings: tuple[str, ...] = ()
    because: str = ""
    repairs: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    not_computable: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    evidence: Evidence = Evidence.SECONDARY
    names: tuple[LegalName, ...] = ()

    @property
    def quantities(self) -> tuple[str, ...]:
        """Every quantity it is about."""
        return (self.quantity, *self.also) if self.quantity else self.also

    def about(self, merge: str, quantity: str) -> bool:
        """Whether the friction rests on this kind of merge and quantity."""
        return self.merge == merge and quantity in self.quantities

    def fits(self, acts: Iterable[str]) -> bool:
        """Whether each group of parties is there."""
        there = set(acts)
        return all(there & set(group) for group in self.parties)


def load_frictions(folder: Path, laws: Laws) -> tuple[Friction, ...]:
    """Every friction in the YAML files of ``folder``, in order of id; none when there is no such folder.

    ``InputError`` for an unknown law, an id that is used twice, or two frictions about the same merge and quantity
    whose parties are the same.
    """
    found: dict[str, Friction] = {}
    for path in sorted(folder.glob("*.yaml")):
        checked = read_checked(path, "afstemming", folder.parent.parent)
        for number, raw in enumerate(checked.data["frictions"]):
            friction = _friction(raw, number, checked, laws)
            for other in found.values():
                if other.id == friction.id:
                    raise InputError(f"frictie {friction.id} bestaat al (zie {other.place})", friction.place)
                same = any(other.about(friction.merge, quantity) for quantity in friction.quantities)
                if same and other.parties == friction.parties:
                    raise InputError(f"frictie {friction.id} gaat over hetzelfde als {other.id}", friction.place)
            found[friction.id] = friction
    return tuple(found[id_] for id_ in sorted(found))


def matching(frictions: Sequence[Friction], merge: str, quantity: str) -> list[Friction]:
    """The frictions that rest on this kind of merge and quantity."""
    return [friction for friction in frictions if friction.about(merge, quantity)]


def _friction(raw: Mapping[str, Any], number: int, checked: CheckedFile, laws: Laws) -> Friction:
    path = ("frictions", number)
    free = tuple(FreeParty(item["act"], item["addressee"], item["note"]) for item in raw.get("free", ()))
    for key, acts in (("parties", [act for group in raw["parties"] for act in group]), ("free", [f.act for f in free])):
        for act in acts:
            if act not in laws.by_code:
                hint = did_you_mean(act, laws.by_code)
                raise InputError(f"onbekende wet '{act}'{hint}", checked.place(*path, key))
    if sum(bool(raw.get(key)) for key in ("quantity", "not_computable", "names")) != 1:
        raise InputError("een frictie heeft een quantity, of zegt met not_computable waarom er niets te berekenen is, "
                         "of geeft names", checked.place(*path, "id"))  # fmt: skip
    if not raw["parties"] and not raw.get("names"):
        raise InputError("parties is leeg: noem ten minste een groep van wetten", checked.place(*path, "parties"))
    resolutions = tuple(
        Resolution(item["way"], item["text"], tuple(item.get("classes", ()))) for item in raw["resolutions"]
    )
    for key, templates in (
        ("explanation", [raw["explanation"]["nl"]]),
        ("resolutions", [item.text for item in resolutions]),
        ("repairs", raw.get("repairs", ())),
    ):
        for template in templates:
            check_template(template, checked.place(*path, key))
    comparable = raw.get("comparable", {})
    return Friction(
        id=raw["id"],
        title=raw["title"],
        explanation=raw["explanation"],
        merge=raw["merge"],
        quantity=raw.get("quantity", ""),
        parties=tuple(tuple(group) for group in raw["parties"]),
        who=raw["who"],
        resolutions=resolutions,
        sources=tuple(_source(item) for item in raw["sources"]),
        place=checked.place(*path, "id"),
        free=free,
        countings=tuple(comparable.get("countings", ())),
        because=comparable.get("because", ""),
        repairs=tuple(raw.get("repairs", ())),
        parts=raw.get("parts", {}),
        also=tuple(raw.get("also", ())),
        not_computable=raw.get("not_computable", {}),
        once=bool(raw.get("once", False)),
        evidence=weakest(*(Evidence(item["evidence"]) for item in raw["sources"])),
        names=tuple(_name(item) for item in raw.get("names", ())),
    )


def _name(raw: Mapping[str, Any]) -> LegalName:
    return LegalName(
        list=raw["list"],
        kinds=tuple(raw.get("kinds", ())),
        term=raw["term"],
        forms=(raw["term"], *raw.get("forms", ())),
        rules=tuple(raw["rules"]),
        reader=raw["reader"],
        glossary=bool(raw.get("glossary", True)),
    )


def _source(raw: Mapping[str, Any]) -> str:
    evidence = Evidence(raw["evidence"]).value.replace("_", " ")
    link = f" - {raw['url']}" if "url" in raw else ""
    return f"{raw['name']}: {raw['says']} ({evidence}){link}"
