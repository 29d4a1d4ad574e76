"""The rules a command works with: found, read or recalled, and compiled once for each stretch of law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from ikec_compliance.app import store
from ikec_compliance.app.located import locate
from ikec_compliance.engine import Judge
from ikec_compliance.engine.plan import Plan, plan_rules
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import RuleHead
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.reconcile.frictions import Friction, load_frictions
from ikec_compliance.rules.inventory import Inventory, take_inventory
from ikec_compliance.rules.laws import Laws
from ikec_compliance.rules.loader import read_rules
from ikec_compliance.rules.ruleset import InForce, RuleSet, epoch
from ikec_compliance.yamlio.suggest import did_you_mean


class Rules(Protocol):
    """What a check needs to know of a rule set besides the law of a day."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary."""

    @property
    def laws(self) -> Laws:
        """The registry of laws."""

    @property
    def heads(self) -> Sequence[RuleHead]:
        """Every version of every rule, in file order."""

    @property
    def sha256(self) -> str:
        """The hash of all files."""

    @property
    def folder(self) -> Path:
        """Where the rules stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """A rule set without its tests and expressions: what a second run need not read again."""

    heads: tuple[RuleHead, ...]
    vocabulary: Vocabulary
    laws: Laws
    turns: tuple[date, ...]
    frictions: tuple[Friction, ...]
    sha256: str
    folder: Path


_Key = tuple[int, frozenset[str]]

AT_WORK = 4
"""Stretches of law whose rules stay compiled: a year has one to three."""


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """A rule set, and whether it came with the program or from a folder of the user."""

    rules: Summary
    packaged: bool
    shown: str
    _inventory: Inventory
    _full: list[RuleSet] = field(default_factory=list)
    _law: dict[_Key, tuple[InForce, Plan]] = field(default_factory=dict)
    _plans: dict[InForce, Plan] = field(default_factory=dict)
    _judges: dict[tuple[InForce, bool, frozenset[str] | None], Judge] = field(default_factory=dict)

    @property
    def frictions(self) -> tuple[Friction, ...]:
        """The documented frictions between regimes."""
        return self.rules.frictions

    def on(self, day: date, regimes: Sequence[str] = ()) -> InForce:
        """What is in force on a day: the same object on every day of one stretch of law."""
        key = (epoch(self.rules.turns, day), frozenset(regimes))
        if key not in self._law:
            self._law[key] = self._of(key, day)
        law, plan = self._law[key]
        self._plans[law] = plan
        return law

    def judge(self, law: InForce, isolated: bool, types: frozenset[str] | None = None) -> Judge:
        """The rules of what ``on`` gave, or those on some subject types, at work: compiled once for all centres."""
        key = (law, isolated, types)
        if key not in self._judges:
            while len(self._judges) >= AT_WORK:
                self._judges.pop(next(iter(self._judges))).close()
            plan = self._plans[law]
            self._judges[key] = Judge(law.rules, plan if types is None else plan.of_types(types), isolated=isolated)
        return self._judges[key]

    def _of(self, key: _Key, day: date) -> tuple[InForce, Plan]:
        name = f"{_identity(self._inventory)} {key[0]} {' '.join(sorted(key[1]))}"
        found: tuple[InForce, Plan] | None = store.recall("recht", name)
        if found is None:
            law = self._read().on(day, key[1] or None)
            bare = InForce(
                tuple(replace(rule, head=replace(rule.head, tests=())) for rule in law.rules), law.not_in_force
            )
            found = bare, plan_rules(bare.rules)
            store.keep("recht", name, found)
        return found

    def _read(self) -> RuleSet:
        if not self._full:
            self._full.append(_checked(self._inventory))
        return self._full[0]


def open_catalogue(rules: Path | None, extra: Path | None) -> Catalogue:
    """The rule set of a command; ``InputError`` for the first thing that is wrong with it."""
    folder, packaged = locate(rules)
    inventory = take_inventory(folder, extra)
    full: list[RuleSet] = []
    summary: Summary | None = store.recall("regels", _identity(inventory))
    if summary is None:
        read = _checked(inventory)
        full.append(read)
        summary = Summary(
            tuple(replace(version.head, tests=()) for version in read.versions),
            read.vocabulary,
            read.laws,
            read.turns(),
            load_frictions(folder / "afstemming", read.laws),
            read.sha256,
            folder,
        )
        store.keep("regels", _identity(inventory), summary)
    shown = "meegeleverde regels" if packaged else str(folder)
    return Catalogue(replace(summary, folder=folder), packaged, shown, inventory, full)


def load(rules: Path | None, extra: Path | None) -> RuleSet:
    """The whole rule set, with its tests and expressions, read from its files."""
    return _checked(take_inventory(locate(rules)[0], extra))


def _identity(inventory: Inventory) -> str:
    """Everything that what was read depends on: the bytes, and how the folders show in messages."""
    return f"{inventory.sha256} {inventory.folder.name} {inventory.extra.name if inventory.extra else ''}"


def _checked(inventory: Inventory) -> RuleSet:
    loaded = read_rules(inventory)
    _check_derivations(loaded)
    return loaded


def _check_derivations(rules: RuleSet) -> None:
    """Every derivation that the vocabulary names exists; those of presence are made with the roster."""
    from ikec_compliance.facts.derivations import DERIVATIONS

    for subject in rules.vocabulary.types.values():
        for item in subject.fields.values():
            if item.derivation and not subject.per_day and item.derivation not in DERIVATIONS:
                hint = did_you_mean(item.derivation, DERIVATIONS)
                raise InputError(
                    f"{rules.folder / 'begrippen.yaml'}: het veld '{item.name}' van {subject.name} noemt de afleiding "
                    f"'{item.derivation}', die niet bestaat{hint}"
                )
