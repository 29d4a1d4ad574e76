"""Changes a configuration in its own text: by the span of a value, with comments and layout as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import yaml

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.repair import Edit
from ikec_compliance.yamlio.documents import SUFFIXES

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[ .-][A-Za-z0-9_]+)*")
_WORDS = ("null", "true", "false", "yes", "no", "on", "off", "ja", "nee", "n", "y")
# Behind which key a new one is put, where that reads better than at the end.
_AFTER = {"ondertitel": "titel", "waarde": "deelt"}
# Keys that hold objects by name and not a list.
_KEYED = ("woordenlijst",)


def edited_texts(path: Path, edits: Sequence[Edit]) -> dict[str, str]:
    """The text of every file of the configuration at ``path`` after the edits, by file name.

    ``InputError`` for an edit of something that is not there.
    """
    return edited({file.name: file.read_text(encoding="utf-8") for file in _files(path)}, edits)


def edited(texts: Mapping[str, str], edits: Sequence[Edit]) -> dict[str, str]:
    """``edited_texts`` for files that are already in memory."""
    made = dict(texts)
    for edit in edits:
        _apply(made, edit)
    return made


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        (
            file
            for file in path.iterdir()
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and not file.is_dir()
        ),
        key=lambda file: file.name,
    )


def _apply(texts: dict[str, str], edit: Edit) -> None:
    if edit.key in _KEYED:
        _apply_keyed(texts, edit)
        return
    holders = []
    for name, text in texts.items():
        sequence = _sequence(text, edit.key) if _names(text, edit.key) else None
        if sequence is None:
            continue
        holders.append((name, sequence))
        for item in sequence.value:
            if edit.action != "add" and _id(item) == edit.id:
                texts[name] = _removed(text, sequence, item) if edit.action == "remove" else _set(text, item, edit)
                return
    if edit.action != "add":
        raise InputError(f"'{edit.id}' staat niet in {edit.key}")
    if holders:
        name, sequence = holders[-1]
        texts[name] = _added(texts[name], sequence, edit.value)
    else:
        name = next(iter(texts))
        texts[name] = _started(texts[name], edit)


def _apply_keyed(texts: dict[str, str], edit: Edit) -> None:
    """``set`` under a key that maps names to objects; what is not there yet is put behind the last one."""
    for name, text in texts.items():
        root = _compose(text) if _names(text, edit.key) else None
        mapping = _value(root, edit.key) if root is not None else None
        if not isinstance(mapping, yaml.MappingNode):
            continue
        item = _value(mapping, edit.id)
        if isinstance(item, yaml.MappingNode) and item.value:
            texts[name] = _set(text, item, edit)
        elif item is not None or not mapping.value:
            at = item if item is not None else mapping
            new = {edit.path: edit.value} if item is not None else {edit.id: {edit.path: edit.value}}
            texts[name] = text[: at.start_mark.index] + written(new) + text[_end(at) :]
        else:
            texts[name] = _inserted(text, mapping, _key(edit.id), {edit.path: edit.value})
        return
    name = next((name for name, text in texts.items() if _names(text, "centrum")), next(iter(texts)))
    root = _compose(texts[name])
    new = {edit.id: {edit.path: edit.value}}
    if isinstance(root, yaml.MappingNode) and root.flow_style and root.value:
        at_end = _end(root.value[-1][1])
        texts[name] = f"{texts[name][:at_end]}, {edit.key}: {written(new)}{texts[name][at_end:]}"
    else:
        texts[name] = f"{texts[name].rstrip()}\n\n{edit.key}:\n  {_key(edit.id)}: {written(new[edit.id])}\n"


def _started(text: str, edit: Edit) -> str:
    """The text with a list of its own for the first item under a key."""
    root = _compose(text)
    if isinstance(root, yaml.MappingNode) and root.flow_style and root.value:
        at = _end(root.value[-1][1])
        return f"{text[:at]}, {edit.key}: [{written(edit.value)}]{text[at:]}"
    return f"{text.rstrip()}\n\n{edit.key}:\n  - {written(edit.value)}\n"


def _names(text: str, key: str) -> bool:
    """Whether a text may have a top-level key: reading it takes much longer than looking."""
    return re.search(rf"^[\"']?{key}\b|^\s*\{{", text, re.MULTILINE) is not None and key in text


def _compose(text: str) -> yaml.Node | None:
    # The C library is some twenty times as quick and gives the same places, in characters.
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _sequence(text: str, key: str) -> yaml.SequenceNode | None:
    root = _compose(text)
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key and isinstance(value, yaml.SequenceNode):
            return value
    return None


def _id(item: yaml.Node) -> str | None:
    found = _value(item, "id")
    return None if found is None else str(found.value)


def _value(item: yaml.Node, key: str) -> yaml.Node | None:
    pairs = item.value if isinstance(item, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _set(text: str, item: yaml.Node, edit: Edit) -> str:
    owner, steps = item, edit.path.split(".")
    while len(steps) > 1 and isinstance(inner := _value(owner, steps[0]), yaml.MappingNode):
        owner, steps = inner, steps[1:]
    value = edit.value
    for step in reversed(steps[1:]):
        value = {step: value}
    found = _value(owner, steps[0])
    if found is not None:
        # A key without any value: nothing stands behind its colon, not even a space.
        gap = " " if found.start_mark.index == found.end_mark.index else ""
        return text[: found.start_mark.index] + gap + written(value) + text[_end(found) :]
    if not isinstance(owner, yaml.MappingNode):
        raise InputError(f"'{edit.id}' in {edit.key} is geen object")
    return _inserted(text, owner, steps[0], value)


def _inserted(text: str, owner: yaml.MappingNode, key: str, value: object) -> str:
    pairs = owner.value
    behind = next((node for name, node in pairs if name.value == _AFTER.get(key)), pairs[-1][1])
    at = _end(behind)
    if owner.flow_style:
        return f"{text[:at]}, {key}: {written(value)}{text[at:]}"
    line_end = _line_end(text, at)
    return f"{text[:line_end]}\n{' ' * pairs[0][0].start_mark.column}{key}: {written(value)}{text[line_end:]}"


def _removed(text: str, sequence: yaml.SequenceNode, item: yaml.Node) -> str:
    if len(sequence.value) == 1:
        return f"{text[: _block_start(text, sequence)]}[]{text[_end(sequence) :]}"
    if sequence.flow_style:
        place = sequence.value.index(item)
        if place:
            return text[: _end(sequence.value[place - 1])] + text[_end(item) :]
        return text[: item.start_mark.index] + text[sequence.value[1].start_mark.index :]
    start = text.rfind("\n", 0, item.start_mark.index) + 1
    return text[:start] + text[_line_end(text, _end(item)) + 1 :]


def _block_start(text: str, sequence: yaml.SequenceNode) -> int:
    """Where an empty list can stand instead of the whole sequence: behind its key."""
    if sequence.flow_style:
        return sequence.start_mark.index
    key_end = text.rfind(":", 0, sequence.start_mark.index) + 1
    return key_end if text[key_end : sequence.start_mark.index].isspace() else sequence.start_mark.index


def _added(text: str, sequence: yaml.SequenceNode, value: object) -> str:
    if sequence.flow_style or not sequence.value:
        at = _end(sequence) - 1
        return f"{text[:at]}{', ' if sequence.value else ''}{written(value)}{text[at:]}"
    line_end = _line_end(text, _end(sequence.value[-1]))
    return f"{text[:line_end]}\n{' ' * sequence.start_mark.column}- {written(value)}{text[line_end:]}"


def _end(node: yaml.Node) -> int:
    """Where a value ends; a block ends where its last value does, not where the next one begins."""
    end = int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode):
        return end - 1 if node.style in ("|", ">") else end
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def written(value: object) -> str:
    """A value as YAML 1.2 on one line, in the words of a configuration."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_items(value)) + "]"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return (
        text if plain or re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}", text) else "'" + text.replace("'", "''") + "'"
    )


def _key(text: str) -> str:
    """A key as it is written: quoted only where YAML would read something else."""
    return text if re.fullmatch(r"\w[\w.-]*", text) and text.lower() not in _WORDS else written(text)


def _items(values: Sequence[object]) -> Iterator[str]:
    return (written(item) for item in values)
