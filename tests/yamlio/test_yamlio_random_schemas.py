"""Random schemas of the whole subset on random documents: the walker decides as ``jsonschema`` does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.scalars import to_plain
from ikec_compliance.yamlio.schema import Schema

WORDS = ["", "a", "ab", "b", "1", "true", "ja", "nee"]
NUMBERS = [-3, -2, -1, 0, 1, 2, 3, 0.5, 1.0, -2.0, 2.5]
KEYS = ["a", "b", "1"]
TYPES = ["string", "integer", "number", "boolean", "null", "array", "object"]
NESTING = ["items", "properties", "additionalProperties", "anyOf", "oneOf"]


class Maker:
    """Makes documents and schemas that meet each other often: few words, few keys."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)

    def single(self) -> Any:
        pick = self.source.choice
        return pick([None, True, False, pick(WORDS), pick(WORDS), pick(NUMBERS), pick(NUMBERS)])

    def document(self, depth: int = 0) -> Any:
        chance = self.source.random()
        if depth > 3 or chance < 0.3:
            return self.single()
        if chance < 0.6:
            return [self.document(depth + 1) for _ in range(self.source.randint(0, 3))]
        return {key: self.document(depth + 1) for key in self.some(KEYS, 3)}

    def some(self, choices: list[str], most: int) -> list[str]:
        return self.source.sample(choices, self.source.randint(0, most))

    def schema(self, depth: int = 0) -> Any:
        chance = self.source.random()
        if chance < 0.08:
            return self.source.random() < 0.7
        if chance < 0.2:
            return {"$ref": "#/$defs/" + self.source.choice("de")}
        makers = self.makers(depth)
        deeper = depth < 3 and self.source.random() < 0.5
        names = [*NESTING, "type"] if deeper else [name for name in makers if depth < 4 or name not in NESTING]
        return {name: makers[name]() for name in self.some(names, 3)}

    def makers(self, depth: int) -> dict[str, Callable[[], Any]]:
        pick, size = self.source.choice, lambda: self.source.randint(0, 2)
        names = [
            {"pattern": "^[a-z]$"},
            {"enum": ["1", "a"]},
            {"maxLength": 0},
            {"anyOf": [{"const": "a"}, {"pattern": "1"}]},
        ]

        def branches() -> list[Any]:
            return [self.schema(depth + 1) for _ in range(self.source.randint(1, 3))]

        return {
            "type": lambda: pick([pick(TYPES), pick(TYPES), self.some(TYPES, 4) or pick(TYPES)]),
            "properties": lambda: {key: self.schema(depth + 1) for key in self.some(KEYS, 2)},
            "required": lambda: self.some(KEYS, 2),
            "additionalProperties": lambda: pick([True, False, self.schema(depth + 1)]),
            "propertyNames": lambda: pick(names),
            "minProperties": size,
            "maxProperties": size,
            "dependentRequired": lambda: {pick(KEYS): self.some(KEYS, 2)},
            "items": lambda: self.schema(depth + 1),
            "minItems": size,
            "maxItems": size,
            "uniqueItems": lambda: self.source.random() < 0.8,
            "enum": lambda: [self.single() for _ in range(self.source.randint(1, 5))],
            "const": self.single,
            "pattern": lambda: pick(["^a", "b$", "^[a-z]{1,2}$", "[0-9]"]),
            "minLength": size,
            "maxLength": size,
            "minimum": lambda: pick(NUMBERS),
            "maximum": lambda: pick(NUMBERS),
            "exclusiveMinimum": lambda: pick(NUMBERS),
            "exclusiveMaximum": lambda: pick(NUMBERS),
            "anyOf": branches,
            "oneOf": branches,
        }

    def whole(self) -> dict[str, Any]:
        schema = self.schema()
        recursive = [
            {"type": "array", "items": {"$ref": "#/$defs/e"}},
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/d"}},
            {"type": ["integer", "boolean"]},
            {"const": "a"},
        ]
        return {
            **(schema if isinstance(schema, dict) else {"anyOf": [schema]}),
            "$defs": {
                "d": {
                    "type": ["object", "array", "integer"],
                    "properties": {"a": self.schema(2)},
                    "items": self.schema(2),
                },
                "e": {"anyOf": recursive},
            },
        }


@pytest.mark.parametrize("seed", range(4))
def test_random_schemas(seed: int) -> None:
    maker = Maker(seed)
    accepted = refused = 0
    for _ in range(300):
        definition = maker.whole()
        schema, library = Schema(definition), Draft202012Validator(definition)
        for _ in range(6):
            document = maker.document()
            # JSON is YAML: the text leaves no doubt which types are meant.
            root = parse(json.dumps(document).encode(), "c.yaml")
            assert to_plain(root) == document
            try:
                schema.walk(root)
                found = True
            except InputError:
                found = False
            assert found == library.is_valid(document), (definition, document)
            accepted, refused = accepted + found, refused + (not found)
    assert min(accepted, refused) > 400
