"""A smallest configuration on which two rules differ, written as the ``given`` of a rule test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ikec_compliance.analysis.decide import CALENDAR, Decider, Undecided
from ikec_compliance.analysis.meaning import outcomes
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import Expr
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.rule_diff import Flip
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, Vocabulary
from ikec_compliance.rules.testcases import calendar_fields, given_fact
from ikec_compliance.rules.units import Measure, scale

Given = dict[str, Any]

_NOWHERE = Location("", 1, 1)
_ORDER = (Verdict.FAILS, Verdict.REVIEW, Verdict.PASSES, Verdict.NOT_APPLICABLE)


def same_meaning(one: ResolvedRule, other: ResolvedRule) -> bool:
    """Whether two rules have the same conditions, word for word."""

    def form(rule: ResolvedRule) -> tuple[object, ...]:
        exceptions = tuple((item.applies, item.require) for item in rule.exceptions)
        kind = (rule.head.subject, bool(rule.head.open_norm), rule.decides)
        return (*kind, rule.applies, rule.require, exceptions)

    return form(one) == form(other)


def flips(old: ResolvedRule | None, new: ResolvedRule | None, vocabulary: Vocabulary, day: date) -> Iterator[Flip]:
    """For each pair of verdicts that some configuration gets from the two rules, a smallest one; worst first.

    ``None`` is a rule that does not exist: then only what the other finds. ``Undecided`` when it is too large to tell.
    """
    for before, after, given in differences(old, new, vocabulary, day):
        yield Flip(before, after, tuple((path, show(value)) for path, value in given.items()), day)


def differences(
    old: ResolvedRule | None, new: ResolvedRule | None, vocabulary: Vocabulary, day: date
) -> Iterator[tuple[Verdict | None, Verdict | None, Given]]:
    """``flips`` with the configuration as typed values."""
    known = old or new
    if known is None or (old is not None and new is not None and same_meaning(old, new)):
        return
    subject = known.head.subject
    decider = Decider(vocabulary, subject, calendar_fields(day))
    for after in _verdicts(new):
        for before in _verdicts(old):
            if before is after or (None in (before, after) and {before, after} <= _QUIET):
                continue
            conditions = [
                outcomes(rule)[found] for rule, found in ((old, before), (new, after)) if rule and found
            ]  # fmt: skip
            given = smallest(decider, conditions, ((old, before), (new, after)), vocabulary, day)
            if given is not None:
                yield before, after, given


_QUIET: set[Verdict | None] = {None, Verdict.PASSES, Verdict.NOT_APPLICABLE}
Side = tuple[ResolvedRule | None, Verdict | None]


def _verdicts(rule: ResolvedRule | None) -> list[Verdict | None]:
    return [None] if rule is None else [found for found in _ORDER if found in outcomes(rule)]


def smallest(
    decider: Decider, conditions: Sequence[Expr], sides: Sequence[Side], vocabulary: Vocabulary, day: date
) -> Given | None:
    """A configuration that meets the conditions and gets from each rule its verdict, with nothing to leave out.

    ``None`` when there is none; ``Undecided`` when that cannot be told.
    """
    model = decider.model(*conditions)
    if model is None:
        return None
    subject = next(rule for rule, _ in sides if rule is not None).head.subject

    def holds(given: Given) -> bool:
        try:
            fact = given_fact(subject, given, day, vocabulary, _NOWHERE)
        except InputError:
            return False
        return all(rule is None or verdict(rule, fact) is found for rule, found in sides)

    given = as_given(model, subject, vocabulary)
    if not holds(given):
        raise Undecided
    # What lies deep or is a list is the first to go: the presence of a partner says as much.
    deep = sorted(given, key=lambda path: (not isinstance(given[path], list), -path.count("."), path))
    found = [_reduced({path: given[path] for path in order}, holds) for order in (deep, list(given), list(given)[::-1])]
    best = min(found, key=len)
    return {path: best[path] for path in sorted(best, key=lambda path: (path.count("."), path))}


def _reduced(given: Given, holds: Callable[[Given], bool]) -> Given:
    """Without what can be left out, one by one."""
    for path in list(given):
        rest = {other: value for other, value in given.items() if other != path}
        if holds(rest):
            given = rest
    return given


def as_given(model: Mapping[str, int], subject: str, vocabulary: Vocabulary) -> Given:
    """The values of a model as a rule test names them; what an absent partner would have is left out."""
    given: Given = {}
    absent = [path.removesuffix("aanwezig") for path, value in model.items()
              if path.endswith(".aanwezig") and value == 0]  # fmt: skip
    for path, value in model.items():
        if path.rpartition(".")[2] in CALENDAR:
            continue
        if any(path.startswith(start) and path != f"{start}aanwezig" for start in absent):
            continue
        name, tilde, member = path.partition("~")
        field = vocabulary.field(subject, name)
        if field is None:
            continue
        if tilde:
            members = given.setdefault(name, [])
            if value:
                members.append(member)
        else:
            given[name] = _value(value, field, vocabulary)
    return given


def _value(value: int, field: FieldDef, vocabulary: Vocabulary) -> Any:
    if field.kind is FieldKind.BOOLEAN:
        return "ja" if value else "nee"
    if field.kind is FieldKind.CHOICE:
        return field.choices[value]
    if field.kind is FieldKind.DATE:
        return date.fromordinal(value)
    exact = Fraction(value) / scale(Measure(field.unit), vocabulary)
    return int(exact) if exact.denominator == 1 else Decimal(exact.numerator) / Decimal(exact.denominator)


def show(value: Any) -> str:
    """A value as it stands in YAML."""
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return value.isoformat() if isinstance(value, date) else str(value)


def shown_given(given: tuple[tuple[str, str], ...]) -> str:
    """``{soort: dagopvang, kindplaatsen: 21}``, ready for a rule file."""
    return "{" + ", ".join(f"{path}: {value}" for path, value in given) + "}"
