"""Which parts of a schema fit in one cell, and in what form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ikec_compliance.importers import forms
from ikec_compliance.importers.forms import Form, Value

_MOST_KEYS = 20
# Anchored patterns built from character classes without separators: their texts can stand in a list in one cell.
_SAFE_PATTERN = re.compile(r"\^(?:\[[^\]^,:;\"\s]+\](?:[*+?]|\{[0-9,]+\})?|\([^()]*\)\??|[A-Za-z0-9_/|-])*\$")
_DIGITS_ONLY = re.compile(r"[\^$()\[\]|0-9-]+")


class Definitions:
    """A schema with the definitions that its ``$ref`` name."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._named: Mapping[str, Any] = schema.get("$defs", {})

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema that ``node`` is or refers to."""
        while "$ref" in node:
            node = self._named[node["$ref"].rpartition("/")[2]]
        return node

    def fixed_keys(self, node: Mapping[str, Any]) -> list[str]:
        """The keys of a mapping by number, when its pattern allows only a few: ages."""
        pattern = node.get("propertyNames", {}).get("pattern", "")
        if not isinstance(node.get("additionalProperties"), Mapping) or not _DIGITS_ONLY.fullmatch(pattern):
            return []
        found = [str(number) for number in range(1000) if re.search(pattern, str(number))]
        return found if len(found) <= _MOST_KEYS else []


def simple_form(definitions: Definitions, node: Mapping[str, Any]) -> Form | None:
    """The form of what fits in one cell; ``None`` for what needs columns or a sheet of its own."""
    part = definitions.resolve(node)
    branches = part.get("anyOf") or part.get("oneOf")
    if branches:
        found = [simple_form(definitions, branch) for branch in branches]
        if any(form is None for form in found):
            return None
        known = [form for form in found if form is not None]
        joint = Form(
            tuple(value for form in known for value in form.single),
            tuple(value for form in known for value in form.many),
            tuple(value for form in known for value in form.keyed),
        )
        # "a, b" must be either a text or a list.
        if (joint.many or joint.keyed) and not all(value.separable for value in joint.single):
            return None
        return joint
    if part.get("type") == "array":
        items = _values(definitions, part["items"])
        return Form(many=items) if items and all(value.separable for value in items) else None
    if part.get("type") == "object":
        return _mapping(definitions, part)
    values = _single(part)
    return Form(single=values) if values else None


def _mapping(definitions: Definitions, part: Mapping[str, Any]) -> Form | None:
    inner = part.get("additionalProperties")
    pattern = part.get("propertyNames", {}).get("pattern", "")
    if part.get("properties") or not isinstance(inner, Mapping) or not _SAFE_PATTERN.fullmatch(pattern):
        return None
    values = _values(definitions, inner)
    return Form(keyed=values) if values and all(value.separable for value in values) else None


def _values(definitions: Definitions, node: Mapping[str, Any]) -> tuple[Value, ...]:
    form = simple_form(definitions, node)
    return form.single if form is not None and not form.many and not form.keyed else ()


def _single(part: Mapping[str, Any]) -> tuple[Value, ...]:
    """The kinds of a schema of a single value."""
    if part.get("x-soort") == "janee":
        return (Value(forms.YES_NO, nullable=None in part.get("enum", ())),)
    if "const" in part or "enum" in part:
        words = (part["const"],) if "const" in part else tuple(part["enum"])
        known = tuple(word for word in words if word is not None)
        if not known or any(isinstance(word, bool) or not isinstance(word, str | int) for word in known):
            return ()
        separable = not any(re.search(r"[,:;\n]|^[-?]|^\s|\s$", str(word)) for word in known)
        return (Value(forms.CHOICE, known, nullable=None in words, separable=separable),)
    declared = part.get("type", ())
    types = (declared,) if isinstance(declared, str) else tuple(declared)
    nullable = "null" in types
    low, high = part.get("minimum"), part.get("maximum")
    found: list[Value] = []
    if "number" in types:
        found.append(Value(forms.NUMBER, minimum=low, maximum=high, nullable=nullable))
    elif "integer" in types and part.get("x-soort") != "tekst":
        found.append(Value(forms.WHOLE, minimum=low, maximum=high, nullable=nullable))
    if "string" in types:
        special = {"datum": forms.DATE, "tijd": forms.TIME, "periode": forms.PERIOD}
        kind = special.get(part.get("x-soort", "")) or {"date": forms.DATE, "time": forms.TIME}.get(
            part.get("format", ""), forms.TEXT
        )
        separable = kind != forms.TEXT or bool(_SAFE_PATTERN.fullmatch(part.get("pattern", "")))
        found.append(Value(kind, max_length=part.get("maxLength"), nullable=nullable, separable=separable))
    return tuple(found)
