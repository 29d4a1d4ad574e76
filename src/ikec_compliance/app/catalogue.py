"""Finds the rule set a command works with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.yamlio.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A loaded rule set, and whether it came with the program or from a folder of the user."""

    rules: RuleSet
    packaged: bool
    shown: str


def locate(rules: Path | None) -> tuple[Path, bool]:
    """The folder of ``--rules``; else ``./rules`` if it is a rule folder; else the packaged one."""
    if rules is not None:
        if not rules.is_dir():
            raise InputError(f"de map {rules} bestaat niet (zie --rules)")
        return rules, False
    here = Path("rules")
    if (here / "begrippen.yaml").is_file():
        return here, False
    return rules_dir(), True


def open_catalogue(rules: Path | None, extra: Path | None) -> Catalogue:
    """Load the rule set of a command; ``InputError`` for the first thing that is wrong with it."""
    folder, packaged = locate(rules)
    loaded = load_rules(folder, extra)
    _check_derivations(loaded)
    return Catalogue(loaded, packaged, "meegeleverde regels" if packaged else str(folder))


def _check_derivations(rules: RuleSet) -> None:
    """Every derivation that the vocabulary names exists; those of presence are made with the roster."""
    from ikec_compliance.facts.derivations import DERIVATIONS

    for subject in rules.vocabulary.types.values():
        for field in subject.fields.values():
            if field.derivation and not subject.per_day and field.derivation not in DERIVATIONS:
                hint = did_you_mean(field.derivation, DERIVATIONS)
                raise InputError(
                    f"{rules.folder / 'begrippen.yaml'}: het veld '{field.name}' van {subject.name} noemt de afleiding "
                    f"'{field.derivation}', die niet bestaat{hint}"
                )


def load(rules: Path | None, extra: Path | None) -> RuleSet:
    """Only the rule set."""
    return open_catalogue(rules, extra).rules
