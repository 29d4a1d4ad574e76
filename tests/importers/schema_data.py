"""Random data that the published schema allows, for properties that must hold for every configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ikec_compliance.model.resources import schema_dir
from ikec_compliance.yamlio.nodes import Mapping as Block
from ikec_compliance.yamlio.nodes import Node, Scalar, Sequence
from ikec_compliance.yamlio.reader import HIDDEN

SCHEMA: dict[str, Any] = json.loads((schema_dir() / "v1" / "centrum.schema.json").read_text(encoding="utf-8"))

# What spreadsheets, YAML or the cells themselves read as something else.
TRAPS = (
    "=1+1", "+31", "-", "?", '"-"', '""', '"?"', "@sum", "\t=x", "_x000D_", "_x005F_x0041_", "a, b: c", " x ", "ja",
    "null", "12", "1e5", "08:30", "2026-11-23", "#N/A", "'x", "x\ny", "\u00a0", "a: b", "a #b", "{x}",
    "[x]", "- x", "é’ ", "TRUE", "0x1F", "\ufffe", "\uffff", "😀", "", '=HYPERLINK("x")', "<b>&amp;",
)  # fmt: skip

_LETTERS = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z"))
# What cannot be seen is refused wherever it stands.
TEXTS = st.one_of(st.sampled_from(TRAPS), st.text(_LETTERS, max_size=20)).filter(lambda text: not HIDDEN.search(text))
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)


def resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def values(node: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Plain JSON data that a part of the schema allows."""
    part = resolved(node)
    if "anyOf" in part:
        return st.one_of([values(branch) for branch in part["anyOf"]])
    if "const" in part or "enum" in part:
        return st.sampled_from([part["const"]] if "const" in part else part["enum"])
    declared = part["type"]
    types = [declared] if isinstance(declared, str) else declared
    return st.one_of([_typed(kind, part) for kind in types])


def _typed(kind: str, part: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if kind == "null":
        return st.none()
    if kind == "integer":
        return st.integers(part.get("minimum", -(10**6)), part.get("maximum", 10**6))
    if kind == "number":
        return st.one_of(st.integers(part["minimum"], part["maximum"]),
                         st.integers(0, 9999).map(lambda n: n / 100))  # fmt: skip
    if kind == "string":
        return _text(part)
    if kind == "array":
        unique = {"unique_by": repr} if part.get("uniqueItems") else {}
        least = part.get("minItems", 0)
        return st.lists(values(part["items"]), min_size=least, max_size=max(3, least), **unique)
    return _block(part)


def _text(part: Mapping[str, Any]) -> st.SearchStrategy[str]:
    days = st.dates(date(1, 1, 1), date(9999, 12, 31))
    if part.get("format") == "date":
        return days.map(date.isoformat)
    if part.get("x-soort") == "periode":
        return st.lists(days, min_size=2, max_size=2).map(lambda two: "/".join(day.isoformat() for day in sorted(two)))
    if part.get("x-soort") == "tijd":
        return st.integers(0, 1440).map(lambda n: f"{n // 60:02d}:{n % 60:02d}")
    if "pattern" in part:
        return st.from_regex(part["pattern"].replace("$", r"\Z"), fullmatch=True).map(lambda text: text[:60])
    return TEXTS.map(lambda text: text[: part.get("maxLength", 100)])


def _block(part: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    if "properties" in part:
        required = part.get("required", [])

        @st.composite
        def some(draw: st.DrawFn) -> dict[str, Any]:
            others = [name for name in part["properties"] if name not in required]
            chosen = draw(st.lists(st.sampled_from(others), max_size=6, unique=True)) if others else []
            return {name: draw(values(part["properties"][name])) for name in [*required, *chosen]}

        return some()
    pattern = part["propertyNames"]["pattern"]
    if pattern.startswith("^[^"):
        keys = TEXTS.filter(lambda text: text and not text[0].isspace() and "\n" not in text and len(text) < 60)
    else:
        keys = st.from_regex(pattern.replace("$", r"\Z"), fullmatch=True).map(lambda text: text[:20])
    return st.dictionaries(keys, values(part["additionalProperties"]), max_size=3)


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, Any]:
    """A configuration that the schema allows; its references need not name anything."""
    data: dict[str, Any] = {"schema": "ikec-centrum/v1", "centrum": draw(values(SCHEMA["properties"]["centrum"]))}
    names = [name for name in SCHEMA["properties"] if name not in data]
    for name in draw(st.lists(st.sampled_from(names), max_size=5, unique=True)):
        part = resolved(SCHEMA["properties"][name])
        found = draw(values(part))
        if part["type"] == "array":
            found = [item if "id" not in item else {**item, "id": f"{item['id'][:40]}-{number}"}
                     for number, item in enumerate(found)]  # fmt: skip
        data[name] = found
    return data


def node(data: Any) -> Node:
    """Plain data as the node tree of a file."""
    if isinstance(data, Mapping):
        return Block({key: (Scalar(key, True, "d", 1, 1), node(value)) for key, value in data.items()}, "d", 1, 1)
    if isinstance(data, list):
        return Sequence([node(item) for item in data], "d", 1, 1)
    if data is None or isinstance(data, bool):
        return Scalar({None: "null", True: "true", False: "false"}[data], False, "d", 1, 1)
    return Scalar(str(data), isinstance(data, str), "d", 1, 1)
