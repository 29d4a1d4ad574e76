"""Whether the tests of the rules notice a mistake: each mutant is tried on the tests of the rules it touches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from ikec_compliance.analysis.mutants import Mutant, expression_mutants, literal_mutants, replaced
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import ParameterValue, RuleTest, Status, Validity
from ikec_compliance.rules.parameters import NoValue, Parameters, read_parameters
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.testcases import given_fact
from ikec_compliance.rules.version import RuleVersion

KINDS = ("grens", "bewerking", "datum", "eenheid", "onderdeel", "verband")
"""Sorts of mistake: a number, an operator, a date, a unit, a part left out, all for any."""

_CONDITIONS = ("applies_when", "require")


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutant, where it stands, and whether a test of its rules failed on it.

    ``lawful`` is false for a first day that only says since when the text was read. ``changed`` are the versions it
    touches, each as it is and with the mistake in it; empty when only its days moved.
    """

    rule: str
    kind: str
    shown: str
    noticed: bool
    place: Location
    lawful: bool = True
    changed: tuple[tuple[RuleVersion, RuleVersion], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Bench:
    """A published version with the facts of its tests."""

    version: RuleVersion
    cases: tuple[tuple[RuleTest, Fact], ...]


def mutate(rules: RuleSet, regimes: Sequence[str] = (), kinds: Collection[str] = KINDS) -> Iterator[Tried]:
    """Every mutant of the published rules in file order; a mutant that the loader refuses is none.

    ``kinds`` are the sorts of mistake to try. The tests must pass on the rules as they are: ``InputError`` otherwise.
    """
    benches: dict[str, list[_Bench]] = {}
    for version in rules.versions:
        if version.head.status is Status.PUBLISHED and (not regimes or version.head.regime in regimes):
            bench = _bench(version, rules)
            if _notices(bench, version, rules):
                raise InputError(f"{version.head.id}: een toets mislukt al zonder fout in de regel", version.head.place)
            benches.setdefault(version.checked.file, []).append(bench)
    for own in benches.values():
        yield from _parameters(own, rules, kinds)
        for bench in own:
            yield from _version(bench, rules, kinds)


def _bench(version: RuleVersion, rules: RuleSet) -> _Bench:
    return _Bench(
        version,
        tuple(
            (test, given_fact(version.head.subject, test.given, test.date, rules.vocabulary, test.place))
            for test in version.head.tests
        ),
    )


def _version(bench: _Bench, rules: RuleSet, kinds: Collection[str]) -> Iterator[Tried]:
    version = bench.version
    found: list[Mutant] = []
    for key in _CONDITIONS:
        if key in version.raw:
            found += expression_mutants(version.raw[key], (key,))
    for number, exception in enumerate(version.raw.get("exceptions", ())):
        for key in _CONDITIONS:
            if key in exception:
                found += expression_mutants(exception[key], ("exceptions", number, key))
    for mutant in found:
        if mutant.kind not in kinds:
            continue
        changed = replace(version, raw=replaced(version.raw, mutant.path, mutant.value), _resolved={})
        noticed = _tried(bench, changed, rules)
        if noticed is not None:
            place = version.checked.place("rules", version.index, *mutant.path)
            pair = (version, changed)
            yield Tried(version.head.id, mutant.kind, mutant.shown, noticed, place, changed=(pair,))
    if "datum" not in kinds:
        return
    later = Validity(version.head.valid.first + timedelta(days=1), version.head.valid.last)
    shown = f"geldig vanaf {version.head.valid.first} → {later.first}"
    noticed = any(not later.holds(test.date) for test, _ in bench.cases)
    place = version.checked.place("rules", version.index, "valid")
    yield Tried(version.head.id, "datum", shown, noticed, place, lawful=version.from_known)


def _parameters(benches: Sequence[_Bench], rules: RuleSet, kinds: Collection[str]) -> Iterator[Tried]:
    first = benches[0].version
    raw: Mapping[str, Any] = first.checked.data.get("parameters", {})
    for name, spec in raw.items():
        users = [bench for bench in benches if name in bench.version.parameter_names()]
        if not users:
            continue
        ids = ", ".join(bench.version.head.id for bench in users)
        for index, item in enumerate(spec["values"]):
            place = first.checked.place("parameters", name, "values", index)
            for mutant in literal_mutants(item["value"], (name, "values", index, "value")):
                changed = _read(replaced(raw, mutant.path, mutant.value), first, rules)
                if changed is not None and mutant.kind in kinds:
                    noticed = any(_with(bench, changed, rules) for bench in users)
                    pairs = _pairs(users, changed)
                    yield Tried(ids, mutant.kind, f"{name}: {mutant.shown}", noticed, place, changed=pairs)
        values = first.parameters.values[name]
        oldest = min(value.valid.first for value in values)
        for shown, moved, place, turn in _moved(values) if "datum" in kinds else ():
            changed = Parameters({**first.parameters.values, name: moved})
            noticed = any(_with(bench, changed, rules) for bench in users)
            pairs = _pairs(users, changed)
            yield Tried(ids, "datum", f"{name}: {shown}", noticed, place, turn > oldest, pairs)


def _pairs(benches: Sequence[_Bench], parameters: Parameters) -> tuple[tuple[RuleVersion, RuleVersion], ...]:
    return tuple((bench.version, replace(bench.version, parameters=parameters, _resolved={})) for bench in benches)


def _moved(values: Sequence[ParameterValue]) -> Iterator[tuple[str, list[ParameterValue], Location, date]]:
    """The values with one turn of law a day too late, or too early where another value comes before; and that turn."""
    ordered = sorted(values, key=lambda value: value.valid.first)
    for number, value in enumerate(ordered):
        before = ordered[number - 1] if number else None
        for days in (1, -1) if before is not None else (1,):
            first = value.valid.first + timedelta(days=days)
            changed = list(ordered)
            changed[number] = replace(value, valid=Validity(first, value.valid.last))
            if before is not None:
                changed[number - 1] = replace(before, valid=Validity(before.valid.first, first - timedelta(days=1)))
            yield f"vanaf {value.valid.first} → {first}", changed, value.place, value.valid.first


def _read(raw: Mapping[str, Any], version: RuleVersion, rules: RuleSet) -> Parameters | None:
    try:
        return read_parameters(raw, version.checked, rules.vocabulary, rules.laws)
    except InputError:
        return None


def _with(bench: _Bench, parameters: Parameters, rules: RuleSet) -> bool:
    return _tried(bench, replace(bench.version, parameters=parameters, _resolved={}), rules) is not False


def _tried(bench: _Bench, version: RuleVersion, rules: RuleSet) -> bool | None:
    """Whether a test notices; ``None`` for a version that the loader refuses."""
    try:
        return _notices(bench, version, rules)
    except NoValue:
        return True
    except InputError:
        return None


def _notices(bench: _Bench, version: RuleVersion, rules: RuleSet) -> bool:
    return any(
        verdict(version.resolve(test.date, rules.vocabulary, rules.laws), fact).value != test.expect
        for test, fact in bench.cases
    )
