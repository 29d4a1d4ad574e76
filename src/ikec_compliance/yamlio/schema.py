"""Checking a node tree against a published JSON Schema, and typed data with places as the result.

The schemas are plain JSON Schema 2020-12, so that an editor or any validator can use them on the
JSON view of a file (``scalars.to_plain``) and accepts and refuses the same documents. Three things
go beyond that: messages are Dutch and carry a place, values that a calendar makes impossible are
refused, and annotations named ``x-…`` say what the text of a value becomes:

=====================================================================  =============================
in the schema                                                          in the data
=====================================================================  =============================
``{"enum": [true, false, "ja", "nee"], "x-soort": "janee"}``           ``bool``
``{"type": "string", "format": "date"}`` or ``x-soort: datum``         ``datetime.date``
``{"type": "string", "pattern": TIME_PATTERN, "x-soort": "tijd"}``     ``int``, minutes after midnight
``{"type": "string", "pattern": PERIOD_PATTERN, "x-soort": "periode"}``  ``(date, date)``, inclusive
``{"type": ["string", "integer"], "x-soort": "tekst"}``                ``str``, as written in the file
``{"type": "number"}``                                                 ``int`` or exact ``Decimal``
``{"type": "integer"}``                                                ``int`` (``2.0`` is 2)
=====================================================================  =============================

``format: time`` works like ``x-soort: tijd``; the latter is better in a published schema, because
JSON Schema's own ``time`` wants seconds and a zone. Any of these may also allow ``null``.
``x-verwacht`` on a schema with a pattern or a union says in Dutch what is wanted there ("een
BRIN-nummer als 12AB"); ``x-geheim: true`` keeps the values in that part out of every message.
Mapping keys are always text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.yamlio import nodes
from ikec_compliance.yamlio.compiler import compile_schema
from ikec_compliance.yamlio.problems import InputErrors, Problems

Step = str | int
DataPath = tuple[Step, ...]


class Places(Mapping[DataPath, Location]):
    """Path in the data → where its value stands. Looked up in the node tree, so it costs nothing unasked."""

    def __init__(self, root: nodes.Node) -> None:
        self._root = root

    def _find(self, path: DataPath) -> tuple[nodes.Node, nodes.Node] | None:
        """The (key or item, value) at ``path``."""
        key = value = self._root
        for step in path:
            if isinstance(value, nodes.Mapping):
                entry = value.index.get(str(step))
                if entry is None:
                    return None
                key, value = entry
            elif isinstance(value, nodes.Sequence) and isinstance(step, int) and 0 <= step < len(value.items):
                key = value = value.items[step]
            else:
                return None
        return key, value

    def __getitem__(self, path: DataPath) -> Location:
        found = self._find(path)
        if found is None:
            raise KeyError(path)
        return found[1].place

    def key(self, path: DataPath) -> Location:
        """The place of the key at ``path``, or of the value itself for a list item; ``KeyError`` if absent."""
        found = self._find(path)
        if found is None:
            raise KeyError(path)
        return found[0].place

    def nearest(self, path: DataPath) -> Location:
        """The place of the key at ``path`` or, for an absent thing, of the nearest owner that is there."""
        while True:
            found = self._find(path)
            if found is not None:
                return found[0].place
            path = path[:-1]

    def __iter__(self) -> Iterator[DataPath]:
        pending: list[tuple[DataPath, nodes.Node]] = [((), self._root)]
        while pending:
            path, node = pending.pop()
            yield path
            if isinstance(node, nodes.Mapping):
                pending.extend(((*path, key), value) for key, (_, value) in reversed(node.index.items()))
            elif isinstance(node, nodes.Sequence):
                pending.extend(((*path, number), node.items[number]) for number in reversed(range(len(node.items))))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Checked:
    """Data that fits its schema. ``data`` is plain (dict, list, str, int, Decimal, bool, None, date, …)."""

    data: Any
    places: Places


class Schema:
    """A JSON Schema compiled once, to walk many documents.

    ``InternalError`` when it uses a keyword outside the subset: a schema is part of the program.
    """

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self._compiled = compile_schema(dict(definition))

    def walk(self, node: nodes.Node) -> Checked:
        """Check ``node`` and give its typed data; ``InputErrors`` with every problem otherwise."""
        problems = Problems()
        data = self._compiled.run(node, "", problems)
        if problems.items:
            raise InputErrors(problems.errors())
        return Checked(data, Places(node))


def walk(schema: Schema | Mapping[str, Any], node: nodes.Node) -> Checked:
    """Check ``node`` against ``schema``; compile a schema that is used more than once into a ``Schema`` first."""
    return (schema if isinstance(schema, Schema) else Schema(schema)).walk(node)


def load_schema(path: Path) -> Schema:
    """The compiled schema in the JSON file at ``path``; ``InternalError`` when it is not there or not JSON."""
    try:
        return Schema(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InternalError(f"schema {path.name} is onleesbaar: {error}") from error
