"""Why no test notices a mistake: it is none, it decides nothing, or the test that would notice it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ikec_compliance.analysis.decide import Undecided
from ikec_compliance.analysis.mutation import Tried
from ikec_compliance.analysis.witness import flips, shown_given
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.rule_diff import Flip
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

_DAY = timedelta(days=1)


UNCONFIRMED = "onbevestigd"
FIRST_READ = "leesdatum"
SAME = "gelijkwaardig"
TOO_LARGE = "niet uit te rekenen"
UNTESTED = "geen toets"
"""Why a mistake goes unnoticed; the last is the only one that a test can end."""

_SAID = {
    UNCONFIRMED: "de regel steunt op een onbevestigde bron en geeft geen oordeel dat kan omslaan",
    FIRST_READ: "deze eerste dag zegt sinds wanneer de tekst gelezen is; op die dag veranderde de wet niet",
    SAME: "geen enkele configuratie krijgt er een ander oordeel door",
    TOO_LARGE: "of een configuratie een ander oordeel krijgt is te groot om uit te rekenen",
}


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mistake that no test notices, with the reason in a sentence; ``flip`` is a configuration that shows it."""

    tried: Tried
    cause: str
    reason: str
    flip: Flip | None = None


def explain_survivor(tried: Tried, rules: RuleSet) -> Survivor:
    """The reason, worked out over everything a configuration can be; the mistake must have gone unnoticed."""
    if not tried.changed:
        cause = UNTESTED if tried.lawful else FIRST_READ
        return Survivor(tried, cause, _SAID.get(cause, "geen toets staat op de eerste dag waarop de regel geldt"))
    try:
        flip = first_flip(tried, rules)
    except Undecided:
        return Survivor(tried, TOO_LARGE, _SAID[TOO_LARGE])
    except Lapsed as lapsed:
        if not tried.lawful:
            return Survivor(tried, FIRST_READ, _SAID[FIRST_READ])
        return Survivor(tried, UNTESTED, f"op {lapsed.day} heeft het getal geen waarde meer en geen toets ziet dat")
    if flip is None:
        cause = SAME if all(_decides(version, rules) for version, _ in tried.changed) else UNCONFIRMED
        return Survivor(tried, cause, _SAID[cause])
    before = flip.before.value if flip.before else "geen oordeel"
    after = flip.after.value if flip.after else "geen oordeel"
    shown = f"op {flip.on} met {shown_given(flip.given)} wordt {before} dan {after}; geen toets staat daar"
    return Survivor(tried, UNTESTED, shown, flip)


class Lapsed(Exception):
    """With the mistake in it a number has no value on a day of the rule."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


def first_flip(tried: Tried, rules: RuleSet) -> Flip | None:
    """A configuration that gets another verdict by the mistake; ``None`` when there is none.

    ``Lapsed`` when a number would have no value; ``Undecided`` when it is too large to tell.
    """
    for version, other in tried.changed:
        for day in _days(version, other):
            try:
                old = version.resolve(day, rules.vocabulary, rules.laws)
                new = other.resolve(day, rules.vocabulary, rules.laws)
            except NoValue as error:
                raise Lapsed(day) from error
            except InputError:
                continue
            for flip in flips(old, new, rules.vocabulary, day):
                return flip
    return None


def _decides(version: RuleVersion, rules: RuleSet) -> bool:
    days = [test.date for test in version.head.tests] or [version.head.valid.first]
    return any(version.resolve(day, rules.vocabulary, rules.laws).decides for day in days)


def _days(version: RuleVersion, other: RuleVersion) -> list[date]:
    """The days on which the two can differ."""
    days = {version.head.valid.first, *(test.date for test in version.head.tests)}
    for name in version.parameter_names():
        for owner in (version, other):
            for value in owner.parameters.values.get(name, ()):
                days |= {value.valid.first, value.valid.first - _DAY}
    return sorted(day for day in days if version.head.valid.holds(day))
