"""The walker and the ``jsonschema`` library accept and refuse the same documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.formats import DATE_PATTERN, PERIOD_PATTERN, TIME_PATTERN
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.scalars import to_plain
from ikec_compliance.yamlio.schema import Schema

FORMATS = FormatChecker(["date"])

CENTRE: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A small centre with every keyword",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "groepen"],
    "properties": {
        "schema": {"const": "klein/v1"},
        "naam": {"type": ["string", "null"], "minLength": 1, "maxLength": 20},
        "gas": {"$ref": "#/$defs/janee"},
        "peildatum": {"type": "string", "format": "date", "pattern": DATE_PATTERN},
        "oppervlakte": {"type": "number", "exclusiveMinimum": 0, "maximum": 250.5},
        "groepen": {"type": "array", "minItems": 1, "maxItems": 4, "items": {"$ref": "#/$defs/groep"}},
        "rooster": {"type": "array", "items": {"$ref": "#/$defs/regel"}},
        "rust": {"type": "array", "uniqueItems": True, "items": {"enum": ["ma", "di", 3, None, True]}},
        "bij": {"oneOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}, {"const": "alle"}]},
        "expr": {"$ref": "#/$defs/expr"},
    },
    "dependentRequired": {"rooster": ["peildatum"]},
    "$defs": {
        "janee": {"enum": [True, False, "ja", "nee"], "x-soort": "janee"},
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
        "tijd": {"type": "string", "pattern": TIME_PATTERN, "x-soort": "tijd"},
        "groep": {
            "type": "object",
            "additionalProperties": False,
            "required": ["id"],
            "minProperties": 1,
            "maxProperties": 3,
            "properties": {
                "id": {"$ref": "#/$defs/id"},
                "nummer": {"type": ["string", "integer"], "x-soort": "tekst"},
                "plaatsing": {
                    "type": "object",
                    "propertyNames": {"pattern": "^[0-9]{1,2}$"},
                    "additionalProperties": {"type": "integer", "minimum": 0, "exclusiveMaximum": 100},
                },
            },
        },
        "regel": {
            "type": "object",
            "additionalProperties": False,
            "required": ["van", "tot"],
            "properties": {
                "van": {"$ref": "#/$defs/tijd"},
                "tot": {"$ref": "#/$defs/tijd"},
                "dag": {"enum": ["ma", "di"]},
                "periode": {"type": "string", "pattern": PERIOD_PATTERN, "x-soort": "periode"},
            },
            "anyOf": [{"required": ["dag"]}, {"required": ["periode"]}],
        },
        "expr": {
            "oneOf": [
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["alle"],
                    "properties": {"alle": {"type": "array", "items": {"$ref": "#/$defs/expr"}}},
                },
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["soort", "n"],
                    "properties": {"soort": {"const": "n"}, "n": {"type": "integer"}},
                },
                {"type": "boolean"},
            ]
        },
    },
}
BASE = "schema: klein/v1\ngroepen: [{id: g1}]\n"

VALID = [
    BASE,
    BASE + "naam: ~\ngas: ja\npeildatum: 2026-08-31\noppervlakte: 250.50\nrust: [ma, 3, ~, true]\n",
    BASE + "gas: False\nbij: alle\n",
    BASE + "bij: 2.0\n",
    BASE + "bij: [1, 2]\n",
    BASE + "peildatum: 2026-01-01\nrooster: [{van: 00:00, tot: 24:00, dag: ma}]\n",
    BASE + "peildatum: 2026-01-01\nrooster: [{van: 08:00, tot: 09:00, periode: 2026-01-01/2026-02-01}]\n",
    BASE + "expr: {alle: [{soort: n, n: 1}, true, {alle: []}]}\n",
    "schema: klein/v1\ngroepen:\n  - id: g1\n    nummer: 007\n    plaatsing: {4: 1, '5': 99}\n",
]
INVALID = [
    "schema: klein/v1\n",
    "schema: klein/v2\ngroepen: [{id: g1}]\n",
    "schema: klein/v1\ngroepen: []\n",
    "schema: klein/v1\ngroepen: [{id: g1}, {id: g1}, {id: g1}, {id: g1}, {id: g1}]\n",
    "schema: klein/v1\ngroepen: [{id: G1}]\n",
    "schema: klein/v1\ngroepen: [{id: 1}]\n",
    "schema: klein/v1\ngroepen: [{nummer: 1}]\n",
    "schema: klein/v1\ngroepen: {id: g1}\n",
    "schema: klein/v1\ngroepen: [{id: g1, plaatsing: {vier: 1}}]\n",
    "schema: klein/v1\ngroepen: [{id: g1, plaatsing: {123: 1}}]\n",
    "schema: klein/v1\ngroepen: [{id: g1, plaatsing: {4: -1}}]\n",
    "schema: klein/v1\ngroepen: [{id: g1, plaatsing: {4: 100}}]\n",
    "schema: klein/v1\ngroepen: [{id: g1, plaatsing: {4: '1'}}]\n",
    *(
        BASE + line + "\n"
        for line in (
            "naam: ''",
            "naam: 123456789012345678901",
            "naam: abcdefghijklmnopqrstu",
            "naam: 1",
            "gas: yes",
            "gas: 'true'",
            "gas: 1",
            "gas:",
            "peildatum: 2026-06-31",
            "peildatum: 31-08-2026",
            "peildatum: 20260831",
            "oppervlakte: 0",
            "oppervlakte: 250.51",
            "oppervlakte: '3'",
            "oppervlakte: 3,5",
            "rust: [ma, ma]",
            "rust: [3, 3.0]",
            "rust: [true, 'true']",
            "rust: [1]",
            "rust: ma",
            "bij: 2.5",
            "bij: [a]",
            "bij: geen",
            "bij: [[1]]",
            "rooster: []",
            "peildatum: 2026-01-01\nrooster: [{van: 8:00, tot: 09:00, dag: ma}]",
            "peildatum: 2026-01-01\nrooster: [{van: 08:00, tot: 24:01, dag: ma}]",
            "peildatum: 2026-01-01\nrooster: [{van: 08:00, tot: 09:00}]",
            "expr: {alle: [{soort: m, n: 1}]}",
            "expr: {alle: 1}",
            "expr: 1",
            "expr: {soort: n, n: 1, m: 2}",
            "onbekend: 1",
        )
    ),
]

WALKER = Schema(CENTRE)
LIBRARY = Draft202012Validator(CENTRE, format_checker=FORMATS)


def walker_accepts(schema: Schema, text: str) -> bool:
    try:
        schema.walk(parse(text.encode(), "c.yaml"))
    except InputError:
        return False
    return True


def library_accepts(validator: Any, text: str) -> bool:
    try:
        plain = to_plain(parse(text.encode(), "c.yaml"))
    except InputError:  # a number out of range
        return False
    return bool(validator.is_valid(plain))


def test_the_schema_itself_is_valid() -> None:
    Draft202012Validator.check_schema(CENTRE)


@pytest.mark.parametrize("text", VALID)
def test_valid_documents(text: str) -> None:
    assert library_accepts(LIBRARY, text)
    assert walker_accepts(WALKER, text)


@pytest.mark.parametrize("text", INVALID)
def test_invalid_documents(text: str) -> None:
    assert not library_accepts(LIBRARY, text)
    assert not walker_accepts(WALKER, text)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(VALID), st.data())
def test_mutated_documents(text: str, data: st.DataObject) -> None:
    """Replace a value or key somewhere in a valid document."""
    words = text.replace("\n", " \n ").split(" ")
    where = data.draw(st.integers(0, len(words) - 1))
    words[where] = data.draw(
        st.sampled_from(
            [
                "ja",
                "nee",
                "true",
                "~",
                "1",
                "2.0",
                "2.5",
                "a",
                "ma",
                "08:00",
                "'1'",
                "[]",
                "{}",
                "[1]",
                "{a: 1}",
                "alle",
                "",
            ]
        )
    )
    text = " ".join(words).replace(" \n ", "\n")
    try:
        parse(text.encode(), "c.yaml")
    except InputError:
        return
    assert walker_accepts(WALKER, text) == library_accepts(LIBRARY, text)
