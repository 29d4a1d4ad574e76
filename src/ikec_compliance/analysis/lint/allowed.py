"""Findings that a rule or a field allows by name, with a reason and a last day (``lint_toegestaan``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ikec_compliance.analysis.lint.kinds import KINDS, REFUSED, finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.rules.files import read_checked
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.yamlio.suggest import did_you_mean

_OWN = ("toestemming-verlopen", "toestemming-ongebruikt")


@dataclass(frozen=True, slots=True)
class _Permission:
    """``owner`` is the id of a rule, or a field as ``groep.soort``."""

    owner: str
    id: str
    until: date
    place: Location


def without_allowed(found: Iterable[LintFinding], rules: RuleSet, on: date) -> Iterator[LintFinding]:
    """``found`` without what is allowed on a day, and what is wrong with the permissions themselves."""
    permissions = [*_of_rules(rules), *_of_fields(rules)]
    used: set[_Permission] = set()
    for item in found:
        mine = [entry for entry in permissions if entry.owner == item.rule and entry.id == item.id]
        used.update(mine)
        if not any(entry.until >= on for entry in mine) or item.id in _OWN:
            yield item
    for entry in permissions:
        yield from _wrong(entry, on, entry in used)


def _of_rules(rules: RuleSet) -> Iterator[_Permission]:
    for version in rules.versions:
        for number, raw in enumerate(version.raw.get("lint_toegestaan", ())):
            place = version.checked.place("rules", version.index, "lint_toegestaan", number)
            yield _Permission(version.head.id, raw["id"], raw["tot"], place)


def _of_fields(rules: RuleSet) -> Iterator[_Permission]:
    path = rules.folder / "begrippen.yaml"
    if not path.is_file():
        return
    checked = read_checked(path, "begrippen", rules.folder.parent)
    for name, subject in checked.data["types"].items():
        for field, spec in subject["fields"].items():
            for number, raw in enumerate(spec.get("lint_toegestaan", ())):
                place = checked.place("types", name, "fields", field, "lint_toegestaan", number)
                yield _Permission(f"{name}.{field}", raw["id"], raw["tot"], place)


def _wrong(entry: _Permission, on: date, used: bool) -> Iterator[LintFinding]:
    owner, place = entry.owner, entry.place
    if entry.id not in KINDS or entry.id in REFUSED or entry.id in _OWN:
        allowed = [kind for kind in KINDS if kind not in REFUSED and kind not in _OWN]
        text = f"{owner}: ‘{entry.id}’ is geen bevinding die is toe te staan{did_you_mean(entry.id, allowed)}"
        yield finding("toestemming-ongebruikt", text, place, f"Kies uit: {', '.join(allowed)}.", owner)
    elif entry.until < on:
        text = f"{owner}: de toestemming voor {entry.id} is op {entry.until} verlopen"
        hint = "Verhelp de bevinding, of geef een nieuwe reden en datum."
        yield finding("toestemming-verlopen", text, place, hint, owner)
    elif not used:
        text = f"{owner}: de toestemming voor {entry.id} staat niets toe: de bevinding is er niet"
        yield finding("toestemming-ongebruikt", text, place, "Verwijder de toestemming.", owner)
