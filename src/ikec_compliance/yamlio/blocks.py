"""Checks on mappings and lists: which keys and items there may be, and what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ikec_compliance.model.errors import InternalError
from ikec_compliance.yamlio import nodes
from ikec_compliance.yamlio.checks import Check, Compiled, identity, typed_view
from ikec_compliance.yamlio.problems import KEY, OTHER, Problems, clip, label, unknown_key_words
from ikec_compliance.yamlio.suggest import nearest

Compile = Callable[[Any], Compiled]


def compile_block(schema: Mapping[str, Any], compile_part: Compile) -> Check:
    """The check of a mapping: closed or open, with typed values under text keys."""
    properties = {name: compile_part(part) for name, part in schema.get("properties", {}).items()}
    known = tuple(properties)
    required: tuple[str, ...] = tuple(schema.get("required", ()))
    additional = schema.get("additionalProperties", True)
    closed = additional is False
    rest = Compiled(typed_view, compile_part(True).shape) if additional in (True, False) else compile_part(additional)
    names = compile_part(schema["propertyNames"]) if "propertyNames" in schema else None
    together: Mapping[str, list[str]] = schema.get("dependentRequired", {})
    least, most = schema.get("minProperties", 0), schema.get("maxProperties")

    def run(node: nodes.Node, name: str, problems: Problems) -> Any:
        assert isinstance(node, nodes.Mapping)
        data: dict[str, Any] = {}
        unknown: list[str] = []
        for text, (key, value) in node.index.items():
            part = properties.get(text)
            if part is None:
                if closed:
                    unknown.append(text)
                    _unknown_key(node, key, known, problems)
                    continue
                part = rest
            if names is not None:
                # A key is text for JSON however it is written, so it is checked as quoted text.
                names.run(nodes.Scalar(text, True, key.file, key.line, key.column), "", problems)
            data[text] = part.run(value, text, problems)
        for text in required:
            # A key that was misspelt is not also missing.
            if text not in node.index and (not unknown or nearest(text, unknown) is None):
                _missing_key(node, text, name, problems)
        for text, others in together.items():
            if text in node.index:
                for other in others:
                    if other not in node.index:
                        _missing_partner(node, text, other, problems)
        if len(node.index) < least or (most is not None and len(node.index) > most):
            _wrong_count(node, name, "sleutel", len(node.index), least, most, problems)
        return data

    return run


def compile_list(schema: Mapping[str, Any], compile_part: Compile) -> Check:
    """The check of a list: how many items, whether they differ, and what each is."""
    item = compile_part(schema.get("items", True))
    unique = schema.get("uniqueItems", False)
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if not isinstance(unique, bool):
        raise InternalError("schema: uniqueItems is true of false")

    def run(node: nodes.Node, name: str, problems: Problems) -> Any:
        assert isinstance(node, nodes.Sequence)
        data = [item.run(value, name, problems) for value in node.items]
        if unique:
            _find_repeats(node, name, problems)
        if len(data) < least or (most is not None and len(data) > most):
            _wrong_count(node, name, "item", len(data), least, most, problems)
        return data

    return run


def _unknown_key(node: nodes.Node, key: nodes.Scalar, known: tuple[str, ...], problems: Problems) -> None:
    problems.add(key, lambda choices: unknown_key_words(key, choices), KEY, known, owner=node)


def _missing_key(node: nodes.Node, text: str, name: str, problems: Problems) -> None:
    problems.add(node, lambda _: f"{label(name)}verplichte sleutel ‘{clip(text)}’ ontbreekt", KEY, owner=node)


def _missing_partner(node: nodes.Node, text: str, other: str, problems: Problems) -> None:
    words = f"bij ‘{clip(text)}’ hoort ook de sleutel ‘{clip(other)}’"
    problems.add(node, lambda _: words, KEY, owner=node)


def _wrong_count(
    node: nodes.Node, name: str, unit: str, size: int, least: int, most: int | None, problems: Problems
) -> None:
    if size < least == 1:
        words = "mag niet leeg zijn"
    else:
        limit = f"minimaal {least}" if size < least else f"hoogstens {most}"
        words = f"{size} {unit}{'' if size == 1 else 's'}, verwacht {limit}"
    problems.add(node, lambda _: f"{label(name)}{words}", OTHER)


def _find_repeats(node: nodes.Sequence, name: str, problems: Problems) -> None:
    seen: dict[Any, nodes.Node] = {}
    for value in node.items:
        first = seen.setdefault(identity(value), value)
        if first is not value:
            _repeat(first, value, name, problems)


def _repeat(first: nodes.Node, value: nodes.Node, name: str, problems: Problems) -> None:
    shown = f"‘{clip(value.value)}’" if isinstance(value, nodes.Scalar) and not problems.secret else "dit item"
    problems.add(value, lambda _: f"{label(name)}{shown} staat ook al op regel {first.line}", OTHER)
