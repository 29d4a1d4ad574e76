"""Texts without a translation, and translations of texts that are no longer there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Status
from ikec_compliance.rules.files import CheckedFile, read_checked
from ikec_compliance.rules.inventory import REGIMES, TRANSLATIONS
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.translation import entries, plain
from ikec_compliance.rules.version import RuleVersion

_Text = tuple[str, Location, str]
"""A text that a reader meets, where it stands, and the rule it belongs to."""

_RULE = (("title",), ("open_norm",), ("message",), ("repair", "who"), ("repair", "what"))
_FRICTION = ("resolutions", "free", "sources")


def translations(rules: RuleSet) -> Iterator[LintFinding]:
    """For each language of the rule folder: what it does not say, and what it says of nothing.

    Local rules speak to readers of one centre: they need no translation.
    """
    for folder in sorted((rules.folder / TRANSLATIONS).glob("*")):
        language = folder.name
        known = {entry.dutch: entry for entry in entries(rules.folder, language)}
        if not known:
            continue
        done: set[str] = set()
        for text, place, rule in _texts(rules):
            key = plain(text)
            if key and key not in known and key not in done:
                done.add(key)
                yield finding(
                    "vertaling-ontbreekt",
                    f"{rule + ': ' if rule else ''}‘{_short(key)}’ heeft geen vertaling ({language})",
                    place,
                    f"Zet de tekst met zijn vertaling in {TRANSLATIONS}/{language}/.",
                    rule,
                )
        there = _everything(rules)
        for entry in known.values():
            if entry.dutch not in there:
                yield finding(
                    "vertaling-over",
                    f"‘{_short(entry.dutch)}’ staat nergens meer in de regels",
                    entry.place,
                    "Zet de vertaling bij de nieuwe Nederlandse tekst, of verwijder haar.",
                )


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"


def _texts(rules: RuleSet) -> Iterator[_Text]:
    for version in rules.versions:
        if version.head.status is Status.PUBLISHED and version.head.regime in REGIMES:
            yield from _of_rule(version)
    vocabulary = _read(rules.folder / "begrippen.yaml", "begrippen", rules.folder)
    yield from _of_vocabulary(vocabulary)
    for path in sorted((rules.folder / "afstemming").glob("*.yaml")):
        yield from _of_frictions(_read(path, "afstemming", rules.folder))


def _read(path: Path, schema: str, folder: Path) -> CheckedFile:
    return read_checked(path, schema, folder.parent)


def _of_rule(version: RuleVersion) -> Iterator[_Text]:
    raw, path, rule = version.raw, ("rules", version.index), version.head.id
    for keys in _RULE:
        found: Any = raw
        for key in keys:
            found = found.get(key, "") if isinstance(found, Mapping) else ""
        yield str(found), version.checked.place(*path, *keys), rule
    for number, item in enumerate(raw.get("exceptions", ())):
        yield item["text"], version.checked.place(*path, "exceptions", number, "text"), rule
    norm = raw.get("norm", {})
    place = version.checked.place(*path, "norm")
    quantities = [*norm.get("quantities", ()), *([norm["quantity"]] if "quantity" in norm else [])]
    for text in (norm.get("shown", ""), norm.get("addressee", "")):
        yield text, place, rule
    for item in quantities:
        for text in (item["name"], item.get("counting", ""), *item.get("choices", ())):
            yield text, place, rule


def _of_vocabulary(checked: CheckedFile) -> Iterator[_Text]:
    for name, unit in checked.data["units"].items():
        for key in ("title", "one"):
            yield unit.get(key, ""), checked.place("units", name), ""
    for name, subject in checked.data["types"].items():
        for key, partner in subject.get("partners", {}).items():
            place = checked.place("types", name, "partners", key)
            yield key.replace("_", " "), place, ""
            yield partner["title"], place, ""
        for key, item in subject["fields"].items():
            place = checked.place("types", name, "fields", key)
            for text in (item["title"], item.get("question", ""), *map(_said, item.get("choices", ()))):
                yield text, place, f"{name}.{key}"


def _of_frictions(checked: CheckedFile) -> Iterator[_Text]:
    for number, friction in enumerate(checked.data["frictions"]):
        place = checked.place("frictions", number, "id")
        yield friction["who"], place, ""
        for key in _FRICTION:
            for item in friction.get(key, ()):
                yield item.get("text", item.get("note", item.get("says", ""))), place, ""


def _said(code: str) -> str:
    return code.replace("_", " ")


def _everything(rules: RuleSet) -> set[str]:
    """Every text of the folder, and every code as it is shown."""
    files = {version.checked.file: version.checked for version in rules.versions}
    found = [checked.data for checked in files.values()]
    for path, schema in [
        (rules.folder / "begrippen.yaml", "begrippen"),
        (rules.folder / "wetten.yaml", "wetten"),
        *((path, "afstemming") for path in (rules.folder / "afstemming").glob("*.yaml")),
        *((path, "tabellen") for path in (rules.folder / "kinderopvang" / "tabellen").glob("*.yaml")),
    ]:
        found.append(_read(path, schema, rules.folder).data)
    texts: set[str] = set()
    for item in found:
        texts.update(_strings(item))
    return texts | {_said(text) for text in texts if " " not in text}


def _strings(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield plain(raw)
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _strings(value)
