"""What every compiled check shares: its form, what it expects, and the typed view of undescribed values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence
from ikec_compliance.yamlio.problems import OTHER, Problems, label
from ikec_compliance.yamlio.scalars import BLOCK, BOOL, LIST, NULL, TEXT, NumberOutOfRange, kind_of, number_of

Check = Callable[[Node, str, Problems], Any]
"""Checks a node under a key name (for messages), notes its problems and gives its typed data."""

ALL_KINDS = frozenset((TEXT, NULL, BOOL, "int", "float", LIST, BLOCK))


class Shape:
    """What can be told of a value at a glance: enough to pick the branch of a union that is meant."""

    __slots__ = ("fixed", "kinds", "required", "wanted")

    def __init__(self, wanted: str, kinds: frozenset[str] = ALL_KINDS) -> None:
        self.wanted = wanted
        self.kinds = kinds
        self.required: tuple[str, ...] = ()
        self.fixed: tuple[tuple[str, frozenset[str]], ...] = ()

    def become(self, other: Shape) -> None:
        """Take over everything from ``other``: a recursive definition is referred to before it is known."""
        self.wanted, self.kinds, self.required, self.fixed = other.wanted, other.kinds, other.required, other.fixed

    def fits(self, node: Node) -> bool:
        """False only when ``node`` certainly is not of this shape."""
        if isinstance(node, Scalar):
            return kind_of(node) in self.kinds
        if isinstance(node, Sequence):
            return LIST in self.kinds
        assert isinstance(node, Mapping)
        if BLOCK not in self.kinds:
            return False
        index = node.index
        for name in self.required:
            if name not in index:
                return False
        for name, texts in self.fixed:
            entry = index.get(name)
            if entry is not None and not (isinstance(entry[1], Scalar) and entry[1].value in texts):
                return False
        return True


class Compiled:
    """A compiled (sub)schema: ``run`` checks a node, ``shape`` tells at a glance what it wants."""

    __slots__ = ("run", "shape")

    def __init__(self, run: Check, shape: Shape) -> None:
        self.run = run
        self.shape = shape

    def become(self, other: Compiled) -> None:
        """Turn this forward reference into ``other``."""
        self.run = other.run
        self.shape.become(other.shape)


def typed_view(node: Node, name: str, problems: Problems) -> Any:
    """The typed data of a value no schema describes: like its JSON view, with exact decimals."""
    if isinstance(node, Mapping):
        return {key: typed_view(value, key, problems) for key, (_, value) in node.index.items()}
    if isinstance(node, Sequence):
        return [typed_view(item, name, problems) for item in node.items]
    assert isinstance(node, Scalar)
    kind = kind_of(node)
    if kind == TEXT:
        return node.value
    if kind == NULL:
        return None
    if kind == BOOL:
        return node.value.lower() == "true"
    try:
        return number_of(node)
    except NumberOutOfRange as error:
        message = f"{label(name)}{error}"
        problems.add(node, lambda _: message, OTHER)
        return None


def identity(node: Node) -> Any:
    """A hashable form of a value, equal exactly when two values are equal in JSON (1 is 1.0 and not true)."""
    if isinstance(node, Mapping):
        return "block", frozenset((key, identity(value)) for key, (_, value) in node.index.items())
    if isinstance(node, Sequence):
        return "list", tuple(identity(item) for item in node.items)
    assert isinstance(node, Scalar)
    kind = kind_of(node)
    if kind == TEXT:
        return "text", node.value
    if kind == NULL:
        return "null", None
    if kind == BOOL:
        return "bool", node.value.lower() == "true"
    try:
        return "number", number_of(node)
    except NumberOutOfRange:
        return "number", node.value
