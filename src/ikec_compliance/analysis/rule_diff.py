"""Which rules of two rule sets judge some configuration differently, and on which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ikec_compliance.analysis.decide import Undecided
from ikec_compliance.analysis.witness import flips, same_meaning
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.rule_diff import Flip, RuleChange
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Compared:
    """Every change in order of rule and day, and how many rules were compared."""

    changes: tuple[RuleChange, ...]
    rules: int


def compare_sets(old: RuleSet, new: RuleSet) -> Compared:
    """Two rule sets over every day on which one of them has rules."""
    before, lost = _in_words_of(old, new.vocabulary)
    turns = sorted({*before.turns(), *new.turns()})
    found: list[RuleChange] = []
    memory = _Memory(new.vocabulary, old, new)
    ids: set[str] = set()
    for number, first in enumerate(turns):
        last = turns[number + 1] - _DAY if number + 1 < len(turns) else None
        sides = _by_id(before.on(first).rules), _by_id(new.on(first).rules)
        ids |= set(sides[0]) | set(sides[1])
        found += memory.changes(*sides, first, last)
    found += [
        RuleChange(
            version.head.id, version.head.title, "onbekend", version.head.valid.first, version.head.valid.last, (), (),
            version.head.place, None, f"niet te vergelijken: {problem}",
        )
        for version, problem in lost
    ]  # fmt: skip
    return Compared(_ordered(_joined(found)), len(ids))


def compare_days(rules: RuleSet, first: date, second: date) -> Compared:
    """The law of two days in one rule set, on the same facts: those of the second day."""
    memory = _Memory(rules.vocabulary, rules, rules)
    sides = _by_id(rules.on(first).rules), _by_id(rules.on(second).rules)
    return Compared(_ordered(memory.changes(*sides, second, None)), len({*sides[0], *sides[1]}))


@dataclass(slots=True)
class _Memory:
    """Compares each pair of versions once, however many stretches of days it holds on."""

    vocabulary: Vocabulary
    old: RuleSet
    new: RuleSet
    _known: dict[tuple[int, int], tuple[str, tuple[str, ...], tuple[Flip, ...], str]] | None = None

    def changes(
        self, before: Mapping[str, ResolvedRule], after: Mapping[str, ResolvedRule], first: date, last: date | None
    ) -> list[RuleChange]:
        found = []
        for name in sorted({*before, *after}):
            old, new = before.get(name), after.get(name)
            kind, keys, witnesses, note = self._pair(old, new, first)
            if kind:
                head = (new or old).head  # type: ignore[union-attr]
                found.append(
                    RuleChange(
                        name, head.title, kind, first, last, keys, witnesses, old.head.place if old else None,
                        new.head.place if new else None, note,
                    )
                )  # fmt: skip
        return found

    def _pair(
        self, old: ResolvedRule | None, new: ResolvedRule | None, day: date
    ) -> tuple[str, tuple[str, ...], tuple[Flip, ...], str]:
        if self._known is None:
            self._known = {}
        key = (id(old), id(new))
        if key not in self._known:
            self._known[key] = self._compared(old, new, day)
        return self._known[key]

    def _compared(
        self, old: ResolvedRule | None, new: ResolvedRule | None, day: date
    ) -> tuple[str, tuple[str, ...], tuple[Flip, ...], str]:
        keys = _keys(old, new, self.old, self.new)
        try:
            witnesses = tuple(flips(old, new, self.vocabulary, day))
        except Undecided:
            return "onbekend", keys, (), "te veel gevallen om te vergelijken: lees de voorwaarden na"
        if old is None:
            return "nieuw", keys, witnesses, ""
        if new is None:
            return "vervallen", keys, witnesses, ""
        if witnesses:
            return "gewijzigd", keys, witnesses, ""
        return ("tekst", keys, (), "") if keys else ("", (), (), "")


def _keys(old: ResolvedRule | None, new: ResolvedRule | None, before: RuleSet, after: RuleSet) -> tuple[str, ...]:
    """The keys of a rule that differ; ``parameters`` for a value, ``begrippen`` for what only a name means."""
    if old is None or new is None:
        return ()
    one, other = _raw(old, before), _raw(new, after)
    keys = [key for key in (*one, *(key for key in other if key not in one)) if one.get(key) != other.get(key)]
    values = [[(item.name, item.value, item.source) for item in rule.parameters] for rule in (old, new)]
    if values[0] != values[1]:
        keys.append("parameters")
    if not keys and not same_meaning(old, new):
        keys.append("begrippen")
    return tuple(keys)


def _raw(rule: ResolvedRule, rules: RuleSet) -> Mapping[str, object]:
    for version in rules.versions:
        if version.head.place == rule.head.place and version.head.id == rule.head.id:
            return version.raw
    return {}


def _in_words_of(rules: RuleSet, vocabulary: Vocabulary) -> tuple[RuleSet, list[tuple[RuleVersion, str]]]:
    """The rules read with another vocabulary, and those that cannot be."""
    kept: list[RuleVersion] = []
    lost: list[tuple[RuleVersion, str]] = []
    for version in rules.versions:
        bare = replace(version, _resolved={})
        try:
            if version.head.subject not in vocabulary.types:
                raise InputError(f"onbekend onderwerp '{version.head.subject}'")
            bare.check(vocabulary, rules.laws)
            kept.append(bare)
        except InputError as error:
            lost.append((version, error.message))
    return replace(rules, versions=tuple(kept), vocabulary=vocabulary, _resolved={}, _turns=[]), lost


def _by_id(rules: Iterable[ResolvedRule]) -> dict[str, ResolvedRule]:
    return {rule.id: rule for rule in rules}


def _joined(found: Sequence[RuleChange]) -> list[RuleChange]:
    """Changes that go on over a turn of law as one; another wording only is told once per rule."""
    joined: dict[tuple[object, ...], RuleChange] = {}
    for change in found:
        words = change.kind == "tekst"
        signs = tuple((flip.before, flip.after, flip.given) for flip in change.flips)
        key = (change.rule, change.kind, () if words else (change.old, change.new, signs))
        other = joined.get(key)
        if other is None or not (words or (other.last is not None and other.last + _DAY == change.first)):
            joined[key if other is None else (*key, change.first)] = change
            continue
        keys = tuple(dict.fromkeys([*other.keys, *change.keys]))
        joined[key] = replace(other, last=change.last, keys=keys)
    return list(joined.values())


def _ordered(found: Iterable[RuleChange]) -> tuple[RuleChange, ...]:
    kinds = ("gewijzigd", "nieuw", "vervallen", "onbekend", "tekst")
    return tuple(sorted(found, key=lambda item: (kinds.index(item.kind), item.rule, item.first)))
