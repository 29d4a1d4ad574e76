"""What a derivation gets and gives, and how yes/no values combine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.model.place import Location
from ikec_compliance.model.value import FALSE, Value

Derived = tuple[Value, str, tuple[Location, ...]]
"""A value, its formula in Dutch, and the configuration places it used."""

Subject = tuple[Record, Record | None]
"""The record a fact is about and, for an inzet, the voorziening."""

Derivation = Callable[[Subject, Context], Derived]


def any_of(values: Sequence[Value], rest: Value = FALSE) -> Value:
    """Whether one of several yes/no values is yes; ``rest`` stands for what the list may still hold."""
    every = [*values, rest]
    return (max(v[0] for v in every), max(v[1] for v in every))


def all_of(values: Sequence[Value]) -> Value:
    """Whether all of several yes/no values are yes."""
    return (min((v[0] for v in values), default=1), min((v[1] for v in values), default=1))
