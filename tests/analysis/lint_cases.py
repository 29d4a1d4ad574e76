"""Rule folders made of pieces: a rule that lints clean, changed by the pieces of YAML that a page or a test shows."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.app.rule_lint import lint, refused
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.testcases import given_fact
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.scalars import to_plain
from tests.rule_files import folder

ON = date(2026, 11, 23)
# What a schema makes a truth or a date of: no text.
_TYPED = re.compile(r"ja|nee|\d{4}-\d\d-\d\d")

RULE: dict[str, Any] = {
    "id": "KO-PRF-01",
    "title": "Proef",
    "text": {"nl": "Een proef.", "en": "A trial."},
    "source": [{"law": "BKK", "article": 10, "lid": "2", "state": "2024-07-01"}],
    "evidence": "gelezen",
    "binding": "amvb",
    "valid": {"from": "2020-01-01", "from_known": "ja"},
    "status": "published",
    "severity": "error",
    "subject": "voorziening",
    "applies_when": {"field": "soort", "is": "dagopvang"},
    "require": {"field": "kindplaatsen", "at_most": 20},
    "repair": {"who": "houder", "what": "Doe iets."},
    "tests": [
        {"name": "op de grens", "date": "2026-11-23", "given": {"soort": "dagopvang", "kindplaatsen": 20},
         "expect": "voldoet"},
        {"name": "een erboven", "date": "2026-11-23", "given": {"soort": "dagopvang", "kindplaatsen": 21},
         "expect": "voldoet_niet"},
        {"name": "onbekend", "date": "2020-01-01", "given": {"soort": "dagopvang"}, "expect": "niet_te_bepalen"},
        {"name": "bso", "date": "2026-11-23", "given": {"soort": "bso", "kindplaatsen": 21},
         "expect": "niet_van_toepassing"},
    ],
}  # fmt: skip


def plain(text: str) -> Any:
    """A piece of YAML as JSON has it: dates are text."""
    return to_plain(parse(text.encode(), "voorbeeld.yaml"))


def write_rules(at: Path, piece: Any) -> Path:
    """A rule folder with one file: ``RULE`` changed by ``piece``, which may also hold parameters, rules or types."""
    target = folder(at)
    piece = copy.deepcopy(piece)
    data: dict[str, Any] = {"schema": "ikec-regels/v1", "regime": "kinderopvang", "thema": "proef"}
    if "parameters" in piece:
        data["parameters"] = piece.pop("parameters")
    if "types" in piece:
        vocabulary = plain((target / "begrippen.yaml").read_text(encoding="utf-8"))
        for name, subject in piece.pop("types").items():
            vocabulary["types"][name]["fields"].update(subject["fields"])
        (target / "begrippen.yaml").write_text(json.dumps(vocabulary), encoding="utf-8")
    if "texts" in piece:
        _translate(target, piece.pop("texts"))
    changes = piece.pop("rules", [piece])
    data["rules"] = [{**copy.deepcopy(RULE), **change} for change in changes]
    path = target / "kinderopvang" / "proef.yaml"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    own = [change for change in changes if "tests" not in change]
    if own:
        _mend_tests(target, path, data, changes)
    return target


def _translate(target: Path, texts: dict[str, str]) -> None:
    """An English folder with ``texts``; what the little folder has besides the rule is its own translation."""
    own: set[str] = set()

    def gather(raw: Any) -> None:
        for value in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
            own.update([value.replace("_", " "), value] if isinstance(value, str) else [])
            gather(value)
        if isinstance(raw, dict):
            own.update(key.replace("_", " ") for key in raw)

    vocabulary = plain((target / "begrippen.yaml").read_text(encoding="utf-8"))
    for part in (vocabulary["units"], vocabulary["types"]):
        gather(part)
    wanted = {text: text for text in sorted(own) if text and not _TYPED.fullmatch(text)} | texts
    path = target / "vertaling" / "en" / "proef.yaml"
    path.parent.mkdir(parents=True)
    data = {"schema": "ikec-vertaling/v1", "language": "en", "texts": wanted}
    path.write_text(json.dumps(data), encoding="utf-8")


def _mend_tests(target: Path, path: Path, data: dict[str, Any], changes: list[Any]) -> None:
    """What the tests of ``RULE`` must expect of a changed rule; a page about something else shows none of its own."""
    try:
        rules = load_rules(target)
    except InputError:
        return
    for version, raw, change in zip(rules.versions, data["rules"], changes, strict=True):
        if "tests" in change:
            continue
        for test, written in zip(version.head.tests, raw["tests"], strict=True):
            fact = given_fact(version.head.subject, test.given, test.date, rules.vocabulary, test.place)
            written["expect"] = verdict(version.resolve(test.date, rules.vocabulary, rules.laws), fact).value
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")


def found(target: Path, on: date = ON) -> list[LintFinding]:
    """What the lint says of a folder, or why it is refused; fields that the little folder does not read left out."""
    try:
        rules = load_rules(target)
    except InputError as error:
        return refused(error)
    kept = replace(rules)
    return [item for item in lint(kept, on) if item.id != "veld-ongebruikt" or "kindplaatsen_over" in item.message]


def ids(target: Path, on: date = ON) -> set[str]:
    """The kinds of finding."""
    return {item.id for item in found(target, on)}
