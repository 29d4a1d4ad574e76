"""Adding a rule to the rule set: drafted and tried in a copy, and written only when it loads, lints and tests."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ikec_compliance.analysis.proposals import Proposal, propose
from ikec_compliance.app.catalogue import load
from ikec_compliance.app.rule_draft import Draft, rule_text
from ikec_compliance.app.rule_lint import lint
from ikec_compliance.app.rule_tests import run_rule_tests
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.record import dataclass
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

PREFIXES = {"onderwijs": "OW", "kinderopvang": "KO", "jeugdhulp": "JH"}
_MODELINE = "# yaml-language-server: $schema=../../schema/v1/regels.schema.json\n"


@dataclass(frozen=True, slots=True)
class Written:
    """The file that now holds the rule, its tests, and what the lint still has to say about it."""

    path: Path
    line: int
    tests: tuple[Proposal, ...]
    findings: tuple[LintFinding, ...]


def themes(rules: RuleSet, regime: str) -> list[str]:
    """The files of a regime, by the name without its ending."""
    return sorted(
        {Path(version.checked.file).stem for version in rules.versions if version.head.regime == regime}
    )  # fmt: skip


def next_id(rules: RuleSet, regime: str, theme: str) -> str:
    """The next free id of a theme: the usual beginning of its file with the next number."""
    found = [version for version in rules.versions if version.head.regime == regime]
    own = [v.head.id.rpartition("-")[0] for v in found if Path(v.checked.file).stem == theme]
    letters = re.sub(r"[^A-Z]", "", theme.upper())[:3]
    start = Counter(own).most_common(1)[0][0] if own else f"{PREFIXES[regime]}-{letters}"
    numbers = [int(v.head.id.rpartition("-")[2]) for v in found
               if v.head.id.rpartition("-")[0] == start and v.head.id.rpartition("-")[2].isdigit()]  # fmt: skip
    return f"{start}-{max(numbers, default=0) + 1:02d}"


def write_rule(draft: Draft, folder: Path) -> Written:
    """Add the rule to ``<regime>/<theme>.yaml`` of a rule folder.

    ``InputError`` when it does not load, its id is taken or one of its tests fails; the folder is then untouched.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", draft.theme):
        raise InputError(f"een thema is een naam als ‘bezetting’ (kleine letters), niet ‘{draft.theme}’")
    name = f"{draft.regime}/{draft.theme}.yaml"
    with tempfile.TemporaryDirectory(prefix="ikec-") as place:
        copy = Path(place) / folder.resolve().name
        shutil.copytree(folder, copy)
        before = _read(copy / name, draft)
        bare = load(copy, None)
        if any(version.head.id == draft.id for version in bare.versions):
            raise InputError(f"het kenmerk {draft.id} is al gebruikt; een kenmerk geldt voor altijd voor een regel")
        _put(copy / name, before + rule_text(draft, bare.vocabulary, ()))
        rules = load(copy, None)
        tests = propose(_own(rules, draft.id), rules)
        text = before + rule_text(draft, rules.vocabulary, tests)
        _put(copy / name, text)
        rules = load(copy, None)
        version = _own(rules, draft.id)
        _check(version, rules, tests)
        findings = tuple(lint(rules, only=draft.id))
        line = version.head.place.line
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    _put(target, text)
    return Written(target, line, tuple(tests), findings)


def _read(path: Path, draft: Draft) -> str:
    """The file so far, ready for one more rule."""
    if not path.is_file():
        return f"schema: ikec-regels/v1\n{_MODELINE}regime: {draft.regime}\nthema: {draft.theme}\n\nrules:\n"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    keys = re.findall(r"^([a-z_]+):", text, re.MULTILINE)
    if not keys or keys[-1] != "rules":
        raise InputError(f"{path.name}: de lijst rules staat niet onderaan het bestand; zet haar onderaan")
    return text + "\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _own(rules: RuleSet, name: str) -> RuleVersion:
    return next(version for version in rules.versions if version.head.id == name)


def _check(version: RuleVersion, rules: RuleSet, tests: Sequence[Proposal]) -> None:
    """The file says what was drafted, and the engine of record agrees with every test."""
    read = [{path: str(value) for path, value in test.given.items()} for test in version.head.tests]
    if read != [{path: str(value) for path, value in test.given.items()} for test in tests]:
        raise InternalError("de geschreven toetsen zijn anders te lezen dan bedoeld")
    alone = RuleSet((version,), rules.vocabulary, rules.laws, rules.sha256, rules.folder)
    for result in run_rule_tests(alone):
        if not result.passed:
            raise InternalError(f"{result.rule} ‘{result.name}’: {result.found} in plaats van {result.expected}")
