"""Strict reading of one YAML file into a node tree.

Only the part of YAML is accepted that a person can read in one way: one document, no aliases, no
tags, no duplicate keys. Whatever else a file holds ends in one ``InputError`` with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.bounded import read_bounded
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence
from ikec_compliance.yamlio.syntax import syntax_error

MAX_BYTES = 8 * 1024 * 1024
"""Far above a centre with a year of roster (about 0.3 MB per 3,000 lines), low enough to read in seconds."""

MAX_DEPTH = 40
"""No configuration or rule nests half as deep; everything after this may recurse over the tree safely."""

MAX_VALUES = 2_000_000
"""Keys and values in one file: keeps 8 MB of ``a,a,a`` from taking gigabytes of memory."""

# Among them the marks that turn the direction of writing: with those a text shows otherwise than it reads.
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What an escape such as \x1b may bring into a value. It would reach a terminal or a report unseen.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""No text may hold these: control characters (but tab and line end), odd line ends, turns of direction, halves."""

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_ALIAS = "verwijzingen (&, *) zijn niet toegestaan; schrijf de waarde uit, of zet tekst tussen aanhalingstekens"
_TAG = "typeaanduidingen (!) zijn niet toegestaan; zet tekst tussen aanhalingstekens"

# Absent when PyYAML was built without libyaml: the Python parser gives the same, some ten times slower.
_C_PARSER: Callable[[str], Any] | None = getattr(getattr(yaml, "cyaml", None), "CParser", None)


def read(path: Path | str, shown_name: str | None = None) -> Node:
    """The node tree of the YAML file at ``path``; ``shown_name`` is its name in messages (default: the path).

    Raises ``InputError`` for anything that is not one strict YAML document in UTF-8.
    """
    name = shown_path(path, shown_name)
    return parse(read_bytes(path, name), name)


def read_bytes(path: Path | str, shown_name: str | None = None, limit: int = 0) -> bytes:
    """The raw bytes of a file of at most ``limit`` bytes (0: ``MAX_BYTES``); ``InputError`` when it cannot be read."""
    start = Location(shown_path(path, shown_name), 1, 1)
    return read_bounded(path, start, limit or MAX_BYTES, "een YAML-bestand", "verdeel het over meer bestanden")


def parse(data: bytes, shown_name: str, *, pure: bool = False) -> Node:
    """The node tree of YAML in ``data``; ``pure`` uses PyYAML's Python parser even where libyaml is present."""
    text = _decode(data, shown_name)
    parser: Any = None
    try:
        parser = yaml.SafeLoader(text) if pure or _C_PARSER is None else _C_PARSER(text)
        return _build(parser, shown_name)
    except yaml.MarkedYAMLError as error:
        raise syntax_error(error, text, shown_name) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # Characters outside Unicode written as an escape; the pure parser tells no place.
        mark = getattr(parser, "mark", None)
        place = Location(shown_name, mark.line + 1, mark.column + 1) if mark else Location(shown_name, 1, 1)
        raise InputError("dit is geen geldige YAML: er staat een teken in dat niet bestaat", place) from None


def shown_path(path: Path | str, shown_name: str | None = None) -> str:
    """The name of a file in messages: a line break in it may not break the one line of a message."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", "?", shown_name if shown_name is not None else str(path))


def _place_at(text: str, offset: int, file: str) -> Location:
    line, begin = 1, 0
    for found in _BREAK.finditer(text, 0, offset):
        line, begin = line + 1, found.end()
    return Location(file, line, offset - begin + 1)


def _decode(data: bytes, file: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("dit bestand is opgeslagen als UTF-16; sla het op als UTF-8", Location(file, 1, 1))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        if b"\0" in data:
            raise InputError("dit is geen tekstbestand maar een binair bestand", Location(file, 1, 1)) from None
        place = _place_at(before, len(before), file)
        raise InputError("dit teken is geen UTF-8; sla het bestand op als UTF-8", place) from None
    found = _NOT_TEXT.search(text)
    if found:
        code = ord(found.group())
        raise InputError(
            f"hier staat een onzichtbaar stuurteken (U+{code:04X}) dat niet in tekst hoort; verwijder het",
            _place_at(text, found.start(), file),
        )
    return text


def _build(parser: Any, file: str) -> Node:
    """Turn parse events into nodes; a stack and no recursion, so depth is ours to limit."""
    next_event = parser.get_event
    # Half the time of reading goes into this loop: names it uses at every step are local.
    scalar_event, sequence_event, mapping_event = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    root: Node | None = None
    stack: list[Sequence | Mapping] = []
    top: Sequence | Mapping | None = None
    key: Scalar | None = None
    values = 0
    while True:
        event = next_event()
        kind = event.__class__
        node: Node
        if kind is scalar_event:
            mark = event.start_mark
            text = event.value
            node = Scalar(text, not event.implicit[0], file, mark.line + 1, mark.column + 1)
            if event.anchor is not None or event.tag is not None:
                raise InputError(_ALIAS if event.anchor is not None else _TAG, node.place)
            if event.style == '"' and HIDDEN.search(text):
                raise InputError("deze tekst bevat een onzichtbaar stuurteken; verwijder de code met ‘\\’", node.place)
            values += 1
            if values > MAX_VALUES:
                raise InputError(f"dit bestand bevat meer dan {MAX_VALUES} waarden; verdeel het", node.place)
            # The two places where nearly every value goes.
            if key is not None:
                top.index[key.value] = (key, node)  # type: ignore[union-attr]
                key = None
                continue
            if top.__class__ is Sequence:
                top.items.append(node)
                continue
        elif kind in ends:
            stack.pop()
            top = stack[-1] if stack else None
            continue
        elif kind is mapping_event or kind is sequence_event:
            mark = event.start_mark
            if kind is mapping_event:
                node = Mapping({}, file, mark.line + 1, mark.column + 1)
            else:
                node = Sequence([], file, mark.line + 1, mark.column + 1)
            if event.anchor is not None or event.tag is not None:
                raise InputError(_ALIAS if event.anchor is not None else _TAG, node.place)
            if len(stack) >= MAX_DEPTH:
                raise InputError(f"dit is dieper genest dan {MAX_DEPTH} niveaus; maak het eenvoudiger", node.place)
        elif kind is yaml.StreamEndEvent:
            break
        else:
            _refuse_stream_event(event, root is not None, file)
            continue

        if top is None:
            root = node
        elif top.__class__ is Sequence:
            top.items.append(node)
        elif key is not None:
            top.index[key.value] = (key, node)  # type: ignore[union-attr]
            key = None
        else:
            key = _new_key(node, top)  # type: ignore[arg-type]
            continue
        if node.__class__ is not Scalar:
            top = node  # type: ignore[assignment]
            stack.append(node)  # type: ignore[arg-type]
    if root is None or (isinstance(root, Scalar) and not root.quoted and not root.value):
        raise InputError("dit bestand is leeg", Location(file, 1, 1))
    return root


def _new_key(node: Node, owner: Mapping) -> Scalar:
    """``node`` as a key of ``owner``, unless it may not be one."""
    if not isinstance(node, Scalar):
        raise InputError("een sleutel moet een woord of getal zijn, geen lijst of blok", node.place)
    if not node.quoted:
        if node.value == "<<":
            raise InputError("samenvoegen met ‘<<’ is niet toegestaan; schrijf de sleutels uit", node.place)
        if not node.value:
            raise InputError("hier ontbreekt de sleutel vóór ‘:’", node.place)
    earlier = owner.index.get(node.value)
    if earlier is not None:
        word = " ".join(node.value.split())[:60]
        raise InputError(f"dubbele sleutel ‘{word}’; die staat ook al op regel {earlier[0].line}", node.place)
    return node


def _refuse_stream_event(event: Any, had_document: bool, file: str) -> None:
    """Let the frame of a document pass, refuse what strict files may not hold."""
    place = Location(file, event.start_mark.line + 1, event.start_mark.column + 1)
    if isinstance(event, yaml.AliasEvent):
        raise InputError(_ALIAS, place)
    if isinstance(event, yaml.DocumentStartEvent):
        if had_document:
            raise InputError("een bestand mag maar één document bevatten; verwijder ‘---’ of splits het bestand", place)
        if event.tags or event.version not in (None, (1, 2)):
            raise InputError("regels die met ‘%’ beginnen, zijn niet toegestaan", place)
