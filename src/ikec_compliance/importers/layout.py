"""The sheets and columns of a workbook, derived from the published schema: a new key gets its column by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ikec_compliance.centre.references import REFERENCES
from ikec_compliance.importers.forms import Form
from ikec_compliance.importers.schema_forms import Definitions, simple_form
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.resources import schema_dir

PLANNER = ("groepen", "medewerkers", "rooster", "ruimtes", "documenten")
"""The sheets that a planner knows: they come first."""

LIST, TABLE, BLOCK = "lijst", "tabel", "blok"
"""A sheet with a row per item, with a row per key of a mapping, or with one row."""

NUMBER_COLUMN, KEY_COLUMN, VALUE_COLUMN = "nr", "sleutel", "waarde"
LONGEST_NAME = 31

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value stands in an item, and how a cell holds it."""

    header: str
    path: Path
    form: Form
    required: bool = False
    description: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``path`` leads from the root, or from an item of ``parent``, to what its rows are.

    ``key`` is the header of the column that tells rows apart, where there is one; ``numbered`` when that is a number
    the workbook adds. ``blocks`` are the headers of mappings, lists and blocks of an item that may be there and empty.
    """

    name: str
    shape: str
    path: Path
    columns: tuple[Column, ...]
    parent: Sheet | None = None
    key: str | None = None
    numbered: bool = False
    blocks: Mapping[str, tuple[Path, bool]] = field(default_factory=dict)
    description: str = ""
    secret: bool = False

    @property
    def link(self) -> str | None:
        """The header of the column that names the row of the parent sheet."""
        return self.parent.name if self.parent is not None and self.parent.key else None

    def headers(self) -> list[str]:
        """All headers of an empty sheet, in order."""
        found = [self.link] if self.link else []
        if self.key and (self.numbered or self.shape == TABLE):
            found.append(self.key)
        return [*found, *(column.header for column in self.columns)]


@dataclass(slots=True)
class _Draft:
    """What one item holds, while its schema is walked."""

    columns: list[Column] = field(default_factory=list)
    blocks: dict[str, tuple[Path, bool]] = field(default_factory=dict)
    children: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)


@cache
def published_layout() -> tuple[Sheet, ...]:
    """The sheets of the published schema of a configuration."""
    text = (schema_dir() / "v1" / "centrum.schema.json").read_text(encoding="utf-8")
    return layout(json.loads(text))


def layout(schema: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """The sheets of a schema: those of the planner first; child sheets stand behind their parent."""
    definitions = Definitions(schema)
    names: set[str] = set()
    found: list[Sheet] = []
    keys = list(schema["properties"])
    for key in sorted(keys, key=lambda key: (PLANNER.index(key) if key in PLANNER else len(PLANNER), keys.index(key))):
        if definitions.resolve(schema["properties"][key]).get("const") is None:
            found.extend(_sheets(definitions, schema["properties"][key], (key,), None, names))
    return tuple(found)


def _sheets(
    definitions: Definitions, node: Mapping[str, Any], path: Path, parent: Sheet | None, names: set[str]
) -> Iterator[Sheet]:
    whole = definitions.resolve(node)
    if whole.get("type") == "array":
        shape, item = LIST, definitions.resolve(whole["items"])
    elif isinstance(whole.get("additionalProperties"), Mapping):
        shape, item = TABLE, definitions.resolve(whole["additionalProperties"])
    elif whole.get("type") == "object":
        shape, item = BLOCK, whole
    else:
        raise InternalError(f"schema: ‘{'.'.join(path)}’ past niet op een werkblad")
    list_name = path[0] if parent is None else ""
    draft = _Draft()
    if item.get("type") == "object" and item.get("properties"):
        _walk(definitions, item, (), draft, list_name, 0)
    else:
        form = simple_form(definitions, item)
        if form is None:
            raise InternalError(f"schema: ‘{'.'.join(path)}’ past niet op een werkblad")
        target = REFERENCES.get(parent.path[-1], {}).get(path[-1]) if parent is not None else None
        draft.columns.append(Column(VALUE_COLUMN, (), form, True, str(item.get("description", "")), target))
    has_id = shape == LIST and parent is None and any(c.path == ("id",) and c.required for c in draft.columns)
    numbered = bool(draft.children) and shape == LIST and not has_id
    key = "id" if has_id else NUMBER_COLUMN if numbered else KEY_COLUMN if shape == TABLE else None
    full = path if parent is None else (*parent.name.split("."), *path)
    sheet = Sheet(
        _name(".".join(full), names), shape, path, tuple(draft.columns), parent, key, numbered, draft.blocks,
        str(node.get("description") or whole.get("description") or ""),
        bool(node.get("x-geheim") or whole.get("x-geheim") or (parent is not None and parent.secret)),
    )  # fmt: skip
    yield sheet
    for child_path, child in draft.children:
        yield from _sheets(definitions, child, child_path, sheet, names)


def _walk(
    definitions: Definitions, item: Mapping[str, Any], base: Path, draft: _Draft, list_name: str, depth: int
) -> None:
    if depth > 8:
        raise InternalError("schema: een blok bevat zichzelf; dat past niet op een werkblad")
    required = set(item.get("required", ())) if not base else set()
    for name, node in item["properties"].items():
        part = definitions.resolve(node)
        path = (*base, name)
        header = ".".join(path)
        description = str(node.get("description") or part.get("description") or "")
        form = simple_form(definitions, node)
        ages = definitions.fixed_keys(part)
        if part.get("type") == "object" and part.get("properties"):
            draft.blocks[header] = path, False
            _walk(definitions, part, path, draft, list_name, depth + 1)
        elif ages and (inner := simple_form(definitions, part["additionalProperties"])) is not None:
            draft.blocks[header] = path, False
            words = description or "Aantal per leeftijd in jaren"
            draft.columns.extend(
                Column(f"{header}.{age}", (*path, age), inner, False, f"{words}: {age}") for age in ages
            )
        elif form is not None:
            target = REFERENCES.get(list_name, {}).get(header)
            draft.columns.append(Column(header, path, form, name in required, description, target))
        else:
            draft.blocks[header] = path, part.get("type") == "array"
            draft.children.append((path, dict(node)))


def _name(wanted: str, names: set[str]) -> str:
    """A sheet name that Excel allows and that no other sheet has."""
    name, number = re.sub(r"[\[\]:*?/\\]", "_", wanted)[:LONGEST_NAME], 2
    while name.lower() in names:
        tail = f"~{number}"
        name, number = wanted[: LONGEST_NAME - len(tail)] + tail, number + 1
    names.add(name.lower())
    return name
