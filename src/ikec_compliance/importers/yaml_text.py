"""Writes a node tree as YAML that people can read and that means exactly the same."""

from __future__ import annotations

import json
import re

from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence
from ikec_compliance.yamlio.scalars import TEXT, kind_of

WIDTH = 118
# Text that needs no quotes wherever it stands: no indicator at its start, none that ends a key or starts a remark.
_PLAIN = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ](?:[A-Za-z0-9À-ÖØ-öø-ÿ_./()+–-]|:(?=[0-9])| (?=[A-Za-z0-9À-ÖØ-öø-ÿ(]))*")
_ESCAPE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def block(node: Node, indent: int = 0) -> str:
    """``node`` as lines of YAML that end in a line end, ``indent`` spaces in."""
    margin = " " * indent
    if isinstance(node, Mapping) and node.index:
        return "".join(f"{margin}{_entry(key, value, indent)}" for key, value in node.entries)
    if isinstance(node, Sequence) and node.items:
        return "".join(f"{margin}- {_item(item, indent)}" for item in node.items)
    return f"{margin}{flow(node)}\n"


def _entry(key: Scalar, value: Node, indent: int) -> str:
    name = _text(key.value, key=True)
    line = flow(value)
    if not _nested(value) or (indent and len(line) + len(name) + indent + 2 <= WIDTH):
        return f"{name}: {line}\n"
    return f"{name}:\n{block(value, indent + 2)}"


def _item(item: Node, indent: int) -> str:
    line = flow(item)
    if not _nested(item) or len(line) + indent + 2 <= WIDTH:
        return f"{line}\n"
    return block(item, indent + 2)[indent + 2 :]


def _nested(node: Node) -> bool:
    return (isinstance(node, Mapping) and bool(node.index)) or (isinstance(node, Sequence) and bool(node.items))


def flow(node: Node) -> str:
    """``node`` on one line."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_text(key.value, key=True)}: {flow(value)}" for key, value in node.entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(flow, node.items)) + "]"
    assert isinstance(node, Scalar)
    if not node.quoted and kind_of(node) != TEXT:
        return node.value or "null"
    return _text(node.value)


def _text(text: str, key: bool = False) -> str:
    if len(text) <= 1000 and _PLAIN.fullmatch(text) and (key or kind_of(Scalar(text, False, "", 0, 0)) == TEXT):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # A key of more than 1,024 characters needs a form of its own in YAML; no schema allows one.
    return _ESCAPE.sub(lambda found: f"\\U{ord(found[0]):08X}" if ord(found[0]) > 0xFFFF
                       else f"\\u{ord(found[0]):04X}", quoted)  # fmt: skip
