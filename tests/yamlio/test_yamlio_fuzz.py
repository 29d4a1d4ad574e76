"""Whatever the bytes: a node tree, or one ``InputError`` on one line with a place."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.formats import DATE_PATTERN
from ikec_compliance.yamlio.nodes import Node
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.scalars import to_plain
from ikec_compliance.yamlio.schema import Schema

CENTRE = """\
# Een klein centrum
schema: klein/v1
centrum: {id: hoorn, naam: "De \\"Hoorn\\"", peildatum: 2026-11-23}
groepen:
  - id: g1
    plaatsing: {0: 3, '1': 4}
    titel: 'Schoolplan, tevens ''centrumplan'''
  - {id: g2, soort: stamgroep, ruimtes: [r1, r2, é], op: 08:30}
tekst: |
  Regel één
    met inspringing
kort: >-
  gevouwen
  tekst
leeg:
getallen: [1, -2.5, 0x1F, 1e3, ~, true, 10:30]
"""
SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["schema"],
        "properties": {
            "schema": {"const": "klein/v1"},
            "centrum": {
                "type": "object",
                "properties": {"peildatum": {"type": "string", "format": "date", "pattern": DATE_PATTERN}},
            },
            "groepen": {"type": "array", "uniqueItems": True, "items": {"type": "object", "required": ["id"]}},
            "tekst": {"type": "string", "maxLength": 100},
            "kort": {"enum": ["gevouwen tekst", "anders"]},
            "leeg": {"type": "null"},
            "getallen": {
                "type": "array",
                "items": {"anyOf": [{"type": "number"}, {"type": "string"}, {"enum": [None, True]}]},
            },
        },
    }
)


def outcome(data: bytes, *, pure: bool = False) -> Node | None:
    """Read, view and walk; anything but an ``InputError`` of one line with a place fails the test."""
    root = None
    try:
        root = parse(data, "c.yaml", pure=pure)
        to_plain(root)
        SCHEMA.walk(root)
    except InputError as error:
        assert len(str(error).splitlines()) == 1
        assert error.location is not None and error.location.line >= 1 and error.location.column >= 1
        assert str(error).startswith("c.yaml:")
    return root


def test_the_seed_is_valid() -> None:
    SCHEMA.walk(parse(CENTRE.encode(), "c.yaml"))


@settings(max_examples=800, deadline=None)
@given(st.text())
@example("\x85a: \u2028b")
@example("a: \ud7ff\ue000")
@example("'a\n\n  b': \"\\u2028\"")
def test_any_text(text: str) -> None:
    outcome(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=800, deadline=None)
@given(st.text("abn:- ,{}[]'\"\n\t#&*!|>%@`?~<\\x01.é"), st.booleans())
def test_any_text_of_yaml_indicators(text: str, pure: bool) -> None:
    outcome(text.encode(), pure=pure)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes(data: bytes, pure: bool) -> None:
    outcome(data, pure=pure)


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes(seed: int) -> None:
    source = random.Random(seed)
    survived = 0
    for _ in range(500):
        data = bytearray(CENTRE.encode())
        for _ in range(source.randint(1, 4)):
            where = source.randrange(len(data))
            action = source.randrange(4)
            if action == 0:
                data[where] ^= 1 << source.randrange(8)
            elif action == 1:
                data[where] = source.choice(b"abn:- ,{}[]'\"\n\t#&*!|>%@`?\\\x00\xff")
            elif action == 2:
                del data[where : where + source.randint(1, 9)]
            else:
                data[where:where] = data[source.randrange(len(data)) :][:9]
        survived += outcome(bytes(data), pure=source.random() < 0.2) is not None
    assert 50 < survived < 500


@settings(max_examples=300, deadline=None)
@given(st.text("abn:- ,{}[]'\"\n#1~.é"))
def test_both_parsers_read_the_same(text: str) -> None:
    """Where both accept a text they give the same tree; they differ only in how lenient they are."""
    found = []
    for pure in (False, True):
        try:
            found.append(to_plain(parse(text.encode(), "c.yaml", pure=pure)))
        except InputError:
            return
    assert found[0] == found[1]
