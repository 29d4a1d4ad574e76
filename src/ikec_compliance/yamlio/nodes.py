"""The node tree of a YAML file: every value knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from ikec_compliance.model.place import Location


class Node:
    """A value in a YAML file; ``line`` and ``column`` count from 1."""

    __slots__ = ("column", "file", "line")

    def __init__(self, file: str, line: int, column: int) -> None:
        self.file = file
        self.line = line
        self.column = column

    @property
    def place(self) -> Location:
        """Where the value starts. Built on demand: most values are never asked for theirs."""
        return Location(self.file, self.line, self.column)


class Scalar(Node):
    """A single value as written; what it means (text, number, …) is decided in ``scalars``.

    ``quoted`` is true for quoted and block (``|``, ``>``) text, which is never anything but text.
    """

    __slots__ = ("quoted", "value")

    def __init__(self, value: str, quoted: bool, file: str, line: int, column: int) -> None:
        self.value = value
        self.quoted = quoted
        self.file = file
        self.line = line
        self.column = column

    def __repr__(self) -> str:
        return f"Scalar({self.value!r}, quoted={self.quoted}, {self.place})"


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, items: list[Node], file: str, line: int, column: int) -> None:
        self.items = items
        self.file = file
        self.line = line
        self.column = column

    def __repr__(self) -> str:
        return f"Sequence({len(self.items)} items, {self.place})"


class Mapping(Node):
    """Keys with values, in the order of the file. A key is always its text, also when it looks like a number."""

    __slots__ = ("index",)

    def __init__(self, index: dict[str, tuple[Scalar, Node]], file: str, line: int, column: int) -> None:
        self.index = index
        self.file = file
        self.line = line
        self.column = column

    @property
    def entries(self) -> list[tuple[Scalar, Node]]:
        """The (key, value) pairs in file order."""
        return list(self.index.values())

    def get(self, key: str) -> Node | None:
        """The value under ``key``, or ``None``."""
        entry = self.index.get(key)
        return entry[1] if entry else None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place, or ``None``."""
        entry = self.index.get(key)
        return entry[0] if entry else None

    def __contains__(self, key: str) -> bool:
        return key in self.index

    def __iter__(self) -> Iterator[str]:
        return iter(self.index)

    def __len__(self) -> int:
        return len(self.index)

    def __repr__(self) -> str:
        return f"Mapping({list(self.index)}, {self.place})"
