"""Small rule folders for tests: the shipped vocabulary, laws and tables, and rules written in the test."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.app.check import CheckRequest, check
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.result import Report
from tests.support import base, load

HEAD = """schema: ikec-regels/v1
regime: kinderopvang
thema: proef
"""

RULE = """  - id: KO-PRF-01
    title: Proef
    text: {nl: Een proef., en: A trial.}
    source: [{law: BKK, article: 10, lid: '2', state: 2024-07-01}]
    evidence: gelezen
    binding: amvb
    valid: {from: 2020-01-01, from_known: ja}
    status: published
    severity: error
    subject: voorziening
    applies_when: {field: soort, is: dagopvang}
    require: {field: kindplaatsen, at_most: 20}
    repair: {who: houder, what: Doe iets.}
    tests:
      - {name: goed, date: 2026-11-23, given: {soort: dagopvang, kindplaatsen: 20}, expect: voldoet}
"""


def rules_text(*rules: str, parameters: str = "", head: str = HEAD) -> str:
    """A rule file with the given rules (``RULE`` when there are none)."""
    block = f"parameters:\n{parameters}" if parameters else ""
    return head + block + "rules:\n" + "".join(rules or (RULE,))


def changed(**lines: str) -> str:
    """``RULE`` with the lines of some keys replaced; an empty line leaves the key out."""
    text = RULE
    for key, line in lines.items():
        marker = f"    {key}: " if key != "tests" else "    tests:\n"
        start = text.index(marker) if key != "id" else text.index("  - id: ")
        end = len(text) if key == "tests" else text.index("\n", start) + 1
        text = text[:start] + line + text[end:]
    return text


def folder(at: Path) -> Path:
    """A rule folder without rules at ``at/rules``."""
    target = at / "rules"
    for name in ("onderwijs", "kinderopvang", "jeugdhulp"):
        (target / name).mkdir(parents=True)
    for name in ("begrippen.yaml", "wetten.yaml"):
        shutil.copy(rules_dir() / name, target / name)
    shutil.copytree(rules_dir() / "kinderopvang" / "tabellen", target / "kinderopvang" / "tabellen")
    return target


def write(rules: Path, text: str, name: str = "kinderopvang/proef.yaml") -> Path:
    """Write a rule file into a rule folder."""
    path = rules / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(rules: Path, centre: dict[str, Any], on: date | None = None, **options: Any) -> Report:
    """The report of a configuration under a rule folder; the configuration is written beside it."""
    load(centre, rules.parent)
    return check(CheckRequest(rules.parent / "centrum.yaml", on=on, rules=rules, seconds=0, **options))


def places(count: int | None, **changes: Any) -> dict[str, Any]:
    """A centre with one dagopvang with so many kindplaatsen."""
    facility = {"id": "kdv", "soort": "dagopvang", "organisatie": "houder", "kindplaatsen": count}
    return base(voorzieningen=[facility], groepen=[], **changes)
