"""One dated version of a rule, and how it is resolved for a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import ALWAYS, Expr
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Evidence, Norm, ResolvedRule, RuleException, RuleHead, weakest
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.expressions import compile_expression
from ikec_compliance.rules.files import CheckedFile
from ikec_compliance.rules.laws import Laws
from ikec_compliance.rules.norms import read_norm
from ikec_compliance.rules.parameters import NoValue, Parameters
from ikec_compliance.rules.sides import Scope

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


def placeholders(message: str) -> list[str]:
    """The fields that a message of a rule names between braces."""
    return _PLACEHOLDER.findall(message)


@dataclass(frozen=True, slots=True, eq=False)
class RuleVersion:
    """A rule version as written, with everything needed to resolve it.

    ``from_known`` tells whether the first day is the entry into force or only the state of the text read.
    """

    head: RuleHead
    raw: Mapping[str, Any]
    index: int
    checked: CheckedFile
    parameters: Parameters
    from_known: bool
    _resolved: dict[tuple[int | None, ...], ResolvedRule] = field(default_factory=dict, repr=False)

    def check(self, vocabulary: Vocabulary, laws: Laws) -> None:
        """Type-check the version on the first day on which all its parameters have a value."""
        days = {self.head.valid.first}
        for values in self.parameters.values.values():
            days.update(value.valid.first for value in values)
        problem: NoValue | None = None
        for day in sorted(day for day in days if self.head.valid.holds(day)):
            try:
                self.resolve(day, vocabulary, laws)
                return
            except NoValue as error:
                problem = error
        raise InputError(f"regel {self.head.id} kan nooit gelden: {problem}", self.head.place)

    def parameter_names(self) -> frozenset[str]:
        """The parameters this version speaks of, anywhere in it."""
        return frozenset(_parameter_names(self.raw))

    def weakest_evidence(self) -> Evidence:
        """The weakest evidence among the rule and every value of the parameters it uses."""
        values = (self.parameters.values.get(name, ()) for name in self.parameter_names())
        return weakest(self.head.evidence, *(value.evidence for row in values for value in row))

    def cited(self) -> Iterator[tuple[str, str]]:
        """(law, article) of every source: of the rule, its exceptions and the parameters it uses."""
        for raw in (self.raw, *self.raw.get("exceptions", [])):
            for source in raw["source"]:
                yield source["law"], str(source["article"])
        for name in self.parameter_names():
            for value in self.parameters.values.get(name, ()):
                for cited in value.source:
                    yield cited.law, cited.article

    def resolve(self, on: date, vocabulary: Vocabulary, laws: Laws) -> ResolvedRule:
        """The rule with the parameter values of ``on``; ``NoValue`` when one is missing that day."""
        key = self.parameters.key(on)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(on, vocabulary, laws)
        return self._resolved[key]

    def _resolve(self, on: date, vocabulary: Vocabulary, laws: Laws) -> ResolvedRule:
        scope = Scope(vocabulary, vocabulary.types[self.head.subject], self.parameters, on, {})
        raw = self.raw
        applies = self._expression("applies_when", scope) if "applies_when" in raw else ALWAYS
        require = self._expression("require", scope) if "require" in raw else None
        exceptions = tuple(self._exception(number, scope, laws) for number in range(len(raw.get("exceptions", []))))
        norm = self._norm(raw["norm"], scope) if "norm" in raw else None
        used = tuple(scope.used[name] for name in sorted(scope.used))
        evidence = weakest(self.head.evidence, *(value.evidence for value in used))
        return ResolvedRule(self.head, applies, require, exceptions, evidence, used, norm)

    def _expression(self, key: str, scope: Scope) -> Expr:
        return compile_expression(self.raw[key], scope, self.checked, ("rules", self.index, key))

    def _exception(self, number: int, scope: Scope, laws: Laws) -> RuleException:
        raw = self.raw["exceptions"][number]
        path = ("rules", self.index, "exceptions", number)
        place = self.checked.place(*path)
        applies = compile_expression(raw["applies_when"], scope, self.checked, (*path, "applies_when"))
        require = None
        if "require" in raw:
            require = compile_expression(raw["require"], scope, self.checked, (*path, "require"))
        sources = tuple(laws.source(source, place) for source in raw["source"])
        return RuleException(raw["id"], sources, applies, require, raw["text"])

    def _norm(self, raw: Mapping[str, Any], scope: Scope) -> Norm:
        return read_norm(raw, scope, self.checked, ("rules", self.index, "norm"))


def _parameter_names(raw: object) -> Iterator[str]:
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            if key == "param":
                yield value
            else:
                yield from _parameter_names(value)
    elif isinstance(raw, list | tuple):
        for item in raw:
            yield from _parameter_names(item)
