"""Configurations that differ from a loaded one in one value, without writing files, and their verdicts.

Values are those of the published schema: what it allows in a place is what a variant may put there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from ikec_compliance.centre.centre import LISTS, Centre, Record
from ikec_compliance.engine import verdict
from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.ruleset import RuleSet

Path = tuple[str | int, ...]
Key = tuple[str, str]
"""Rule id and subject id."""

# Names, references and the frame of a roster line: without them a configuration says nothing at all.
_STRUCTURE = frozenset({
    "schema", "id", "soort", "organisatie", "functie", "groep", "ruimte", "medewerker", "verantwoordelijke", "regime",
    "samenwerkingsverband", "kalender", "dag", "datum", "van", "tot", "vacature", "synthetisch", "naam", "adres",
    "toelichting", "domein", "eigen_functie", "cao", "peildatum",
})  # fmt: skip
# Lists that hold no facts of the centre.
_APART = frozenset({"centrum", "kalender", "woordenlijst", "oordelen", "uitzonderingen_ci", "integratie", "kinderen"})
# Where presence looks besides the roster; a thorough run does not rely on it.
PRESENCE = (
    "rooster", "volledig", "ruimtes", "buitenruimtes", "groepen.ve", "voorzieningen.achterwacht",
    "voorzieningen.kindplaatsen", "documenten.vastgesteld_op", "documenten.onderdelen", "medewerkers.meerderjarig",
    "medewerkers.contract.bezoldigd", "medewerkers.registraties.personenregister", "medewerkers.ehbo",
)  # fmt: skip


@dataclass(frozen=True)
class Leaf:
    """One scalar of a configuration: where it is, what it is, and what else the schema allows there."""

    path: Path
    value: Any
    others: tuple[Any, ...]

    @property
    def kind(self) -> str:
        """The path without positions and ages: leaves of one kind are read alike."""
        return ".".join(step for step in self.path if isinstance(step, str) and not step.isdigit())


@cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((schema_dir() / "v1" / "centrum.schema.json").read_text(encoding="utf-8"))
    return loaded


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = _schema()["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _branches(node: dict[str, Any]) -> list[dict[str, Any]]:
    node = _resolved(node)
    return [branch for one in node["anyOf"] for branch in _branches(one)] if "anyOf" in node else [node]


def leaves(centre: Centre, on: date) -> Iterator[Leaf]:
    """Every scalar that may be unknown, in file order."""
    for key, part in centre.data.items():
        if key not in _APART and key not in _STRUCTURE:
            yield from _walk(part, _schema()["properties"][key], (key,), on)


def _walk(value: Any, node: dict[str, Any], path: Path, on: date) -> Iterator[Leaf]:
    branches = _branches(node)
    if isinstance(value, Mapping):
        for name, item in value.items():
            for branch in branches:
                inner = branch.get("properties", {}).get(name) or branch.get("additionalProperties")
                # An age, a school or a council is a name too: its number or answer may be unknown.
                if isinstance(inner, dict) and name not in _STRUCTURE:
                    yield from _walk(item, inner, (*path, name), on)
                    break
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            if isinstance(item, Mapping):
                yield from _walk(item, branches[0]["items"], (*path, number), on)
    elif value is not None and any(_allows_null(branch) for branch in branches):
        others = tuple(dict.fromkeys(o for branch in branches for o in _others(branch, value, on) if o != value))
        yield Leaf(path, value, others)


def _allows_null(node: dict[str, Any]) -> bool:
    return None in node.get("enum", ()) or "null" in (node.get("type") or ())


def _others(node: dict[str, Any], value: Any, on: date) -> Iterator[Any]:
    if node.get("x-soort") == "janee":
        yield from (True, False)
    elif "enum" in node:
        yield from (item for item in node["enum"] if item is not None)
    elif node.get("format") == "date":
        for day in (value if isinstance(value, date) else on, on):
            yield from (day + timedelta(days=shift) for shift in (-1, 0, 1))
        yield from (date(1990, 1, 1), date(2090, 1, 1))
    elif set(node["type"]) & {"integer", "number"}:
        yield from (n for n in (0, value - 1, value + 1, node["maximum"]) if node["minimum"] <= n <= node["maximum"])
    elif not node.get("pattern"):
        yield from ("Schoolplan", "Iets anders")


def put(centre: Centre, path: Path, value: Any) -> Centre:
    """The configuration with one value replaced; every other object is shared."""
    data = _put(centre.data, path, value)
    key = path[0]
    if key not in LISTS:
        return replace(centre, data=data)
    records = tuple(Record(str(key), number, item, centre.places) for number, item in enumerate(data[key]))
    lists = {**centre.lists, str(key): records}
    index = {**centre.index, str(key): {record.id: record for record in records}}
    return replace(centre, data=data, lists=lists, index=index)


def _put(owner: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    changed: Any = dict(owner) if isinstance(owner, Mapping) else list(owner)
    changed[path[0]] = _put(owner[path[0]], path[1:], value)
    return changed


def facts(centre: Centre, rules: RuleSet, on: date, days: Sequence[date]) -> FactBase:
    """The facts of a configuration."""
    return derive(centre, rules.vocabulary, on, days, rules.folder)


def verdicts(
    base: FactBase, rules: Sequence[ResolvedRule], wanted: Callable[[str], bool] = lambda subject: True
) -> dict[Key, Verdict]:
    """Worst verdict per rule and wanted subject by the reference evaluator, in this process."""
    found: dict[Key, Verdict] = {}
    for rule in rules:
        for fact in base.of_type(rule.head.subject):
            if not wanted(fact.subject):
                continue
            key, outcome = (rule.id, fact.subject), verdict(rule, fact)
            if key not in found or outcome.rank < found[key].rank:
                found[key] = outcome
    return found


def rebuilt(centre: Centre, data: Mapping[str, Any]) -> Centre:
    """The configuration with other data; places stay those of the file that was read."""
    lists = {
        key: tuple(Record(key, number, item, centre.places) for number, item in enumerate(data.get(key) or ()))
        for key in LISTS
    }
    index = {key: {record.id: record for record in records} for key, records in lists.items()}
    return replace(centre, data=data, lists=lists, index=index)


def without(centre: Centre, key: str, id_: str) -> Centre:
    """The configuration without one item of a list, nor anything that refers to it."""
    data = {**centre.data, key: [item for item in centre.data[key] if item["id"] != id_]}
    return rebuilt(centre, _stripped(data, id_))


def _stripped(value: Any, id_: str) -> Any:
    if isinstance(value, Mapping):
        return {name: _stripped(item, id_) for name, item in value.items() if item != id_ and name != id_}
    if isinstance(value, list | tuple) and not any(isinstance(item, date) for item in value):
        # A roster line of somebody who is gone is gone too.
        return [_stripped(item, id_) for item in value if item != id_ and not _is_of(item, id_)]
    return value


def _is_of(item: Any, id_: str) -> bool:
    return isinstance(item, Mapping) and id_ in (item.get("medewerker"), item.get("groep"))


def apart(centre: Centre, keep: Sequence[str] = ()) -> Centre:
    """The same centre without any wish to integrate: no ``integratie`` but the kinds in ``keep``, and everything else
    (documents, groups, rooms, yards, people, councils, procedures) of one voorziening.
    """
    data = dict(centre.data)
    kinds = {item["id"]: item["soort"] for item in data["voorzieningen"]}
    data["integratie"] = [item for item in data.get("integratie", ()) if item["soort"] in keep]
    data["documenten"] = [own for item in data["documenten"] for own in _documents_apart(item, kinds)]
    for key in ("ruimtes", "buitenruimtes", "raden", "regelingen"):
        data[key] = [own for item in data.get(key, ()) for own in _copies(item)]
    data["groepen"] = [_of_one(item, kinds) for item in data["groepen"]]
    homes = {item["id"]: item["voorzieningen"][0] for item in data["groepen"]}
    data["medewerkers"] = [
        {**item, "werkt_bij": list(item["werkt_bij"])[:1]} if item.get("werkt_bij") else item
        for item in data["medewerkers"]
    ]
    places = {item["id"]: item.get("werkt_bij") for item in data["medewerkers"]}
    data["rooster"] = [
        line
        for line in data["rooster"]
        if not places.get(line.get("medewerker", "")) or homes[line["groep"]] in places[line["medewerker"]]
    ]
    return rebuilt(centre, data)


_OF_SCHOOLS = ("schoolplan", "schoolgids", "veiligheidsbeleid", "jaarplan", "ondersteuningsaanbod")
_GROUP_AT = {"stamgroep": ["dagopvang"], "kog": ["dagopvang"], "basisgroep": ["bso"], "behandelgroep": ["jeugdhulp"]}


def _documents_apart(item: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    several = len(item["soorten"]) > 1
    for kind in item["soorten"]:
        for place in item["voorzieningen"]:
            if (kinds[place] in ("so", "sbo", "basisschool")) == (kind in _OF_SCHOOLS):
                name = {"titel": kind.replace("_", " ").capitalize(), "ondertitel": None} if several else {}
                id_ = f"{item['id']}-{kind}-{place}"
                yield {**item, **name, "id": id_, "soorten": [kind], "voorzieningen": [place]}


def _copies(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for number, place in enumerate(item.get("voorzieningen") or (None,)):
        own = {} if place is None else {"voorzieningen": [place]}
        yield {**item, **own, "id": f"{item['id']}-{place}" if number else item["id"]}


def _of_one(item: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    fitting = [place for place in item["voorzieningen"] if kinds[place] in _GROUP_AT.get(item["soort"], kinds.values())]
    return {**item, "voorzieningen": fitting[:1]}
