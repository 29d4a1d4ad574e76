"""Loads a folder of rule files: every version of every rule, with its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Binding, Evidence, RuleHead, RuleTest, Severity, Status, Validity
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.files import CheckedFile, read_checked
from ikec_compliance.rules.inventory import REGIMES, Inventory, take_inventory
from ikec_compliance.rules.laws import Laws, load_laws
from ikec_compliance.rules.parameters import Parameters, overlap, read_parameters
from ikec_compliance.rules.periods import read_validity
from ikec_compliance.rules.refusals import OverlappingValidity, UnknownName
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion, placeholders
from ikec_compliance.rules.vocabulary import load_vocabulary
from ikec_compliance.yamlio.suggest import did_you_mean

_PREFIXES = {"onderwijs": ("OW",), "kinderopvang": ("KO",), "jeugdhulp": ("JH",), "huisregel": ("HR",),
             "gemeente": ("GM",)}  # fmt: skip
# Extra rules may only add local norms: a wet is changed in the rule set itself, where it has a source and tests.
_LOCAL = ("huisregel", "gemeente")

__all__ = ["REGIMES", "RuleVersion", "load_rules", "read_rules"]


@dataclass(frozen=True, slots=True)
class _Context:
    vocabulary: Vocabulary
    laws: Laws


def load_rules(folder: Path, extra: Path | None = None) -> RuleSet:
    """The rule set in ``folder`` (with ``begrippen.yaml`` and ``wetten.yaml``) plus local rules in ``extra``.

    ``InputError`` for the first thing that is wrong: unknown names, units, overlapping versions,
    an id used in two files.
    """
    return read_rules(take_inventory(folder, extra))


def read_rules(inventory: Inventory) -> RuleSet:
    """The rule set of files that were found; ``InputError`` for the first thing that is wrong with them."""
    folder, extra = inventory.folder, inventory.extra
    vocabulary, laws = load_vocabulary(folder), load_laws(folder)
    context = _Context(vocabulary, laws)
    versions: list[RuleVersion] = []
    for path in inventory.rules:
        checked = read_checked(path, "regels", folder.parent)
        versions += _versions(checked, context)
        if checked.data["regime"] != path.parent.name:
            raise InputError(
                f"dit bestand staat in de map {path.parent.name} maar noemt regime {checked.data['regime']}",
                checked.place("regime"),
            )
    for path in inventory.local:
        checked = read_checked(path, "regels", extra.parent if extra is not None else folder.parent)
        if checked.data["regime"] not in _LOCAL:
            raise InputError("extra regels hebben regime huisregel of gemeente", checked.place("regime"))
        versions += _versions(checked, context)
    _check_ids(versions)
    return RuleSet(tuple(versions), vocabulary, laws, inventory.sha256, folder)


def _versions(checked: CheckedFile, context: _Context) -> list[RuleVersion]:
    parameters = read_parameters(checked.data.get("parameters", {}), checked, context.vocabulary, context.laws)
    return [_version(raw, index, checked, parameters, context) for index, raw in enumerate(checked.data["rules"])]


def _version(
    raw: Mapping[str, Any], index: int, checked: CheckedFile, parameters: Parameters, context: _Context
) -> RuleVersion:
    place = checked.place("rules", index, "id")
    regime = checked.data["regime"]
    if not raw["id"].startswith(_PREFIXES[regime]):
        raise InputError(f"een regel van {regime} heeft een id met {_PREFIXES[regime][0]}-", place)
    if raw["subject"] not in context.vocabulary.types:
        hint = did_you_mean(raw["subject"], context.vocabulary.types)
        raise UnknownName(f"onbekend onderwerp '{raw['subject']}'{hint}", checked.place("rules", index, "subject"))
    if "require" not in raw and not raw.get("open_norm"):
        raise InputError(f"regel {raw['id']} eist niets: geef require of open_norm", place)
    days = raw["valid"]
    valid = read_validity(days["from"], days.get("to"), checked.place("rules", index, "valid", "to"))
    for number, exception in enumerate(raw.get("exceptions", [])):
        if (exception["effect"] == "vervangt") != ("require" in exception):
            raise InputError(
                "een uitzondering die vervangt heeft require; een die vervalt niet",
                checked.place("rules", index, "exceptions", number),
            )
    tests = tuple(
        RuleTest(t["name"], t["date"], t["given"], t["expect"], checked.place("rules", index, "tests", number))
        for number, t in enumerate(raw["tests"])
    )
    head = RuleHead(
        id=raw["id"],
        regime=regime,
        theme=checked.data["thema"],
        title=raw["title"],
        text=raw["text"],
        source=tuple(context.laws.source(s, checked.place("rules", index, "source")) for s in raw["source"]),
        evidence=Evidence(raw["evidence"]),
        binding=Binding(raw["binding"]),
        valid=valid,
        status=Status(raw["status"]),
        severity=Severity(raw["severity"]),
        subject=raw["subject"],
        open_norm=raw.get("open_norm", ""),
        repair_who=raw["repair"]["who"],
        repair_what=raw["repair"]["what"],
        tests=tests,
        place=place,
        message=raw.get("message", ""),
    )
    for path in placeholders(head.message):
        if path not in parameters.values and context.vocabulary.field(head.subject, path) is None:
            raise UnknownName(
                f"onbekend veld of onbekende parameter '{path}' in de zin", checked.place("rules", index, "message")
            )
    version = RuleVersion(head, raw, index, checked, parameters, bool(raw["valid"].get("from_known", False)))
    version.check(context.vocabulary, context.laws)
    return version


def _ending(one: Validity, other: Validity) -> str:
    """How two versions are made to follow each other."""
    first, second = sorted((one, other), key=lambda valid: valid.first)
    if first.first == second.first:
        return "geef elke versie haar eigen dagen"
    return f"laat de oudere versie eindigen met to: {second.first - timedelta(days=1)}"


def _check_ids(versions: list[RuleVersion]) -> None:
    seen: dict[str, list[RuleVersion]] = {}
    for version in versions:
        for other in seen.setdefault(version.head.id, []):
            if overlap(other.head.valid, version.head.valid):
                raise OverlappingValidity(
                    f"regel {version.head.id} heeft twee versies voor dezelfde dag (zie {other.head.place}); "
                    f"{_ending(other.head.valid, version.head.valid)}",
                    version.head.place,
                )
            if other.checked.file != version.checked.file:
                raise InputError(f"id {version.head.id} is al gebruikt (zie {other.head.place})", version.head.place)
        seen[version.head.id].append(version)
