"""A JSON Schema compiled into closures over node trees: read once, run at every node.

Only the keywords in ``_KEYWORDS`` are known. Any other is an ``InternalError`` at compile time, so
that no schema can promise what nothing checks. Patterns follow JSON Schema (ECMA), not Python:
``$`` is the very end of the text and ``\\d`` a digit 0-9.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ikec_compliance.model.errors import InternalError
from ikec_compliance.yamlio import nodes
from ikec_compliance.yamlio.blocks import compile_block, compile_list
from ikec_compliance.yamlio.checks import Check, Compiled, Shape, typed_view
from ikec_compliance.yamlio.problems import FORM, Problems, enumeration, label
from ikec_compliance.yamlio.scalars import BLOCK, BOOL, FLOAT, INT, LIST, NULL, TEXT
from ikec_compliance.yamlio.singles import Single
from ikec_compliance.yamlio.unions import compile_union

_ANNOTATIONS = frozenset(
    [
        "$schema",
        "$id",
        "$defs",
        "$comment",
        "title",
        "description",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "markdownDescription",
    ]
)
_BLOCK_KEYS = frozenset(
    [
        "properties",
        "required",
        "additionalProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "dependentRequired",
    ]
)
_LIST_KEYS = frozenset(["items", "minItems", "maxItems", "uniqueItems"])
_SINGLE_KEYS = frozenset(
    [
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "format",
        "x-soort",
    ]
)
_OWN_KEYS = _BLOCK_KEYS | _LIST_KEYS | _SINGLE_KEYS | {"type", "enum", "const"}
_KEYWORDS = _ANNOTATIONS | _OWN_KEYS | {"$ref", "oneOf", "anyOf"}

_KINDS: dict[str, tuple[str, ...]] = {
    "string": (TEXT,),
    "integer": (INT, FLOAT),
    "number": (INT, FLOAT),
    "boolean": (BOOL,),
    "null": (NULL,),
    "array": (LIST,),
    "object": (BLOCK,),
}
_WANTED = {
    "string": "tekst",
    "integer": "een geheel getal",
    "number": "een getal",
    "boolean": "true of false",
    "null": "niets",
    "array": "een lijst",
    "object": "een blok met sleutels",
}


def compile_schema(definition: Mapping[str, Any] | bool) -> Compiled:
    """The check of a whole schema; ``InternalError`` when it leaves the known subset."""
    return _Compiler(definition).root


class _Compiler:
    """One schema with its ``$defs``; each definition is compiled once, also when it refers to itself."""

    def __init__(self, definition: Mapping[str, Any] | bool) -> None:
        self._defs: Mapping[str, Any] = definition.get("$defs", {}) if isinstance(definition, Mapping) else {}
        self._done: dict[str, Compiled] = {}
        self.root = self.compile(definition)
        for name in self._defs:  # a mistake in a definition that is not used yet counts too
            self._refer(f"#/$defs/{name}")

    def compile(self, schema: Any) -> Compiled:
        """The check of one (sub)schema."""
        if isinstance(schema, bool):
            return Compiled(typed_view, Shape("alles")) if schema else Compiled(_refuse, Shape("niets"))
        if not isinstance(schema, Mapping):
            raise InternalError(f"schema: {schema!r} is geen schema")
        unknown = sorted(key for key in schema if key not in _KEYWORDS and not key.startswith("x-"))
        if unknown:
            raise InternalError(f"schema: sleutelwoord {', '.join(unknown)} wordt niet ondersteund")
        if "$ref" in schema:
            if any(key in schema for key in _OWN_KEYS | {"oneOf", "anyOf"}):
                raise InternalError("schema: naast $ref mogen alleen toelichtingen staan")
            compiled = self._refer(schema["$ref"])
        else:
            compiled = self._combine(schema)
        return _annotated(compiled, schema)

    def _refer(self, reference: str) -> Compiled:
        name = reference.removeprefix("#/$defs/")
        if name == reference or name not in self._defs:
            raise InternalError(f"schema: {reference} bestaat niet")
        if name not in self._done:
            # Set before its contents are known: a recursive definition finds this object and calls it later.
            self._done[name] = hole = Compiled(_refuse, Shape(""))
            compiled = self.compile(self._defs[name])
            if compiled is hole:
                raise InternalError(f"schema: {reference} verwijst alleen naar zichzelf")
            hole.become(compiled)
        return self._done[name]

    def _combine(self, schema: Mapping[str, Any]) -> Compiled:
        """Own keywords and unions of one schema: all must hold; typed data comes from what describes it most."""
        parts = [self._own(schema)] if any(key in schema for key in _OWN_KEYS) else []
        described = any(key in schema for key in ("properties", "additionalProperties", "items", "x-soort", "format"))
        data_from = 1 if parts and not described else 0
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                branches = [self.compile(branch) for branch in schema[keyword]]
                parts.append(compile_union(branches, keyword == "oneOf", schema.get("x-verwacht")))
        if len(parts) > 1:
            return _all_of(parts, data_from)
        return parts[0] if parts else self.compile(True)

    def _own(self, schema: Mapping[str, Any]) -> Compiled:
        """The keywords of one schema except its unions."""
        types = schema.get("type", list(_KINDS))
        types = [types] if isinstance(types, str) else types
        if any(name not in _KINDS for name in types):
            raise InternalError(f"schema: type {types} bestaat niet")
        kinds = frozenset(kind for name in types for kind in _KINDS[name])
        if "enum" in schema or "const" in schema:
            kinds -= {BLOCK, LIST}
        named = [name for name in types if name != "null"] or types
        wanted = enumeration(_WANTED[name] for name in named) if "type" in schema else "een enkele waarde"
        single = Single(schema, kinds, wanted, only_whole="integer" in types and "number" not in types)
        block = compile_block(schema, self.compile) if BLOCK in kinds else None
        many = compile_list(schema, self.compile) if LIST in kinds else None
        compiled = Compiled(_dispatch(single.run, block, many, single), Shape(single.wanted, kinds))
        compiled.shape.required = tuple(schema.get("required", ()))
        compiled.shape.fixed = tuple(
            (name, texts) for name, part in schema.get("properties", {}).items() if (texts := _fixed_texts(part))
        )
        return compiled


def _fixed_texts(schema: Any) -> frozenset[str]:
    """The texts a property must have one of: what tells the branches of a union apart. None: anything goes."""
    if not isinstance(schema, Mapping):
        return frozenset()
    values = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return frozenset(values) if all(isinstance(value, str) for value in values) else frozenset()


def _dispatch(check_single: Check, block: Check | None, many: Check | None, single: Single) -> Check:
    """One check out of those for single values, mappings and lists."""
    if block is None and many is None:
        return check_single

    def run(node: nodes.Node, name: str, problems: Problems) -> Any:
        cls = node.__class__
        if cls is nodes.Scalar:
            return check_single(node, name, problems)
        check = block if cls is nodes.Mapping else many
        if check is not None:
            return check(node, name, problems)
        single.refuse(node, name, problems)
        return None

    return run


def _refuse(node: nodes.Node, name: str, problems: Problems) -> Any:
    problems.add(node, lambda _: f"{label(name)}hier mag niets staan", FORM)
    return None


def _all_of(parts: list[Compiled], data_from: int) -> Compiled:
    def run(node: nodes.Node, name: str, problems: Problems) -> Any:
        before = len(problems.items)
        data = None
        for number, part in enumerate(parts):
            found = part.run(node, name, problems)
            if number == data_from:
                data = found
            if len(problems.items) > before:
                return None  # what the next part says of a wrong value is noise
        return data

    return Compiled(run, parts[0].shape)


def _annotated(compiled: Compiled, schema: Mapping[str, Any]) -> Compiled:
    """``compiled`` with the secrecy that a schema adds to it."""
    if not schema.get("x-geheim", False):
        return compiled

    def run(node: nodes.Node, name: str, problems: Problems) -> Any:
        problems.secret += 1
        try:
            return compiled.run(node, name, problems)
        finally:
            problems.secret -= 1

    # The very same shape: when this refers to a definition still being compiled, it is filled in later.
    return Compiled(run, compiled.shape)
