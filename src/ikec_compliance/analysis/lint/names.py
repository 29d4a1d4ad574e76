"""Fields and parameters that nobody uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ikec_compliance.analysis.decide import CALENDAR
from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.files import read_checked
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion, placeholders


def parameters(rules: RuleSet) -> Iterator[LintFinding]:
    """Parameters of a file that none of its rules uses."""
    used: dict[str, set[str]] = {}
    names: dict[str, RuleVersion] = {}
    for version in rules.versions:
        names[version.checked.file] = version
        used.setdefault(version.checked.file, set()).update(version.parameter_names())
    for file, version in names.items():
        for name in version.parameters.values:
            if name not in used[file]:
                place = version.checked.place("parameters", name)
                hint = "Verwijder de parameter, of gebruik haar met {param: " + name + "}."
                yield finding("parameter-ongebruikt", f"parameter '{name}' wordt nergens gebruikt", place, hint)


def fields(rules: RuleSet) -> Iterator[LintFinding]:
    """Fields of the vocabulary that a director is asked for, or that are derived, and no rule reads."""
    path = rules.folder / "begrippen.yaml"
    if not path.is_file():
        return
    used: set[tuple[str, str]] = set()
    for version in rules.versions:
        owner = version.head.subject
        for name in _fields(version.raw):
            used |= _uses(owner, name, rules.vocabulary)
        for name in placeholders(version.head.message):
            if name not in version.parameters.values:
                used |= _uses(owner, name, rules.vocabulary)
    checked = read_checked(path, "begrippen", rules.folder.parent)
    for subject in rules.vocabulary.types.values():
        for name in subject.fields:
            if name not in CALENDAR and (subject.name, name) not in used:
                yield finding(
                    "veld-ongebruikt",
                    f"veld '{name}' van {subject.name} wordt door geen regel gelezen",
                    checked.place("types", subject.name, "fields", name),
                    "Verwijder het veld, of schrijf de regel die het leest.",
                    f"{subject.name}.{name}",
                )


def _fields(raw: Any) -> Iterator[str]:
    """Every field that a rule names in its conditions and its norm."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            if key == "field" and isinstance(value, str):
                yield value
            elif key != "tests":
                yield from _fields(value)
    elif isinstance(raw, list | tuple):
        for item in raw:
            yield from _fields(item)


def _uses(subject: str, path: str, vocabulary: Vocabulary) -> set[tuple[str, str]]:
    """The field at the end of a path, by the subject type it belongs to."""
    owner = vocabulary.types[subject]
    head, dot, tail = path.partition("~")[0].partition(".")
    while dot:
        if head not in owner.partners:
            return set()
        owner = vocabulary.types[owner.partners[head].type]
        head, dot, tail = tail.partition(".")
    return {(owner.name, head)}
