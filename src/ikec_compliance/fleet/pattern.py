"""The example centre that is in order, as material for others; and configurations as text."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from functools import cache
from typing import Any

from ikec_compliance.model.resources import examples_dir
from ikec_compliance.yamlio.documents import load_folder_or_file
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence

Plain = dict[str, Any]
"""A mapping of plain values: text, numbers, lists and mappings."""

EXAMPLE = "ikec-hoorn-op-orde"

_NAMES = {
    "trigoon": "schoolbestuur",
    "skh": "houder",
    "parlan": "jeugdhulpaanbieder",
    "westfriese-knoop": "samenwerkingsverband",
    "gemeente-hoorn": "gemeente",
    "cr-parlan": "cr-jeugdhulp",
}
"""Ids of the example that are names of real organisations: a made-up centre with made-up breaches is not theirs."""

_BARE = re.compile(r"[\w(][\w ().+/-]*|\d\d:\d\d")


class Quoted(str):
    """Text that stands between quotes: it is no number or date, whatever it looks like."""

    __slots__ = ()


@cache
def pattern() -> Plain:
    """The example as plain values, with no real organisation in it; not to be changed, see ``copied``."""
    root = load_folder_or_file(examples_dir() / EXAMPLE).root
    found: Plain = _plain(root)
    for item in found["organisaties"]:
        item["naam"] = f"Verzonnen organisatie ({item['soort'].replace('_', ' ')})"
    return found


def copied(value: Any) -> Any:
    """A copy of a plain value."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value


def text(centre: AnyMapping[str, Any]) -> str:
    """A configuration as YAML: one line for each item of a list."""
    lines = []
    for key, value in centre.items():
        if isinstance(value, list):
            lines.append(f"{key}:\n")
            lines += [f"  - {_flow(item)}\n" for item in value]
        else:
            lines.append(f"{key}: {_flow(value)}\n")
    return "".join(lines)


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, (_, value) in node.index.items()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return Quoted(node.value) if node.quoted else _NAMES.get(node.value, node.value)


def _flow(value: Any) -> str:
    if isinstance(value, str):
        if not isinstance(value, Quoted) and _BARE.fullmatch(value) and not value.endswith(" "):
            return value
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, dict):
        return "{" + ", ".join([f"{key}: {_flow(item)}" for key, item in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([_flow(item) for item in value]) + "]"
    return "null" if value is None else str(value)
